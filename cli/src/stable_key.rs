//! The stable key of whoever seals: from the environment, a file that `.waxseal.yaml` names, or the user's
//! configuration folder. Where none of them has one, values are sealed at random.

use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use waxseal_crypto::{StableKey, StableKeyError};
use zeroize::Zeroizing;

use crate::environment;
use crate::failure::{Failure, Result, plain};
use crate::git;
use crate::settings::{Origin, Setting};

/// Holds the key itself, for a pipeline that must not write it to a disk.
pub(crate) const VARIABLE: &str = "WAXSEAL_STABLE_KEY";

/// More than 32 bytes in base64 take, with white space around them.
const MAX_BYTES: usize = 4096;

/// Whoever is not the owner.
const OTHERS: u32 = 0o077;

/// Where a stable key is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Places {
    /// In the environment, the configuration file, and the user's folder.
    All,
    /// In the environment only: kubeseal's grammar knows of no files of ours.
    Environment,
    /// Nowhere: somebody asked for fresh bytes.
    None,
}

/// A stable key, and what it is called where people shall see it.
pub(crate) struct FoundKey {
    pub(crate) key: Arc<StableKey>,
    pub(crate) name: String,
}

/// Finds the key; the first place that has one holds. `named` is the file that the configuration names.
pub(crate) fn find(places: Places, named: Option<Setting<PathBuf>>) -> Result<Option<Setting<FoundKey>>> {
    if places == Places::None {
        return Ok(None);
    }
    if let Some(text) = environment::named(VARIABLE)?.map(Zeroizing::new) {
        let key = parsed(&text).map_err(|failure| failure.about(format_args!("environment variable {VARIABLE}")))?;
        let value = FoundKey { key: Arc::new(key), name: VARIABLE.to_owned() };
        return Ok(Some(Setting { value, origin: Origin::Variable(VARIABLE.to_owned()) }));
    }
    if places == Places::Environment {
        return Ok(None);
    }
    if let Some(Setting { value: path, origin }) = named {
        let key = read(&path).map_err(|failure| failure.about(path.display()))?;
        if git::tracks(&path) {
            return Err(Failure::key("is part of the repo: whoever reads it can check guesses of the values")
                .about(path.display())
                .remedy("take it out of the repo, make another (`waxseal keys stable-key generate`), and seal again"));
        }
        return Ok(Some(found(key, &path, origin)));
    }
    let Some(path) = user_file() else { return Ok(None) };
    match std::fs::symlink_metadata(&path) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        _ => {
            let key = read(&path).map_err(|failure| failure.about(path.display()))?;
            Ok(Some(found(key, &path, Origin::UserFolder)))
        }
    }
}

/// The key's place in the user's configuration folder.
pub(crate) fn user_file() -> Option<PathBuf> {
    let named = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = named("XDG_CONFIG_HOME").or_else(|| Some(named("HOME")?.join(".config")))?;
    Some(folder.join("waxseal").join("stable-key"))
}

fn found(key: StableKey, path: &Path, origin: Origin) -> Setting<FoundKey> {
    Setting { value: FoundKey { key: Arc::new(key), name: path.display().to_string() }, origin }
}

fn read(path: &Path) -> Result<StableKey> {
    let unreadable = |error: io::Error| {
        let failure = Failure::input(plain(&error));
        if error.kind() == io::ErrorKind::NotFound {
            failure.remedy(
                "ask those who seal with you for their stable key; `waxseal keys stable-key generate` makes the first; \
                 --fresh seals without",
            )
        } else {
            failure
        }
    };
    let file = File::open(path).map_err(unreadable)?;
    let mode = file.metadata().map_err(unreadable)?.permissions().mode();
    if mode & OTHERS != 0 {
        return Err(Failure::key(format_args!("may be used by others (its mode is {:04o})", mode & 0o7777))
            .remedy(format!("make it yours alone: `chmod 600 {}`", path.display())));
    }
    let mut text = Zeroizing::new(Vec::with_capacity(MAX_BYTES + 1));
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut text).map_err(unreadable)?;
    let text = std::str::from_utf8(&text).map_err(|_| unfit(StableKeyError::NotBase64))?;
    parsed(text)
}

fn parsed(text: &str) -> Result<StableKey> {
    StableKey::from_base64(text).map_err(unfit)
}

fn unfit(error: StableKeyError) -> Failure {
    Failure::key(error).remedy("`waxseal keys stable-key generate` makes one; --fresh seals without")
}
