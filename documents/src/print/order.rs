use std::cmp::Ordering;

/// Sorts in go-yaml's order.
///
/// That order has cycles among keys with odd zeros (`a010`, `a01b`, `a001`), for which `slice::sort_by` may panic. This
/// merge sort does not, and gives some order.
pub(crate) fn sort_by_key<T: Copy>(items: &mut [T], key: impl Fn(&T) -> &str + Copy) {
    if items.len() < 2 {
        return;
    }
    let middle = items.len() / 2;
    sort_by_key(&mut items[..middle], key);
    sort_by_key(&mut items[middle..], key);
    let (left, right) = (items[..middle].to_vec(), items[middle..].to_vec());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    for slot in items {
        let take_right = match (left.peek(), right.peek()) {
            (Some(l), Some(r)) => compare_keys(key(r), key(l)).is_lt(),
            (left, _) => left.is_none(),
        };
        if let Some(next) = if take_right { right.next() } else { left.next() } {
            *slot = next;
        }
    }
}

/// go-yaml's order of keys: letters after everything else, runs of digits by their number (`a9` before `a10`).
pub(crate) fn compare_keys(a: &str, b: &str) -> Ordering {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let Some(at) = a.iter().zip(&b).position(|(a, b)| a != b) else {
        return a.len().cmp(&b.len());
    };
    let (left, right) = (a[at], b[at]);
    match (left.is_alphabetic(), right.is_alphabetic()) {
        (true, true) => left.cmp(&right),
        (true, false) => Ordering::Greater,
        (false, true) => Ordering::Less,
        (false, false) => {
            // Zeros behind digits that both share are digits of a number, and not leading zeros.
            let inside_number = (left == '0' || right == '0')
                && a[..at].iter().rev().take_while(|c| c.is_ascii_digit()).any(|digit| *digit != '0');
            let start = u64::from(inside_number);
            let (left_number, left_digits) = digits_from(start, &a[at..]);
            let (right_number, right_digits) = digits_from(start, &b[at..]);
            left_number.cmp(&right_number).then(left_digits.cmp(&right_digits)).then(left.cmp(&right))
        }
    }
}

/// The number that the digits at the start make, and how many they are.
fn digits_from(start: u64, text: &[char]) -> (u64, usize) {
    let digits = text.iter().map_while(|c| c.to_digit(10));
    digits.fold((start, 0), |(number, count), digit| (number.wrapping_mul(10).wrapping_add(digit.into()), count + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_keys_count_by_their_value() {
        let mut keys = ["b10", "a", "b9", "B", "1", "10", "9", "_", "a-b", "ab"];
        sort_by_key(&mut keys, |key| key);
        assert_eq!(keys, ["_", "1", "9", "10", "B", "a", "a-b", "ab", "b9", "b10"]);
    }

    #[test]
    fn keys_without_an_order_among_them_are_still_sorted_somehow() {
        let mut keys = ["a010", "a01b", "a001"].repeat(100);
        sort_by_key(&mut keys, |key| key);
        assert_eq!(keys.iter().filter(|key| **key == "a010").count(), 100);
    }
}
