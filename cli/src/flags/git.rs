//! `waxseal textconv`, `waxseal git-setup` and `waxseal log`

use std::path::PathBuf;

use clap::Args;

use super::common::KeyFlags;
use crate::actions::git_setup::GitSetup;
use crate::actions::log::Log;
use crate::actions::textconv::Textconv;
use crate::failure::{Failure, Result};

/// Show a file with a short name for each sealed value, for `git diff`
///
/// A name is made of the value's ciphertext; scope and sealing key stand beside it, the key where the file says it
/// (waxseal.dev/sealing-keys) or a private key opens the value. What is in the clear is not shown. Text that is no
/// manifest comes out as it is. `waxseal git-setup` makes Git use it.
#[derive(Args)]
#[command(after_help = "\
Examples:
  waxseal textconv db.yaml
  git -c diff.waxseal.textconv='waxseal textconv -k ~/keys.yaml --show-plaintext' diff")]
pub(crate) struct TextconvFlags {
    /// The file; - is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Show what is inside of the values that a private key opens
    #[arg(long)]
    show_plaintext: bool,
    #[command(flatten)]
    keys: KeyFlags,
}

impl TextconvFlags {
    pub(super) fn resolve(self) -> Result<Textconv> {
        let keys = self.keys.resolve();
        if self.show_plaintext && !keys.are_given() {
            return Err(Failure::usage("--show-plaintext needs a private key").remedy("name it with --private-key"));
        }
        let keys = keys.are_given().then_some(keys);
        Ok(Textconv { file: self.file, keys, show_plaintext: self.show_plaintext })
    }
}

/// Make `git diff` of this repo show which values changed
///
/// Adds lines to .gitattributes, which is to be committed, and tells this clone of the repo to run `waxseal textconv`,
/// which everybody does once. Does nothing twice.
#[derive(Args)]
#[command(after_help = "\
Examples:
  waxseal git-setup
  waxseal git-setup 'clusters/**/*.yaml'")]
pub(crate) struct GitSetupFlags {
    /// The files, as .gitattributes names them
    #[arg(value_name = "PATTERN", default_values = ["*.yaml", "*.yml", "*.json"])]
    patterns: Vec<String>,
}

impl GitSetupFlags {
    pub(super) fn resolve(self) -> GitSetup {
        GitSetup { patterns: self.patterns }
    }
}

/// List the commits in which a value changed
///
/// One line for each: commit, date, what happened, author, subject. Without a private key a value that was only sealed
/// anew counts as changed; with one it is told apart.
#[derive(Args)]
#[command(after_help = "\
Examples:
  waxseal log db.yaml password
  waxseal log -k keys.yaml db.yaml password")]
pub(crate) struct LogFlags {
    /// The file; where it had another name before, that is followed
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The key of the Secret's data
    #[arg(value_name = "KEY")]
    key: String,
    /// The SealedSecret's name, where the file holds several
    #[arg(long)]
    name: Option<String>,
    /// The SealedSecret's namespace, where the file holds several of one name
    #[arg(short = 'n', long)]
    namespace: Option<String>,
    #[command(flatten)]
    keys: KeyFlags,
}

impl LogFlags {
    pub(super) fn resolve(self) -> Log {
        let keys = self.keys.resolve();
        let keys = keys.are_given().then_some(keys);
        Log { file: self.file, key: self.key, name: self.name, namespace: self.namespace, keys }
    }
}
