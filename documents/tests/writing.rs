//! Files are replaced whole or left as they were.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

use waxseal_documents::{WriteError, check_writable, write_atomically};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn names(directory: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_new_file_gets_the_mode_that_is_asked_for() {
    let directory = tempfile::tempdir().unwrap();
    let (public, private) = (directory.path().join("a"), directory.path().join("b"));
    write_atomically(&public, b"x", 0o644).unwrap();
    write_atomically(&private, b"x", 0o600).unwrap();
    assert_eq!((mode(&public), mode(&private)), (0o644, 0o600));
    assert_eq!(names(directory.path()), ["a", "b"]);
}

#[test]
fn an_old_file_keeps_its_mode() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a");
    fs::write(&path, "old, and longer than the new").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    write_atomically(&path, b"new", 0o600).unwrap();
    assert_eq!((fs::read_to_string(&path).unwrap().as_str(), mode(&path)), ("new", 0o640));
}

#[test]
fn links_stay_and_lead_to_the_new_bytes() {
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir(directory.path().join("real")).unwrap();
    let file = directory.path().join("real/file");
    fs::write(&file, "old").unwrap();
    symlink("real/file", directory.path().join("relative")).unwrap();
    symlink(directory.path().join("relative"), directory.path().join("absolute")).unwrap();
    write_atomically(&directory.path().join("absolute"), b"new", 0o600).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), "new");
    assert_eq!(names(directory.path()), ["absolute", "real", "relative"]);
    assert_eq!(names(&directory.path().join("real")), ["file"]);
    assert!(fs::symlink_metadata(directory.path().join("relative")).unwrap().is_symlink());
}

#[test]
fn a_link_to_nothing_makes_what_it_leads_to_and_a_loop_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    symlink("new", directory.path().join("dangling")).unwrap();
    symlink("loop", directory.path().join("loop")).unwrap();
    write_atomically(&directory.path().join("dangling"), b"x", 0o600).unwrap();
    assert_eq!(fs::read(directory.path().join("new")).unwrap(), b"x");
    assert!(matches!(
        write_atomically(&directory.path().join("loop"), b"x", 0o600),
        Err(WriteError::TooManyLinks { .. })
    ));
}

#[test]
fn directories_and_what_is_not_there_are_told_apart() {
    let directory = tempfile::tempdir().unwrap();
    assert!(matches!(write_atomically(directory.path(), b"x", 0o600), Err(WriteError::IsADirectory { .. })));
    let missing = directory.path().join("no/such/file");
    assert!(matches!(write_atomically(&missing, b"x", 0o600), Err(WriteError::NoDirectory { .. })));
}

#[test]
fn a_directory_that_takes_no_files_is_named() {
    // `/proc` refuses new files to everybody, root included.
    let error = write_atomically(Path::new("/proc/waxseal"), b"x", 0o600).unwrap_err();
    assert!(matches!(error, WriteError::DirectoryNotWritable { .. }), "{error}");
}

#[test]
fn whether_a_file_could_be_written_is_known_before_and_leaves_no_trace() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a");
    check_writable(&path).unwrap();
    fs::write(&path, "old").unwrap();
    check_writable(&path).unwrap();
    check_writable(Path::new("/dev/null")).unwrap();
    assert_eq!((names(directory.path()), fs::read(&path).unwrap()), (vec!["a".to_owned()], b"old".to_vec()));
    assert!(matches!(check_writable(directory.path()), Err(WriteError::IsADirectory { .. })));
    assert!(matches!(check_writable(&directory.path().join("no/file")), Err(WriteError::NoDirectory { .. })));
    assert!(matches!(check_writable(Path::new("/proc/waxseal")), Err(WriteError::DirectoryNotWritable { .. })));
}

#[test]
fn devices_are_written_to_and_a_full_one_says_so() {
    write_atomically(Path::new("/dev/null"), b"x", 0o600).unwrap();
    assert!(matches!(write_atomically(Path::new("/dev/full"), b"x", 0o600), Err(WriteError::NoSpace { .. })));
}

/// Runs this test again in a process that may write no more than one block of 512 bytes.
#[test]
fn a_write_that_stops_half_way_leaves_the_old_file_and_nothing_beside_it() {
    const CHILD: &str = "WAXSEAL_TEST_WRITE_LIMITED";
    if let Some(path) = std::env::var_os(CHILD) {
        let error = write_atomically(Path::new(&path), &vec![b'x'; 100_000], 0o600).unwrap_err();
        assert!(matches!(error, WriteError::NoSpace { .. }), "{error}");
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a");
    fs::write(&path, "old").unwrap();
    // With the signal ignored, the write fails and the process lives.
    let status = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" --exact a_write_that_stops_half_way_leaves_the_old_file_and_nothing_beside_it"])
        .arg(std::env::current_exe().unwrap())
        .env(CHILD, &path)
        .stdout(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(names(directory.path()), ["a"]);
}
