//! Does it open?

use waxseal_api::{SealedSecret, open};
use waxseal_crypto::KeyRing;
use waxseal_documents::{Document, Item, Wiped};

use super::unseal::does_not_open;
use crate::cluster::{Connection, Verdict};
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::inputs::Inputs;
use crate::printer::Printer;
use crate::private_keys::KeySources;
use crate::resources::{Place, documents, is_sealed_secret, sealed_secret};

/// Verifies: offline with the private keys, else by the controller.
pub(crate) struct Verify {
    pub(crate) inputs: Inputs,
    pub(crate) judges: Judges,
    /// Whether to stop at the first that does not open, and to say nothing of those that do, as kubeseal does.
    pub(crate) terse: bool,
}

/// Who answers.
pub(crate) enum Judges {
    /// Whoever has the keys.
    Keys(KeySources),
    Controller(Box<Connection>),
}

/// Who answers, ready to do so.
enum Judge<'a> {
    Keys(KeyRing),
    Controller(&'a Connection),
}

impl Verify {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let judge = match &self.judges {
            Judges::Keys(keys) => Judge::Keys(keys.ring()?),
            Judges::Controller(connection) => Judge::Controller(connection),
        };
        let (mut opened, mut failed) = (0_usize, 0_usize);
        for input in self.inputs.read(printer)? {
            for document in documents(&input, printer)? {
                for item in document.items().iter().filter(|item| is_sealed_secret(item.value)) {
                    let Err(why) = judge.judge(&document, item)? else {
                        opened += 1;
                        if !self.terse {
                            printer.line(format_args!("{}: opens", Place::of(&document, item)))?;
                        }
                        continue;
                    };
                    if self.terse {
                        let name = item.value.pointer("/metadata/name").and_then(serde_json::Value::as_str);
                        let name = name.unwrap_or_default();
                        return Err(Failure::no(format_args!("unable to decrypt sealed secret: {name}")));
                    }
                    failed += 1;
                    printer.line(why.about(Place::of(&document, item)).what())?;
                }
            }
        }
        if opened + failed == 0 {
            return Err(Failure::input("no SealedSecret found").remedy("name the file that holds it"));
        }
        if failed > 0 {
            return Err(Failure::no(format_args!("{failed} of {} SealedSecrets do not open", opened + failed)).remedy(
                "a value opens with the key that sealed it, and only under the name, namespace and scope it was sealed for",
            ));
        }
        Ok(Exit::Done)
    }
}

impl Judge<'_> {
    /// The inner failure says why it does not open.
    fn judge(&self, document: &Document, item: &Item<'_>) -> Result<std::result::Result<(), Failure>> {
        match self {
            Self::Keys(ring) => {
                let sealed = sealed_secret(item.value).map_err(|failure| failure.about(Place::of(document, item)));
                Ok(sealed.and_then(|sealed| opens(&sealed, ring)))
            }
            Self::Controller(connection) => {
                let sealed = Wiped::new(item.value.clone());
                match connection.cluster()?.verify(&connection.controller, &sealed)? {
                    Verdict::Opens => Ok(Ok(())),
                    Verdict::DoesNotOpen => Ok(Err(Failure::no("does not open"))),
                }
            }
        }
    }
}

/// Opens the values and looks at nothing else: a template has no say in whether they open.
fn opens(sealed: &SealedSecret, ring: &KeyRing) -> std::result::Result<(), Failure> {
    open(sealed, ring).map(drop).map_err(|error| does_not_open(&error))
}
