//! `waxseal seal`

use std::path::PathBuf;

use clap::Args;

use super::common::{CertificateFlags, ClusterFlags, OutputFlags, ScopeFlags, asked};
use crate::actions::seal::Seal;
use crate::failure::Result;
use crate::inputs::Inputs;
use crate::settings::Settings;

/// Seal Secrets: Secrets in, SealedSecrets out
///
/// Reads YAML or JSON with any number of documents and Lists, and writes a SealedSecret for each Secret. A directory is
/// searched for .yaml, .yml and .json files that .gitignore does not exclude.
#[derive(Args)]
#[command(after_help = "\
Examples:
  waxseal seal --cert cert.pem secret.yaml -w sealed.yaml
  kubectl create secret generic db --from-file=key --dry-run=client -o yaml | waxseal seal
  helm template chart | waxseal seal --passthrough | kubectl apply -f -")]
pub(crate) struct SealFlags {
    /// Files or directories; - or nothing is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    output: OutputFlags,
    #[command(flatten)]
    certificate: CertificateFlags,
    #[command(flatten)]
    scope: ScopeFlags,
    /// The name of the SealedSecret, instead of the Secret's own
    #[arg(long)]
    name: Option<String>,
    /// Let documents that are no Secrets through as they are, as a Helm or kustomize post-renderer has to
    #[arg(long)]
    passthrough: bool,
    /// Seal Secrets that have no data, too
    #[arg(long)]
    allow_empty_data: bool,
    #[command(flatten)]
    cluster: ClusterFlags,
}

impl SealFlags {
    pub(super) fn resolve(self) -> Result<Seal> {
        let asked = asked(Some(&self.certificate), Some(&self.scope), &self.cluster)?;
        Ok(Seal {
            inputs: Inputs { paths: self.files, expectation: "a Secret as YAML or JSON" },
            settings: Settings::new(asked).explained(self.certificate.explain),
            connection: self.cluster.resolve()?,
            name: self.name,
            allow_empty: self.allow_empty_data,
            passthrough: self.passthrough,
            unquoted: false,
            format: self.output.format(),
            file: self.output.file,
        })
    }
}
