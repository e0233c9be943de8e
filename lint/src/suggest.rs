//! What a misspelled name was meant to be.

/// Longer names get no suggestion: the distance takes time quadratic in the length.
const LONGEST: usize = 64;

/// The candidate that is a few slips of the pen away from `name`.
pub(crate) fn closest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if name.len() > LONGEST {
        return None;
    }
    let lower = name.to_lowercase();
    let allowed = 1 + lower.chars().count() / 5;
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let fields = ["encryptedData", "template", "data"];
        assert_eq!(closest("encryptedDate", fields), Some("encryptedData"));
        assert_eq!(closest("encrypteddata", fields), Some("encryptedData"));
        assert_eq!(closest("tempalte", fields), Some("template"));
        assert_eq!(closest("dta", fields), Some("data"));
        assert_eq!(closest("replicas", fields), None);
        assert_eq!(closest(&"data".repeat(50), fields), None);
    }
}
