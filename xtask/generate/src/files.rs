//! What has to change in the tree.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::generators::Generator;

/// How a file differs from what it has to be. Paths are from the root of the checkout.
pub(crate) enum Change {
    Write { path: PathBuf, text: String, line: usize },
    Remove { path: PathBuf },
}

impl Change {
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Write { path, .. } | Self::Remove { path } => path,
        }
    }

    pub(crate) fn says(&self, check: bool) -> String {
        match (self, check) {
            (Self::Write { line, .. }, true) => format!("differs from line {line} on"),
            (Self::Write { .. }, false) => "written".to_owned(),
            (Self::Remove { .. }, true) => "nothing generates it".to_owned(),
            (Self::Remove { .. }, false) => "removed: nothing generates it".to_owned(),
        }
    }
}

/// What the generator would change.
pub(crate) fn compare(root: &Path, generator: &Generator) -> Result<Vec<Change>> {
    let wanted = (generator.files)().with_context(|| format!("generating the {}", generator.name))?;
    let mut changes = Vec::new();
    for (path, text) in &wanted {
        let found = match fs::read_to_string(root.join(path)) {
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            read => read.with_context(|| format!("reading {}", path.display()))?,
        };
        if found != *text {
            let same = found.lines().zip(text.lines()).take_while(|(one, other)| one == other).count();
            changes.push(Change::Write { path: path.clone(), text: text.clone(), line: same + 1 });
        }
    }
    for folder in generator.owns {
        let present = present(root, Path::new(folder)).with_context(|| format!("listing {folder}"))?;
        let strays = present.into_iter().filter(|path| !wanted.iter().any(|(wanted, _)| wanted == path));
        changes.extend(strays.map(|path| Change::Remove { path }));
    }
    Ok(changes)
}

pub(crate) fn carry_out(root: &Path, changes: &[Change]) -> Result<()> {
    for change in changes {
        let path = root.join(change.path());
        match change {
            Change::Write { text, .. } => write(&path, text),
            Change::Remove { .. } => fs::remove_file(&path),
        }
        .with_context(|| format!("changing {}", change.path().display()))?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

fn present(root: &Path, folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    match fs::read_dir(root.join(folder)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        entries => entries?.map(|entry| Ok(folder.join(entry?.file_name()))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GENERATOR: Generator = Generator {
        name: "sample",
        owns: &["made"],
        files: || Ok(vec![("made/a.yaml".into(), "1\n3\n".into()), ("b.md".into(), "b\n".into())]),
    };

    #[test]
    fn a_changed_file_a_missing_one_and_a_stray_one_are_drift_until_written() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("made")).unwrap();
        fs::write(root.path().join("made/a.yaml"), "1\n2\n").unwrap();
        fs::write(root.path().join("made/stray.yaml"), "").unwrap();
        fs::write(root.path().join("somebody's.md"), "").unwrap();

        let changes = compare(root.path(), &GENERATOR).unwrap();
        let says: Vec<_> =
            changes.iter().map(|change| format!("{} {}", change.path().display(), change.says(true))).collect();
        let expected = [
            "made/a.yaml differs from line 2 on",
            "b.md differs from line 1 on",
            "made/stray.yaml nothing generates it",
        ];
        assert_eq!(says, expected);

        carry_out(root.path(), &changes).unwrap();
        assert!(compare(root.path(), &GENERATOR).unwrap().is_empty());
        assert!(root.path().join("somebody's.md").exists());
    }
}
