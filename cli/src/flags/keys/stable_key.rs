//! `waxseal keys stable-key`

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::actions::keys::stable_key::{GenerateStableKey, To};

/// Make the secret that makes diffs quiet
///
/// Who seals with a stable key gets the same bytes for the same value at the same place with the same certificate, so
/// that Git shows what changed and nothing else. It opens no value. Whoever has it and reads the repo can check guesses
/// of a value, so share it like a password, and never commit it. docs/quiet-diffs.md says more.
#[derive(Args)]
#[command(arg_required_else_help = true, after_help = "Example:\n  waxseal keys stable-key generate --install")]
pub(super) struct StableKeyFlags {
    #[command(subcommand)]
    command: StableKeyCommand,
}

#[derive(Subcommand)]
enum StableKeyCommand {
    /// Make a stable key: 32 random bytes, as base64
    ///
    /// It is used where it is found first: in the environment variable WAXSEAL_STABLE_KEY, in the file that stable-key
    /// of .waxseal.yaml names, or in waxseal/stable-key of your configuration folder (XDG_CONFIG_HOME, else ~/.config).
    /// Files must be readable by their owner only. A file that exists is not replaced: another key changes every value.
    #[command(after_help = "\
Examples:
  waxseal keys stable-key generate --install
  waxseal keys stable-key generate -w ~/team/stable-key
  waxseal keys stable-key generate | gh secret set WAXSEAL_STABLE_KEY")]
    Generate {
        /// Write to this new file, readable by you only, instead of standard output
        #[arg(short = 'w', long = "write", value_name = "OUT", conflicts_with = "install")]
        file: Option<PathBuf>,
        /// Write to your configuration folder, so that you seal with it from now on
        #[arg(long)]
        install: bool,
    },
}

impl StableKeyFlags {
    pub(super) fn resolve(self) -> GenerateStableKey {
        let StableKeyCommand::Generate { file, install } = self.command;
        let to = match file {
            Some(path) => To::File(path),
            None if install => To::UserFolder,
            None => To::Stdout,
        };
        GenerateStableKey { to }
    }
}
