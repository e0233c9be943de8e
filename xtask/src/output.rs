//! Talk goes to stderr, answers go to stdout.

use std::io::{self, Write as _};

/// A line for a person, who may not be there.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// A part of the answer. A reader that has gone away has had enough.
pub(crate) fn answer(text: &str) {
    let mut stdout = io::stdout().lock();
    let _ = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
}
