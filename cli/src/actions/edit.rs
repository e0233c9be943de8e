//! The values of a SealedSecret, opened in an editor, and what changed sealed again.

mod changes;
mod editor;
mod form;
mod hideout;

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, IsTerminal as _};

use waxseal_api::PlainSecret;
use waxseal_crypto::{KeyRing, Plaintext, SealedValue, Sealer};
use waxseal_documents::Edit;

use super::in_place::{Opened, Place, Target};
use crate::certificate::Certificates;
use crate::cluster::Connection;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output::check_replaceable;
use crate::printer::Printer;
use crate::private_keys::KeySources;
use crate::settings::Settings;
use changes::Changes;
pub(crate) use form::text_of;
pub(crate) use hideout::guard;

/// Edits. The file is not touched before everything went well.
pub(crate) struct EditValues {
    pub(crate) place: Place,
    pub(crate) source: Source,
    pub(crate) settings: Settings,
    pub(crate) connection: Connection,
    /// Whether to write without asking a person at a terminal.
    pub(crate) yes: bool,
    /// Whether the object says which key sealed what.
    pub(crate) hints: bool,
}

/// Where the values are come by.
pub(crate) enum Source {
    Keys(KeySources),
    /// The Secret that the cluster made of the SealedSecret.
    Cluster,
}

/// What could be opened, and the keys of what could not.
pub(super) struct Values {
    pub(super) open: BTreeMap<String, Plaintext>,
    pub(super) closed: Vec<String>,
}

impl EditValues {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        if self.place.is_stdin() {
            return Err(Failure::usage("standard input cannot be edited").remedy("name a file"));
        }
        let file = self.place.file.display().to_string();
        let opened = self.place.open(printer)?;
        opened.label(&self.settings)?;
        self.settings.explain(self.place.path(), printer)?;
        // Before anybody has typed anything that could be lost.
        check_replaceable(&self.place.file)?;
        let certificates = Certificates::new(&self.connection, printer);
        let certificate = certificates.usable(&self.settings.certificate(self.place.path())?.value)?;
        let stable = self.settings.stable_key()?;
        let sealer = Sealer::new(certificate.public_key(), stable.as_deref());
        let values = self.values(&opened).map_err(|failure| failure.about(&opened.target.title).about(&file))?;
        let Some(changes) = edited(&values, &opened.target.title, &file, printer)? else {
            printer.talk(format_args!("{file}: nothing was changed"));
            return Ok(Exit::Done);
        };
        for line in changes.lines() {
            printer.talk(format_args!("{file}: {}: {line}", opened.target.title));
        }
        if !self.yes && is_interactive() && !asks(&format!("Write {file}? [Y/n]"), true, printer)? {
            printer.talk(format_args!("{file}: is as it was"));
            return Ok(Exit::Done);
        }
        while let Err(failure) = self.write(&changes, sealer, printer) {
            if !is_interactive() {
                return Err(failure);
            }
            printer.failure(&failure);
            if !asks("Try again? [Y/n]", true, printer)? {
                return Err(Failure::no("given up"));
            }
        }
        Ok(Exit::Done)
    }

    /// Seals what changed into the file as it is now: somebody else may have written to it while the editor was open, and
    /// what was typed shall not be lost for it.
    fn write(&self, changes: &Changes, sealer: Sealer<'_>, printer: Printer) -> Result<()> {
        let opened = self.place.open(printer)?;
        let label = opened.label(&self.settings)?;
        let target = &opened.target;
        let mut edits = Vec::new();
        for (key, value) in &changes.set {
            let sealed = sealer.seal(&label, key, value.expose()).map_err(Failure::input)?;
            edits.push(target.put(key, sealed.to_base64()));
        }
        let is_there = |key: &&String| target.sealed.spec.encrypted_data.contains_key(*key);
        edits.extend(changes.removed.iter().filter(is_there).map(|key| Edit::remove(target.value(key))));
        let sealed = changes.set.keys().map(|key| (key.as_str(), *sealer.key().fingerprint()));
        let removed: Vec<_> = changes.removed.iter().map(String::as_str).collect();
        let hint = target.hint_after(sealed, &removed, self.hints);
        edits.extend(hint);
        opened.save(&edits, printer)
    }

    fn values(&self, opened: &Opened) -> Result<Values> {
        match &self.source {
            Source::Keys(keys) => with_keys(&opened.target, &opened.label(&self.settings)?, &keys.ring()?),
            Source::Cluster => self.of_cluster(opened),
        }
    }

    fn of_cluster(&self, opened: &Opened) -> Result<Values> {
        let target = &opened.target;
        let namespace = match target.namespace() {
            "" => self.settings.namespace_or_default(self.place.path(), &self.connection)?.value,
            own => own.to_owned(),
        };
        let or = "open it with --private-key instead";
        let secret = self.connection.cluster()?.secret(&namespace, target.name()).map_err(|failure| failure.or(or))?;
        let Some(secret) = secret else {
            return Err(Failure::cluster(format_args!("the cluster has no Secret {namespace}/{}", target.name()))
                .remedy("apply it first")
                .or(or));
        };
        let mut data = PlainSecret::from_manifest(&secret).map_err(Failure::cluster)?.data;
        let mut values = Values { open: BTreeMap::new(), closed: Vec::new() };
        for key in target.sealed.spec.encrypted_data.keys() {
            match data.remove(key) {
                Some(value) => drop(values.open.insert(key.clone(), value)),
                None => values.closed.push(key.clone()),
            }
        }
        Ok(values)
    }
}

/// One value that does not open does not keep the others shut.
fn with_keys(target: &Target, label: &waxseal_crypto::Label, ring: &KeyRing) -> Result<Values> {
    let mut values = Values { open: BTreeMap::new(), closed: Vec::new() };
    let mut opener = ring.opener();
    let hints = target.sealed.hints();
    for (key, text) in &target.sealed.spec.encrypted_data {
        if let Some(hint) = hints.get(key) {
            opener.hint(hint);
        }
        match SealedValue::from_base64(text).ok().and_then(|value| opener.open(&value, label).ok()) {
            Some(opened) => drop(values.open.insert(key.clone(), opened.plaintext)),
            None => values.closed.push(key.clone()),
        }
    }
    if values.open.is_empty() && !values.closed.is_empty() {
        return Err(Failure::key("no value opens with any of the keys").remedy(
            "values open with the key that sealed them, under the name, namespace and scope they were sealed for",
        ));
    }
    Ok(values)
}

/// Lets a person edit until it can be read, or they give up. Nothing where nothing changed.
fn edited(values: &Values, title: &str, file: &str, printer: Printer) -> Result<Option<Changes>> {
    let mut text = form::write(values, title, file);
    loop {
        let failure = match editor::edit(&text, printer) {
            Ok(new) => {
                text = new;
                match form::read(&text).and_then(|new| Changes::between(values, new)) {
                    Ok(changes) => return Ok((!changes.is_empty()).then_some(changes)),
                    Err(failure) => failure,
                }
            }
            Err(failure) => failure,
        };
        let failure = failure.about(format_args!("{file} is as it was"));
        if !is_interactive() {
            return Err(failure);
        }
        printer.failure(&failure);
        if !asks("Edit again? [Y/n]", true, printer)? {
            return Err(Failure::no("given up"));
        }
    }
}

fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// A question to whoever sits there. The end of the input is a no.
fn asks(question: &str, default: bool, printer: Printer) -> Result<bool> {
    printer.talk(question);
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    let read =
        read.map_err(|error| Failure::input(format_args!("standard input: {}", crate::failure::plain(&error))))?;
    Ok(match line.trim().to_ascii_lowercase().as_str() {
        _ if read == 0 => false,
        "" => default,
        answer => answer == "y" || answer == "yes",
    })
}
