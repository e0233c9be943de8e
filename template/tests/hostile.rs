//! Templates that loop, recurse, multiply or dig end soon, with a fixed reason, on a small stack.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::format_collect,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use waxseal_template::{Limits, Reason, RenderError, check, render};

/// What a render may take, of computing, so that a busy machine makes no difference.
const PATIENCE: Duration = Duration::from_millis(if cfg!(debug_assertions) { 150 } else { 100 });

fn computing_time() -> Duration {
    clock_gettime(ClockId::ThreadCPUTime).try_into().unwrap()
}

/// Renders on a stack of 2 MiB, the size that threads of tokio and of tests have.
fn try_render(source: &str) -> (Result<usize, RenderError>, Duration) {
    let source = source.to_owned();
    let render = move || {
        let data = BTreeMap::from([("x", "1".to_owned()), ("long", "a".repeat(500_000))]);
        let data = data.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        let started = computing_time();
        let result = render("hostile", &source, &data, &Limits::default());
        (result.map(|out| out.len()), computing_time().saturating_sub(started))
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(render).unwrap().join().unwrap()
}

fn nested(count: usize, before: &str, inner: &str, after: &str) -> String {
    format!("{}{inner}{}", before.repeat(count), after.repeat(count))
}

/// Templates that must be stopped.
fn endless() -> Vec<String> {
    let text = |templates: &[&str]| templates.iter().map(|&template| template.to_owned()).collect::<Vec<_>>();
    let mut all = text(&[
        // Loops.
        "{{ range 1000000000 }}{{ end }}",
        "{{ range 1000000000 }}x{{ end }}",
        "{{ range 10000 }}{{ range 10000 }}{{ range 10000 }}{{ end }}{{ end }}{{ end }}",
        "{{ range until 100000000 }}{{ end }}",
        "{{ range untilStep 0 9223372036854775807 1 }}{{ end }}",
        "{{ range 1000000000 }}{{ $x := . }}{{ end }}",
        "{{ $x := 0 }}{{ range 1000000000 }}{{ $x = add $x 1 }}{{ end }}",
        "{{ range 1000000000 }}{{ continue }}{{ end }}",
        "{{ range 100000 }}{{ range splitList \"\" $.long }}{{ end }}{{ end }}",
        // Recursion.
        "{{ define \"r\" }}{{ template \"r\" . }}{{ end }}{{ template \"r\" . }}",
        "{{ define \"r\" }}{{ template \"r\" . }}{{ template \"r\" . }}{{ end }}{{ template \"r\" . }}",
        "{{ define \"a\" }}{{ template \"b\" . }}{{ end }}{{ define \"b\" }}{{ if true }}{{ with . }}{{ template \"a\" . }}{{ end }}{{ end }}{{ end }}{{ template \"a\" . }}",
        "{{ define \"r\" }}{{ range list 1 2 }}{{ template \"r\" . }}{{ end }}{{ end }}{{ template \"r\" . }}",
        "{{ template \"hostile\" . }}",
        // Multiplication.
        "{{ repeat 1000000000 \"x\" }}",
        "{{ repeat 9223372036854775807 \"xy\" }}",
        "{{ repeat 1000 (repeat 1000 (repeat 1000 \"x\")) }}",
        "{{ range 1000 }}{{ $x := repeat 1000000 \"x\" }}{{ end }}",
        "{{ indent 1000000000 \"a\" }}",
        "{{ indent 1000000 \"\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\" }}",
        "{{ nindent 1000000000 .long }}",
        "{{ $s := \"xxxxxxxxxxxxxxxx\" }}{{ range 60 }}{{ $s = print $s $s }}{{ end }}",
        "{{ $s := list 1 }}{{ range 60 }}{{ $s = concat $s $s }}{{ end }}",
        "{{ $s := .long }}{{ range 100 }}{{ $s = printf \"%q\" $s }}{{ end }}",
        "{{ $s := .long }}{{ range 100 }}{{ $s = b64enc $s }}{{ end }}",
        "{{ range 100000 }}{{ $.long }}{{ end }}",
        "{{ replace \"\" .long .long }}",
        "{{ regexReplaceAll \"a\" .long .long }}",
        "{{ regexReplaceAllLiteral \"\" .long .long }}",
        "{{ printf \"%9999999d%9999999d%9999999d%9999999d%9999999d%9999999d\" 1 1 1 1 1 1 }}",
        "{{ range 1000 }}{{ printf \"%1000000d\" 1 | len }}{{ end }}",
        "{{ seq 1 100000000 }}",
        "{{ until 1000000000 | len }}",
        "{{ randAlphaNum 1000000000 }}",
        "{{ randBytes 1000000000 }}",
        "{{ randBytes 9223372036854775807 }}",
        "{{ splitList \"\" (repeat 50 .long) | join .long }}",
        "{{ wrapWith 1 .long .long }}",
        "{{ mulf 1.1 (until 100000) }}{{ $x := 1.1 }}{{ range 100000000 }}{{ $x = mulf 1.1 1.1 1.1 }}{{ end }}",
        // Values in values.
        "{{ $l := list }}{{ range 100000000 }}{{ $l = list $l }}{{ end }}",
        "{{ $l := list }}{{ range 3000 }}{{ $l = list $l }}{{ end }}{{ $l }}",
        "{{ $l := list }}{{ range 3000 }}{{ $l = list $l }}{{ end }}{{ toJson $l }}",
        "{{ $l := list }}{{ range 3000 }}{{ $l = list $l }}{{ end }}{{ deepCopy $l }}",
        "{{ $l := list }}{{ $m := list }}{{ range 3000 }}{{ $l = list $l }}{{ $m = list $m }}{{ end }}{{ deepEqual $l $m }}",
        "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ $d }}",
        "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ toJson $d }}",
        "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ deepCopy $d }}",
        "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ $e := dict }}{{ $_ := set $e \"d\" $e }}{{ deepEqual $d $e }}",
        "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ $e := dict }}{{ $_ := set $e \"d\" $e }}{{ merge $d $e }}",
        "{{ $l := list 1 2 3 4 5 6 7 8 9 }}{{ range 20 }}{{ $l = list $l $l $l $l }}{{ end }}{{ $l }}",
        "{{ $l := list 1 }}{{ range 60 }}{{ $l = list $l $l }}{{ end }}{{ deepCopy $l }}",
        "{{ $l := list 1 }}{{ range 60 }}{{ $l = list $l $l }}{{ end }}{{ toJson $l }}",
        // Quadratic functions.
        "{{ until 100000 | uniq }}",
        "{{ has 1 (until 100000) }}{{ range until 100000 }}{{ has . (until 100000) }}{{ end }}",
        "{{ $l := list }}{{ range 100000000 }}{{ $l = append $l 1 }}{{ end }}",
        // Regular expressions.
        "{{ range 1000 }}{{ regexMatch \"(a*)*b\" $.long }}{{ end }}",
        "{{ regexMatch \"(a|aa|aaa|aaaa|aaaaa|aaaaaa)*b\" (repeat 20 .long) }}",
        "{{ regexFind \"(a?){500}a{500}\" .long }}{{ range 1000 }}{{ regexFind \"(a?){500}a{500}\" $.long }}{{ end }}",
        "{{ regexMatch \"((((((((((a{0,1000}){0,1}b){0,1}){0,1}){0,1}){0,1}){0,1}){0,1}){0,1}){0,1})c\" .long }}",
        "{{ regexReplaceAll \"(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)\" (repeat 10 .long) \"$10$9$8$7$6$5$4$3$2$1\" }}",
        "{{ regexSplit \"\" (repeat 20 .long) -1 }}",
        "{{ regexFindAll \"\" (repeat 20 .long) -1 }}",
        "{{ regexFindAll \"a*$\" (repeat 5 .long | cat \"b\" | repeat 2) -1 }}{{ regexFindAll \"a*b\" .long -1 }}",
        "{{ regexMatch (repeat 100000 \"a?\") .long }}",
        "{{ regexMatch (repeat 100000 \"(\") .long }}",
        "{{ regexMatch (repeat 1000 \"\\\\pL\") .long }}",
        "{{ regexMatch (repeat 1000 \"(?i)[\\\\pL\\\\pN]\") .long }}",
        "{{ regexMatch (printf \"[%s]\" (repeat 100 \"\\\\pL\\\\PN\")) .long }}",
        "{{ range 100000 }}{{ regexMatch \"\\\\pL\" \"a\" }}{{ end }}",
        "{{ range 100000000 }}{{ regexMatch \"(a|b)+c\" \"ababab\" }}{{ end }}",
        "{{ semverCompare (repeat 10000 \">=1.0, \" | printf \"%s>=1.0\") \"1.0\" }}{{ range 100000 }}{{ semverCompare (repeat 1000 \">=1.0, \" | printf \"%s>=1.0\") \"1.0\" }}{{ end }}",
        // Slow functions.
        "{{ range 1000 }}{{ bcrypt \"x\" }}{{ end }}",
        "{{ range 1000 }}{{ htpasswd \"u\" \"p\" }}{{ end }}",
        "{{ range 1000 }}{{ genPrivateKey \"ecdsa\" }}{{ end }}",
        // JSON and others.
        "{{ fromJson (repeat 2000 \"[\") }}{{ mustFromJson (printf \"%s%s\" (repeat 2000 \"[\") (repeat 2000 \"]\")) }}",
        "{{ range 1000000 }}{{ toJson $ }}{{ end }}",
        "{{ range 1000000 }}{{ sha512sum $.long }}{{ end }}",
        "{{ range 100000000 }}{{ now }}{{ end }}",
        "{{ range 100000000 }}{{ dateInZone \"MST\" 0 \"Europe/Berlin\" }}{{ end }}",
        "{{ range 100000000 }}{{ adler32sum $.long }}{{ end }}",
        "{{ range 100000000 }}{{ shuffle $.long }}{{ end }}",
        "{{ range 100000000 }}{{ urlParse \"http://example.com\" }}{{ end }}",
        "{{ range 100000000 }}{{ snakecase $.long }}{{ end }}",
    ]);
    // Source that is deep or large.
    all.push(nested(100_000, "{{ if true }}", "x", "{{ end }}"));
    all.push(format!("{{{{ {} }}}}", nested(100_000, "(", "1", ")")));
    all.push(nested(100_000, "{{ range list 1 }}", "x", "{{ end }}"));
    all.push(format!("{{{{ if false }}}}{}{{{{ end }}}}", "{{ else if false }}".repeat(20_000)));
    all.push("{{ 1 }}".repeat(300_000));
    all.push("x".repeat(3 << 20));
    all.push(format!("{{{{ print {} }}}}", "1 ".repeat(900_000)));
    all.push((0..100_000).map(|n| format!("{{{{ $x{n} := 1 }}}}")).collect());
    all.push(
        (0..3_000).map(|n| format!("{{{{ $x{n} := 1 }}}}")).collect::<String>()
            + "{{ range 100000000 }}{{ $x0 }}{{ end }}",
    );
    all
}

/// A figure of /proc/self/status, in KiB.
fn memory(figure: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(figure)?.strip_prefix(':'));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or(0)
}

/// The number of the template that a process of its own is to render.
const NUMBER: &str = "HOSTILE_TEMPLATE";

#[test]
fn one_hostile_template_ends_soon_where_the_number_of_one_is_given() {
    let Some(number) = std::env::var(NUMBER).ok() else { return };
    let source = endless().swap_remove(number.parse().unwrap());
    let before = memory("VmRSS");
    let (result, took) = try_render(&source);
    let took_memory = memory("VmHWM") - before;
    let error = result.expect_err("the template must be stopped");
    let reason = error.failure().reason;
    assert!(reason.is_limit() || reason == Reason::BadRegex, "{error}");
    // What is slow on purpose is limited by the number of calls.
    let slow = ["bcrypt", "htpasswd", "genPrivateKey"].iter().any(|name| source.contains(name));
    assert!(slow || took < PATIENCE, "took {took:?}");
    assert!(took_memory < 64 << 10, "took {took_memory} KiB");
}

#[test]
fn hostile_templates_end_soon_with_a_fixed_reason() {
    let mut wrong = Vec::new();
    for (number, source) in endless().iter().enumerate() {
        // In a process of its own, so that its memory can be told, and an abort shows as that of this template.
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "one_hostile_template_ends_soon_where_the_number_of_one_is_given"])
            .env(NUMBER, number.to_string())
            .output()
            .unwrap();
        if !child.status.success() {
            let shown: String = source.chars().take(120).collect();
            wrong.push(format!("{shown}\n{}", String::from_utf8_lossy(&child.stdout)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_within_the_limits_renders() {
    for source in [
        nested(100, "{{ if true }}", "x", "{{ end }}"),
        format!("{{{{ {} }}}}", nested(100, "(", "1", ")")),
        format!("{{{{ if false }}}}{}{{{{ end }}}}", "{{ else if false }}".repeat(100)),
        "{{ define \"r\" }}{{ if . }}x{{ template \"r\" (sub . 1) }}{{ end }}{{ end }}{{ template \"r\" 100 }}".into(),
        "{{ $l := list }}{{ range 100 }}{{ $l = list $l }}{{ end }}{{ $l }}{{ toJson $l }}".into(),
        "{{ range 5000 }}{{ printf \"%d %s\" . $.x | quote }}\n{{ end }}".into(),
        "{{ .long | b64enc | b64dec | upper | lower | replace \"a\" \"b\" | trim | quote | len }}".into(),
        "{{ .long | regexReplaceAll \"a{100}\" \"b\" | len }}".into(),
    ] {
        let shown: String = source.chars().take(120).collect();
        let (result, _) = try_render(&source);
        assert!(result.is_ok(), "{shown}: {result:?}");
    }
}

#[test]
fn large_sources_are_checked_soon() {
    let chain = |n| format!("{{{{ define \"t{n}\" }}}}{{{{ template \"t{}\" . }}}}{{{{ end }}}}", n + 1);
    for source in [
        (0..20_000).map(chain).collect::<String>() + "{{ template \"t0\" . }}",
        "{{ .a }}".repeat(100_000),
        "{{ .a }}\n".repeat(100_000),
        (0..30_000).map(|n| format!("{{{{ $x{n} := 1 }}}}{{{{ $x0 }}}}")).collect(),
        nested(900, "{{ if .a }}{{ with .b }}", "x", "{{ end }}{{ end }}"),
        nested(100_000, "{{ if true }}", "x", "{{ end }}"),
        format!("{{{{ {} }}}}", nested(900, "(", ".a", ")")),
        "{{ nope }}".repeat(100_000),
    ] {
        let check = move || {
            let started = computing_time();
            let findings = check("hostile", &source, Some(&BTreeSet::new()));
            (source, findings.len(), computing_time().saturating_sub(started))
        };
        let (source, found, took) =
            std::thread::Builder::new().stack_size(2 << 20).spawn(check).unwrap().join().unwrap();
        let shown: String = source.chars().take(120).collect();
        assert!(found > 0 || shown.contains("$x0"), "{shown}");
        assert!(took < Duration::from_secs(2), "{shown}: took {took:?}");
    }
}
