//! Each rule has an archive in `tests/rules`: files that are wrong (`wrong/…`), what is found in them (`expected`), and
//! files in which nothing is found (`right/…`). `WAXSEAL_BLESS=1` writes `expected` anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use waxseal_crypto::Certificate;
use waxseal_lint::{Colour, Config, Format, Linter, NamedCertificate, Report, Rule};

use crate::archive::Archive;
use crate::tokens::{KEY, expanded};

const CANARY: &str = "CANARY";

pub(crate) fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

pub(crate) fn archive(rule: Rule) -> Archive {
    let path = directory().join(format!("{rule}.txtar"));
    Archive::parse(&fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// Lints the files of one directory of an archive, as its settings say.
pub(crate) fn lint(archive: &Archive, directory: &str) -> Report {
    let mut config = Config::new("2027-01-01T00:00:00Z".parse().unwrap());
    config.certificate = archive.setting("certificate").map(|name| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors").join(name);
        let certificate = Certificate::from_pem(&fs::read(path).unwrap()).unwrap();
        NamedCertificate { name: format!("certs/{name}"), certificate }
    });
    let linter = Linter::new(config);
    let files = archive.below(directory);
    linter.finish(files.iter().map(|(name, text)| linter.lint_file(name, expanded(text).as_bytes())))
}

#[test]
fn every_rule_finds_what_is_wrong_and_leaves_what_is_right_alone() {
    let bless = std::env::var_os("WAXSEAL_BLESS").is_some();
    let mut differences = Vec::new();
    for rule in Rule::ALL {
        let archive = archive(*rule);
        let report = lint(&archive, "wrong/");
        assert!(report.findings.iter().any(|finding| finding.rule == *rule), "{rule} finds nothing in its own example");
        let found = report.render(Format::Text, Colour::Never);
        if bless {
            fs::write(directory().join(format!("{rule}.txtar")), archive.with_last("expected", &found)).unwrap();
        } else if archive.file("expected") != Some(&found) {
            differences.push(format!("=== {rule} ===\n{found}"));
        }
        let right = lint(&archive, "right/");
        assert!(!right.checked.is_empty(), "{rule}: nothing to check in what is right");
        if !right.findings.is_empty() {
            differences.push(format!("=== {rule}, right ===\n{}", right.render(Format::Text, Colour::Never)));
        }
    }
    assert!(differences.is_empty(), "not as expected:\n{}", differences.join("\n"));
}

#[test]
fn every_archive_belongs_to_a_rule() {
    let names: BTreeSet<String> = fs::read_dir(directory())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap().replace(".txtar", ""))
        .collect();
    assert_eq!(names, Rule::ALL.iter().map(ToString::to_string).collect());
}

#[test]
fn no_format_repeats_a_value() {
    let key = KEY.lines().nth(1).unwrap();
    for rule in Rule::ALL {
        let archive = archive(*rule);
        for (name, text) in archive.files.iter().filter(|(name, _)| name.starts_with("wrong/")) {
            assert!(text.contains(CANARY), "{rule}: {name} has no canary");
        }
        let report = lint(&archive, "wrong/");
        for format in Format::ALL {
            let text = report.render(format, Colour::Always);
            for forbidden in [CANARY, "Q0FOQVJZ", key] {
                assert!(!text.contains(forbidden), "{rule}: {format} repeats {forbidden}");
            }
        }
    }
}

#[test]
fn no_finding_depends_on_the_order_in_which_files_come() {
    let archive = archive(Rule::CopiedValue);
    let mut reversed = Archive { comment: archive.comment.clone(), files: archive.files.clone() };
    reversed.files.reverse();
    let render = |archive: &Archive| lint(archive, "wrong/").render(Format::Json, Colour::Never);
    assert_eq!(render(&archive), render(&reversed));
}
