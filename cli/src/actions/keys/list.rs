//! The keys with their age, and what each still opens.

use jiff::Timestamp;
use waxseal_crypto::KeyRing;

use super::of_cluster;
use crate::cluster::Connection;
use crate::exit::Exit;
use crate::failure::Result;
use crate::inputs::Inputs;
use crate::key_use::{self, KeyUse};
use crate::printer::Printer;
use crate::private_keys::{KeySources, SealingKey};

/// Lists keys: those at hand, else those of the cluster.
pub(crate) struct List {
    pub(crate) keys: KeySources,
    pub(crate) connection: Connection,
    /// SealedSecrets whose values are counted; none are the cluster's own, if the keys are.
    pub(crate) inputs: Inputs,
}

impl List {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let offline = self.keys.are_given();
        let keys = if offline { self.keys.keys()? } else { of_cluster(&self.connection, printer)? };
        let objects = if !self.inputs.paths.is_empty() {
            Some(key_use::in_files(&self.inputs, printer)?)
        } else if offline {
            None
        } else {
            Some(key_use::in_cluster(&self.connection)?)
        };
        let ring = KeyRing::new(keys.iter().map(|key| key.key.clone()));
        let used = objects.map(|objects| key_use::of_ring(&objects, &ring));
        let rows: Vec<_> = keys.iter().map(|key| row(key, used.as_ref())).collect();
        table(&["NAME", "STATE", "BITS", "SINCE", "UNTIL", "OPENS", "FINGERPRINT"], &rows, printer)?;
        if let Some(used) = used
            && used.closed > 0
        {
            printer.warn(format_args!("{} values open with none of these keys", used.closed));
        }
        Ok(Exit::Done)
    }
}

/// Lists the keys that objects name, without opening a value.
pub(crate) struct ListByHints {
    pub(crate) inputs: Inputs,
}

impl ListByHints {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let (named, unknown) = key_use::by_hints(&key_use::in_files(&self.inputs, printer)?);
        let rows: Vec<_> = named.iter().map(|(key, values)| [values.to_string(), key.to_string()]).collect();
        table(&["SEALED", "FINGERPRINT"], &rows, printer)?;
        if unknown > 0 {
            printer.warn(format_args!("of {unknown} values nobody has written down what key sealed them"));
        }
        Ok(Exit::Done)
    }
}

fn row(key: &SealingKey, used: Option<&KeyUse>) -> [String; 7] {
    let or_dash = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
    let date =
        |moment: Option<Timestamp>| moment.map_or_else(|| "-".to_owned(), |moment| moment.strftime("%F").to_string());
    let validity = key.certificate.as_ref().map(|certificate| *certificate.validity());
    [
        or_dash(key.name()),
        or_dash(key.state()),
        key.key.public_key().bits().to_string(),
        date(validity.map(|validity| validity.not_before())),
        date(validity.map(|validity| validity.not_after())),
        used.map_or_else(|| "-".to_owned(), |used| used.values_of(key.key.fingerprint()).to_string()),
        key.key.fingerprint().to_string(),
    ]
}

/// Columns as wide as what is in them.
fn table<const N: usize>(head: &[&str; N], rows: &[[String; N]], printer: Printer) -> Result<()> {
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.chain([head[column].len()]).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..N).map(width).collect();
    let line = |cells: Vec<&str>| {
        let padded: Vec<_> = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        printer.line(padded.join("  ").trim_end())
    };
    line(head.to_vec())?;
    rows.iter().try_for_each(|row| line(row.iter().map(String::as_str).collect()))
}
