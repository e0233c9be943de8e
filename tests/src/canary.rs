//! A plaintext that can be told from everything else, and the search for it where it must not be.

use std::collections::hash_map::RandomState;
use std::fs;
use std::hash::{BuildHasher as _, Hasher as _};
use std::path::Path;

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// A new value to seal: `CANARY-` and 32 hexadecimal digits.
pub fn fresh() -> String {
    let half = || RandomState::new().build_hasher().finish();
    format!("CANARY-{:016x}{:016x}", half(), half())
}

/// A value in each form in which a program might let it slip.
#[derive(Debug)]
pub struct Canary {
    forms: Vec<(String, Vec<u8>)>,
}

impl Canary {
    /// Prepares the search. The value needs eight bytes or more, or its base64 says too little.
    pub fn new(value: impl AsRef<[u8]>) -> Self {
        let value = value.as_ref();
        assert!(value.len() >= 8, "a canary needs eight bytes or more");
        let mut forms = vec![("raw".to_owned(), value.to_owned())];
        for alignment in 0..3 {
            forms.push((format!("base64 at offset {alignment}"), base64_at(&STANDARD_NO_PAD, value, alignment)));
            forms.push((
                format!("URL-safe base64 at offset {alignment}"),
                base64_at(&URL_SAFE_NO_PAD, value, alignment),
            ));
        }
        // A Secret inside a Secret, or an annotation that holds a whole object.
        for alignment in 0..3 {
            let inner = STANDARD_NO_PAD.encode(value);
            let twice = base64_at(&STANDARD_NO_PAD, inner.as_bytes(), alignment);
            forms.push((format!("base64 of base64 at offset {alignment}"), twice));
        }
        let joined = |separator: &str, digits: &dyn Fn(&u8) -> String| {
            value.iter().map(digits).collect::<Vec<_>>().join(separator).into_bytes()
        };
        forms.push(("hex".to_owned(), joined("", &|byte| format!("{byte:02x}"))));
        forms.push(("HEX".to_owned(), joined("", &|byte| format!("{byte:02X}"))));
        // A byte string as Debug of a Vec and as Go's %v print it.
        forms.push(("a list of numbers".to_owned(), joined(",", &u8::to_string)));
        forms.push(("a list of numbers".to_owned(), joined(" ", &u8::to_string)));
        Self { forms }
    }

    /// The form in which the value is in the text, if it is.
    pub fn find(&self, text: impl AsRef<[u8]>) -> Option<&str> {
        let text = text.as_ref();
        // Base64 is often broken into lines, and lists of numbers into `1, 2`.
        let dense: Vec<u8> = text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let hit = |form: &[u8]| contains(text, form) || contains(&dense, form);
        self.forms.iter().find(|(_, form)| hit(form)).map(|(name, _)| &**name)
    }

    /// Panics if the value is in the text; `place` says in the message what the text is.
    pub fn assert_absent(&self, place: &str, text: impl AsRef<[u8]>) {
        if let Some(form) = self.find(text) {
            panic!("the canary is in {place}, as {form}");
        }
    }

    /// Panics if the value is in a file, or in the name of one, in this folder or below.
    pub fn assert_absent_below(&self, folder: &Path) {
        if let Err(error) = self.search(folder) {
            panic!("searching for the canary: {error:#}");
        }
    }

    fn search(&self, path: &Path) -> Result<()> {
        let shown = path.display().to_string();
        self.assert_absent(&format!("the name of {shown}"), path.as_os_str().as_encoded_bytes());
        let kind = fs::symlink_metadata(path).with_context(|| format!("looking at {shown}"))?;
        if kind.is_dir() {
            for entry in fs::read_dir(path).with_context(|| format!("listing {shown}"))? {
                self.search(&entry.with_context(|| format!("listing {shown}"))?.path())?;
            }
        } else if kind.is_file() {
            self.assert_absent(&shown, fs::read(path).with_context(|| format!("reading {shown}"))?);
        }
        Ok(())
    }
}

/// The characters that the value always has when `alignment` bytes come before it in a group of three.
fn base64_at(engine: &impl base64::Engine, value: &[u8], alignment: usize) -> Vec<u8> {
    let text = engine.encode([&[0; 2][..alignment], value].concat());
    // A character carries six bits: those that share bits with a neighbour of the value can be any.
    let first = (alignment * 8).div_ceil(6);
    let last = (alignment + value.len()) * 8 / 6;
    text.as_bytes()[first..last].to_owned()
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canary_is_found_in_every_form() {
        let value = fresh();
        let canary = Canary::new(&value);
        for before in ["", "x", "xy", "xyz"] {
            for after in ["", "1", "12"] {
                let text = format!("{before}{value}{after}");
                let once = STANDARD_NO_PAD.encode(&text);
                let twice = STANDARD_NO_PAD.encode(format!("{before}{}", STANDARD_NO_PAD.encode(&value)));
                let (left, right) = once.split_at(20);
                let hex = hex(&text);
                let list = format!("{:?}", text.as_bytes());
                for leak in [&text, &once, &twice, &format!("{left}\n    {right}"), &hex, &hex.to_uppercase(), &list] {
                    assert!(canary.find(leak).is_some(), "not found in {leak}");
                }
            }
        }
    }

    fn hex(text: &str) -> String {
        text.bytes().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
    }

    #[test]
    fn another_canary_is_not_found() {
        let canary = Canary::new(fresh());
        let other = fresh();
        assert_eq!(canary.find(format!("{other} {}", STANDARD_NO_PAD.encode(&other))), None);
    }

    #[test]
    #[should_panic(expected = "as hex")]
    fn a_canary_in_a_file_fails_the_search_of_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let value = fresh();
        fs::create_dir(folder.path().join("logs")).unwrap();
        fs::write(folder.path().join("logs/controller.log"), hex(&value)).unwrap();
        Canary::new(value).assert_absent_below(folder.path());
    }
}
