//! What is in an image, and what must not be.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

use crate::workspace::printed;

/// A program header of an ELF file that names a dynamic loader.
const PT_INTERP: u32 = 3;

/// Fails unless the ELF program needs nothing to be loaded with.
pub(super) fn ensure_static(program: &Path) -> Result<()> {
    let file = fs::read(program).with_context(|| format!("reading {}", program.display()))?;
    let loader = asks_for_a_loader(&file).with_context(|| format!("{} is no ELF program", program.display()))?;
    ensure!(!loader, "{} is not static: it names a dynamic loader", program.display());
    Ok(())
}

/// As the ELF specification has it for 64 bits, little endian: the table of program headers is at `e_phoff` (offset 32),
/// `e_phentsize` (54) bytes for each of `e_phnum` (56), and each begins with its type.
fn asks_for_a_loader(file: &[u8]) -> Option<bool> {
    let half = |at: usize| Some(u16::from_le_bytes(file.get(at..at + 2)?.try_into().ok()?));
    let word = |at: usize| Some(u32::from_le_bytes(file.get(at..at + 4)?.try_into().ok()?));
    let table = usize::try_from(u64::from_le_bytes(file.get(32..40)?.try_into().ok()?)).ok()?;
    if file.get(..6)? != b"\x7fELF\x02\x01" {
        return None;
    }
    let (size, count) = (usize::from(half(54)?), usize::from(half(56)?));
    let types: Option<Vec<u32>> = (0..count).map(|index| word(table.checked_add(index * size)?)).collect();
    Some(types?.contains(&PT_INTERP))
}

/// Fails unless the image holds these files alone, and does not run as root. Says how large it is.
pub(super) fn check(layout: &Path, programs: &[&str]) -> Result<String> {
    let index = read_json(&layout.join("index.json"))?;
    let manifest = blob(layout, &index["manifests"][0])?;
    let config = blob(layout, &manifest["config"])?;
    let user = config["config"]["User"].as_str().unwrap_or_default();
    ensure!(user == "65532:65532", "the image runs as {user:?}");
    ensure!(config["config"]["Entrypoint"] == serde_json::json!(["/waxseal-controller"]), "another entry point");

    let (mut files, mut packed) = (BTreeMap::new(), 0);
    for layer in manifest["layers"].as_array().into_iter().flatten() {
        packed += layer["size"].as_u64().unwrap_or_default();
        files.extend(listed(&blob_path(layout, layer)?)?);
    }
    let found: Vec<&str> = files.keys().map(String::as_str).collect();
    ensure!(found == programs, "the image holds {found:?}");
    let mut text = String::new();
    for (name, size) in &files {
        // Writing to a string does not fail.
        let _ = writeln!(text, "/{name}: {size} bytes");
    }
    let _ = writeln!(text, "to pull: {packed} bytes; runs as {user}");
    Ok(text)
}

/// The files of a layer, with their sizes.
fn listed(layer: &Path) -> Result<BTreeMap<String, u64>> {
    let text = printed(Command::new("tar").args(["--list", "--verbose", "--gzip", "--file"]).arg(layer))?;
    let mut files = BTreeMap::new();
    for line in text.lines() {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let [mode, _, size, .., name] = columns.as_slice() else { bail!("tar printed {line:?}") };
        ensure!(mode.starts_with('-'), "something else than a file: {line}");
        ensure!(mode.ends_with('x'), "not for everybody to run: {line}");
        files.insert(name.trim_start_matches(['.', '/']).to_owned(), size.parse().context("a size")?);
    }
    Ok(files)
}

fn blob(layout: &Path, descriptor: &Value) -> Result<Value> {
    read_json(&blob_path(layout, descriptor)?)
}

fn blob_path(layout: &Path, descriptor: &Value) -> Result<std::path::PathBuf> {
    let digest = descriptor["digest"].as_str().context("a descriptor without a digest")?;
    let (algorithm, hash) = digest.split_once(':').context("a digest without an algorithm")?;
    Ok(layout.join("blobs").join(algorithm).join(hash))
}

fn read_json(path: &Path) -> Result<Value> {
    let text = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("reading {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_the_system_links_is_told_from_one_without_a_loader() {
        // This test is linked as usual.
        let own = fs::read(std::env::current_exe().unwrap()).unwrap();
        assert_eq!(asks_for_a_loader(&own), Some(true));
        let mut header = vec![0; 120];
        header[..6].copy_from_slice(b"\x7fELF\x02\x01");
        header[32] = 64;
        header[54] = 56;
        header[56] = 1;
        header[64] = 1;
        assert_eq!(asks_for_a_loader(&header), Some(false));
        header[64] = 3;
        assert_eq!(asks_for_a_loader(&header), Some(true));
        assert_eq!(asks_for_a_loader(b"#!/bin/sh"), None);
    }
}
