//! Each format against what defines it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use waxseal_lint::{Colour, Finding, Format, Report, Rule, Severity};

use crate::rules::{archive, lint};

/// The findings of every rule's example, and of an example without any.
fn reports() -> Vec<(Rule, Report)> {
    let all = Rule::ALL.iter();
    all.flat_map(|rule| ["wrong/", "right/"].map(|directory| (*rule, lint(&archive(*rule), directory)))).collect()
}

fn everything() -> Report {
    let mut all = Report::default();
    for (_, report) in reports() {
        all.findings.extend(report.findings);
        all.checked.extend(report.checked);
        all.files += report.files;
    }
    all
}

fn assert_valid(schema: &Value, instance: &Value, what: &str) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(instance).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

/// The schema that OASIS publishes, as the crate `serde-sarif` carries it.
fn sarif_schema() -> Value {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--offline", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
    let schema = std::fs::read_to_string(manifest.with_file_name("src").join("schema.json")).unwrap();
    // The published pattern of a language has a `]` too many and is no regular expression.
    let wrong = "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$";
    assert!(schema.contains(wrong));
    serde_json::from_str(&schema.replace(wrong, "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$")).unwrap()
}

#[test]
fn sarif_is_valid_by_the_schema_of_oasis() {
    let schema = sarif_schema();
    assert!(schema["title"].as_str().unwrap().contains("2.1.0"));
    let report = everything();
    let text = report.render(Format::Sarif, Colour::Never);
    assert_valid(&schema, &serde_json::from_str(&text).unwrap(), "everything");
    assert_valid(
        &schema,
        &serde_json::from_str(&Report::default().render(Format::Sarif, Colour::Never)).unwrap(),
        "nothing",
    );

    let log: serde_sarif::sarif::Sarif = serde_json::from_str(&text).unwrap();
    let run = &log.runs[0];
    let results = run.results.as_ref().unwrap();
    assert_eq!(results.len(), report.findings.len());
    let rules = run.tool.driver.rules.as_ref().unwrap();
    for (result, finding) in results.iter().zip(&report.findings) {
        let rule = &rules[usize::try_from(result.rule_index.unwrap()).unwrap()];
        assert_eq!((result.rule_id.as_deref(), rule.id.as_str()), (Some(finding.rule.id()), finding.rule.id()));
    }
}

#[test]
fn junit_is_valid_by_its_schema_and_counts_right() {
    let schema = uppsala::parse(include_str!("../schemas/junit.xsd")).unwrap();
    let validator = uppsala::XsdValidator::from_schema(&schema).unwrap();
    let mut strict = everything();
    strict.fails_from = Severity::Warning;
    for report in [everything(), strict, Report::default()] {
        let text = report.render(Format::Junit, Colour::Never);
        let document = uppsala::parse(&text).unwrap();
        let errors = validator.validate(&document);
        assert!(errors.is_empty(), "{errors:?}");
        let counted = |what: &str| text.matches(what).count();
        assert!(text.contains(&format!(
            "<testsuite name=\"waxseal lint\" tests=\"{}\" failures=\"{}\" errors=\"0\">",
            counted("<testcase "),
            counted("<failure ")
        )));
        // A test fails there where it fails the gate, and nowhere else.
        let failing = report.findings.iter().filter(|finding| finding.severity >= report.fails_from).count();
        assert_eq!((counted("<failure "), report.fails()), (failing, failing > 0));
    }
}

#[test]
fn json_is_valid_by_our_schema() {
    let schema: Value = serde_json::from_str(include_str!("../schemas/report.schema.json")).unwrap();
    for (rule, report) in reports() {
        let log: Value = serde_json::from_str(&report.render(Format::Json, Colour::Never)).unwrap();
        assert_valid(&schema, &log, rule.id());
        assert_eq!(log["findings"].as_array().unwrap().len(), report.findings.len());
    }
}

/// Reads a workflow command as the runner does: properties are split at `,` and `=`, then the escapes are undone.
fn command(line: &str) -> (String, BTreeMap<String, String>, String) {
    let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
    let (name, properties) = head.split_once(' ').unwrap();
    let data = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let property = |text: &str| data(&text.replace("%3A", ":").replace("%2C", ","));
    let properties = properties.split(',').map(|pair| pair.split_once('=').unwrap());
    let properties = properties.map(|(key, value)| (key.to_owned(), property(value))).collect();
    (name.to_owned(), properties, data(message))
}

#[test]
fn github_annotations_say_after_unescaping_what_the_finding_says() {
    let report = everything();
    let text = report.render(Format::Github, Colour::Never);
    assert_eq!(text.lines().count(), report.findings.len());
    for (line, finding) in text.lines().zip(&report.findings) {
        let (name, properties, message) = command(line);
        let expected = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        assert_eq!(name, expected);
        assert_eq!(properties["file"], *finding.file);
        assert_eq!(properties["line"], finding.start.line.to_string());
        assert_eq!(properties["col"], finding.start.column.to_string());
        assert_eq!(properties["title"], format!("waxseal lint: {}", finding.rule));
        assert_eq!(message, format!("{}\n{}", finding.headline(), finding.remedy));
    }
    assert!(Report::default().render(Format::Github, Colour::Never).is_empty());
}

#[test]
fn colour_changes_nothing_but_colours() {
    let report = everything();
    let coloured = report.render(Format::Text, Colour::Always);
    let mut plain = String::new();
    for (at, part) in coloured.split('\u{1b}').enumerate() {
        plain.push_str(if at == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(plain, report.render(Format::Text, Colour::Never));
}

#[test]
fn every_message_is_one_line_that_says_what_and_what_to_do() {
    for Finding { rule, message, remedy, .. } in everything().findings {
        assert!(!message.contains('\n') && !message.ends_with('.'), "{rule}: {message}");
        assert!(!remedy.is_empty() && !remedy.ends_with('.'), "{rule}: {remedy}");
    }
}
