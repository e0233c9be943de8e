//! What is generated from the flags: completions, manual pages, docs/cli.md.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Command, CommandFactory as _, ValueEnum as _};
use clap_complete::Shell;

use crate::failure::{Failure, Result};
use crate::flags::{CommandLine, MAX_WIDTH};
use crate::kubeseal;

/// Every generated file of the command line, with its path from the root of the repo.
///
/// The files are committed; they drift if they differ from this.
pub fn generated() -> Vec<(PathBuf, String)> {
    let root = built();
    let mut files = vec![(PathBuf::from("docs/cli.md"), markdown(&root))];
    for shell in Shell::value_variants() {
        let name = match shell {
            Shell::Bash => "waxseal.bash",
            Shell::Fish => "waxseal.fish",
            Shell::PowerShell => "_waxseal.ps1",
            Shell::Zsh => "_waxseal",
            _ => continue,
        };
        files.push((PathBuf::from("docs/completions").join(name), completions(*shell, CommandLine::command())));
    }
    for (path, command) in pages(&root) {
        files.push((PathBuf::from("docs/man").join(format!("{}.1", path.join("-"))), page(command, &path)));
    }
    files
}

/// The completion script for `shell`.
pub(crate) fn completions(shell: Shell, mut command: Command) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "waxseal", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The manual page of the command that `names` lead to.
pub(crate) fn manual_page(mut root: Command, names: &[String]) -> Result<String> {
    root.build();
    let mut command = &root;
    let mut path = vec!["waxseal".to_owned()];
    for name in names {
        command = command.find_subcommand(name).ok_or_else(|| {
            Failure::usage(format_args!("there is no command {:?}", names.join(" ")))
                .remedy("`waxseal help` lists them")
        })?;
        path.push(name.clone());
    }
    Ok(page(command, &path))
}

fn built() -> Command {
    // As wide as help is at the most, whatever terminal this runs in.
    let mut command = CommandLine::command().term_width(MAX_WIDTH);
    command.build();
    command
}

fn page(command: &Command, path: &[String]) -> String {
    // One name for the page and its references: `waxseal-cert-fetch`.
    let command = command.clone().name(path.join("-")).display_name(path.join("-"));
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _ = clap_mangen::Man::new(command).render(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// The commands with their paths, the program itself first.
fn pages(root: &Command) -> Vec<(Vec<String>, &Command)> {
    let mut pages = Vec::new();
    collect(root, &[root.get_name().to_owned()], &mut pages);
    pages
}

fn collect<'a>(command: &'a Command, path: &[String], pages: &mut Vec<(Vec<String>, &'a Command)>) {
    pages.push((path.to_vec(), command));
    for below in command.get_subcommands().filter(|below| below.get_name() != "help" && !below.is_hide_set()) {
        let mut path = path.to_vec();
        path.push(below.get_name().to_owned());
        collect(below, &path, pages);
    }
}

fn markdown(root: &Command) -> String {
    let mut text = String::from(
        "# The command line\n\nThis page is made from the program's own help texts; `waxseal COMMAND --help` prints the same.\n",
    );
    for (path, command) in pages(root) {
        let level = "#".repeat(path.len() + 1);
        let name = path.join(" ");
        let help = command.clone().render_long_help().to_string();
        let help: Vec<_> = help.lines().map(str::trim_end).collect();
        // Writing to memory does not fail.
        let _ = write!(text, "\n{level} {name}\n\n```text\n{}\n```\n", help.join("\n").trim_end());
    }
    let _ =
        write!(text, "\n## waxseal kubeseal\n\nAlso under the name kubeseal.\n\n```text\n{}```\n", kubeseal::usage());
    text
}
