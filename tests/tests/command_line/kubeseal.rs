//! Every flag of kubeseal that needs no cluster, given to the original and to ours: the same exit code, output and files.
//! What needs one is in `interop`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use e2e::{Output, Program};

/// What comes of a command line.
enum Outcome {
    /// The same from both; a failure says this in both.
    Same(&'static str),
    /// The original goes on where ours refuses, with this reason.
    Refused(&'static str),
    /// The original fails, and ours does what was meant.
    Done,
}
use Outcome::{Done, Refused, Same};

/// Words, and behind `<` the file for standard input. `''` is an empty word.
const COMMANDS: &[(&str, Outcome)] = &[
    ("--cert a.crt < secret.yaml", Same("")),
    ("--cert a.crt -o yaml < secret.yaml", Same("")),
    ("--cert a.crt -o=yaml < secret.yaml", Same("")),
    ("--cert a.crt --format=yaml -f secret.yaml", Same("")),
    ("--cert a.crt --secret-file secret.yaml --sealed-secret-file out.yaml", Same("")),
    ("--cert a.crt -f secret.yaml -w out.yml", Same("")),
    ("--cert a.crt -f secret.yaml -w out.json", Same("")),
    ("--cert a.crt -f secret.yaml -w out.YAML", Same("")),
    ("--cert a.crt -f secret.yaml -oyaml -w out.json", Same("")),
    ("--cert a.crt -f secret.yaml -ojson -w out.yaml", Same("")),
    ("--cert a.crt -f secret.yaml -o ''", Same("")),
    ("--cert a.crt -f secret.yaml -o xml", Same("unsupported output format: xml")),
    ("--cert a.crt -f secret.yaml --scope namespace-wide", Same("")),
    ("--cert a.crt -f secret.yaml --scope cluster-wide -o yaml", Same("")),
    ("--cert a.crt -f secret.yaml --scope ''", Same("")),
    ("--cert a.crt -f secret.yaml --name other", Same("")),
    ("--cert a.crt -f secret.yaml -n team-a", Same("")),
    ("--cert a.crt -f secret.yaml extra arguments -- --bogus", Same("")),
    ("--cert a.crt -f two.yaml -o yaml", Same("")),
    ("--cert a.crt -f two.yaml", Same("")),
    ("--cert a.crt -f no-namespace.yaml --scope cluster-wide", Same("")),
    ("--cert a.crt -f no-namespace.yaml", Same("namespace")),
    ("--cert a.crt -f no-name.yaml", Same("metadata.name")),
    ("--cert a.crt -f no-data.yaml", Same("--allow-empty-data")),
    ("--cert a.crt -f no-data.yaml --allow-empty-data", Same("")),
    ("--cert a.crt -f no-data.yaml --allow-empty-data=false", Same("--allow-empty-data")),
    ("--cert a.crt -f everything.yaml -o yaml", Same("")),
    ("--cert a.crt -f unquoted.yaml -o yaml", Same("")),
    ("--cert a.crt -f not-base64.yaml", Same("base64")),
    ("--cert a.crt -f config-map.yaml", Refused("not a Secret")),
    ("--cert a.crt -f list.yaml -o yaml", Done),
    ("--cert missing -f secret.yaml", Same("no such file or directory")),
    ("--cert expired.crt -f secret.yaml", Same("expired")),
    ("--cert future.crt -f secret.yaml", Refused("not valid before")),
    ("--cert small.crt -f secret.yaml", Refused("has 1024 bits")),
    ("--cert ec.crt -f secret.yaml", Same("RSA")),
    ("--cert a.key -f secret.yaml", Same("certificate")),
    ("--cert a.crt -f missing", Refused("No such file or directory")),
    ("--cert a.crt < empty", Refused("no secrets found")),
    ("--cert a.crt -f secret.yaml -w missing/out.yaml", Same("")),
    ("--cert a.crt -f secret.yaml -w out", Same("")),
    ("--raw --cert a.crt --name db -n team-a < secret.yaml", Same("")),
    ("--raw --cert a.crt --name db -n team-a --from-file=secret.yaml", Same("")),
    ("--raw --cert a.crt --name db -n team-a --from-file=key=secret.yaml -w out", Same("")),
    ("--raw --cert a.crt --scope namespace-wide -n team-a < secret.yaml", Same("")),
    ("--raw --cert a.crt --scope cluster-wide < empty", Same("")),
    ("--raw --cert a.crt -n team-a < secret.yaml", Same("must provide the --name flag with --raw and --scope strict")),
    ("--raw --cert a.crt --name db < secret.yaml", Same("")),
    (
        "--raw --cert a.crt --name db -n team-a --from-file=a.crt,b.crt",
        Same("must provide only one --from-file when encrypting a single item with --raw"),
    ),
    ("--raw --cert a.crt --name db -n team-a --from-file=missing", Same("missing: no such file or directory")),
    ("--from-file=secret.yaml --cert a.crt", Same("--from-file requires --raw")),
    ("--recovery-unseal --recovery-private-key a.key < res-strict.sealed.yaml", Same("")),
    ("--recovery-unseal --recovery-private-key a.key -o yaml -f res-namespace-wide.sealed.yaml", Same("")),
    ("--recovery-unseal --recovery-private-key b.key,a.key -f res-cluster-wide.sealed.yaml -w out.yaml", Same("")),
    ("--recovery-unseal --recovery-private-key keys-backup.json -f sealed.json", Same("")),
    ("--recovery-unseal --recovery-private-key b.key -f res-strict.sealed.yaml", Same("")),
    ("--recovery-unseal --recovery-private-key missing -f res-strict.sealed.yaml", Same("no such file or directory")),
    ("--recovery-unseal -f res-strict.sealed.yaml", Same("")),
    ("--recovery-private-key a.key --cert a.crt -f secret.yaml", Same("")),
    ("--fetch-cert --cert a.crt", Same("")),
    ("--fetch-cert --cert a.crt -w out.pem", Same("")),
    ("--fetch-cert --cert secret.yaml", Refused("holds no certificate")),
    ("--fetch-cert", Same("")),
    ("--fetch-cert --kubeconfig missing", Same("no such file or directory")),
    ("--cert a.crt --kubeconfig missing -f secret.yaml", Same("")),
    ("--validate < res-strict.sealed.yaml", Same("")),
    ("--re-encrypt < res-strict.sealed.yaml", Same("")),
    ("--merge-into missing.yaml --cert a.crt -f secret.yaml", Same("no such file or directory")),
    ("--merge-into secret.yaml --cert a.crt -f secret.yaml", Same("SealedSecret")),
    ("--help=false --version=false --cert a.crt -f secret.yaml", Same("")),
    ("--bogus", Same("unknown flag: --bogus")),
    ("-x", Same("unknown shorthand flag: 'x' in -x")),
    ("-o", Same("flag needs an argument: 'o' in -o")),
    ("--scope wide", Same("must be one of: strict, namespace-wide, cluster-wide")),
    ("--raw=maybe", Same("strconv.ParseBool")),
    ("-v=x", Same("for \"-v, --v\" flag: strconv.ParseInt")),
    ("-v 3 --v=4 -v5 --logtostderr=false --vmodule a=1 --cert a.crt -f secret.yaml", Same("")),
    ("--as a --as-group b --as-group c --as-uid d --token t --user u --cert a.crt -f secret.yaml", Same("")),
];

/// Inputs beside those of the vectors.
const FILES: [(&str, &str); 10] = [
    ("empty", ""),
    ("no-namespace.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {k: v}\n"),
    ("no-name.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {generateName: a-, namespace: ns}\nstringData: {k: v}\n"),
    ("no-data.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: ns}\n"),
    ("not-base64.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: ns}\ndata: {k: '?'}\n"),
    ("config-map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: ns}\ndata: {k: dmFsdWU=}\n"),
    (
        "two.yaml",
        "---\n# one\napiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: ns}\nstringData: {k: v}\n---\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: b, namespace: ns}\ndata: {k: dg==}\n---\n# end\n",
    ),
    (
        "list.yaml",
        "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: a, namespace: ns}\n  stringData: {k: v}\n",
    ),
    (
        "everything.yaml",
        "apiVersion: v1\nkind: Secret\nimmutable: true\ntype: example.com/x\nunknown: field\nmetadata:\n  name: a\n  namespace: ns\n  uid: u\n  resourceVersion: '7'\n  generation: 3\n  creationTimestamp: '2026-01-01T00:00:00Z'\n  labels: {b: c, a: d}\n  annotations:\n    sealedsecrets.bitnami.com/managed: 'true'\n    sealedsecrets.bitnami.com/namespace-wide: 'true'\n    kubectl.kubernetes.io/last-applied-configuration: '{}'\n  finalizers: [example.com/f]\n  ownerReferences: [{apiVersion: v1, kind: Pod, name: p, uid: u}]\nstringData: {z: \"text\\nlines\\n\", a: ''}\ndata: {z: dGV4dA==, b: }\n",
    ),
    (
        "unquoted.yaml",
        "apiVersion: v1\nkind: Secret\ntype: 5\nmetadata:\n  name: 123\n  namespace: ns\n  labels: {version: 1.50, on: yes}\n  annotations: {a: 12345678.5, b: 0x10, c: 1e3, d: 010, e: 18446744073709551615}\nstringData: {port: 8080, debug: true, none: }\n",
    ),
];

/// A folder with all inputs.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for source in [root.join("vectors"), root.join("../cli/tests/fixtures")] {
        for entry in fs::read_dir(source).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
        }
    }
    for (name, text) in FILES {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// The text without what differs from run to run, and without the null that the original's library no longer prints.
fn settled(text: &[u8]) -> String {
    let is_sealed = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
    let text = String::from_utf8_lossy(text).into_owned();
    let long: Vec<_> = text.split(|c| !is_sealed(c)).filter(|word| word.len() > 300).map(str::to_owned).collect();
    let text = long.iter().fold(text, |text, word| text.replace(word, "[SEALED]"));
    let lines: Vec<_> =
        text.lines().filter(|line| !line.contains("creationTimestamp") || !line.contains("null")).collect();
    let mut settled = String::new();
    for (at, line) in lines.iter().enumerate() {
        let is_last = lines.get(at + 1).is_some_and(|next| next.trim_start().starts_with('}'));
        settled.push_str(if is_last { line.trim_end_matches(',') } else { line });
        settled.push('\n');
    }
    settled
}

/// Runs one command line and returns what it did, and the files that are new or changed.
async fn ran(program: Program, words: &[&str], stdin: Option<&str>) -> (Output, BTreeMap<String, String>) {
    let folder = folder();
    let read = |path: &Path| fs::read(path).unwrap();
    let all = || fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let before: BTreeMap<_, _> = all().into_iter().map(|path| (path.clone(), read(&path))).collect();
    let stdin = stdin.map(|name| read(&folder.path().join(name))).unwrap_or_default();
    let output = program.folder(folder.path()).args(words).stdin(stdin).run().await;
    let after = all().into_iter().filter(|path| before.get(path).is_none_or(|old| *old != read(path)));
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    (output, after.map(|path| (name(&path), settled(&read(&path)))).collect())
}

#[tokio::test]
async fn every_flag_does_what_it_does_in_the_original() {
    let mut wrong = Vec::new();
    for (line, outcome) in COMMANDS {
        let (words, stdin) = line.split_once(" < ").map_or((*line, None), |(words, file)| (words, Some(file)));
        let words: Vec<_> = words.split(' ').map(|word| if word == "''" { "" } else { word }).collect();
        let (theirs, their_files) = ran(Program::peer_kubeseal(), &words, stdin).await;
        let (ours, our_files) = ran(Program::kubeseal(), &words, stdin).await;
        let their_talk = [&*theirs.stdout, &theirs.stderr].concat();
        let says =
            |talk: &[u8], text: &str| String::from_utf8_lossy(talk).to_lowercase().contains(&text.to_lowercase());
        let is_right = match outcome {
            Same(_) if theirs.code == Some(0) => {
                ours.code == Some(0) && settled(&ours.stdout) == settled(&theirs.stdout) && our_files == their_files
            }
            Same(text) => {
                let code = ours.code == theirs.code && ours.stdout.is_empty() && ours.stderr.starts_with(b"error: ");
                code && our_files.is_empty() && says(&ours.stderr, text) && says(&their_talk, text)
            }
            Refused(text) => ours.code == Some(1) && our_files.is_empty() && says(&ours.stderr, text),
            Done => ours.code == Some(0) && theirs.code != Some(0),
        };
        if !is_right {
            let shown = |output: &Output, files: &BTreeMap<String, String>| {
                format!("{:?}\n{}\n{}\n{files:?}", output.code, settled(&output.stdout), settled(&output.stderr))
            };
            wrong.push(format!("{line}\ntheirs: {}\nours: {}", shown(&theirs, &their_files), shown(&ours, &our_files)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[tokio::test]
async fn every_flag_of_the_original_is_in_the_help_with_the_same_kind_and_default() {
    let flags = async |program: Program| {
        let output = program.args(["--help"]).run().await.success();
        let text = output.stdout_text() + &output.stderr_text();
        let lines = text.lines().filter(|line| line.trim_start().starts_with('-'));
        lines
            .map(|line| {
                // Without the letter: the original got `-s` for `--server` in a later version.
                let (_, long) = line.split_once("--").unwrap();
                let (flag, rest) = long.split_once("   ").unwrap_or((long, ""));
                let default =
                    rest.rsplit_once("(default ").map(|(_, default)| default.trim_end_matches(')').to_owned());
                (flag.trim_end().to_owned(), default)
            })
            .collect::<BTreeMap<_, _>>()
    };
    let theirs = flags(Program::peer_kubeseal()).await;
    let ours = flags(Program::kubeseal()).await;
    assert!(theirs.len() > 50, "{theirs:?}");
    for (flag, default) in &theirs {
        assert_eq!(ours.get(flag), Some(default), "{flag}");
    }
}
