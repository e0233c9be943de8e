//! `waxseal seal`

use std::path::PathBuf;

use clap::Args;
use waxseal_api::SealOptions;

use super::common::{CertificateFlags, ClusterFlags, HintFlags, KeyFlags, OutputFlags, ScopeFlags, StableFlags, asked};
use crate::actions::seal::{Seal, SealForClusters, Witnesses};
use crate::exit::Exit;
use crate::failure::Result;
use crate::inputs::Inputs;
use crate::printer::Printer;
use crate::settings::Settings;

/// Seal Secrets: Secrets in, SealedSecrets out
///
/// Reads YAML or JSON with any number of documents and Lists, and writes a SealedSecret for each Secret. A directory is
/// searched for .yaml, .yml and .json files that .gitignore does not exclude.
///
/// A file of SealedSecrets that -w names is edited in place: comments stay, keys that are gone go, and a value that is
/// proven unchanged keeps its ciphertext. A private key proves it by opening the old value, --compare-cluster by the
/// Secret that the cluster made of it; with a stable key the new bytes are the old ones. What nothing proves is sealed
/// anew.
#[derive(Args)]
#[command(after_help = "\
Examples:
  waxseal seal --cert cert.pem secret.yaml -w sealed.yaml
  kubectl create secret generic db --from-file=key --dry-run=client -o yaml | waxseal seal
  waxseal seal --cert cert.pem secret.yaml -w sealed.yaml --compare-cluster
  waxseal seal --clusters dev,staging,prod secret.yaml      (a file for each, by .waxseal.yaml)
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
    #[command(flatten)]
    stable: StableFlags,
    #[command(flatten)]
    hints: HintFlags,
    /// The name of the SealedSecret, instead of the Secret's own
    #[arg(long)]
    name: Option<String>,
    /// Let documents that are no Secrets through as they are, as a Helm or kustomize post-renderer has to
    #[arg(long)]
    passthrough: bool,
    /// Seal Secrets that have no data, too
    #[arg(long)]
    allow_empty_data: bool,
    /// Seal for these clusters of .waxseal.yaml, or for all: a file for each Secret and cluster, where output says
    #[arg(long, value_name = "NAMES", value_delimiter = ',', conflicts_with_all = ["file", "format", "cert", "passthrough"])]
    clusters: Vec<String>,
    /// Keep a value of OUT if the cluster's Secret, which was made of it, holds the same
    #[arg(long)]
    compare_cluster: bool,
    #[command(flatten)]
    keys: KeyFlags,
    #[command(flatten)]
    cluster: ClusterFlags,
}

impl SealFlags {
    pub(super) fn run(self, printer: Printer) -> Result<Exit> {
        let asked = asked(Some(&self.certificate), Some(&self.scope), &self.cluster)?;
        let inputs = Inputs { paths: self.files, expectation: "a Secret as YAML or JSON" };
        let settings = Settings::new(asked).explained(self.certificate.explain).stable(self.stable.places());
        let connection = self.cluster.resolve()?;
        let witnesses = Witnesses { keys: self.keys.resolve(), cluster: self.compare_cluster };
        let (name, allow_empty, hints) = (self.name, self.allow_empty_data, self.hints.wanted());
        if !self.clusters.is_empty() {
            let clusters = self.clusters;
            return SealForClusters { inputs, settings, connection, clusters, name, allow_empty, hints, witnesses }
                .run(printer);
        }
        let format = self.output.format();
        let seal = Seal {
            inputs,
            settings,
            connection,
            name,
            options: SealOptions { allow_empty, hints },
            passthrough: self.passthrough,
            unquoted: false,
            witnesses: Some(witnesses),
            format,
            file: self.output.file,
        };
        seal.run(printer)
    }
}
