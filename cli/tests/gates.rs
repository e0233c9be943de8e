//! The hook, the action and the job that use the linter, run as their owners run them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// A file at the root of the repo, read.
fn config(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
    let documents = waxseal_documents::parse(&fs::read(path).unwrap(), name).unwrap();
    documents[0].value().clone()
}

fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{pointer}"))
}

/// A repo with a SealedSecret, and a Secret in the clear or a warning, if there is to be one.
fn repo(more: &str) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors");
    let read = |name: &str| fs::read_to_string(vectors.join(name)).unwrap();
    let write = |name: &str, text: &str| fs::write(directory.path().join(name), text).unwrap();
    write("sealed.yaml", &read("res-cluster-wide.sealed.yaml"));
    match more {
        "secret" => write("-secret.yaml", &read("res-strict.secret.yaml")),
        "warning" => {
            let sealed = read("res-strict.sealed.yaml");
            let lines: Vec<_> = sealed.lines().filter(|line| !line.ends_with(" namespace: team-a")).collect();
            write("-warning.yaml", &lines.join("\n"));
        }
        _ => {}
    }
    directory
}

/// A command in the repo, with `waxseal` on its PATH.
fn command(program: &str, repo: &Path) -> Command {
    let programs = Path::new(env!("CARGO_BIN_EXE_waxseal")).parent().unwrap();
    let mut command = Command::new(program);
    command
        .current_dir(repo)
        .env_clear()
        .env("PATH", format!("{}:/usr/bin:/bin", programs.display()))
        .env("HOME", repo);
    command
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("{output:?}"))
}

#[test]
fn the_hook_of_pre_commit_stops_a_secret_and_takes_arguments() {
    let hooks = config(".pre-commit-hooks.yaml");
    let hook = &hooks[0];
    // pre-commit runs the entry, then the arguments, then the names of the files.
    let run = |repo: &Path, args: &[&str]| {
        let mut words = text(hook, "/entry").split(' ');
        let mut command = command(words.next().unwrap(), repo);
        command.args(words).args(args);
        let mut names: Vec<_> = fs::read_dir(repo).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        let output = command.args(names).output().unwrap();
        (code(&output), String::from_utf8(output.stdout).unwrap())
    };
    let own: Vec<_> = hook["args"].as_array().unwrap().iter().map(|arg| arg.as_str().unwrap()).collect();
    assert_eq!(run(repo("").path(), &own).0, 0);
    let (code, findings) = run(repo("secret").path(), &own);
    assert!(code == 1 && findings.contains("plaintext-secret"), "{findings}");
    assert_eq!(run(repo("warning").path(), &own).0, 0);
    assert_eq!(run(repo("warning").path(), &["--deny", "warnings", "--"]).0, 1);
}

/// Runs a step of the action with inputs, as GitHub's runner does, and the defaults for the others.
fn step(action: &Value, name: &str, repo: &Path, inputs: &[(&str, &str)]) -> Output {
    let steps = action["runs"]["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["name"] == name).unwrap();
    let mut command = command("bash", repo);
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", text(step, "/run")]);
    command.env("GITHUB_OUTPUT", repo.join("outputs"));
    for (variable, value) in step["env"].as_object().into_iter().flatten() {
        let input = value.as_str().unwrap().trim_start_matches("${{ inputs.").trim_end_matches(" }}");
        let given = inputs.iter().find(|(name, _)| *name == input).map(|(_, value)| *value);
        command.env(variable, given.unwrap_or_else(|| text(action, &format!("/inputs/{input}/default"))));
    }
    command.output().unwrap()
}

#[test]
fn the_action_annotates_writes_sarif_and_fails_for_what_it_is_to_deny() {
    let action = config("action.yml");
    let clean = repo("");
    assert_eq!(code(&step(&action, "Look for the program", clean.path(), &[])), 0);
    assert_eq!(fs::read_to_string(clean.path().join("outputs")).unwrap(), "found=true\n");
    assert_eq!(code(&step(&action, "Lint", clean.path(), &[])), 0);

    let secret = repo("secret");
    let output = step(&action, "Lint", secret.path(), &[]);
    assert_eq!(code(&output), 1);
    assert!(output.stdout.starts_with(b"::error file=-secret.yaml,line="), "{output:?}");
    let output = step(&action, "Lint", secret.path(), &[("format", "sarif"), ("output", "out.sarif")]);
    assert_eq!((code(&output), output.stdout.len()), (1, 0));
    let sarif: Value = serde_json::from_slice(&fs::read(secret.path().join("out.sarif")).unwrap()).unwrap();
    assert_eq!((text(&sarif, "/version"), text(&sarif, "/runs/0/results/0/ruleId")), ("2.1.0", "plaintext-secret"));
    assert_eq!(code(&step(&action, "Lint", secret.path(), &[("paths", "sealed.yaml\n")])), 0);

    let warning = repo("warning");
    assert_eq!(code(&step(&action, "Lint", warning.path(), &[])), 0);
    assert_eq!(code(&step(&action, "Lint", warning.path(), &[("deny", "warnings")])), 1);
    let cert = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/b.crt");
    let output = step(&action, "Lint", clean.path(), &[("cert", cert.to_str().unwrap())]);
    assert!(code(&output) == 1 && String::from_utf8_lossy(&output.stdout).contains("wrong-key-size"), "{output:?}");
}

/// Runs the lines of the job as GitLab's runner does: each must succeed. Returns the exit code and the report.
fn job(repo: &Path, flags: &str) -> (i32, String) {
    let template = config("deploy/gitlab/waxseal-lint.yml");
    let job = &template["waxseal-lint"];
    let lines: Vec<_> = job["script"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    let mut command = command("sh", repo);
    command.args(["-e", "-c", &lines.join("\n")]);
    for (variable, value) in job["variables"].as_object().unwrap() {
        command.env(variable, value.as_str().unwrap());
    }
    let output = command.env("WAXSEAL_LINT_FLAGS", flags).output().unwrap();
    let report = repo.join(text(job, "/artifacts/reports/junit"));
    (code(&output), fs::read_to_string(report).unwrap())
}

#[test]
fn the_job_of_gitlab_fails_where_its_report_has_a_failure() {
    for (more, flags, failures) in
        [("", "", 0), ("secret", "", 1), ("warning", "", 0), ("warning", "--deny warnings", 1)]
    {
        let repo = repo(more);
        let (code, report) = job(repo.path(), flags);
        assert_eq!(
            (code, report.matches("<failure ").count()),
            (failures.min(1), usize::try_from(failures).unwrap()),
            "{report}"
        );
    }
}
