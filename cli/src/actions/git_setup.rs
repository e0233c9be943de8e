//! A repo whose `git diff` shows which values changed.

use std::io;
use std::path::Path;

use crate::exit::Exit;
use crate::failure::{Failure, Result, plain};
use crate::git;
use crate::output::replace;
use crate::printer::Printer;

/// The name of the diff driver, in .gitattributes and Git's configuration.
const DRIVER: &str = "waxseal";

/// Sets Git up.
pub(crate) struct GitSetup {
    /// The files that may hold SealedSecrets.
    pub(crate) patterns: Vec<String>,
}

impl GitSetup {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        for pattern in &self.patterns {
            let plain = |c: char| !c.is_whitespace() && !c.is_control() && c != '"';
            if pattern.is_empty() || pattern.starts_with(['#', '!']) || !pattern.chars().all(plain) {
                return Err(Failure::usage(format_args!("{pattern:?} is no pattern of .gitattributes"))
                    .remedy("`git help attributes` tells what they look like; `?` stands for a blank"));
            }
        }
        let root = git::root().map_err(|failure| {
            Failure::input(format_args!("there is no Git repo here: {}", failure.what())).remedy("go into one first")
        })?;
        self.write_attributes(&root.join(".gitattributes"), printer)?;
        // Whoever asks for plaintext must not have it kept by Git.
        for (field, value) in [("textconv", "waxseal textconv"), ("cachetextconv", "false")] {
            git::output(["config", "--local", &format!("diff.{DRIVER}.{field}"), value])?;
        }
        printer.talk("This clone shows which values changed: `git diff`, `git log -p`, `git show`.");
        Ok(Exit::Done)
    }

    fn write_attributes(&self, file: &Path, printer: Printer) -> Result<()> {
        let mut text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Failure::input(plain(&error)).about(file.display())),
        };
        let mut added = Vec::new();
        for pattern in &self.patterns {
            let driver = driver_of(&text, pattern);
            match driver.as_deref() {
                Some(DRIVER) => {}
                Some(other) => printer.warn(format_args!(
                    ".gitattributes: {pattern} has the diff driver {other} already, which is left as it is"
                )),
                None => added.push(format!("{pattern} diff={DRIVER}\n")),
            }
        }
        if added.is_empty() {
            return Ok(());
        }
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.extend(added.iter().map(String::as_str));
        replace(file, text.as_bytes())?;
        for line in &added {
            printer.talk(format_args!(".gitattributes: added: {}", line.trim_end()));
        }
        printer.talk("Commit .gitattributes; each clone runs `waxseal git-setup` once.");
        Ok(())
    }
}

/// The diff driver that the file gives the pattern.
fn driver_of(attributes: &str, pattern: &str) -> Option<String> {
    let lines = attributes.lines().filter_map(|line| line.trim_start().strip_prefix(pattern));
    let drivers = lines.flat_map(|rest| {
        let is_it = rest.starts_with(char::is_whitespace);
        rest.split_whitespace().filter(move |_| is_it).filter_map(|attribute| attribute.strip_prefix("diff="))
    });
    drivers.last().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_driver_is_found_for_its_very_pattern_only() {
        let text = "*.yaml text diff=waxseal\n*.yaml.tpl diff=other\n# *.json diff=x\n*.json -diff\n";
        assert_eq!(driver_of(text, "*.yaml").as_deref(), Some("waxseal"));
        assert_eq!(driver_of(text, "*.yaml.tpl").as_deref(), Some("other"));
        assert_eq!(driver_of(text, "*.json"), None);
        assert_eq!(driver_of(text, "*.yml"), None);
    }
}
