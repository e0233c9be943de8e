//! Every line of what must hold.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::table::Line;
use crate::workspace;

/// One line of what must hold.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) holds: String,
    pub(super) injected: &'static str,
    pub(super) kind: Kind,
}

/// How it is shown.
pub(super) enum Kind {
    /// Faults of a running system, injected by the program `chaos`.
    Faults,
    /// Input that means no good, in tests of the crates.
    Inputs(&'static [Input]),
}

/// Tests of one program, and the words that their names have in them.
pub(super) struct Input {
    pub(super) target: &'static [&'static str],
    pub(super) tests: &'static [&'static str],
}

const fn tests(target: &'static [&'static str], tests: &'static [&'static str]) -> Input {
    Input { target, tests }
}

/// Name, what must hold, what is put in, and where.
type InputRow = (&'static str, &'static str, &'static str, &'static [Input]);

const INPUTS: &[InputRow] = &[
    (
        "keys",
        "SealedSecrets whose key is gone go False and keep their Secrets; they recover when it is back, without a restart",
        "key Secrets deleted, relabelled, put back",
        &[tests(
            &["--test", "controller"],
            &["a_key_that_is_removed", "a_key_that_is_relabelled", "a_legacy_key_secret"],
        )],
    ),
    (
        "garbage-keys",
        "a key Secret that is garbage is skipped, with a metric and an Event; the others go on",
        "key Secrets with no PEM, wrong PEM, an EC key, 512 KiB of text",
        &[
            tests(&["--test", "controller"], &["key_secrets_that_are_garbage"]),
            tests(&["--test", "main_job"], &["a_controller_that_finds_key_secrets_that_are_none"]),
        ],
    ),
    (
        "objects",
        "a SealedSecret with wrong types, lying lengths or bombs fails by itself; its neighbours converge",
        "malformed and hostile SealedSecrets",
        &[
            tests(&["--test", "main_job"], &["malformed_neighbours_never_stop_the_others"]),
            tests(&["--test", "controller"], &["a_malformed_object_fails_by_itself", "hundreds_of_failing_objects"]),
        ],
    ),
    (
        "templates",
        "a template that fails with a value in hand tells a position and never a value; one that runs away is stopped",
        "templates that fail, loop, recurse and multiply",
        &[
            tests(&["--test", "main_job"], &["a_template_that_fails_is_told"]),
            tests(&["--test", "canary", "--test", "extremes"], &[]),
            tests(&["--test", "hostile"], &["hostile_template", "large_sources"]),
        ],
    ),
    (
        "scopes",
        "for all annotations outside and in the template, the label that sealed the output opened the input",
        "pairs of outer and template annotations, on every path",
        &[
            tests(&["--lib"], &["the_label_that_sealed_the_output"]),
            tests(&["--test", "resources"], &["only_the_outer_annotations_decide", "reencryption_moves"]),
            tests(&["--test", "main_job"], &["each_scope_opens_where_it_may"]),
        ],
    ),
    (
        "verify",
        "/v1/verify and /v1/rotate answer with any template as with none",
        "templates in requests",
        &[tests(&["--lib"], &["gets_the_same_answer"])],
    ),
    (
        "rights",
        "without the right to list, to write statuses or Events, it does what it may and says what is missing",
        "roles with verbs left out",
        &[tests(&["--test", "controller"], &["it_does_what_it_may", "the_roles_of_the_original"])],
    ),
    (
        "yaml",
        "malformed YAML is refused with line and column, and its file stays as it is",
        "alias bombs, depth 10,000, duplicate keys, NUL, BOM, CRLF, tabs, 100 MiB",
        &[tests(
            &["--test", "hostile"],
            &["alias", "merges", "levels", "too_", "is_not_text", "duplicate_key", "columns", "later_documents"],
        )],
    ),
    (
        "certificates",
        "a hostile certificate URL, and a certificate that must not be used, are refused with the reason",
        "redirects, huge, slow, no PEM; expired, not yet valid, EC, 1024 bits",
        &[tests(&["--test", "golden"], &[])],
    ),
];

/// Those of the program `chaos` first.
pub(super) fn all() -> Result<Vec<Row>> {
    let output =
        Command::new(workspace::built("chaos")?).arg("--list").output().context("running the program chaos")?;
    ensure!(output.status.success(), "the program chaos failed ({})", output.status);
    let mut rows = Vec::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let row: Value = serde_json::from_str(line).context("what the program chaos says")?;
        let text = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
        rows.push(Row { name: text("row"), holds: text("holds"), injected: "", kind: Kind::Faults });
    }
    rows.extend(INPUTS.iter().map(|(name, holds, injected, inputs)| Row {
        name: (*name).to_owned(),
        holds: (*holds).to_owned(),
        injected,
        kind: Kind::Inputs(inputs),
    }));
    Ok(rows)
}

impl Row {
    /// The row in the table, before anything was observed.
    pub(super) fn line(&self) -> Line {
        Line {
            row: self.name.clone(),
            holds: self.holds.clone(),
            held: false,
            injected: String::new(),
            observed: String::new(),
            took: Duration::ZERO,
        }
    }
}
