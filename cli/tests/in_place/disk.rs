//! A disk that is full and a directory that takes no files: whatever a command was about to write, the old file stays.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::process::getuid;

use crate::{run, vector};

const FILE: &str = "a.yaml";

/// A directory with all that the commands below name.
fn directory() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    fs::copy(vector("res-strict.sealed.yaml"), directory.path().join(FILE)).unwrap();
    for name in ["a.key", "a.crt", "b.crt", "res-strict.secret.yaml"] {
        fs::copy(vector(name), directory.path().join(name)).unwrap();
    }
    fs::write(directory.path().join("value"), "CANARY").unwrap();
    directory
}

/// Every command that writes to a file that is there.
const WRITERS: [&[&str]; 9] = [
    &["set", FILE, "token", "--from-file", "value", "--cert", "a.crt"],
    &["unset", FILE, "token"],
    &["edit", FILE, "-k", "a.key", "--cert", "a.crt"],
    &["reencrypt", FILE, "-k", "a.key", "--cert", "b.crt"],
    &["promote", FILE, "-k", "a.key", "--to-cert", "b.crt", "-w", FILE],
    &["seal", "res-strict.secret.yaml", "--cert", "a.crt", "-w", FILE],
    &["kubeseal", "--merge-into", FILE, "--cert", "a.crt", "-f", "res-strict.secret.yaml"],
    &["kubeseal", "--cert", "a.crt", "-f", "res-strict.secret.yaml", "-w", FILE],
    &["unseal", FILE, "-k", "a.key", "-w", "res-strict.secret.yaml"],
];

/// Every file with what is in it.
fn contents(directory: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap());
    let mut all: Vec<_> =
        entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect();
    all.sort();
    all
}

/// The program, started by words of shell that set it up.
pub(crate) fn behind(directory: &Path, setup: &str, arguments: &[&str]) -> Command {
    let program = env!("CARGO_BIN_EXE_waxseal");
    let mut shell = Command::new("sh");
    shell
        .args(["-c", &format!("{setup} \"$@\""), "sh"])
        .arg(program)
        .args(arguments)
        .current_dir(directory)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("HOME", directory)
        .env("EDITOR", "sed -i s/alice/CANARY/")
        .stdin(Stdio::null());
    shell
}

#[test]
fn a_disk_that_gets_full_on_the_way_leaves_every_file_as_it_was() {
    for arguments in WRITERS {
        let directory = directory();
        let before = contents(directory.path());
        // A limit on the size of files, with its signal ignored, fails a write half way like a disk without room.
        let blocks = if arguments[0] == "unseal" { 0 } else { 2 };
        let setup = format!("trap '' XFSZ; ulimit -f {blocks}; exec");
        let (code, _, stderr) = run(&mut behind(directory.path(), &setup, arguments));
        let exit = if arguments[0] == "kubeseal" { 1 } else { 3 };
        assert_eq!(code, Some(exit), "{arguments:?}: {stderr}");
        assert!(stderr.contains("no space is left; it is unchanged"), "{arguments:?}: {stderr}");
        assert!(!stderr.contains("CANARY"), "{arguments:?}: {stderr}");
        assert!(contents(directory.path()) == before, "{arguments:?} changed something");
    }
}

#[test]
fn where_not_even_the_values_have_room_nothing_is_opened_for_editing() {
    let directory = directory();
    let before = contents(directory.path());
    let setup = "trap '' XFSZ; ulimit -f 0; exec";
    let mut edit = behind(directory.path(), setup, WRITERS[2]);
    let (code, _, stderr) = run(edit.env("EDITOR", "touch opened;"));
    assert_eq!(code, Some(3), "{stderr}");
    assert!(stderr.contains("a.yaml is as it was"), "{stderr}");
    assert!(contents(directory.path()) == before);
}

#[test]
fn a_directory_that_takes_no_files_is_named_before_anybody_types() {
    for arguments in WRITERS {
        let directory = directory();
        let before = contents(directory.path());
        fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o555)).unwrap();
        // Root may write anywhere, unless it gives that right away.
        let setup = if getuid().is_root() {
            "exec setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-dac_override,-dac_read_search"
        } else {
            "exec"
        };
        let mut command = behind(directory.path(), setup, arguments);
        let (code, _, stderr) = run(command.env("EDITOR", "echo the editor was opened; false"));
        let exit = if arguments[0] == "kubeseal" { 1 } else { 3 };
        assert_eq!(code, Some(exit), "{arguments:?}: {stderr}");
        assert!(stderr.contains("cannot be written: no permission to create a file in ."), "{arguments:?}: {stderr}");
        assert!(!stderr.contains("the editor"), "{arguments:?}: {stderr}");
        fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o755)).unwrap();
        assert!(contents(directory.path()) == before, "{arguments:?} changed something");
    }
}
