//! The process itself.

/// Forbids core dumps, which would put plaintext and keys on a disk.
///
/// Where the system refuses, the command goes on: it is a second line of defence.
pub(crate) fn forbid_core_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        // Also keeps a debugger of the same user from attaching.
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}
