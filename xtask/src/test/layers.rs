//! Dependencies point one way: `cli, controller -> api -> crypto`, and nothing that ships needs what only tests it.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, ensure};

use super::run::Counts;
use crate::workspace;

/// Packages that a package must not need, directly or through another; `-*` stands for any ending.
const RULES: &[(&str, &[&str])] = &[
    ("waxseal-crypto", &["kube", "kube-*", "k8s-openapi", "tokio", "tokio-*", "waxseal", "waxseal-*"]),
    ("waxseal-template", &["kube", "kube-*", "k8s-openapi", "tokio", "tokio-*", "waxseal", "waxseal-*"]),
    ("waxseal-documents", &["kube", "kube-*", "k8s-openapi", "tokio", "tokio-*", "waxseal", "waxseal-*"]),
    ("waxseal-api", &["waxseal", "waxseal-documents", "waxseal-lint", "waxseal-controller", "e2e", "xtask"]),
    ("waxseal-lint", &["waxseal", "waxseal-controller", "e2e", "xtask"]),
    ("waxseal", &["waxseal-controller", "e2e", "xtask"]),
    ("waxseal-controller", &["waxseal", "waxseal-documents", "waxseal-lint", "e2e", "xtask"]),
];

pub(super) fn check() -> Result<Counts> {
    for (package, banned) in RULES {
        let found = dependencies(package)?;
        let offenders: Vec<&String> =
            found.iter().filter(|name| banned.iter().any(|rule| matches(rule, name))).collect();
        ensure!(
            offenders.is_empty(),
            "{package} must not depend on {offenders:?}: see `cargo tree -p {package} -e normal -i {}`",
            offenders[0]
        );
    }
    Ok(Counts::NONE)
}

/// The names of all packages that it is built from, itself left out.
fn dependencies(package: &str) -> Result<BTreeSet<String>> {
    let mut command = workspace::cargo();
    command.args(["tree", "--locked", "--edges", "normal", "--prefix", "none", "--package", package]);
    let text = workspace::printed(&mut command).with_context(|| format!("`cargo tree -p {package}`"))?;
    let names = text.lines().filter_map(|line| line.split(' ').next()).filter(|name| *name != package);
    Ok(names.map(str::to_owned).collect())
}

fn matches(rule: &str, name: &str) -> bool {
    rule.strip_suffix('*').map_or(rule == name, |start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_with_a_star_means_any_ending_and_one_without_means_the_name() {
        assert!(matches("tokio-*", "tokio-util"));
        assert!(!matches("tokio-*", "tokio"));
        assert!(matches("tokio", "tokio"));
        assert!(!matches("kube", "kube-core"));
    }
}
