//! Version constraints, found by the expressions that Masterminds/semver finds them by.

use std::cmp::Ordering;
use std::sync::LazyLock;

use super::{Version, compare_prereleases};
use crate::limits::{Limits, Meter};
use crate::reason::{Reason, Res};
use crate::regex::{Places, Regex, group};

/// Alternatives of constraints that must hold together.
pub(crate) struct Constraints(Vec<Vec<Constraint>>);

/// An operator and a version, of which parts may be missing.
struct Constraint {
    operator: String,
    version: Version,
    /// Any part is missing or a wildcard.
    dirty: bool,
    minor_dirty: bool,
    patch_dirty: bool,
}

/// A version or the beginning of one, with wildcards.
macro_rules! version {
    () => {
        r"v?([0-9|x|X|\*]+)(\.[0-9|x|X|\*]+)?(\.[0-9|x|X|\*]+)?(-([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?(\+([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?"
    };
}

macro_rules! operator {
    () => {
        r"=||!=|>|<|>=|=>|<=|=<|~|~>|\^"
    };
}

struct Patterns {
    constraint: Regex,
    range: Regex,
    find: Regex,
    valid: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    // These are compiled once, on no render's account.
    let meter = Meter::new(Limits { time: std::time::Duration::MAX, ..Limits::default() });
    let compile = |pattern: &str| Regex::new(&meter, pattern.as_bytes()).ok();
    Some(Patterns {
        constraint: compile(concat!(r"^\s*(", operator!(), r")\s*(", version!(), r")\s*$"))?,
        range: compile(concat!(r"\s*(", version!(), r")\s+-\s+(", version!(), r")\s*"))?,
        find: compile(concat!("(", operator!(), r")\s*(", version!(), ")"))?,
        valid: compile(concat!(
            r"^(\s*(",
            operator!(),
            r")\s*(",
            version!(),
            r")\s*)((?:\s+|,\s*)(",
            operator!(),
            r")\s*(",
            version!(),
            r")\s*)*$"
        ))?,
    })
});

impl Constraints {
    /// semver.NewConstraint
    pub(crate) fn parse(meter: &Meter, text: &[u8]) -> Res<Self> {
        let patterns = PATTERNS.as_ref().ok_or(Reason::Internal)?;
        meter.take(8 * text.len())?;
        let text = rewrite_ranges(meter, patterns, text)?;
        let mut alternatives = Vec::new();
        let mut rest = &text[..];
        loop {
            let end = memchr::memmem::find(rest, b"||");
            alternatives.push(alternative(meter, patterns, &rest[..end.unwrap_or(rest.len())])?);
            match end {
                Some(end) => rest = &rest[end + 2..],
                None => return Ok(Self(alternatives)),
            }
        }
    }

    /// Whether a version satisfies one of the alternatives.
    pub(crate) fn allow(&self, version: &Version) -> bool {
        self.0.iter().any(|constraints| constraints.iter().all(|constraint| constraint.allows(version)))
    }
}

/// `1.2 - 2.3` as `>= 1.2, <= 2.3`.
fn rewrite_ranges(meter: &Meter, patterns: &Patterns, text: &[u8]) -> Res<Vec<u8>> {
    let mut rewritten = text.to_vec();
    for places in patterns.range.captures_all(meter, text)? {
        let part = |index| group(&places, index).map_or(&b""[..], |range| &text[range]);
        // Replaces the first occurrence, as semver does, which need not be the one that was found.
        if let Some(at) = memchr::memmem::find(&rewritten, part(0)) {
            let replacement = [b">= ", part(1), b", <= ", part(11), b" "].concat();
            meter.take(rewritten.len() + replacement.len())?;
            rewritten = [&rewritten[..at], &replacement, &rewritten[at + part(0).len()..]].concat();
        }
    }
    Ok(rewritten)
}

fn alternative(meter: &Meter, patterns: &Patterns, text: &[u8]) -> Res<Vec<Constraint>> {
    if !patterns.valid.is_match(meter, text)? {
        return Err(Reason::BadVersion);
    }
    let mut constraints = Vec::new();
    for places in patterns.find.find_all(meter, text, -1)? {
        let range = group(&places, 0).ok_or(Reason::Internal)?;
        constraints.push(constraint(meter, patterns, &text[range])?);
    }
    Ok(constraints)
}

fn constraint(meter: &Meter, patterns: &Patterns, text: &[u8]) -> Res<Constraint> {
    let places: Places = patterns.constraint.captures(meter, text)?.ok_or(Reason::BadVersion)?;
    let text = std::str::from_utf8(text).map_err(|_| Reason::BadVersion)?;
    let part = |index| group(&places, index).map_or("", |range| &text[range]);
    let is_open = |segment: &str| matches!(segment, "" | "x" | "X" | "*");
    let (major, minor, patch, prerelease) = (part(3), part(4), part(5), part(6));
    let stripped = |segment: &'_ str| segment.strip_prefix('.').unwrap_or(segment).to_owned();
    let (mut dirty, mut minor_dirty, mut patch_dirty) = (true, false, false);
    let version = if is_open(major) {
        format!("0.0.0{prerelease}")
    } else if is_open(&stripped(minor)) {
        minor_dirty = true;
        format!("{major}.0.0{prerelease}")
    } else if is_open(&stripped(patch)) {
        patch_dirty = true;
        format!("{major}{minor}.0{prerelease}")
    } else {
        dirty = false;
        part(2).to_owned()
    };
    Ok(Constraint { operator: part(1).to_owned(), version: Version::parse(&version)?, dirty, minor_dirty, patch_dirty })
}

impl Constraint {
    fn allows(&self, version: &Version) -> bool {
        match &*self.operator {
            "!=" => self.not_equal(version),
            // A constraint without a pre-release does not mean pre-releases.
            _ if !version.prerelease.is_empty() && self.version.prerelease.is_empty() => false,
            "" | "=" if self.dirty => self.tilde(version),
            "" | "=" => version.compare(&self.version) == Ordering::Equal,
            ">" => self.greater(version),
            "<" => version.compare(&self.version) == Ordering::Less,
            ">=" | "=>" => version.compare(&self.version) != Ordering::Less,
            "<=" | "=<" => self.less_or_equal(version),
            "~" | "~>" => self.tilde(version),
            "^" => self.caret(version),
            _ => false,
        }
    }

    fn not_equal(&self, version: &Version) -> bool {
        if self.dirty {
            if !version.prerelease.is_empty() && self.version.prerelease.is_empty() {
                return false;
            }
            if self.version.major != version.major {
                return true;
            }
            if self.version.minor != version.minor && !self.minor_dirty {
                return true;
            }
            if self.minor_dirty {
                return false;
            }
            if self.version.patch != version.patch && !self.patch_dirty {
                return true;
            }
            if self.patch_dirty {
                let plain = version.prerelease.is_empty() && self.version.prerelease.is_empty();
                let order = compare_prereleases(&version.prerelease, &self.version.prerelease);
                return !plain && order != Ordering::Equal;
            }
        }
        version.compare(&self.version) != Ordering::Equal
    }

    fn greater(&self, version: &Version) -> bool {
        if self.dirty {
            match version.major.cmp(&self.version.major) {
                Ordering::Greater => return true,
                Ordering::Less => return false,
                // `>11` means 12 and more, `>11.1` means 11.2 and more.
                Ordering::Equal if self.minor_dirty => return false,
                Ordering::Equal if self.patch_dirty => return version.minor > self.version.minor,
                Ordering::Equal => {}
            }
        }
        version.compare(&self.version) == Ordering::Greater
    }

    fn less_or_equal(&self, version: &Version) -> bool {
        if !self.dirty {
            return version.compare(&self.version) != Ordering::Greater;
        }
        let beyond = version.major > self.version.major
            || (version.major == self.version.major && version.minor > self.version.minor && !self.minor_dirty);
        !beyond
    }

    fn tilde(&self, version: &Version) -> bool {
        if version.compare(&self.version) == Ordering::Less {
            return false;
        }
        let zero = (self.version.major, self.version.minor, self.version.patch) == (0, 0, 0);
        if zero && !self.minor_dirty && !self.patch_dirty {
            return true;
        }
        version.major == self.version.major && (version.minor == self.version.minor || self.minor_dirty)
    }

    fn caret(&self, version: &Version) -> bool {
        if version.compare(&self.version) == Ordering::Less {
            return false;
        }
        if self.version.major > 0 || self.minor_dirty {
            return version.major == self.version.major;
        }
        if version.major > 0 {
            return false;
        }
        if self.version.minor > 0 || self.patch_dirty {
            return version.minor == self.version.minor;
        }
        version.minor == 0 && version.patch == self.version.patch
    }
}
