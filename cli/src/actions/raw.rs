//! One value in, one sealed string out.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use waxseal_crypto::{Label, Scope, Sealer};
use zeroize::Zeroizing;

use crate::certificate::Certificates;
use crate::cluster::Connection;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::inputs::{read_file, read_stdin};
use crate::output::replace;
use crate::printer::Printer;
use crate::settings::Settings;

/// Seals one value.
pub(crate) struct Raw {
    /// The file with the value; none is standard input.
    pub(crate) from: Option<PathBuf>,
    pub(crate) settings: Settings,
    pub(crate) connection: Connection,
    pub(crate) name: Option<String>,
    /// The key of the Secret's data; without one nothing is sealed with a stable key.
    pub(crate) key: Option<String>,
    /// Whether the line ends; kubeseal's does not.
    pub(crate) line_break: bool,
    pub(crate) file: Option<PathBuf>,
}

impl Raw {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let file = self.file.as_deref();
        self.settings.explain(file, printer)?;
        let certificates = Certificates::new(&self.connection, printer);
        let certificate = certificates.usable(&self.settings.certificate(file)?.value)?;
        let label = self.label()?;
        let value = self.value(printer)?;
        let stable = self.settings.stable_key()?;
        if self.key.is_none() && stable.is_some() && self.line_break {
            printer.talk("sealed at random: with --key, which a stable key needs, the same value gives the same bytes");
        }
        let stable = stable.as_deref().filter(|_| self.key.is_some());
        let sealer = Sealer::new(certificate.public_key(), stable);
        let sealed = sealer.seal(&label, self.key.as_deref().unwrap_or_default(), &value).map_err(Failure::input)?;
        let mut text = sealed.to_base64();
        if self.line_break {
            text.push('\n');
        }
        match file {
            None => printer.data(text.as_bytes())?,
            Some(path) => replace(path, text.as_bytes())?,
        }
        Ok(Exit::Done)
    }

    fn label(&self) -> Result<Label> {
        let file = self.file.as_deref();
        let scope = self.settings.scope(file)?.map(|setting| setting.value).unwrap_or_default();
        let name = self.name.as_deref().unwrap_or_default();
        if scope == Scope::Strict && name.is_empty() {
            return Err(Failure::usage(format_args!("must provide the --name flag with --raw and --scope {scope}"))
                .remedy("a value with this scope opens under one name only; --scope widens it"));
        }
        let namespace = match scope {
            Scope::ClusterWide => String::new(),
            _ => self.settings.namespace_or_default(file, &self.connection)?.value,
        };
        Ok(Label::new(scope, &namespace, name))
    }

    fn value(&self, printer: Printer) -> Result<Zeroizing<Vec<u8>>> {
        if let Some(path) = &self.from {
            return read_file(path);
        }
        let mut value = read_stdin("the value to seal", printer)?;
        // A person ends the last line to get to Ctrl-D, and does not mean it. kubeseal seals it all the same.
        if self.line_break && io::stdin().is_terminal() && value.ends_with(b"\n") {
            value.pop();
        }
        Ok(value)
    }
}
