//! Any command line, in waxseal's grammar and in kubeseal's: understood or refused with a message, without a look at
//! a file or a cluster.
#![no_main]

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;

use libfuzzer_sys::fuzz_target;

/// Stands for a value that somebody meant to seal.
const SECRET: &str = "s3cr3t-c4n4ry";

fuzz_target!(|input: &[u8]| {
    // One argument a line.
    let arguments: Vec<OsString> =
        input.split(|&byte| byte == b'\n').take(64).map(|line| OsString::from_vec(line.to_owned())).collect();
    let message = waxseal::fuzzing::kubeseal(&arguments);
    assert!(message.is_none_or(|message| !message.is_empty()));

    let message = waxseal::fuzzing::waxseal(&arguments);
    assert!(message.as_ref().is_none_or(|message| !message.is_empty()));
    // An argument that has no place is not repeated.
    let bare = |argument: &OsString| argument == SECRET;
    let named = |argument: &OsString| argument != SECRET && argument.to_string_lossy().contains(SECRET);
    if arguments.last().is_some_and(bare) && !arguments.iter().any(named) && arguments.len() == 2 {
        assert!(message.is_none_or(|message| !message.contains(SECRET)), "a message with a value in it");
    }
});
