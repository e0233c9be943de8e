//! Flags as they are typed, in waxseal's own grammar.

mod cert;
pub(crate) mod common;
mod diff;
mod edit;
mod generate;
mod git;
mod keys;
mod lint;
mod promote;
mod raw;
mod reencrypt;
mod seal;
mod set;
mod unseal;
mod unset;
mod verify;

use std::ffi::OsString;
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::exit::Exit;
use crate::failure::Result as Outcome;
use crate::printer::Printer;

/// Seal Kubernetes Secrets so that they can lie in Git
///
/// A Secret is sealed with the cluster's public certificate; only the controller in the cluster, which holds the
/// private keys, can open it again.
#[derive(Parser)]
#[command(name = "waxseal", version, after_help = AFTER_HELP, propagate_version = false, subcommand_required = true)]
#[command(arg_required_else_help = true, disable_help_subcommand = false, max_term_width = MAX_WIDTH)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

/// How wide help gets, in columns.
pub(crate) const MAX_WIDTH: usize = 100;

const AFTER_HELP: &str = "\
Examples:
  waxseal cert fetch -w cert.pem                              (once, with access to the cluster)
  waxseal seal --cert cert.pem < secret.yaml > sealed.yaml    (from then on without)

`waxseal kubeseal …`, or the program under the name kubeseal, takes kubeseal's flags.

A flag goes before its environment variable, such as SEALED_SECRETS_CERT for --cert; that goes
before .waxseal.yaml, and that before the kubeconfig. --explain tells which one it was.

.waxseal.yaml lies at the root of a repo. The first rule that fits a file's path holds:
  rules:
  - path: clusters/prod/**
    cert: certs/prod.pem
    scope: strict
    namespace: from-path    # the name of the directory that the file lies in; or a name
  lint:
    exclude: [tests/**]     # what `waxseal lint` does not look at
  stable-key: ~/team/stable-key
  clusters:
    prod:
      cert: certs/prod.pem
      output: clusters/{cluster}/{namespace}/{name}.yaml
      namespaces: {team-a: team-a-prod}

Exit codes:
  0  done
  1  the answer is no: it does not open, it differs, there is something to do
  2  wrong usage
  3  bad input
  4  the cluster could not be reached or said no
  5  a key or certificate does not fit";

#[derive(Subcommand)]
enum Command {
    Seal(Box<seal::SealFlags>),
    Raw(Box<raw::RawFlags>),
    Unseal(unseal::UnsealFlags),
    Verify(Box<verify::VerifyFlags>),
    Set(Box<set::SetFlags>),
    Unset(unset::UnsetFlags),
    Edit(Box<edit::EditFlags>),
    Reencrypt(Box<reencrypt::ReencryptFlags>),
    Promote(promote::PromoteFlags),
    Lint(lint::LintFlags),
    Textconv(git::TextconvFlags),
    GitSetup(git::GitSetupFlags),
    Log(git::LogFlags),
    Diff(Box<diff::DiffFlags>),
    Cert(Box<cert::CertFlags>),
    Keys(keys::KeysFlags),
    Completions(generate::CompletionsFlags),
    Man(generate::ManFlags),
}

/// The program's name as a plugin of kubectl.
const PLUGIN: &str = "kubectl-waxseal";

/// Reads the arguments, the program's name first. The error is a message for whoever typed them, or the help.
pub(crate) fn parse(arguments: Vec<OsString>) -> Result<CommandLine, clap::Error> {
    let is_plugin = arguments.first().is_some_and(|program| Path::new(program).file_stem() == Some(PLUGIN.as_ref()));
    let command = CommandLine::command();
    let command = if is_plugin { command.bin_name("kubectl waxseal") } else { command };
    let mut matches = command.try_get_matches_from(arguments).map_err(discreet)?;
    CommandLine::from_arg_matches_mut(&mut matches)
}

/// An argument that has no place, and is no flag, may be a value that somebody meant to seal. It is not repeated.
fn discreet(mut error: clap::Error) -> clap::Error {
    if error.kind() == ErrorKind::UnknownArgument
        && let Some(ContextValue::String(argument)) = error.get(ContextKind::InvalidArg)
        && !argument.starts_with('-')
    {
        error.insert(ContextKind::InvalidArg, ContextValue::String("[not shown]".to_owned()));
    }
    error
}

impl CommandLine {
    /// Resolves the flags into an action and runs it.
    pub(crate) fn run(self, printer: Printer) -> Outcome<Exit> {
        match self.command {
            Command::Seal(flags) => flags.run(printer),
            Command::Raw(flags) => flags.resolve()?.run(printer),
            Command::Unseal(flags) => flags.resolve().run(printer),
            Command::Verify(flags) => flags.resolve()?.run(printer),
            Command::Set(flags) => flags.resolve()?.run(printer),
            Command::Unset(flags) => flags.resolve().run(printer),
            Command::Edit(flags) => flags.run(printer),
            Command::Reencrypt(flags) => flags.run(printer),
            Command::Promote(flags) => flags.resolve().run(printer),
            Command::Lint(flags) => flags.run(printer),
            Command::Textconv(flags) => flags.resolve()?.run(printer),
            Command::GitSetup(flags) => flags.resolve().run(printer),
            Command::Log(flags) => flags.resolve().run(printer),
            Command::Diff(flags) => flags.resolve()?.run(printer),
            Command::Cert(flags) => flags.run(printer),
            Command::Keys(flags) => flags.run(printer),
            Command::Completions(flags) => flags.run(printer),
            Command::Man(flags) => flags.run(printer),
        }
    }
}
