//! Finds, without a key or a cluster, what is wrong with Secrets and SealedSecrets in a repo.
//!
//! A [`Linter`] looks at one file at a time ([`Linter::lint_file`], from as many threads as there are) and then at what
//! the files say together ([`Linter::finish`]). The [`Report`] has [`Finding`]s with file, line and column, and prints
//! itself in the formats that people and pipelines read ([`Format`]). No finding repeats a value of a Secret.
//!
//! A comment on the finding's line, or on a line of its own before it, accepts one:
//! `# waxseal-lint: allow(RULE) reason="why it is fine here"`.
//!
//! ```
//! use waxseal_lint::{Config, Linter, Rule};
//!
//! let linter = Linter::new(Config::new(jiff::Timestamp::UNIX_EPOCH));
//! let file = b"apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  password: hunter2\n";
//! let report = linter.finish([linter.lint_file("deploy/db.yaml", file)]);
//!
//! assert_eq!(report.findings[0].rule, Rule::PlaintextSecret);
//! assert_eq!(report.findings[0].start.line, 6);
//! assert!(report.fails());
//! ```

mod across;
mod collect;
mod config;
mod docs;
mod file;
mod finding;
mod linter;
mod markers;
mod object;
mod report;
mod rule;
mod rules;
mod sealed_secret;
mod suggest;
mod suppression;
mod text;
mod value;

pub use config::{Config, NamedCertificate};
pub use docs::rules_markdown;
pub use file::FileReport;
pub use finding::{Finding, ObjectName, Severity};
pub use linter::Linter;
pub use report::{Colour, Format, ParseFormatError, Report, Suppressed};
pub use rule::{ParseRuleError, Rule};
pub use waxseal_documents::Position;
