//! `waxseal reencrypt`

use std::path::PathBuf;

use clap::Args;

use super::common::{CertificateFlags, ClusterFlags, HintFlags, KeyFlags, StableFlags, asked};
use crate::actions::reencrypt::{CheckByHints, Reencrypt, ReencryptFilesByController};
use crate::exit::Exit;
use crate::failure::Result;
use crate::inputs::Inputs;
use crate::printer::Printer;
use crate::settings::Settings;

/// Seal values to the newest key, in place
///
/// Works offline with the private keys, those of old and new sealing keys: only values that the certificate's key has
/// not sealed already are opened and sealed anew. Everything else in the files stays byte for byte, and a run that is
/// stopped leaves every file whole. Exits 1 with --check if there is something to do.
#[derive(Args)]
#[command(after_help = "\
Examples:
  waxseal reencrypt --private-key backup.age --identity me.txt --cert cert.pem clusters
  waxseal reencrypt --check -k keys.yaml --cert cert.pem clusters/prod
  waxseal reencrypt --check --cert cert.pem clusters/prod                (without a key)
  waxseal reencrypt --controller sealed.yaml")]
pub(crate) struct ReencryptFlags {
    /// Files or directories; - or nothing is standard input, which is written to standard output
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    keys: KeyFlags,
    #[command(flatten)]
    certificate: CertificateFlags,
    #[command(flatten)]
    stable: StableFlags,
    #[command(flatten)]
    hints: HintFlags,
    /// Change nothing; tell what is due, and exit 1 if something is. Without a private key the annotation
    /// waxseal.dev/sealing-keys is believed, and values that it says nothing about fail the check
    #[arg(long)]
    check: bool,
    /// Let the cluster's controller do it, which takes no private key
    #[arg(long, conflicts_with_all = ["check", "private_keys", "identities", "cert"])]
    controller: bool,
    #[command(flatten)]
    cluster: ClusterFlags,
}

impl ReencryptFlags {
    pub(super) fn run(self, printer: Printer) -> Result<Exit> {
        let asked = asked(Some(&self.certificate), None, &self.cluster)?;
        let inputs = Inputs { paths: self.files, expectation: "a SealedSecret as YAML or JSON" };
        let connection = self.cluster.resolve()?;
        if self.controller {
            return ReencryptFilesByController { inputs, connection }.run(printer);
        }
        let settings = Settings::new(asked).explained(self.certificate.explain).stable(self.stable.places());
        let keys = self.keys.resolve();
        if self.check && !keys.are_given() {
            return CheckByHints { inputs, settings, connection }.run(printer);
        }
        let hints = self.hints.wanted();
        Reencrypt { inputs, keys, settings, connection, check: self.check, hints }.run(printer)
    }
}
