//! Measurements of the command line.

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
            ("--help, ms".to_owned(), median_of(RUNS, || time(Command::new(path).arg("--help"), None))?),
            ("one Secret a process, ms".to_owned(), run(path, ours, &one, RUNS)?),
            (bulk.clone(), run(path, ours, &many, LONG_RUNS)?),
        ])
    })
}

pub(crate) fn unseal(work: &OneShot) -> Result<()> {
    let folder = Guard::get().folder("bench")?;
    let all = work::keys(work.keys.max(1))?;
    let sizes = [1, 10, 60].into_iter().filter(|size| *size <= all.len());
    let mut inputs = Vec::new();
    for size in sizes {
        let ring = &all[..size];
        let key_file = folder.join(format!("ring-{size}.pem"));
        let pems =
            ring.iter().map(|key| Ok(key.private.to_pkcs1_pem()?.expose().to_vec())).collect::<Result<Vec<_>>>()?;
        fs::write(&key_file, pems.concat()).context("writing the keys")?;
        for (which, key) in [("newest", &ring[0]), ("oldest", &ring[size - 1])] {
            let file = folder.join(format!("{which}-{size}.yaml"));
            fs::write(&file, sealed(work, key)?).context("writing SealedSecrets")?;
            inputs.push((format!("ring of {size}, sealed with the {which}, ms"), key_file.clone(), file));
        }
    }
    compare(&format!("unseal: {} SealedSecrets × {} values, RSA-4096", work.count, work.values), work, |path, ours| {
        let mut rows = Vec::new();
        for (name, keys, input) in &inputs {
            let took = median_of(LONG_RUNS, || {
                let mut command = Command::new(path);
                if ours {
                    command.arg("unseal").arg("--private-key").arg(keys);
                } else {
                    command.arg("--recovery-unseal").arg("--recovery-private-key").arg(keys);
                }
                time(&mut command, Some(input))
            })?;
            rows.push((name.clone(), took));
        }
        Ok(rows)
    })
}

/// Runs a measurement for our command line and, if there is one, for the peer.
fn compare(
    title: &str,
    work: &OneShot,
    measure: impl Fn(&Path, bool) -> Result<Vec<(String, Duration)>>,
) -> Result<()> {
    let ours = measure(&guard::built("waxseal")?, true)?;
    let theirs = work.peer_kubeseal.as_deref().map(|path| measure(path, false)).transpose()?;
    let columns: &[&str] = if theirs.is_some() { &["waxseal", "peer"] } else { &["waxseal"] };
    let mut table = Table::new(title, columns);
    for (at, (row, took)) in ours.iter().enumerate() {
        let other = theirs.as_ref().map(|rows| rows.get(at).map(|(_, took)| milliseconds(*took)));
        table.row(row.clone(), std::iter::once(Some(milliseconds(*took))).chain(other));
    }
    table.print()
}

fn milliseconds(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}

fn manifest(names: &[String], values: usize) -> Result<String> {
    documents(names.iter().map(|name| Ok(serde_json::to_string(&work::secret(name, values).expose())?)))
}

fn sealed(work: &OneShot, key: &Key) -> Result<String> {
    documents((0..work.count).map(|number| {
        let object = work::sealed(&format!("secret-{number:05}"), work.values, key, false)?;
        Ok(serde_json::to_string(&object)?)
    }))
}

fn documents(texts: impl Iterator<Item = Result<String>>) -> Result<String> {
    texts.map(|text| Ok(format!("---\n{}\n", text?))).collect()
}
