//! Everything that is generated. A new entry is all that a new kind of file takes.

use std::path::PathBuf;

use anyhow::Result;

use crate::{fields, values};

/// Makes files of one kind.
pub(crate) struct Generator {
    /// What a person calls them.
    pub(crate) name: &'static str,
    /// Folders, from the root of the checkout, in which nothing else may be.
    pub(crate) owns: &'static [&'static str],
    /// Makes them: each file's path from the root of the checkout, and its text.
    pub(crate) files: fn() -> Result<Vec<(PathBuf, String)>>,
}

pub(crate) const GENERATORS: &[Generator] = &[
    Generator { name: "CRD", owns: &["deploy/crd", "deploy/chart/crd"], files: crd },
    Generator {
        name: "command line's documentation",
        owns: &["docs/completions", "docs/man"],
        files: || Ok(waxseal::generated()),
    },
    Generator {
        name: "page of the lint rules",
        owns: &[],
        files: || Ok(vec![("docs/lint.md".into(), waxseal_lint::rules_markdown())]),
    },
    Generator { name: "reference", owns: &["docs/reference"], files: reference },
];

fn reference() -> Result<Vec<(PathBuf, String)>> {
    let mut files = waxseal_controller::generated();
    files.push(("docs/reference/sealedsecret.md".into(), fields::page(&waxseal_api::crd())?));
    files.push(("docs/reference/chart.md".into(), values::page(include_str!("../../../deploy/chart/values.yaml"))));
    Ok(files)
}

/// The chart has a copy of its own: Helm packs nothing from outside the chart's folder.
fn crd() -> Result<Vec<(PathBuf, String)>> {
    const NAME: &str = "bitnami.com_sealedsecrets.yaml";

    let text = waxseal_api::crd_yaml()?;
    Ok(["deploy/crd", "deploy/chart/crd"].map(|folder| (PathBuf::from(folder).join(NAME), text.clone())).into())
}
