//! `waxseal set`

use std::path::PathBuf;

use clap::Args;
use zeroize::Zeroizing;

use super::common::{CertificateFlags, ClusterFlags, HintFlags, StableFlags, asked};
use crate::actions::in_place::Place;
use crate::actions::set::{Set, ValueSource};
use crate::failure::{Failure, Result};
use crate::inputs::STDIN;
use crate::settings::Settings;

/// Seal one value into a SealedSecret file, in place
///
/// The value gets the scope, name and namespace of the SealedSecret. Everything else in the file stays byte for byte.
#[derive(Args)]
#[command(after_help = "\
Examples:
  waxseal set db.yaml password --cert cert.pem < password.txt
  printf %s \"$PASSWORD\" | waxseal set db.yaml password
  waxseal set app.yaml tls.key --from-file tls.key --name app-tls")]
pub(crate) struct SetFlags {
    /// The file; - is standard input, which is written to standard output
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The key of the Secret's data
    #[arg(value_name = "KEY")]
    key: String,
    /// The value; it stays in the shell's history [default: standard input]
    #[arg(value_name = "VALUE", conflicts_with = "from_file")]
    value: Option<String>,
    // A value with a space in it and no quotes. clap's own message would repeat it.
    #[arg(hide = true)]
    surplus: Vec<String>,
    /// The file that holds the value
    #[arg(long, value_name = "FILE")]
    from_file: Option<PathBuf>,
    /// The SealedSecret's name, where the file holds several; --namespace tells those of one name apart
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    stable: StableFlags,
    #[command(flatten)]
    hints: HintFlags,
    #[command(flatten)]
    certificate: CertificateFlags,
    #[command(flatten)]
    cluster: ClusterFlags,
}

impl SetFlags {
    pub(super) fn resolve(self) -> Result<Set> {
        let value = match (self.value.map(Zeroizing::new), self.from_file) {
            (Some(value), _) => ValueSource::Argument(value),
            (None, Some(path)) if path.as_os_str() != STDIN => ValueSource::File(path),
            _ => ValueSource::Stdin,
        };
        if !self.surplus.into_iter().map(Zeroizing::new).collect::<Vec<_>>().is_empty() {
            return Err(Failure::usage("there is more than one VALUE")
                .remedy("put quotes around a value with spaces, or rather pipe it in"));
        }
        let asked = asked(Some(&self.certificate), None, &self.cluster)?;
        let connection = self.cluster.resolve()?;
        let namespace = connection.asked_namespace().map(str::to_owned);
        Ok(Set {
            place: Place { file: self.file, name: self.name, namespace },
            key: self.key,
            value,
            settings: Settings::new(asked).explained(self.certificate.explain).stable(self.stable.places()),
            hints: self.hints.wanted(),
            connection,
        })
    }
}
