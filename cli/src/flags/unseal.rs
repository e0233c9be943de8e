//! `waxseal unseal`

use std::path::PathBuf;

use clap::Args;

use super::common::{KeyFlags, OutputFlags};
use crate::actions::unseal::Unseal;
use crate::inputs::Inputs;

/// Open SealedSecrets offline, with the private keys
///
/// Prints the Secrets with their values in the clear: keep them out of files that are backed up or committed.
#[derive(Args)]
#[command(after_help = "\
Examples:
  waxseal unseal --private-key backup.age --identity me.txt sealed.yaml
  waxseal unseal -k keys.yaml --output-value password sealed.yaml")]
pub(crate) struct UnsealFlags {
    /// Files or directories; - or nothing is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    keys: KeyFlags,
    /// Print the value of this key alone, as it is
    #[arg(long, value_name = "KEY")]
    output_value: Option<String>,
    #[command(flatten)]
    output: OutputFlags,
}

impl UnsealFlags {
    pub(super) fn resolve(self) -> Unseal {
        Unseal {
            inputs: Inputs { paths: self.files, expectation: "a SealedSecret as YAML or JSON" },
            keys: self.keys.resolve(),
            only_value: self.output_value,
            owner_without_uid: false,
            format: self.output.format(),
            file: self.output.file,
        }
    }
}
