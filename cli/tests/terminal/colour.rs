//! Colours are for terminals, and for those who want them.

use crate::directory;
use crate::session::Session;

/// What only colours begin with.
const COLOUR: &str = "\u{1b}[";

/// Each way to talk: an error, a warning, findings, and what is wrong with the command line itself.
const TALK: [&[&str]; 4] = [
    &["unset", "missing.yaml", "key"],
    &["set", "res-strict.sealed.yaml", "token", "value", "--cert", "a.crt"],
    &["lint", "res-strict.secret.yaml"],
    &["seal", "--bogus"],
];

fn shown(arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let directory = directory(&["a.crt", "res-strict.sealed.yaml", "res-strict.secret.yaml"]);
    Session::start(directory.path(), arguments, variables).ends().1
}

#[test]
fn a_terminal_gets_colours() {
    for arguments in TALK {
        let shown = shown(arguments, &[]);
        assert!(shown.contains(COLOUR), "{arguments:?}: {shown:?}");
    }
    // An empty NO_COLOR counts as none: https://no-color.org.
    assert!(shown(TALK[0], &[("NO_COLOR", "")]).contains(COLOUR));
}

#[test]
fn no_color_and_a_dumb_terminal_get_none() {
    for arguments in TALK {
        for variable in [("NO_COLOR", "1"), ("TERM", "dumb")] {
            let shown = shown(arguments, &[variable]);
            assert!(!shown.is_empty() && !shown.contains(COLOUR), "{arguments:?} {variable:?}: {shown:?}");
        }
    }
}
