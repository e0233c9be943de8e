//! Which files are looked at, and as what.

use waxseal_lint::{Config, Linter, NamedCertificate, Report, Rule};

use crate::tokens::{KEY, expanded};

fn linter() -> Linter {
    Linter::new(Config::new("2027-01-01T00:00:00Z".parse().unwrap()))
}

fn lint(files: &[(&str, &str)]) -> Report {
    let linter = linter();
    linter.finish(files.iter().map(|(name, text)| linter.lint_file(name, text.as_bytes())))
}

const SECRET: &str = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  password: CANARY\n";

#[test]
fn a_search_wants_manifests_keys_and_certificates() {
    for path in ["a/b.yaml", "b.yml", "c.json", "chart/templates/_x.tpl", "prod.pem", "tls.crt", "x.yaml.bak"] {
        assert!(Linter::wants(path), "{path}");
    }
    for path in ["main.rs", "README.md", "Makefile", ".gitignore", "logo.png"] {
        assert!(!Linter::wants(path), "{path}");
    }
}

#[test]
fn prose_about_secrets_is_no_secret_and_a_key_is_one_in_any_file() {
    let comments = "# waxseal-lint: allow(x)\n# waxseal-lint: allow(private-key) reason=\"x\"\n\n";
    let report = lint(&[("README.md", &format!("{comments}{SECRET}")), ("notes.txt", KEY)]);
    let rules: Vec<_> = report.findings.iter().map(|finding| (finding.rule, &*finding.file)).collect();
    assert_eq!(rules, [(Rule::PrivateKey, "notes.txt")]);
}

#[test]
fn what_the_original_sealed_is_fine_and_its_keys_and_secrets_are_not() {
    let read = |name: &str| {
        let path = format!("{}/../tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
        (name.to_owned(), std::fs::read_to_string(path).unwrap())
    };
    let rules = |name: &str| {
        let (name, text) = read(name);
        lint(&[(&name, &text)]).findings.iter().map(|finding| finding.rule).collect::<Vec<_>>()
    };
    for scope in ["strict", "namespace-wide", "cluster-wide"] {
        assert_eq!(rules(&format!("res-{scope}.sealed.yaml")), [], "{scope}");
        assert_eq!(rules(&format!("res-{scope}.secret.yaml")), [Rule::PlaintextSecret], "{scope}");
    }
    assert_eq!(rules("keys-backup.json"), [Rule::PrivateKey; 3]);
}

#[test]
fn a_file_without_a_mention_of_secrets_is_counted_and_not_checked() {
    let report = lint(&[("a.yaml", "kind: ConfigMap\n"), ("b.yaml", "kind: Secret\n")]);
    assert_eq!((report.files, report.checked.len(), report.fails()), (2, 1, false));
}

#[test]
fn standard_input_and_crlf_are_read_like_files() {
    let report = lint(&[("-", &SECRET.replace('\n', "\r\n"))]);
    assert_eq!((report.findings[0].rule, report.findings[0].start.line), (Rule::PlaintextSecret, 6));
}

#[test]
fn a_finding_spans_the_key_that_it_is_about() {
    let report = lint(&[
        ("a.yaml", SECRET),
        ("b.json", "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"data\":{\"k\":\"eA==\"}}"),
    ]);
    let spans: Vec<_> = report
        .findings
        .iter()
        .map(|finding| (finding.start.line, finding.start.column, finding.end.line, finding.end.column))
        .collect();
    assert_eq!(spans, [(6, 3, 6, 11), (1, 44, 1, 47)]);
}

#[test]
fn a_suppression_accepts_findings_between_files_too() {
    let one = "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: a\n  namespace: b\nspec:\n  encryptedData:\n    k: @sealed(2048,1)\n";
    let one = expanded(one);
    let other = one.replace("  name: a", "  name: a # waxseal-lint: allow(duplicate-resource) reason=\"a patch\"");
    let report = lint(&[("x/a.yaml", &one), ("x/b.yaml", &other)]);
    assert!(report.findings.is_empty());
    assert_eq!(report.suppressed.len(), 1);
    assert_eq!(report.suppressed[0].reason, "a patch");
}

#[test]
fn a_key_can_be_accepted_by_a_line_before_it() {
    let comment = "# waxseal-lint: allow(private-key) reason=\"a test key\"\n";
    let report = lint(&[("test.pem", &format!("{comment}{KEY}"))]);
    assert_eq!((report.findings.len(), report.suppressed.len()), (0, 1));
}

#[test]
fn a_files_own_certificate_is_what_its_values_must_fit() {
    let pem = expanded("@certificate(2026-12-01,2036-12-01)");
    let certificate = waxseal_crypto::Certificate::from_pem(pem.as_bytes()).unwrap();
    let given = NamedCertificate { name: "certs/prod.pem".to_owned(), certificate };
    let text = expanded(
        "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: a, namespace: b}\nspec: {encryptedData: {k: @sealed(4096,1)}}\n",
    );
    let linter = linter();
    let report = linter
        .finish([linter.lint_file_with("a.yaml", text.as_bytes(), Some(&given)), linter.lint_certificate(&given)]);
    let rules: Vec<_> = report.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, [Rule::WrongKeySize]);
}

#[test]
fn a_certificate_that_was_given_and_lies_in_the_repo_is_reported_once() {
    let pem = expanded("@certificate(2016-01-01,2026-12-01)");
    let certificate = waxseal_crypto::Certificate::from_pem(pem.as_bytes()).unwrap();
    let mut config = Config::new("2027-01-01T00:00:00Z".parse().unwrap());
    config.certificate = Some(NamedCertificate { name: "certs/prod.pem".to_owned(), certificate });
    let linter = Linter::new(config);
    let report = linter.finish([linter.lint_file("certs/prod.pem", pem.as_bytes())]);
    assert_eq!(report.findings.len(), 1);
    assert_eq!(report.findings[0].rule, Rule::CertificateExpired);
}

#[test]
fn one_linter_serves_many_threads() {
    let linter = linter();
    let reports = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|at| {
                let linter = &linter;
                scope.spawn(move || linter.lint_file(&format!("{at}.yaml"), SECRET.as_bytes()))
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    let files: Vec<_> = linter.finish(reports).findings.iter().map(|finding| finding.file.to_string()).collect();
    assert_eq!(files, ["0.yaml", "1.yaml", "2.yaml", "3.yaml"]);
}

#[test]
fn the_page_of_the_rules_is_up_to_date() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/lint.md");
    if std::env::var_os("WAXSEAL_BLESS").is_some() {
        std::fs::write(page, waxseal_lint::rules_markdown()).unwrap();
    }
    assert!(std::fs::read_to_string(page).unwrap() == waxseal_lint::rules_markdown(), "run `cargo xtask generate`");
}

#[test]
fn the_hook_the_action_and_the_job_can_be_read_and_have_nothing_to_hide() {
    let linter = linter();
    for file in [".pre-commit-hooks.yaml", "action.yml", "deploy/gitlab/waxseal-lint.yml"] {
        let path = format!("{}/../{file}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read(path).unwrap();
        assert_eq!(waxseal_documents::parse(&text, file).unwrap().len(), 1, "{file}");
        assert!(linter.finish([linter.lint_file(file, &text)]).findings.is_empty(), "{file}");
    }
}
