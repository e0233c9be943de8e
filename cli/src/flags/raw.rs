//! `waxseal raw`

use std::path::PathBuf;

use clap::Args;

use super::common::{CertificateFlags, ClusterFlags, ScopeFlags, StableFlags, asked};
use crate::actions::raw::Raw;
use crate::failure::Result;
use crate::settings::Settings;

/// Seal one value: a value in, one sealed string out
///
/// The string goes under spec.encryptedData of a SealedSecret with the same name, namespace and scope.
#[derive(Args)]
#[command(after_help = "\
Examples:
  printf %s \"$PASSWORD\" | waxseal raw --cert cert.pem --namespace team-a --name db
  waxseal raw --cert cert.pem --scope cluster-wide --from-file ca.key")]
pub(crate) struct RawFlags {
    /// The file that holds the value [default: standard input]
    #[arg(long, value_name = "FILE")]
    from_file: Option<PathBuf>,
    /// The name of the SealedSecret; needed with the scope strict
    #[arg(long)]
    name: Option<String>,
    /// The key of the Secret's data that the value is for. A stable key seals with it only, since its bytes are bound to
    /// the key
    #[arg(long)]
    key: Option<String>,
    #[command(flatten)]
    stable: StableFlags,
    #[command(flatten)]
    certificate: CertificateFlags,
    #[command(flatten)]
    scope: ScopeFlags,
    /// Write to this file instead of standard output; it is replaced whole, or left alone on failure
    #[arg(short = 'w', long = "write", value_name = "OUT")]
    file: Option<PathBuf>,
    #[command(flatten)]
    cluster: ClusterFlags,
}

impl RawFlags {
    pub(super) fn resolve(self) -> Result<Raw> {
        let asked = asked(Some(&self.certificate), Some(&self.scope), &self.cluster)?;
        Ok(Raw {
            from: self.from_file.filter(|path| path.as_os_str() != crate::inputs::STDIN),
            settings: Settings::new(asked).explained(self.certificate.explain).stable(self.stable.places()),
            connection: self.cluster.resolve()?,
            name: self.name,
            key: self.key,
            line_break: true,
            file: self.file,
        })
    }
}
