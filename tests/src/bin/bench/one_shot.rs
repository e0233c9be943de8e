//! Measurements of the command line.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};
use e2e::guard::{self, Guard};

use crate::command::OneShot;
use crate::process::{median_of, time};
use crate::report::Table;
use crate::work::{self, Key};

/// Runs of one short command, of which the median counts.
const RUNS: usize = 21;

/// Runs of a long one.
const LONG_RUNS: usize = 3;

/// Values of the SealedSecret that is opened with rings of several sizes: enough that starting the process counts for
/// little.
const VALUES: usize = 50;

pub(crate) fn seal(work: &OneShot) -> Result<()> {
    let folder = Guard::get().folder("bench")?;
    let keys = work::keys(1)?;
    let certificate = folder.join("cert.pem");
    fs::write(&certificate, keys[0].certificate.to_pem()).context("writing the certificate")?;
    let one = folder.join("one.yaml");
    fs::write(&one, manifest(&["one".to_owned()], work.values)?).context("writing a Secret")?;
    let many = folder.join("many.yaml");
    let names: Vec<_> = (0..work.count).map(|number| format!("secret-{number:05}")).collect();
    fs::write(&many, manifest(&names, work.values)?).context("writing Secrets")?;

    let run = |path: &Path, ours: bool, input: &Path, runs: usize| {
        median_of(runs, || {
            let mut command = Command::new(path);
            command.args(if ours { &["seal"][..] } else { &[] }).arg("--cert").arg(&certificate);
            time(&mut command, Some(input))
        })
    };
    let bulk = format!("{} Secrets in one process, ms", work.count);
    compare(&format!("seal: {} values a Secret, RSA-4096", work.values), work, |path, ours| {
        Ok(vec![
            ("--help, ms".to_owned(), Some(median_of(RUNS, || time(Command::new(path).arg("--help"), None))?)),
            ("one Secret a process, ms".to_owned(), Some(run(path, ours, &one, RUNS)?)),
            (bulk.clone(), Some(run(path, ours, &many, LONG_RUNS)?)),
        ])
    })
}

pub(crate) fn unseal(work: &OneShot) -> Result<()> {
    let folder = Guard::get().folder("bench")?;
    let all = work::keys(work.keys.max(1))?;
    let mut key_files = Vec::new();
    for (at, key) in all.iter().enumerate() {
        let file = folder.join(format!("key-{at}.pem"));
        fs::write(&file, key.private.to_pkcs1_pem()?.expose()).context("writing a key")?;
        key_files.push(file);
    }
    let run = |path: &Path, ours: bool, ring: usize, input: &Path| {
        median_of(LONG_RUNS, || {
            let mut command = Command::new(path);
            let flag = if ours { "--private-key" } else { "--recovery-private-key" };
            command.arg(if ours { "unseal" } else { "--recovery-unseal" });
            command.args(key_files[..ring].iter().flat_map(|file| [OsStr::new(flag), file.as_os_str()]));
            time(&mut command, Some(input))
        })
    };

    let many = folder.join("many.yaml");
    fs::write(&many, sealed(work.count, work.values, &all[0])?).context("writing SealedSecrets")?;
    let mut inputs = Vec::new();
    for ring in [1, 10, 60].into_iter().filter(|ring| *ring <= all.len()) {
        for (which, key) in [("newest", &all[0]), ("oldest", &all[ring - 1])] {
            let file = folder.join(format!("{which}-{ring}.yaml"));
            fs::write(&file, sealed(1, VALUES, key)?).context("writing a SealedSecret")?;
            inputs.push((format!("one × {VALUES} values, ring of {ring}, sealed with the {which}, ms"), ring, file));
        }
    }
    compare("unseal: RSA-4096", work, |path, ours| {
        // kubeseal opens the first of several, and leaves out the others.
        let bulk = ours.then(|| run(path, ours, 1, &many)).transpose()?;
        let mut rows = vec![(format!("{} × {} values in one process, ms", work.count, work.values), bulk)];
        for (name, ring, input) in &inputs {
            rows.push((name.clone(), Some(run(path, ours, *ring, input)?)));
        }
        Ok(rows)
    })
}

/// Runs a measurement for our command line and, if there is one, for the peer.
fn compare(
    title: &str,
    work: &OneShot,
    measure: impl Fn(&Path, bool) -> Result<Vec<(String, Option<Duration>)>>,
) -> Result<()> {
    let ours = measure(&guard::built("waxseal")?, true)?;
    let theirs = work.peer_kubeseal.as_deref().map(|path| measure(path, false)).transpose()?;
    let columns: &[&str] = if theirs.is_some() { &["waxseal", "peer"] } else { &["waxseal"] };
    let mut table = Table::new(title, columns);
    for (at, (row, took)) in ours.iter().enumerate() {
        let other = theirs.as_ref().map(|rows| rows.get(at).and_then(|(_, took)| took.map(milliseconds)));
        table.row(row.clone(), std::iter::once(took.map(milliseconds)).chain(other));
    }
    table.print()
}

fn milliseconds(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}

fn manifest(names: &[String], values: usize) -> Result<String> {
    documents(names.iter().map(|name| Ok(serde_json::to_string(&work::secret(name, values).expose())?)))
}

fn sealed(count: usize, values: usize, key: &Key) -> Result<String> {
    documents((0..count).map(|number| {
        let object = work::sealed(&format!("secret-{number:05}"), values, key, false)?;
        Ok(serde_json::to_string(&object)?)
    }))
}

fn documents(texts: impl Iterator<Item = Result<String>>) -> Result<String> {
    texts.map(|text| Ok(format!("---\n{}\n", text?))).collect()
}
