//! Which test programs there are: the files in each crate's `tests` folder.

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::workspace;

/// The package whose test programs need a cluster.
const END_TO_END: &str = "e2e";

/// The names of the test programs of the workspace.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct TestPrograms {
    /// Those that need a cluster.
    pub(super) e2e: Vec<String>,
    /// All others.
    pub(super) others: Vec<String>,
}

impl TestPrograms {
    pub(super) fn of_workspace() -> Result<Self> {
        Self::named_in(&workspace::metadata()?)
    }

    fn named_in(metadata: &Value) -> Result<Self> {
        let mut programs = Self::default();
        for package in list(&metadata["packages"]) {
            let end_to_end = package["name"] == END_TO_END;
            let tests = list(&package["targets"]).filter(|target| list(&target["kind"]).any(|kind| kind == "test"));
            let names = tests.filter_map(|target| target["name"].as_str().map(str::to_owned));
            if end_to_end { &mut programs.e2e } else { &mut programs.others }.extend(names);
        }
        // `--test NAME` runs the program of that name in every package.
        let twice = programs.others.iter().find(|name| programs.e2e.contains(name));
        ensure!(twice.is_none(), "e2e and another package have a test program of the same name: {twice:?}");
        Ok(programs)
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn metadata(cli_test: &str) -> Value {
        json!({ "packages": [
            { "name": "waxseal", "targets": [
                { "name": "waxseal", "kind": ["bin"] },
                { "name": cli_test, "kind": ["test"] },
            ] },
            { "name": "e2e", "targets": [{ "name": "harness", "kind": ["test"] }] },
        ] })
    }

    #[test]
    fn the_programs_of_e2e_are_told_from_the_others() {
        let programs = TestPrograms::named_in(&metadata("golden")).unwrap();
        assert_eq!(programs, TestPrograms { e2e: vec!["harness".into()], others: vec!["golden".into()] });
    }

    #[test]
    fn one_name_for_both_kinds_is_refused() {
        assert!(TestPrograms::named_in(&metadata("harness")).is_err());
    }
}
