//! `waxseal keys`

mod stable_key;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};

use super::common::{ClusterFlags, KeyFlags};
use crate::actions::keys::backup::{Backup, Protection};
use crate::actions::keys::generate::Generate;
use crate::actions::keys::list::{List, ListByHints};
use crate::actions::keys::restore::Restore;
use crate::actions::keys::retire::Retire;
use crate::actions::keys::rotate::Rotate;
use crate::duration;
use crate::encryption::{Readers, recipient, recipients_of};
use crate::exit::Exit;
use crate::failure::Result;
use crate::inputs::Inputs;
use crate::printer::Printer;
use crate::private_keys::KeySources;

/// What people are asked to type when they name no file.
const EXPECTATION: &str = "a SealedSecret as YAML or JSON";

/// List, make, back up, restore, renew and retire sealing keys
#[derive(Args)]
#[command(
    arg_required_else_help = true,
    after_help = "\
Examples:
  waxseal keys list
  waxseal keys backup --recipient age1… -w keys.age"
)]
pub(crate) struct KeysFlags {
    #[command(subcommand)]
    command: KeysCommand,
}

#[derive(Subcommand)]
enum KeysCommand {
    List(Box<ListFlags>),
    Generate(GenerateFlags),
    Backup(Box<BackupFlags>),
    Restore(Box<RestoreFlags>),
    Rotate(Box<RotateFlags>),
    Retire(Box<RetireFlags>),
    StableKey(stable_key::StableKeyFlags),
}

/// List the keys with their age and how many values each still opens
///
/// The keys are the cluster's, or with --private-key those at hand. The values are those of the FILEs, else the
/// cluster's.
#[derive(Args)]
#[command(after_help = "\
Examples:
  waxseal keys list
  waxseal keys list --private-key backup.age clusters/prod
  waxseal keys list --hints clusters/prod")]
struct ListFlags {
    /// SealedSecrets whose values are counted: files or directories
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Tell what the FILEs say about their keys (waxseal.dev/sealing-keys) and open nothing: takes no key and no cluster
    #[arg(long, requires = "files", conflicts_with_all = ["private_keys", "identities"])]
    hints: bool,
    #[command(flatten)]
    keys: KeyFlags,
    #[command(flatten)]
    cluster: ClusterFlags,
}

/// Make a key pair offline, to bring it to a cluster
///
/// Writes PEM files, or the Secret that a controller takes for its key, or both.
#[derive(Args)]
#[command(after_help = "\
Examples:
  waxseal keys generate --secret-out key.yaml --cert-out cert.pem
  waxseal keys generate --key-out key.pem --cert-out cert.pem --key-size 3072 --valid-for 365d")]
struct GenerateFlags {
    /// The file for the private key, PKCS#1 in PEM
    #[arg(long, value_name = "FILE")]
    key_out: Option<PathBuf>,
    /// The file for the certificate, PEM
    #[arg(long, value_name = "FILE")]
    cert_out: Option<PathBuf>,
    /// The file for the key Secret, YAML or JSON; - is standard output
    #[arg(long, value_name = "FILE")]
    secret_out: Option<PathBuf>,
    /// Length of the RSA modulus in bits, 2048 to 8192
    #[arg(long, value_name = "BITS", default_value_t = 4096)]
    key_size: usize,
    /// How long the certificate holds: 87600h, 365d
    #[arg(long, value_name = "DURATION", default_value = "87600h", value_parser = duration::parse)]
    valid_for: Duration,
    /// The common name in the certificate
    #[arg(long, value_name = "NAME", default_value = "")]
    common_name: String,
    /// The namespace of the key Secret
    #[arg(long, value_name = "NAMESPACE", default_value = "kube-system")]
    controller_namespace: String,
}

/// Save the cluster's keys in one encrypted file
///
/// Whoever can read the backup can open every SealedSecret of the cluster, so it is encrypted with age: to recipients,
/// or with a passphrase, which is asked for or comes from WAXSEAL_PASSPHRASE.
#[derive(Args)]
#[command(after_help = "\
Examples:
  waxseal keys backup --recipient age1… -w keys.age
  waxseal keys backup --passphrase -w keys.age")]
#[command(group = clap::ArgGroup::new("protection").required(true).multiple(true))]
struct BackupFlags {
    /// Write to this file instead of standard output
    #[arg(short = 'w', long = "write", value_name = "OUT")]
    file: Option<PathBuf>,
    /// Encrypt to this age recipient; may be repeated
    #[arg(short = 'r', long = "recipient", value_name = "AGE1…", group = "protection")]
    recipients: Vec<String>,
    /// Encrypt to the age recipients in this file, one a line; may be repeated
    #[arg(short = 'R', long = "recipients-file", value_name = "FILE", group = "protection")]
    recipients_files: Vec<PathBuf>,
    /// Encrypt with a passphrase
    #[arg(short = 'p', long, group = "protection", conflicts_with_all = ["recipients", "recipients_files"])]
    passphrase: bool,
    /// Do not encrypt
    #[arg(long, group = "protection", conflicts_with_all = ["recipients", "recipients_files", "passphrase"])]
    plain: bool,
    #[command(flatten)]
    cluster: ClusterFlags,
}

/// Bring keys from a backup into a cluster
///
/// It may be done before the controller starts or while it runs. Keys that are there already stay as they are.
#[derive(Args)]
#[command(after_help = "Example:\n  waxseal keys restore keys.age --identity me.txt")]
struct RestoreFlags {
    /// The backup, encrypted or not
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// An age identity that opens an encrypted backup; without one it takes a passphrase
    #[arg(short = 'i', long = "identity", value_name = "FILE")]
    identities: Vec<PathBuf>,
    #[command(flatten)]
    cluster: ClusterFlags,
}

/// Ask the controller for a new key
///
/// New Secrets are sealed with the new key from then on; old values go on opening with the old ones.
#[derive(Args)]
#[command(after_help = "Example:\n  waxseal keys rotate")]
struct RotateFlags {
    #[command(flatten)]
    cluster: ClusterFlags,
}

/// Tell what still depends on an old key, and take it out of use
///
/// Looks at the SealedSecrets of the cluster and of the FILEs. Exits 1 if one of them needs the key.
#[derive(Args)]
#[command(after_help = "\
Examples:
  waxseal keys retire sealed-secrets-key7x2vq clusters/prod
  waxseal keys retire sealed-secrets-key7x2vq clusters/prod --confirm")]
struct RetireFlags {
    /// The name of its Secret, or its fingerprint
    key: String,
    /// SealedSecrets that are not in the cluster: files or directories
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Take it out of use, if nothing depends on it
    #[arg(long)]
    confirm: bool,
    #[command(flatten)]
    cluster: ClusterFlags,
}

impl KeysFlags {
    pub(super) fn run(self, printer: Printer) -> Result<Exit> {
        match self.command {
            KeysCommand::List(flags) => flags.run(printer),
            KeysCommand::Generate(flags) => flags.resolve().run(printer),
            KeysCommand::Backup(flags) => flags.resolve()?.run(printer),
            KeysCommand::Restore(flags) => flags.resolve()?.run(printer),
            KeysCommand::Rotate(flags) => Rotate { connection: flags.cluster.resolve()? }.run(printer),
            KeysCommand::Retire(flags) => flags.resolve()?.run(printer),
            KeysCommand::StableKey(flags) => flags.resolve().run(printer),
        }
    }
}

impl ListFlags {
    fn run(self, printer: Printer) -> Result<Exit> {
        let inputs = Inputs { paths: self.files, expectation: EXPECTATION };
        if self.hints {
            return ListByHints { inputs }.run(printer);
        }
        List { keys: self.keys.resolve(), connection: self.cluster.resolve()?, inputs }.run(printer)
    }
}

impl GenerateFlags {
    fn resolve(self) -> Generate {
        Generate {
            bits: self.key_size,
            lifetime: self.valid_for,
            common_name: self.common_name,
            key_file: self.key_out,
            certificate_file: self.cert_out,
            secret_file: self.secret_out,
            namespace: self.controller_namespace,
        }
    }
}

impl BackupFlags {
    fn resolve(self) -> Result<Backup> {
        let protection = if self.plain {
            Protection::Plain
        } else if self.passphrase {
            Protection::Encrypted(Readers::Passphrase)
        } else {
            let mut recipients = self.recipients.iter().map(|text| recipient(text)).collect::<Result<Vec<_>>>()?;
            for path in &self.recipients_files {
                recipients.extend(recipients_of(path)?);
            }
            Protection::Encrypted(Readers::Recipients(recipients))
        };
        Ok(Backup { connection: self.cluster.resolve()?, protection, file: self.file })
    }
}

impl RestoreFlags {
    fn resolve(self) -> Result<Restore> {
        let backup = KeySources { files: self.files, identities: self.identities };
        Ok(Restore { backup, connection: self.cluster.resolve()? })
    }
}

impl RetireFlags {
    fn resolve(self) -> Result<Retire> {
        Ok(Retire {
            key: self.key,
            connection: self.cluster.resolve()?,
            inputs: Inputs { paths: self.files, expectation: EXPECTATION },
            confirmed: self.confirm,
        })
    }
}
