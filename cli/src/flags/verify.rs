//! `waxseal verify`

use std::path::PathBuf;

use clap::Args;

use super::common::{ClusterFlags, KeyFlags};
use crate::actions::verify::{Judges, Verify};
use crate::failure::Result;
use crate::inputs::Inputs;

/// Tell whether SealedSecrets open
///
/// With --private-key it is found out offline; else the controller is asked, which tells nothing but yes or no.
/// Exits 1 if one does not open.
#[derive(Args)]
#[command(after_help = "\
Examples:
  waxseal verify clusters/prod
  waxseal verify --private-key backup.yaml sealed.yaml")]
pub(crate) struct VerifyFlags {
    /// Files or directories; - or nothing is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    keys: KeyFlags,
    #[command(flatten)]
    cluster: ClusterFlags,
}

impl VerifyFlags {
    pub(super) fn resolve(self) -> Result<Verify> {
        let keys = self.keys.resolve();
        let judges =
            if keys.are_given() { Judges::Keys(keys) } else { Judges::Controller(Box::new(self.cluster.resolve()?)) };
        Ok(Verify {
            inputs: Inputs { paths: self.files, expectation: "a SealedSecret as YAML or JSON" },
            judges,
            terse: false,
        })
    }
}
