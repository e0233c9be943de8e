//! `waxseal completions` and `waxseal man`

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::CommandLine;
use crate::exit::Exit;
use crate::failure::Result;
use crate::printer::Printer;
use crate::reference;

/// Print the completion script of a shell
#[derive(Args)]
#[command(after_help = "\
Examples:
  waxseal completions bash > /etc/bash_completion.d/waxseal
  waxseal completions zsh > \"${fpath[1]}/_waxseal\"")]
pub(crate) struct CompletionsFlags {
    shell: Shell,
}

/// Print the manual page
#[derive(Args)]
#[command(after_help = "Example:\n  waxseal man | man -l -")]
pub(crate) struct ManFlags {
    /// The command whose page to print, such as `seal` or `cert fetch` [default: the whole program's]
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
}

impl CompletionsFlags {
    pub(super) fn run(self, printer: Printer) -> Result<Exit> {
        printer.data(reference::completions(self.shell, CommandLine::command()).as_bytes())?;
        Ok(Exit::Done)
    }
}

impl ManFlags {
    pub(super) fn run(self, printer: Printer) -> Result<Exit> {
        printer.data(reference::manual_page(CommandLine::command(), &self.command)?.as_bytes())?;
        Ok(Exit::Done)
    }
}
