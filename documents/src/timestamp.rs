/// Whether `text` is a timestamp to go-yaml v2, which tries these layouts of Go's `time.Parse`:
/// `2006-1-2T15:4:5.999999999Z07:00` (also with `t`), `2006-1-2 15:4:5.999999999` and `2006-1-2`.
pub(crate) fn is_timestamp(text: &str) -> bool {
    parse(text).is_some()
}

fn parse(text: &str) -> Option<()> {
    let bytes = text.as_bytes();
    let year_digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if year_digits != 4 {
        return None;
    }
    let year: u32 = text[..4].parse().ok()?;
    let mut rest = Cursor(&bytes[4..]);
    rest.byte(b'-')?;
    let month = rest.number()?;
    rest.byte(b'-')?;
    let day = rest.number()?;
    if !(1..=12).contains(&month) || day < 1 || day > days_in(month, year) {
        return None;
    }
    match rest.0.first() {
        None => Some(()),
        Some(b' ') => {
            rest.skip();
            rest.time_of_day()?;
            rest.end()
        }
        Some(b'T' | b't') => {
            rest.skip();
            rest.time_of_day()?;
            rest.zone()?;
            rest.end()
        }
        Some(_) => None,
    }
}

struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    fn skip(&mut self) {
        self.0 = &self.0[1..];
    }

    fn byte(&mut self, expected: u8) -> Option<()> {
        (self.0.first() == Some(&expected)).then(|| self.skip())
    }

    /// One digit or two.
    fn number(&mut self) -> Option<u32> {
        let digits = self.0.iter().take(2).take_while(|byte| byte.is_ascii_digit()).count();
        let value = self.0[..digits].iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
        self.0 = &self.0[digits..];
        (digits > 0).then_some(value)
    }

    fn time_of_day(&mut self) -> Option<()> {
        let hour = self.number()?;
        self.byte(b':')?;
        let minute = self.number()?;
        self.byte(b':')?;
        let second = self.number()?;
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        if let [b'.' | b',', digit, ..] = self.0
            && digit.is_ascii_digit()
        {
            let digits = self.0[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            self.0 = &self.0[1 + digits..];
        }
        Some(())
    }

    /// `Z`, or `+07:00`. Go takes 24 hours and 60 minutes, since people write them.
    fn zone(&mut self) -> Option<()> {
        match self.0 {
            [b'Z', ..] => {
                self.skip();
                Some(())
            }
            [b'+' | b'-', h1, h2, b':', m1, m2, rest @ ..] if [h1, h2, m1, m2].iter().all(|b| b.is_ascii_digit()) => {
                let hours = (h1 - b'0') * 10 + (h2 - b'0');
                let minutes = (m1 - b'0') * 10 + (m2 - b'0');
                self.0 = rest;
                (hours <= 24 && minutes <= 60).then_some(())
            }
            _ => None,
        }
    }

    fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

fn days_in(month: u32, year: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_go_takes_for_a_timestamp_is_one() {
        for text in [
            "2024-01-01",
            "2024-1-1",
            "2024-02-29",
            "2024-01-01T1:2:3Z",
            "2024-01-01t10:20:30.5+07:00",
            "2024-01-01 10:20:30,25",
        ] {
            assert!(is_timestamp(text), "{text}");
        }
    }

    #[test]
    fn what_go_does_not_take_is_none() {
        for text in [
            "2023-02-29",
            "2024-13-01",
            "2024-01-01T10:20:30",
            "24-01-01",
            "20240-01-01",
            "2024-01-01 10:20:30Z",
            "2024-01-01x",
            "2024-01",
        ] {
            assert!(!is_timestamp(text), "{text}");
        }
    }
}
