//! Why a command did not do what it was asked to.

use std::fmt;

use crate::Exit;

/// What a command returns.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

/// What failed on which object, what to do next, and the exit code. It never holds a value of a Secret.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    what: String,
    remedy: Option<String>,
    quiet: bool,
}

impl Failure {
    fn new(exit: Exit, what: impl fmt::Display) -> Self {
        Self { exit, what: what.to_string(), remedy: None, quiet: false }
    }

    /// The answer is no. What speaks for it was printed already, or is in `what`.
    pub(crate) fn no(what: impl fmt::Display) -> Self {
        Self::new(Exit::No, what)
    }

    /// Flags, environment or configuration do not make sense.
    pub(crate) fn usage(what: impl fmt::Display) -> Self {
        Self::new(Exit::Usage, what)
    }

    /// A file, or what is in it, is no good.
    pub(crate) fn input(what: impl fmt::Display) -> Self {
        Self::new(Exit::Input, what)
    }

    /// The cluster is out of reach or refuses.
    pub(crate) fn cluster(what: impl fmt::Display) -> Self {
        Self::new(Exit::Cluster, what)
    }

    /// A key or a certificate does not fit.
    pub(crate) fn key(what: impl fmt::Display) -> Self {
        Self::new(Exit::Key, what)
    }

    /// Nobody reads the output any more, which is nothing to talk about.
    pub(crate) fn closed_pipe() -> Self {
        Self { quiet: true, ..Self::new(Exit::Done, "the reader of the output is gone") }
    }

    /// Adds what to do next.
    pub(crate) fn remedy(self, remedy: impl Into<String>) -> Self {
        Self { remedy: Some(remedy.into()), ..self }
    }

    /// Adds another way out to what to do next.
    pub(crate) fn or(self, remedy: &str) -> Self {
        let remedy = match &self.remedy {
            Some(first) => format!("{first}; or {remedy}"),
            None => remedy.to_owned(),
        };
        self.remedy(remedy)
    }

    /// Puts the object in front that the failure is about, unless it begins with it.
    pub(crate) fn about(self, object: impl fmt::Display) -> Self {
        let object = format!("{object}:");
        if self.what.starts_with(&object) { self } else { Self { what: format!("{object} {}", self.what), ..self } }
    }

    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }

    pub(crate) fn what(&self) -> &str {
        &self.what
    }

    pub(crate) fn next_step(&self) -> Option<&str> {
        self.remedy.as_deref()
    }

    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }
}

/// The system's words for an error, without Rust's `(os error 2)`.
pub(crate) fn plain(error: &std::io::Error) -> String {
    without_number(&error.to_string())
}

/// An error with everything that caused it, on one line. Parts that repeat what stands before them are left out.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    without_number(&text)
}

fn without_number(text: &str) -> String {
    let Some((before, after)) = text.split_once(" (os error ") else { return text.to_owned() };
    let rest = after.split_once(')').map_or("", |(_, rest)| rest);
    format!("{before}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_error_comes_without_its_number() {
        let error = std::io::Error::from_raw_os_error(2);
        assert_eq!(plain(&error), "No such file or directory");
        assert_eq!(without_number("a: b (os error 11); c"), "a: b; c");
    }

    #[test]
    fn an_object_is_named_once() {
        assert_eq!(Failure::input("b: c").about("a").about("a").what(), "a: b: c");
    }

    #[test]
    fn a_second_way_out_stands_behind_the_first() {
        let failure = Failure::input("x").or("a").or("b");
        assert_eq!(failure.next_step(), Some("a; or b"));
    }
}
