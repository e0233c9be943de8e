//! What was found, and where.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use waxseal_documents::Position;

use crate::Rule;
use crate::text::Shown;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know. It fails nothing.
    Note,
    /// Works today, or only by luck.
    Warning,
    /// A leak, or something that does not work.
    Error,
}

impl Severity {
    /// The name in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One thing that is wrong at one place. No part of it repeats a value of a Secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked for.
    pub rule: Rule,
    /// How bad it is here: the rule's severity, or less.
    pub severity: Severity,
    /// The file, as it was named to the linter.
    pub file: Arc<str>,
    /// Where it begins.
    pub start: Position,
    /// Where it ends: the place after its last character. The same as `start` where only the place is known.
    pub end: Position,
    /// The object that it is about, if it is about one.
    pub object: Option<ObjectName>,
    /// What is wrong. It does not name the object.
    pub message: String,
    /// What to do about it.
    pub remedy: Cow<'static, str>,
}

impl Finding {
    /// The object and what is wrong with it, in one line.
    pub fn headline(&self) -> String {
        match &self.object {
            Some(object) => format!("{object}: {}", self.message),
            None => self.message.clone(),
        }
    }
}

/// The kind, namespace and name of an object, as its manifest has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectName {
    /// Its kind: `Secret` or `SealedSecret`.
    pub kind: &'static str,
    /// Its namespace, if the manifest names one.
    pub namespace: Option<String>,
    /// Its name, if it has one.
    pub name: Option<String>,
}

/// `SealedSecret team-a/database`.
impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind)?;
        match (&self.namespace, &self.name) {
            (Some(namespace), Some(name)) => write!(f, " {}/{}", Shown(namespace), Shown(name)),
            (None, Some(name)) => write!(f, " {}", Shown(name)),
            (Some(namespace), None) => write!(f, " without a name in {}", Shown(namespace)),
            (None, None) => f.write_str(" without a name"),
        }
    }
}
