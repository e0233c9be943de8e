//! `waxseal unset`

use std::path::PathBuf;

use clap::Args;

use crate::actions::in_place::Place;
use crate::actions::unset::Unset;

/// Take values out of a SealedSecret file, in place
///
/// Needs no key and no certificate. Everything else in the file stays byte for byte.
#[derive(Args)]
#[command(after_help = "\
Examples:
  waxseal unset db.yaml old-password")]
pub(crate) struct UnsetFlags {
    /// The file; - is standard input, which is written to standard output
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Keys of the Secret's data
    #[arg(value_name = "KEY", required = true)]
    keys: Vec<String>,
    /// The SealedSecret's name, where the file holds several
    #[arg(long)]
    name: Option<String>,
    /// The SealedSecret's namespace, where the file holds several of one name
    #[arg(short = 'n', long)]
    namespace: Option<String>,
}

impl UnsetFlags {
    pub(super) fn resolve(self) -> Unset {
        Unset { place: Place { file: self.file, name: self.name, namespace: self.namespace }, keys: self.keys }
    }
}
