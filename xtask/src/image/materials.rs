//! Software bills of materials in CycloneDX, by cargo-cyclonedx.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::workspace::succeed;
use crate::{tools, workspace};

/// Writes what the package is built from, and says how much that is.
pub(super) fn write(package: &str, target: &str, folder: &Path) -> Result<String> {
    let manifest = workspace::root().join(package).join("Cargo.toml");
    let mut command = Command::new(tools::CYCLONEDX.installed()?);
    command.current_dir(workspace::root()).arg("cyclonedx").arg("--manifest-path").arg(manifest);
    succeed(command.args(["--format", "json", "--target", target, "--override-filename", "materials"]))?;

    // The program writes one beside the manifest of each member of the workspace that it goes through.
    let written = workspace::root().join(package).join("materials.json");
    let text = fs::read_to_string(&written).with_context(|| format!("reading {}", written.display()))?;
    // Where the sources lie is nobody's business; in the programs they are called the same.
    let root = format!("file://{}/", workspace::root().display());
    let text = text.replace(&root, "file:///waxseal/");
    let bill: Value = serde_json::from_str(&text).with_context(|| format!("reading {}", written.display()))?;
    ensure!(bill["bomFormat"] == "CycloneDX", "{} is no bill of materials", written.display());
    let name = bill["metadata"]["component"]["name"].as_str().context("a bill of materials without a name")?;
    let count = bill["components"].as_array().map_or(0, Vec::len);
    let path = folder.join(format!("{name}.cdx.json"));
    fs::write(&path, &text).with_context(|| format!("writing {}", path.display()))?;
    for member in workspace::metadata()?["packages"].as_array().into_iter().flatten() {
        let manifest = Path::new(member["manifest_path"].as_str().context("a package without a manifest")?);
        let stray = manifest.with_file_name("materials.json");
        if stray.is_file() {
            fs::remove_file(&stray).with_context(|| format!("removing {}", stray.display()))?;
        }
    }
    Ok(format!("{name}.cdx.json: {count} components\n"))
}
