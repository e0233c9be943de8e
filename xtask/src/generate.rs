//! `cargo xtask generate`: files in the tree that are made from the code, committed so that they can be read and
//! reviewed. `--check` fails when they are not what the code makes.

mod crd;

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, ensure};

use crate::output::say;
use crate::workspace;

/// Everything that is generated. A new entry is all that a new kind of file takes.
const GENERATORS: &[Generator] = &[crd::GENERATOR];

/// Makes files of one kind.
pub(crate) struct Generator {
    /// What a person calls them.
    name: &'static str,
    /// A folder, from the root of the checkout, in which nothing else may be.
    folder: &'static str,
    /// Makes them.
    files: fn() -> Result<Vec<Generated>>,
}

/// A file as it has to be.
pub(crate) struct Generated {
    /// The file's name within the generator's folder.
    name: String,
    text: String,
}

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Change nothing; fail if a file is not as it would be written
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    if args.check {
        check()?;
        return Ok(ExitCode::SUCCESS);
    }
    for generator in GENERATORS {
        let changes = generator.changes()?;
        write(&generator.folder(), &changes)?;
        report(&changes, false);
    }
    Ok(ExitCode::SUCCESS)
}

/// Fails if a file is not as it would be written.
pub(crate) fn check() -> Result<()> {
    let mut drift = false;
    for generator in GENERATORS {
        let changes = generator.changes()?;
        report(&changes, true);
        drift |= !changes.is_empty();
    }
    ensure!(
        !drift,
        "generated files differ from what the code makes: run `cargo xtask generate` and commit the result"
    );
    Ok(())
}

impl Generator {
    fn folder(&self) -> PathBuf {
        workspace::root().join(self.folder)
    }

    fn changes(&self) -> Result<Vec<Change>> {
        let wanted = (self.files)().with_context(|| format!("generating the {}", self.name))?;
        compare(&self.folder(), &wanted)
    }
}

fn report(changes: &[Change], check: bool) {
    for change in changes {
        let path = change.path().strip_prefix(workspace::root()).unwrap_or(change.path());
        say(&format!("{}: {}", path.display(), change.says(check)));
    }
}

/// How a file differs from what it has to be.
enum Change {
    Write { path: PathBuf, text: String, line: usize },
    Remove { path: PathBuf },
}

impl Change {
    fn path(&self) -> &Path {
        match self {
            Self::Write { path, .. } | Self::Remove { path } => path,
        }
    }

    fn says(&self, check: bool) -> String {
        match (self, check) {
            (Self::Write { line, .. }, true) => format!("differs from line {line} on"),
            (Self::Write { .. }, false) => "written".to_owned(),
            (Self::Remove { .. }, true) => "nothing generates it".to_owned(),
            (Self::Remove { .. }, false) => "removed: nothing generates it".to_owned(),
        }
    }
}

fn compare(folder: &Path, wanted: &[Generated]) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    for file in wanted {
        let path = folder.join(&file.name);
        let found = match fs::read_to_string(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            read => read.with_context(|| format!("reading {}", path.display()))?,
        };
        if found != file.text {
            let same = found.lines().zip(file.text.lines()).take_while(|(one, other)| one == other).count();
            changes.push(Change::Write { path, text: file.text.clone(), line: same + 1 });
        }
    }
    let names: BTreeSet<&str> = wanted.iter().map(|file| &*file.name).collect();
    for path in present(folder)? {
        if !path.file_name().and_then(|name| name.to_str()).is_some_and(|name| names.contains(name)) {
            changes.push(Change::Remove { path });
        }
    }
    Ok(changes)
}

fn present(folder: &Path) -> Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        entries => {
            let entries = entries.with_context(|| format!("listing {}", folder.display()))?;
            let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>();
            paths.with_context(|| format!("listing {}", folder.display()))
        }
    }
}

fn write(folder: &Path, changes: &[Change]) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    for change in changes {
        match change {
            Change::Write { path, text, .. } => fs::write(path, text),
            Change::Remove { path } => fs::remove_file(path),
        }
        .with_context(|| format!("changing {}", change.path().display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_and_a_stray_one_are_drift_until_written() {
        let folder = std::env::temp_dir().join(format!("waxseal-xtask-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a.yaml"), "1\n2\n").unwrap();
        fs::write(folder.join("stray.yaml"), "").unwrap();
        let wanted = [Generated { name: "a.yaml".into(), text: "1\n3\n".into() }];

        let changes = compare(&folder, &wanted).unwrap();
        let says: Vec<String> = changes.iter().map(|change| change.says(true)).collect();
        assert_eq!(says, ["differs from line 2 on", "nothing generates it"]);

        write(&folder, &changes).unwrap();
        assert!(compare(&folder, &wanted).unwrap().is_empty());
        fs::remove_dir_all(&folder).unwrap();
    }
}
