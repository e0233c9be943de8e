//! Measures how fast a repo is linted: `cargo run --release -p waxseal-lint --example throughput [FILES] [THREADS]`.
//!
//! The files are made in memory, so that what is timed is the linter and not the disk: of each hundred, eight are
//! SealedSecrets of three values, two are resources with a Secret among them, and ninety are Deployments, charts' values and
//! custom resource definitions that mention secrets in other words.

#![allow(clippy::cast_precision_loss, reason = "figures for people")]

use std::fmt::Write as _;
use std::time::Instant;

use waxseal_lint::{Config, FileReport, Linter};

fn main() {
    let mut arguments = std::env::args().skip(1).map_while(|argument| argument.parse::<usize>().ok());
    let files = arguments.next().unwrap_or(10_000);
    let threads =
        arguments.next().unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1);
    let repo: Vec<(String, String)> = (0..files).map(|at| (format!("apps/{}/{at}.yaml", at / 100), file(at))).collect();
    let bytes: usize = repo.iter().map(|(_, text)| text.len()).sum();

    let linter = Linter::new(Config::new(jiff::Timestamp::now()));
    for _ in 0..5 {
        let start = Instant::now();
        let report = linter.finish(lint(&linter, &repo, threads));
        let took = start.elapsed();
        print(&format!(
            "{files} files, {} KiB, {threads} threads: {:.1} ms, {:.0} files/s ({} checked, {} findings)",
            bytes / 1024,
            took.as_secs_f64() * 1e3,
            files as f64 / took.as_secs_f64(),
            report.checked.len(),
            report.findings.len(),
        ));
    }
}

fn lint(linter: &Linter, repo: &[(String, String)], threads: usize) -> Vec<FileReport> {
    std::thread::scope(|scope| {
        let parts: Vec<_> = repo
            .chunks(repo.len().div_ceil(threads).max(1))
            .map(|part| {
                scope.spawn(move || {
                    part.iter().map(|(path, text)| linter.lint_file(path, text.as_bytes())).collect::<Vec<_>>()
                })
            })
            .collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
    })
}

fn file(at: usize) -> String {
    match at % 100 {
        0..8 => sealed_secret(at),
        8 => format!(
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: empty-{at}\n  namespace: apps\n---\n{}",
            deployment(at)
        ),
        9 => definition(at),
        _ => deployment(at),
    }
}

fn sealed_secret(at: usize) -> String {
    let value = |key: usize| {
        let mut bytes = vec![2, 0];
        let mut state = (at * 7 + key + 1) as u64;
        for _ in 0..560 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            bytes.push(state.to_be_bytes()[0]);
        }
        waxseal_crypto::base64::encode(&bytes)
    };
    format!(
        "---\napiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: app-{at}\n  namespace: apps\nspec:\n  \
         encryptedData:\n    password: {}\n    token: {}\n    username: {}\n  template:\n    metadata:\n      labels:\n        \
         app: app-{at}\n    data:\n      url: postgres://{{{{ .username }}}}:{{{{ .password }}}}@db\n",
        value(0),
        value(1),
        value(2)
    )
}

fn deployment(at: usize) -> String {
    let mut text = format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app-{at}\nspec:\n  template:\n    spec:\n      \
         imagePullSecrets:\n      - name: registry\n      containers:\n      - name: app\n        env:\n"
    );
    for variable in 0..20 {
        let _ = write!(
            text,
            "        - name: VARIABLE_{variable}\n          valueFrom:\n            secretKeyRef:\n              name: app-{at}\n              key: key-{variable}\n"
        );
    }
    text
}

/// As long as they are in operators' charts, and with the word in their prose, so that it must be parsed.
fn definition(at: usize) -> String {
    let mut text = format!(
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: x{at}.example.com\nspec:\n  properties:\n"
    );
    for property in 0..300 {
        let _ = write!(
            text,
            "    property{property}:\n      description: Reference to a Secret that holds the credentials of part {property}.\n      type: string\n"
        );
    }
    text
}

#[expect(clippy::print_stdout, reason = "the figures are what it is run for")]
fn print(line: &str) {
    println!("{line}");
}
