//! The steps, in their order.

use std::process::Command;

use anyhow::{Result, ensure};

use super::programs::TestPrograms;
use super::run::{self, Counts};
use super::{deny, layers};
use crate::{fuzz, generate, workspace};

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
        run: |_| cargo(&["build", "--workspace", "--all-targets", "--locked"]),
        ..step("build", "everything, the binaries that the end-to-end tests run among it")
    },
    Step { run: unit, ..step("unit", "unit, golden and vector tests of all crates") },
    Step {
        run: |tests| cargo_test(&["-p", "waxseal-crypto", "--no-default-features"], tests),
        ..step("pure-rust", "the tests of crypto again, with the other RSA backend alone")
    },
    Step { run: doc, ..step("doc", "the examples in the documentation") },
    Step {
        run: |_| cargo_test(&["--workspace", "--test", "go"], &["--ignored".to_owned()]),
        slow: true,
        ..step("go-templates", "the recorded templates again, rendered by Go itself")
    },
    Step {
        run: |_| control_plane(),
        needs: &["build"],
        slow: true,
        ..step("control-plane", "etcd, Kubernetes and the original's programs, built once and kept")
    },
    Step {
        run: end_to_end,
        needs: &["build", "control-plane"],
        slow: true,
        ..step("e2e", "the parts together, on a real API server")
    },
    Step {
        run: |_| fuzz::briefly().map(|()| Counts::NONE),
        slow: true,
        ..step("fuzz", "each fuzz target for a moment, from its seeds and corpus on")
    },
    Step { run: |_| generated(), needs: &["build"], ..step("generated", "generated files are as the code makes them") },
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

fn unit(tests: &[String]) -> Result<Counts> {
    let mut selection = vec!["--workspace", "--lib", "--bins", "--examples"];
    let programs = TestPrograms::of_workspace()?;
    selection.extend(programs.others.iter().flat_map(|name| ["--test", name]));
    cargo_test(&selection, tests)
}

fn control_plane() -> Result<Counts> {
    run::plain(Command::new(workspace::built("e2e")?).arg("binaries"))
}

fn end_to_end(tests: &[String]) -> Result<Counts> {
    // `--package e2e` would resolve other features for the dependencies, and build them all once more.
    let mut selection = vec!["--workspace"];
    let programs = TestPrograms::of_workspace()?;
    selection.extend(programs.e2e.iter().flat_map(|name| ["--test", name]));
    cargo_test(&selection, tests)
}

fn doc(tests: &[String]) -> Result<Counts> {
    // A library without an example is no failure.
    run::tests(
        workspace::cargo().args(["test", "--locked", "--no-fail-fast", "--workspace", "--doc", "--"]).args(tests),
    )
}

fn generated() -> Result<Counts> {
    generate::check()?;
    Ok(Counts::NONE)
}

fn cargo_test(selection: &[&str], tests: &[String]) -> Result<Counts> {
    let mut command = workspace::cargo();
    command.args(["test", "--locked", "--no-fail-fast"]).args(selection).arg("--").args(tests);
    let counts = run::tests(&mut command)?;
    ensure!(counts.passed > 0 || !tests.is_empty(), "not one test ran");
    Ok(counts)
}
