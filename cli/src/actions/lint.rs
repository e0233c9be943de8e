//! What is wrong with Secrets and SealedSecrets, without a key and without a cluster.

mod certificates;
mod files;
mod staged;

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use jiff::Timestamp;
use waxseal_lint::{Colour, Config, Format, Linter, Rule, Severity};

use crate::certificate::Source;
use crate::exit::Exit;
use crate::failure::Result;
use crate::parallel;
use crate::printer::Printer;
use crate::settings::Settings;
use certificates::Certificates;
use files::Text;

/// Lints.
pub(crate) struct Lint {
    pub(crate) from: From,
    pub(crate) format: Format,
    /// Whether warnings fail, too.
    pub(crate) deny_warnings: bool,
    /// The certificate that all values must fit.
    pub(crate) certificate: Option<Source>,
    /// Certificates for some paths.
    pub(crate) settings: Settings,
}

/// What is linted.
pub(crate) enum From {
    /// Files and directories; none is what is piped in, else the current directory.
    Paths(Vec<PathBuf>),
    /// What Git would commit, of these paths or of all.
    Index(Vec<PathBuf>),
}

impl Lint {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let mut config = Config::new(Timestamp::now());
        config.certificate =
            self.certificate.as_ref().map(|source| certificates::named(source, printer)).transpose()?;
        config.fails_from = if self.deny_warnings { Severity::Warning } else { Severity::Error };
        let linter = Linter::new(config);
        let mut texts = match &self.from {
            From::Paths(paths) => files::texts(paths)?,
            From::Index(paths) => staged::texts(paths)?,
        };
        let all = texts.len();
        self.leave_out(&mut texts)?;
        let excluded = all - texts.len();
        let certificates = match self.certificate {
            Some(_) => Certificates::default(),
            None => Certificates::of_rules(&self.settings, &texts, printer)?,
        };
        let reports = parallel::map(&texts, |text| -> Result<_> {
            let bytes = match text.read() {
                Ok(bytes) => bytes,
                Err(failure) if text.was_found() => return Ok(Err(failure)),
                Err(failure) => return Err(failure),
            };
            Ok(Ok(match certificates.of(text) {
                None => linter.lint_file(&text.name, &bytes),
                own => linter.lint_file_with(&text.name, &bytes, own),
            }))
        });
        let mut files = Vec::with_capacity(reports.len());
        for report in reports {
            match report? {
                Ok(file) => files.push(file),
                Err(failure) => printer.warn(format_args!("{}; this file is passed over", failure.what())),
            }
        }
        files.extend(certificates.all().map(|certificate| linter.lint_certificate(certificate)));
        let mut report = linter.finish(files);
        report.excluded = excluded;
        printer.data(report.render(self.format, colour()).as_bytes())?;
        Ok(if report.fails() { Exit::No } else { Exit::Done })
    }

    /// Takes out what `.waxseal.yaml` excludes, named or found: hooks name every file that they are about.
    fn leave_out(&self, texts: &mut Vec<Text>) -> Result<()> {
        let mut failure = Ok(());
        texts.retain(|text| match text.path().map_or(Ok(false), |path| self.settings.excludes(path)) {
            Ok(excluded) => !excluded,
            Err(error) => {
                failure = Err(error);
                true
            }
        });
        failure
    }
}

/// Explains one rule.
pub(crate) fn explain(rule: Rule, printer: Printer) -> Result<Exit> {
    printer.data(rule.explain().as_bytes())?;
    Ok(Exit::Done)
}

/// Findings go to standard output, so it is its terminal that counts.
fn colour() -> Colour {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
        || std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    if !refused && io::stdout().is_terminal() { Colour::Always } else { Colour::Never }
}
