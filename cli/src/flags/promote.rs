//! `waxseal promote`

use std::path::PathBuf;

use clap::Args;

use super::common::{HintFlags, KeyFlags, StableFlags};
use crate::actions::promote::{Destination, Promote};
use crate::certificate::Source;
use crate::inputs::Inputs;
use crate::settings::{Asked, Settings};

/// Seal again for another cluster or another namespace
///
/// Opens the values with the private keys of the cluster that they come from, and seals them with the certificate of
/// the one that they go to. The scope, comments and everything else come out as they went in. Nothing is written
/// unless all of it opens.
#[derive(Args)]
#[command(after_help = "\
Examples:
  waxseal promote -k staging.yaml --to-cert prod.pem db.yaml -w ../prod/db.yaml
  waxseal promote -k staging.yaml --to-cert prod.pem staging -w prod
  waxseal promote -k staging.yaml --to-cluster prod clusters/staging/team-a/db.yaml
  waxseal promote -k keys.yaml --to-cert cert.pem --to-namespace team-b db.yaml > team-b.yaml")]
#[command(group = clap::ArgGroup::new("to").required(true))]
pub(crate) struct PromoteFlags {
    /// Files or directories; - or nothing is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    keys: KeyFlags,
    #[command(flatten)]
    stable: StableFlags,
    #[command(flatten)]
    hints: HintFlags,
    /// The certificate to seal with: a file, or an http or https URL
    #[arg(long, value_name = "FILE|URL", group = "to")]
    to_cert: Option<String>,
    /// The cluster of .waxseal.yaml to seal for: its certificate, its names of namespaces, and its files, unless -w says
    /// otherwise
    #[arg(long, value_name = "NAME", group = "to")]
    to_cluster: Option<String>,
    /// The namespace to seal for [default: the one it has]
    #[arg(long, value_name = "NAMESPACE")]
    to_namespace: Option<String>,
    /// The namespace that the values were sealed for, where the SealedSecret names none
    #[arg(short = 'n', long)]
    namespace: Option<String>,
    /// Write to this file instead of standard output; for several files it is a directory
    #[arg(short = 'w', long = "write", value_name = "OUT")]
    out: Option<PathBuf>,
}

impl PromoteFlags {
    pub(super) fn resolve(self) -> Promote {
        let to = match (self.to_cluster, self.to_cert) {
            (Some(name), _) => Destination::Cluster(name),
            (None, cert) => Destination::Certificate(Source::named(&cert.unwrap_or_default())),
        };
        Promote {
            inputs: Inputs { paths: self.files, expectation: "a SealedSecret as YAML or JSON" },
            keys: self.keys.resolve(),
            to,
            settings: Settings::new(Asked::default()).stable(self.stable.places()),
            hints: self.hints.wanted(),
            to_namespace: self.to_namespace,
            from_namespace: self.namespace,
            out: self.out,
        }
    }
}
