//! `waxseal lint`

use std::path::PathBuf;

use clap::Args;
use waxseal_lint::{Format, Rule};

use crate::actions::lint::{From, Lint, explain};
use crate::certificate::Source;
use crate::environment;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::printer::Printer;
use crate::settings::{Asked, Settings};

/// Find what is wrong with Secrets and SealedSecrets, without a key and without a cluster
///
/// Secrets and private keys in the clear, values that cannot open, templates that cannot be rendered, and more; the
/// rules are in docs/lint.md. A comment `# waxseal-lint: allow(RULE) reason="…"` accepts a finding. Exits 1 if an
/// error is found.
#[derive(Args)]
#[command(after_help = "\
Examples:
  waxseal lint --deny warnings
  waxseal lint --format github clusters
  waxseal lint --staged                          (in a hook of Git)
  helm template chart | waxseal lint
  waxseal lint --explain plaintext-secret")]
pub(crate) struct LintFlags {
    /// Files or directories; - is standard input; nothing is what is piped in, else the current directory
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// text, github, sarif, junit or json
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_default_value = true)]
    format: Format,
    /// Look at what Git would commit, of FILE or of everything
    #[arg(long)]
    staged: bool,
    /// `warnings`: they fail, too
    #[arg(long, value_name = "LEVEL", value_parser = ["warnings"], hide_possible_values = true)]
    deny: Option<String>,
    /// The certificate whose key all values must fit: a file, or an http or https URL [default: .waxseal.yaml's]
    #[arg(long, value_name = "FILE|URL")]
    cert: Option<String>,
    /// Say what a rule finds, why it matters, and what to do about it
    #[arg(long, value_name = "RULE", exclusive = true)]
    explain: Option<String>,
}

impl LintFlags {
    pub(super) fn run(self, printer: Printer) -> Result<Exit> {
        if let Some(id) = &self.explain {
            let rule = id.parse::<Rule>().map_err(|error| {
                Failure::usage(error).about(format_args!("{id:?}")).remedy("docs/lint.md lists the rules")
            })?;
            return explain(rule, printer);
        }
        let cert = match self.cert {
            Some(cert) => Some(cert),
            None => environment::text("cert")?,
        };
        let lint = Lint {
            from: if self.staged { From::Index(self.files) } else { From::Paths(self.files) },
            format: self.format,
            deny_warnings: self.deny.is_some(),
            certificate: cert.as_deref().map(Source::named),
            settings: Settings::new(Asked::default()),
        };
        lint.run(printer)
    }
}
