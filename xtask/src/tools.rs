//! Programs that cargo installs, at pinned versions, into a cache of our own.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::output::say;
use crate::workspace;

/// A program at a version.
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
}

/// Checks licences, bans, sources and advisories.
pub(crate) const DENY: Tool = Tool { name: "cargo-deny", version: "0.20.2" };
/// Feeds the fuzz targets.
pub(crate) const FUZZ: Tool = Tool { name: "cargo-fuzz", version: "0.13.2" };
/// Writes software bills of materials in CycloneDX.
pub(crate) const CYCLONEDX: Tool = Tool { name: "cargo-cyclonedx", version: "0.5.9" };
/// Breaks the code in small ways, to see whether a test notices.
pub(crate) const MUTANTS: Tool = Tool { name: "cargo-mutants", version: "27.1.0" };

impl Tool {
    /// The program, after installing it if it is not there.
    pub(crate) fn installed(&self) -> Result<PathBuf> {
        let Self { name, version } = self;
        let folder = workspace::cache()?.join("tools").join(format!("{name}-{version}"));
        let program = folder.join("bin").join(name);
        if program.is_file() {
            return Ok(program);
        }
        say(&format!("installing {name} {version} into {} (once; takes some minutes)", folder.display()));
        fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
        let mut command = workspace::cargo();
        command.args(["install", "--locked", &format!("{name}@{version}"), "--root"]).arg(&folder);
        workspace::succeed(&mut command).with_context(|| format!("installing {name}"))?;
        Ok(program)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tag can be moved to other code; a commit cannot.
    #[test]
    fn every_action_of_every_workflow_is_named_by_its_commit() {
        let mut seen = 0;
        for file in fs::read_dir(workspace::root().join(".github/workflows")).unwrap() {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            for (number, line) in text.lines().enumerate() {
                let Some((_, action)) = line.split_once("uses: ") else { continue };
                let (_, commit) = action.split_whitespace().next().unwrap().split_once('@').unwrap_or_default();
                let pinned = commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
                assert!(pinned, "{}:{}: {action}", path.display(), number + 1);
                seen += 1;
            }
        }
        assert!(seen > 0, "no workflow uses an action");
    }
}
