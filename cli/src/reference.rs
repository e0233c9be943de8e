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
        let parent = command;
        command = parent.find_subcommand(name).ok_or_else(|| {
            let close = |known: &&Command| strsim::jaro_winkler(known.get_name(), name);
            let meant = parent.get_subcommands().max_by(|a, b| close(a).total_cmp(&close(b)));
            let failure = Failure::usage(format_args!("there is no command {:?}", names.join(" ")));
            match meant.filter(|known| close(known) > 0.8) {
                Some(known) => failure.remedy(format!("did you mean {}?", known.get_name())),
                None => failure.remedy("`waxseal help` lists them"),
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a line of shell, up to its comment. `None` stands for a pipe.
    fn words(line: &str) -> Vec<Option<String>> {
        let mut words = vec![Some(String::new())];
        let mut quote = None;
        for character in line.trim().split("  (").next().unwrap_or_default().chars() {
            match (quote, character) {
                (Some(open), close) if open == close => quote = None,
                (None, '"' | '\'') => quote = Some(character),
                (None, ' ') => words.push(Some(String::new())),
                (None, '|') => words.push(None),
                (_, other) => words.last_mut().unwrap().get_or_insert_default().push(other),
            }
        }
        words.retain(|word| word.as_ref().is_none_or(|word| !word.is_empty()));
        words
    }

    /// The calls of this program in a line, without what the shell does for them.
    fn calls(line: &str) -> Vec<Vec<String>> {
        let words = words(line);
        let calls = words.split(Option::is_none).map(|call| call.iter().flatten().cloned().collect::<Vec<_>>());
        calls
            .filter_map(|call| {
                let start = call.iter().position(|word| word == "waxseal")?;
                assert!(call[..start].iter().all(|word| word.contains('=')), "{line}");
                let end = call.iter().position(|word| word == "<" || word == ">").unwrap_or(call.len());
                Some(call[start..end].to_vec())
            })
            .collect()
    }

    #[test]
    fn help_shows_for_each_command_an_example_that_is_taken() {
        for (path, command) in pages(&built()) {
            let name = path.join(" ");
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let examples = help.split("\n\n").next().and_then(|part| part.strip_prefix("Example"));
            let examples = examples.unwrap_or_else(|| panic!("{name}: the help begins with no example"));
            let calls: Vec<_> = examples.lines().skip(1).flat_map(calls).collect();
            assert!(calls.iter().any(|call| call.join(" ").starts_with(&name)), "{name}: {calls:?}");
            for call in calls {
                let parsed = CommandLine::command().try_get_matches_from(&call);
                assert!(
                    parsed.is_ok(),
                    "{name}: {call:?}: {}",
                    parsed.err().map(|e| e.to_string()).unwrap_or_default()
                );
            }
        }
    }
}
