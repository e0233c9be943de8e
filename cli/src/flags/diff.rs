//! `waxseal diff`

use std::path::PathBuf;

use clap::Args;

use super::common::{ClusterFlags, asked};
use crate::actions::diff::Diff;
use crate::failure::Result;
use crate::inputs::Inputs;
use crate::settings::Settings;

/// Compare SealedSecrets in Git with the cluster, without showing a value
///
/// Tells which are missing, which values or templates changed, which the controller has not turned into a Secret, and
/// which Secrets were edited by hand. A value that was sealed again counts as changed, even if it holds the same.
/// Exits 1 if something differs.
#[derive(Args)]
#[command(after_help = "\
Examples:
  waxseal diff clusters/prod
  waxseal diff --context prod db.yaml")]
pub(crate) struct DiffFlags {
    /// Files or directories; - or nothing is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    cluster: ClusterFlags,
}

impl DiffFlags {
    pub(super) fn resolve(self) -> Result<Diff> {
        let settings = Settings::new(asked(None, None, &self.cluster)?);
        Ok(Diff {
            inputs: Inputs { paths: self.files, expectation: "a SealedSecret as YAML or JSON" },
            settings,
            connection: self.cluster.resolve()?,
        })
    }
}
