//! Files that are written in place, on a disk that is full and by a program that is killed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::canary::Canary;
use crate::chaos::{Dice, Dose, Report};
use crate::guard::{self, Guard};
use crate::program::Program;

/// Fills a small disk, runs the command on it, and tells what became of the file: `CODE same|other NAMES`.
const FULL: &str = r#"
mount -t tmpfs -o size=96k none "$1"
cp "$2" "$1/a.yaml"
cd "$1"
sum=$(cksum < a.yaml)
dd if=/dev/zero of=filler bs=4096 2>/dev/null || true
shift 2
code=0
printf 'CANARY-%0200d' 7 | "$@" >/dev/null || code=$?
if [ "$sum" = "$(cksum < a.yaml)" ]; then state=same; else state=other; fi
echo "$code" "$state" $(ls -A)
"#;

pub(super) async fn run(dose: Dose) -> Report {
    let kills = dose.pick(400, 30);
    let mut report = Report::default();
    let folder = Guard::get().folder("disk").expect("a folder");
    let [key, certificate, sealed, secret] =
        ["a.key", "a.crt", "res-strict.sealed.yaml", "res-strict.secret.yaml"].map(vector);
    let (key, certificate) = (shown(&key), shown(&certificate));
    let newer = shown(&vector("b.crt"));
    let commands: [(&str, Vec<&str>); 3] = [
        ("set", vec!["set", "a.yaml", "password", "--cert", &certificate]),
        ("seal -w", vec!["seal", "--cert", &certificate, "-w", "a.yaml", "secret.yaml"]),
        ("reencrypt", vec!["reencrypt", "-k", &key, "--cert", &newer, "a.yaml"]),
    ];
    let program = guard::built("waxseal").expect("the program");
    for (name, arguments) in &commands {
        let outcome = on_full_disk(&folder, &sealed, &secret, &program, arguments).await;
        assert!(outcome.starts_with("3 same "), "{name} on a full disk: {outcome}");
        assert!(!outcome.contains(".tmp"), "{name} leaves a file behind: {outcome}");
        report.injected("full disk", 1);
    }

    let mut dice = Dice::new(dose.seed);
    let (mut old, mut new, mut longest) = (0, 0, Duration::ZERO);
    for round in 0..kills {
        let (name, arguments) = dice.one_of(&commands);
        let place = folder.join(format!("killed-{round}"));
        fs::create_dir(&place).expect("a folder");
        fs::copy(&sealed, place.join("a.yaml")).expect("a copy");
        fs::copy(&secret, place.join("secret.yaml")).expect("a copy");
        let value = place.join("value");
        fs::write(&value, "CANARY-killed").expect("a file");
        let mut child = Command::new(&program)
            .args(arguments)
            .current_dir(&place)
            .env_clear()
            .stdin(fs::File::open(&value).expect("a file"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program");
        // The first ones run to their end, and tell how long that takes.
        if round < 3 {
            let start = Instant::now();
            child.wait().expect("its end");
            longest = longest.max(start.elapsed());
        }
        let micros = u64::try_from(longest.as_micros()).expect("a short time");
        std::thread::sleep(Duration::from_micros(dice.below(micros * 6 / 5)));
        // It may have ended by itself.
        let _ = child.kill();
        child.wait().expect("its end");
        report.injected("SIGKILL in mid-command", u64::from(round >= 3));
        let same = fs::read(place.join("a.yaml")).expect("the file") == fs::read(&sealed).expect("the file");
        if same {
            old += 1;
            continue;
        }
        new += 1;
        let opens = Program::waxseal().args([
            "verify",
            "-k",
            &shown(&vector("keys-backup.json")),
            &shown(&place.join("a.yaml")),
        ]);
        let opens = opens.run().await;
        assert_eq!(
            opens.code,
            Some(0),
            "{name}, killed: the file is neither the old nor the new one\n{}",
            opens.stderr_text()
        );
    }
    assert!(old > 0 && new > 0, "every kill came too early or too late: {old} old, {new} new");
    report.observed(format!(
        "full disk: exit 3, file unchanged, nothing left behind; killed: {old} files old, {new} new, all whole"
    ));
    report
}

async fn on_full_disk(folder: &Path, sealed: &Path, secret: &Path, program: &Path, arguments: &[&str]) -> String {
    let disk = Guard::get().folder("full").expect("a folder");
    let input = folder.join("secret.yaml");
    fs::copy(secret, &input).expect("a copy");
    let input = shown(&input);
    let arguments = arguments.iter().map(|argument| if *argument == "secret.yaml" { &input } else { *argument });
    let output = Program::at("unshare", "unshare")
        .args(["--mount", "sh", "-euc", FULL, "sh"])
        .args([&disk, sealed, program])
        .args(arguments)
        .run()
        .await
        .success();
    Canary::new("CANARY-0000000000").assert_absent("what is said", &output.stderr);
    output.stdout_text()
}

fn vector(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name)
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
