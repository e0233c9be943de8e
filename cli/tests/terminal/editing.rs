//! `edit` asks before it writes, and lets a person try again.

use std::fs;
use std::path::Path;

use crate::directory;
use crate::session::Session;

const FILE: &str = "res-strict.sealed.yaml";

fn edit(directory: &Path, editor: &str) -> Session {
    Session::start(directory, &["edit", "-k", "a.key", "--cert", "a.crt", FILE], &[("EDITOR", editor)])
}

fn read(directory: &Path) -> String {
    fs::read_to_string(directory.join(FILE)).unwrap()
}

#[test]
fn what_changed_is_shown_by_key_before_somebody_says_yes_or_no() {
    let directory = directory(&["a.crt", "a.key", FILE]);
    let before = read(directory.path());
    for (answer, is_written) in [("n\n", false), ("y\n", true)] {
        let mut session = edit(directory.path(), "sed -i s/alice/CANARY/");
        session.until("username: changed").until(&format!("Write {FILE}? [Y/n]")).types(answer);
        let (code, shown) = session.ends();
        assert_eq!(code, Some(0), "{shown}");
        assert!(!shown.contains("CANARY") && !shown.contains("alice"), "{shown}");
        assert_eq!(read(directory.path()) != before, is_written, "{shown}");
    }
}

#[test]
fn what_cannot_be_read_goes_back_into_the_editor_as_it_was_typed() {
    let directory = directory(&["a.crt", "a.key", FILE]);
    // The first time a bracket is typed that never closes; the second time it is taken out again.
    let editor = directory.path().join("editor");
    fs::write(&editor, "#!/bin/sh\nif grep -q '\\[typed' \"$1\"; then sed -i 's/\\[typed/typed/' \"$1\"; else sed -i 's/alice/[typed/' \"$1\"; fi\n")
        .unwrap();
    let editor = format!("sh {}", editor.display());
    let mut session = edit(directory.path(), &editor);
    session.until("error:").until("Edit again? [Y/n]").types("\n");
    session.until("username: changed").until("[Y/n]").types("\n");
    let (code, shown) = session.ends();
    assert_eq!(code, Some(0), "{shown}");

    let before = read(directory.path());
    let mut session = edit(directory.path(), "false");
    session.until("Edit again? [Y/n]").types("n\n");
    let (code, shown) = session.ends();
    assert_eq!((code, read(directory.path()) == before), (Some(1), true), "{shown}");
}

#[test]
fn what_cannot_be_written_is_tried_again_when_somebody_has_made_room() {
    let directory = directory(&["a.crt", "a.key", FILE]);
    let before = read(directory.path());
    // The file turns into a directory while the editor is open, which is put right before the second try.
    let path = directory.path().join(FILE);
    let aside = directory.path().join("aside");
    let editor = format!("mv {0} {1} && mkdir {0} && sed -i s/alice/CANARY/", path.display(), aside.display());
    let mut session = edit(directory.path(), &editor);
    session.until("username: changed").until("[Y/n]").types("y\n");
    session.until("error:").until("Try again? [Y/n]");
    fs::remove_dir(&path).unwrap();
    fs::rename(&aside, &path).unwrap();
    let (code, shown) = session.types("y\n").ends();
    assert_eq!((code, read(directory.path()) != before), (Some(0), true), "{shown}");
}
