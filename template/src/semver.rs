//! Versions and constraints as Masterminds/semver v3.3 takes them.

pub(crate) mod constraint;

use std::cmp::Ordering;

use crate::env::Env;
use crate::go::number::parse_uint;
use crate::reason::{Reason, Res};
use crate::text::Text;
use crate::value::{UintKind, Value};

/// A version; its parts are ASCII, the original may have a `v` before them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Version {
    pub(crate) major: u64,
    pub(crate) minor: u64,
    pub(crate) patch: u64,
    pub(crate) prerelease: String,
    pub(crate) metadata: String,
    pub(crate) original: String,
}

/// A version or the beginning of one, taken apart; segments that are missing are empty.
pub(crate) struct Parts<'t> {
    pub(crate) segments: [&'t str; 3],
    pub(crate) prerelease: Option<&'t str>,
    pub(crate) metadata: Option<&'t str>,
}

/// Takes apart the longest version at the start of `text`, with segments made of `is_digit`; and what is after it.
pub(crate) fn parts(text: &str, is_digit: fn(char) -> bool) -> Option<(Parts<'_>, &str)> {
    let mut rest = text.strip_prefix('v').unwrap_or(text);
    let mut segments = [""; 3];
    for (index, segment) in segments.iter_mut().enumerate() {
        let digits = if index == 0 { Some(rest) } else { rest.strip_prefix('.') };
        let Some(digits) = digits else { break };
        let length = digits.find(|c| !is_digit(c)).unwrap_or(digits.len());
        if length == 0 {
            if index == 0 {
                return None;
            }
            break;
        }
        (*segment, rest) = digits.split_at(length);
    }
    let (prerelease, rest) = identifiers(rest, '-');
    let (metadata, rest) = identifiers(rest, '+');
    Some((Parts { segments, prerelease, metadata }, rest))
}

/// Dot-separated identifiers after `mark`, as many as there are.
fn identifiers(text: &str, mark: char) -> (Option<&str>, &str) {
    let Some(body) = text.strip_prefix(mark) else { return (None, text) };
    let mut length = 0;
    loop {
        let rest = &body[length..];
        let rest = if length == 0 { rest } else { rest.strip_prefix('.').unwrap_or_default() };
        let word = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
        if word == 0 {
            break;
        }
        length += word + usize::from(length > 0);
    }
    if length == 0 { (None, text) } else { (Some(&body[..length]), &body[length..]) }
}

impl Version {
    /// semver.NewVersion, which takes `1` and `v1.2` as well.
    pub(crate) fn parse(text: &str) -> Res<Self> {
        let (parts, rest) = parts(text, |c| c.is_ascii_digit()).ok_or(Reason::BadVersion)?;
        if !rest.is_empty() {
            return Err(Reason::BadVersion);
        }
        let number = |segment: &str| match segment {
            "" => Ok(0),
            _ => parse_uint(segment.as_bytes(), 10).map_err(|_| Reason::BadVersion),
        };
        let [major, minor, patch] = parts.segments;
        let prerelease = parts.prerelease.unwrap_or_default();
        if has_leading_zero(prerelease) {
            return Err(Reason::BadVersion);
        }
        Ok(Self {
            major: number(major)?,
            minor: number(minor)?,
            patch: number(patch)?,
            prerelease: prerelease.to_owned(),
            metadata: parts.metadata.unwrap_or_default().to_owned(),
            original: text.to_owned(),
        })
    }

    pub(crate) fn string(&self) -> String {
        let mut text = format!("{}.{}.{}", self.major, self.minor, self.patch);
        for (mark, part) in [("-", &self.prerelease), ("+", &self.metadata)] {
            if !part.is_empty() {
                text += mark;
                text += part;
            }
        }
        text
    }

    /// The version with other parts; the `v` stays.
    pub(crate) fn changed(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut next = self.clone();
        change(&mut next);
        let prefix = if self.original.starts_with('v') { "v" } else { "" };
        next.original = format!("{prefix}{}", next.string());
        next
    }

    /// Replaces the pre-release, which must be valid.
    pub(crate) fn with_prerelease(&self, text: &str) -> Res<Self> {
        if !text.is_empty() && (!is_dotted(text) || has_leading_zero(text)) {
            return Err(Reason::BadVersion);
        }
        Ok(self.changed(|version| text.clone_into(&mut version.prerelease)))
    }

    pub(crate) fn with_metadata(&self, text: &str) -> Res<Self> {
        if !text.is_empty() && !is_dotted(text) {
            return Err(Reason::BadVersion);
        }
        Ok(self.changed(|version| text.clone_into(&mut version.metadata)))
    }

    /// The order of versions, in which metadata has no part.
    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        let numbers = |version: &Self| (version.major, version.minor, version.patch);
        numbers(self).cmp(&numbers(other)).then_with(|| match (&*self.prerelease, &*other.prerelease) {
            ("", "") => Ordering::Equal,
            ("", _) => Ordering::Greater,
            (_, "") => Ordering::Less,
            (left, right) => compare_prereleases(left, right),
        })
    }

    pub(crate) fn is_identical(&self, other: &Self) -> bool {
        self == other
    }

    /// The fields as a format shows them.
    pub(crate) fn fields(&self, env: &Env) -> Res<[(&'static str, Value); 6]> {
        let number = |number| Value::Uint(UintKind::Uint64, number);
        let text = |text: &str| -> Res<Value> { Ok(Text::new(env.meter, text.as_bytes())?.into()) };
        Ok([
            ("major", number(self.major)),
            ("minor", number(self.minor)),
            ("patch", number(self.patch)),
            ("pre", text(&self.prerelease)?),
            ("metadata", text(&self.metadata)?),
            ("original", text(&self.original)?),
        ])
    }
}

/// Whether the text consists of the characters of identifiers. Empty identifiers pass here.
fn is_dotted(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.')
}

fn has_leading_zero(prerelease: &str) -> bool {
    prerelease
        .split('.')
        .any(|part| part.len() > 1 && part.starts_with('0') && part.bytes().all(|b| b.is_ascii_digit()))
}

/// The order of two pre-releases, part by part.
pub(crate) fn compare_prereleases(left: &str, right: &str) -> Ordering {
    let (mut left, mut right) = (left.split('.'), right.split('.'));
    loop {
        let (l, r) = (left.next(), right.next());
        if l.is_none() && r.is_none() {
            return Ordering::Equal;
        }
        let ordering = compare_parts(l.unwrap_or_default(), r.unwrap_or_default());
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
}

fn compare_parts(left: &str, right: &str) -> Ordering {
    let number = |text: &str| parse_uint(text.as_bytes(), 10).ok();
    match (left, right) {
        _ if left == right => Ordering::Equal,
        ("", _) => Ordering::Less,
        (_, "") => Ordering::Greater,
        _ => match (number(left), number(right)) {
            (None, None) => left.cmp(right),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            // Numbers that are equal and written differently have no order; Go says less.
            (Some(left), Some(right)) => left.cmp(&right).then(Ordering::Less),
        },
    }
}
