//! `waxseal cert`

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};

use super::common::{CertificateFlags, ClusterFlags, asked};
use crate::actions::certificate::{CertificateAction, RefreshCertificates, What};
use crate::duration;
use crate::exit::Exit;
use crate::failure::Result;
use crate::printer::Printer;
use crate::settings::{Asked, Settings};

/// Fetch, show and check the certificate
#[derive(Args)]
#[command(arg_required_else_help = true, after_help = "Example:\n  waxseal cert fetch -w certs/prod.pem")]
pub(crate) struct CertFlags {
    #[command(subcommand)]
    command: CertCommand,
}

#[derive(Subcommand)]
enum CertCommand {
    /// Get the cluster's certificate, for sealing without access to the cluster
    ///
    /// It comes from the ConfigMap in which the controller publishes it, else from the controller through the API
    /// server's service proxy. It is public: commit it beside the SealedSecrets.
    ///
    /// With --clusters it refreshes the certificates that .waxseal.yaml names, and says which changed.
    #[command(after_help = "\
Examples:
  waxseal cert fetch -w certs/prod.pem
  waxseal cert fetch --clusters all")]
    Fetch {
        /// Write to this file instead of standard output
        #[arg(short = 'w', long = "write", value_name = "OUT")]
        file: Option<PathBuf>,
        /// Refresh the certificates of these clusters of .waxseal.yaml, or of all. Each is fetched by the context of the
        /// cluster's name, unless context or url says otherwise
        #[arg(long, value_name = "NAMES", value_delimiter = ',', conflicts_with_all = ["file", "cert"])]
        clusters: Vec<String>,
        #[command(flatten)]
        certificate: CertificateFlags,
        #[command(flatten)]
        cluster: ClusterFlags,
    },
    /// Show the certificate's fingerprint, size and validity
    #[command(after_help = "Example:\n  waxseal cert show --cert certs/prod.pem")]
    Show {
        #[command(flatten)]
        certificate: CertificateFlags,
        #[command(flatten)]
        cluster: ClusterFlags,
    },
    /// Tell whether the certificate may be sealed with
    ///
    /// Exits 1 if it expires soon, and 5 if it has expired, is not valid yet, or cannot seal at all.
    #[command(after_help = "Example:\n  waxseal cert check --cert certs/prod.pem --within 90d")]
    Check {
        /// How soon is soon: 720h, 90d
        #[arg(long, value_name = "DURATION", default_value = "30d", value_parser = duration::parse)]
        within: Duration,
        #[command(flatten)]
        certificate: CertificateFlags,
        #[command(flatten)]
        cluster: ClusterFlags,
    },
}

impl CertFlags {
    pub(super) fn run(self, printer: Printer) -> Result<Exit> {
        let (certificate, cluster, what) = match self.command {
            CertCommand::Fetch { clusters, cluster, .. } if !clusters.is_empty() => {
                let settings = Settings::new(Asked::default());
                return RefreshCertificates { settings, connection: cluster.resolve()?, clusters }.run(printer);
            }
            CertCommand::Fetch { file, certificate, cluster, .. } => (certificate, cluster, What::Fetch { file }),
            CertCommand::Show { certificate, cluster } => (certificate, cluster, What::Show),
            CertCommand::Check { within, certificate, cluster } => (certificate, cluster, What::Check { span: within }),
        };
        let settings = Settings::new(asked(Some(&certificate), None, &cluster)?).explained(certificate.explain);
        CertificateAction { settings, connection: cluster.resolve()?, what }.run(printer)
    }
}
