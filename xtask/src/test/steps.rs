//! The steps, in their order.

use std::process::Command;

use anyhow::{Result, ensure};

use super::run::{self, Counts};
use super::{deny, layers};
use crate::workspace;

pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// Steps without which this one says nothing: it would test binaries of yesterday.
    pub(super) needs: &'static [&'static str],
    /// Left out by `--quick`.
    pub(super) slow: bool,
    /// Runs it; the strings are for the test programs.
    pub(super) run: fn(&[String]) -> Result<Counts>,
}

pub(super) const STEPS: &[Step] = &[
    Step { run: |_| cargo(&["fmt", "--all", "--check"]), ..step("fmt", "every file is as rustfmt leaves it") },
    Step { run: |_| clippy(), ..step("clippy", "clippy has no warning, in any target") },
    Step {
        run: |_| cargo(&["build", "--workspace", "--bins", "--locked"]),
        ..step("build", "the binaries that the end-to-end tests run")
    },
    Step {
        run: |tests| cargo_test(&["--workspace", "--exclude", "e2e", "--all-targets"], tests),
        ..step("unit", "unit, golden and vector tests of all crates")
    },
    Step {
        run: |tests| cargo_test(&["-p", "waxseal-crypto", "--no-default-features", "--features", "pure-rust"], tests),
        ..step("pure-rust", "the tests of crypto again, with the other RSA backend alone")
    },
    Step {
        run: |tests| cargo_test(&["--workspace", "--doc"], tests),
        ..step("doc", "the examples in the documentation")
    },
    Step {
        run: |_| cargo(&["run", "--quiet", "--locked", "-p", "e2e", "--", "binaries"]),
        needs: &["build"],
        slow: true,
        ..step("control-plane", "etcd, Kubernetes and the original's programs, built once and kept")
    },
    Step {
        run: |tests| cargo_test(&["-p", "e2e", "--all-targets"], tests),
        needs: &["build", "control-plane"],
        slow: true,
        ..step("e2e", "the parts together, on a real API server")
    },
    Step { run: |_| generated(), ..step("generated", "generated files are as the code makes them") },
    Step { run: |_| layers::check(), ..step("layers", "dependencies point one way") },
    Step {
        run: |_| deny::check(),
        slow: true,
        ..step("deny", "licences, bans and sources (advisories: the public workflow, which can fetch them)")
    },
];

const fn step(name: &'static str, about: &'static str) -> Step {
    Step { name, about, needs: &[], slow: false, run: |_| Ok(Counts::NONE) }
}

fn cargo(args: &[&str]) -> Result<Counts> {
    run::plain(workspace::cargo().args(args))
}

fn clippy() -> Result<Counts> {
    cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"])
}

fn generated() -> Result<Counts> {
    run::plain(Command::new(std::env::current_exe()?).args(["generate", "--check"]))
}

fn cargo_test(selection: &[&str], tests: &[String]) -> Result<Counts> {
    let mut command = workspace::cargo();
    command.args(["test", "--locked", "--no-fail-fast"]).args(selection).arg("--").args(tests);
    let counts = run::tests(&mut command)?;
    ensure!(counts.passed > 0 || !tests.is_empty() || selection.contains(&"--doc"), "not one test ran");
    Ok(counts)
}
