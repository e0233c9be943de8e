//! `waxseal edit`

use std::path::PathBuf;

use clap::Args;

use super::common::{CertificateFlags, ClusterFlags, HintFlags, KeyFlags, StableFlags, asked};
use crate::actions::edit::{EditValues, Source, guard};
use crate::actions::in_place::Place;
use crate::exit::Exit;
use crate::failure::Result;
use crate::printer::Printer;
use crate::settings::Settings;

/// Edit the values of a SealedSecret file
///
/// Opens in $VISUAL or $EDITOR what a private key can open, or without one what the cluster's Secret holds, and seals
/// again what was changed. The values lie in memory where there is a memory-backed directory (XDG_RUNTIME_DIR,
/// /dev/shm), for you only, and are wiped when the editor ends, and also if this program is killed. What the editor
/// itself writes elsewhere (histories, backups) is its own business.
#[derive(Args)]
#[command(after_help = "\
Examples:
  waxseal edit db.yaml                                         (with the right to read the Secret in the cluster)
  waxseal edit --private-key keys.yaml --cert cert.pem db.yaml
  EDITOR='code --wait' waxseal edit --name app-tls app.yaml")]
pub(crate) struct EditFlags {
    /// The file
    #[arg(value_name = "FILE", required_unless_present = "guard")]
    file: Option<PathBuf>,
    /// The SealedSecret's name, where the file holds several; --namespace tells those of one name apart
    #[arg(long)]
    name: Option<String>,
    /// Write without asking
    #[arg(short = 'y', long)]
    yes: bool,
    #[command(flatten)]
    stable: StableFlags,
    #[command(flatten)]
    hints: HintFlags,
    #[command(flatten)]
    keys: KeyFlags,
    #[command(flatten)]
    certificate: CertificateFlags,
    #[command(flatten)]
    cluster: ClusterFlags,
    /// For the process that wipes the values
    #[arg(long, value_name = "DIRECTORY", hide = true, exclusive = true)]
    guard: Option<PathBuf>,
}

impl EditFlags {
    pub(super) fn run(self, printer: Printer) -> Result<Exit> {
        if let Some(directory) = &self.guard {
            return Ok(guard(directory));
        }
        let asked = asked(Some(&self.certificate), None, &self.cluster)?;
        let connection = self.cluster.resolve()?;
        let namespace = connection.asked_namespace().map(str::to_owned);
        let keys = self.keys.resolve();
        let edit = EditValues {
            place: Place { file: self.file.unwrap_or_default(), name: self.name, namespace },
            source: if keys.are_given() { Source::Keys(keys) } else { Source::Cluster },
            settings: Settings::new(asked).explained(self.certificate.explain).stable(self.stable.places()),
            hints: self.hints.wanted(),
            connection,
            yes: self.yes,
        };
        edit.run(printer)
    }
}
