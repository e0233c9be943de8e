//! Values taken out of a SealedSecret that lies in a file.

use waxseal_documents::Edit;

use super::in_place::Place;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::printer::Printer;

/// Unsets. No key and no certificate is needed.
pub(crate) struct Unset {
    pub(crate) place: Place,
    pub(crate) keys: Vec<String>,
}

impl Unset {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let opened = self.place.open(printer)?;
        let target = &opened.target;
        let there = &target.sealed.spec.encrypted_data;
        let file = self.place.file.display();
        let mut keys: Vec<&str> = self.keys.iter().map(String::as_str).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in &keys {
            if !there.contains_key(*key) {
                let names: Vec<_> = there.keys().map(String::as_str).collect();
                let failure = Failure::input(format_args!("{file}: {}: has no value {key:?}", target.title));
                return Err(if names.is_empty() {
                    failure.remedy("it has no values at all")
                } else {
                    failure.remedy(format!("its values are: {}", names.join(", ")))
                });
            }
        }
        let mut edits: Vec<_> = keys.iter().map(|key| Edit::remove(target.value(key))).collect();
        edits.extend(target.hint_after([], &keys, target.has_hint()));
        let done = format!("{file}: {}: {}: removed", target.title, keys.join(", "));
        let emptied = (keys.len() == there.len()).then(|| format!("{file}: {}: has no value any more", target.title));
        opened.save(&edits, printer)?;
        printer.talk(done);
        if let Some(warning) = emptied {
            printer.warn(warning);
        }
        Ok(Exit::Done)
    }
}
