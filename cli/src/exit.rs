//! What the program tells its caller with its exit code.

use std::process::ExitCode;

/// The exit codes. Scripts rely on them; they do not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done, and the answer to a question is yes.
    Done = 0,
    /// The answer is no: lint found something, verify failed, diff differs, there is work for `reencrypt --check`.
    No = 1,
    /// Wrong usage: flags, arguments, environment variables, `.waxseal.yaml`.
    Usage = 2,
    /// Bad input: a file that cannot be read or written, or that does not hold what it should.
    Input = 3,
    /// The cluster could not be reached or said no.
    Cluster = 4,
    /// A key or a certificate does not fit: it is malformed, expired, or not the one that sealed.
    Key = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
