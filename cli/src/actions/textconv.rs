//! A file with a short name in the place of each sealed value.

use std::path::{Path as FilePath, PathBuf};

use serde_json::Value;
use waxseal_api::names::WHOLE_OBJECT_COPIES;
use waxseal_crypto::{Fingerprint, KeyRing, Opener, SealedValue, base64};
use waxseal_documents::{Edit, Editor, Path};
use zeroize::Zeroizing;

use super::edit::text_of;
use super::in_place::{Target, targets};
use crate::digest;
use crate::exit::Exit;
use crate::failure::Result;
use crate::inputs::{STDIN, read_file, read_stdin};
use crate::printer::Printer;
use crate::private_keys::KeySources;
use crate::resources::is_secret;

/// Describes. Git runs it on every version of a file, so what cannot be read comes out as it is.
pub(crate) struct Textconv {
    pub(crate) file: PathBuf,
    pub(crate) keys: Option<KeySources>,
    /// Whether values come out in the clear where a key opens them.
    pub(crate) show_plaintext: bool,
}

/// What stands where somebody put a value in the clear.
const IN_THE_CLEAR: &str = "in the clear, not shown";

impl Textconv {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let text = if self.file == FilePath::new(STDIN) {
            read_stdin("a SealedSecret as YAML or JSON", printer)?
        } else {
            read_file(&self.file)?
        };
        // Most files of a repo are none of ours.
        let shown = if mentions_a_secret(&text) { self.described(&text)? } else { None };
        printer.data(shown.as_ref().map_or(text.as_slice(), |shown| shown.as_bytes()))?;
        Ok(Exit::Done)
    }

    /// The text with descriptions; nothing where it cannot be read at all.
    fn described(&self, text: &[u8]) -> Result<Option<Zeroizing<String>>> {
        let ring = self.keys.as_ref().map(KeySources::ring).transpose()?;
        let Ok(mut editor) = Editor::open(text, "text") else { return Ok(None) };
        let targets: Vec<_> = targets(&editor).into_iter().flatten().collect();
        let mut shown = Zeroizing::new(String::with_capacity(text.len()));
        for document in 0..editor.len() {
            let hides_something = match editor.value(document) {
                Some(_) => hide_plaintext(&mut editor, document),
                None => is_perhaps_a_secret(editor.document_text(document)),
            };
            for target in targets.iter().filter(|target| target.document == document) {
                // A notation that cannot be edited is shown as it is: these values are sealed.
                let _ = editor.apply_all(document, &self.descriptions(target, ring.as_ref()));
            }
            if hides_something {
                shown.push_str("# what may be a Secret in the clear: not shown\n");
            } else {
                shown.push_str(editor.document_text(document));
            }
        }
        Ok(Some(shown))
    }

    fn descriptions(&self, target: &Target, ring: Option<&KeyRing>) -> Vec<Edit> {
        let hints = target.sealed.hints();
        let empty = KeyRing::default();
        let mut opener = ring.unwrap_or(&empty).opener();
        let values = &target.sealed.spec.encrypted_data;
        let values = values.iter().map(|(key, text)| (key.as_str(), target.value(key), text));
        let deprecated = target.sealed.spec.data.iter().map(|text| ("data", target.field(["spec", "data"]), text));
        values
            .chain(deprecated)
            .map(|(key, path, text)| {
                let hint = hints.get(key);
                if let Some(hint) = hint {
                    opener.hint(hint);
                }
                Edit::set(path, self.description(target, text, hint, ring.map(|_| &mut opener)))
            })
            .collect()
    }

    fn description(
        &self,
        target: &Target,
        text: &str,
        hint: Option<&Fingerprint>,
        opener: Option<&mut Opener<'_>>,
    ) -> String {
        let Ok(value) = SealedValue::from_base64(text) else { return format!("not sealed, {IN_THE_CLEAR}") };
        let tries = opener.is_some();
        let opened = opener.and_then(|opener| opener.open(&value, &target.sealed.label()).ok());
        if let (true, Some(opened)) = (self.show_plaintext, &opened) {
            return match text_of(&opened.plaintext) {
                Some(text) => text.to_owned(),
                None => format!("base64: {}", base64::encode(opened.plaintext.expose())),
            };
        }
        let key = match (opened.as_ref().map(|opened| opened.key.fingerprint()).or(hint), tries) {
            (Some(key), _) if opened.is_some() || !tries => format!("key {key}"),
            (_, true) => "opens with none of the keys".to_owned(),
            (_, false) => format!("RSA-{}, key unknown", value.modulus_bytes() * 8),
        };
        format!("sealed {}, {}, {key}", digest::short(&value), target.sealed.scope())
    }
}

/// Takes values in the clear out of the Secrets of a document, and copies of Secrets out of annotations. Whether there
/// are some that cannot be taken out.
fn hide_plaintext(editor: &mut Editor, document: usize) -> bool {
    let mut edits = Vec::new();
    for item in editor.items(document) {
        for above in [&["metadata"][..], &["spec", "template", "metadata"]] {
            let annotations = above.iter().try_fold(item.value, |value, key| value.get(key));
            let annotations = annotations.and_then(|metadata| metadata.get("annotations"));
            for copy in WHOLE_OBJECT_COPIES {
                if annotations.and_then(|annotations| annotations.get(copy)).is_some() {
                    let place = item.path.clone().join(&Path::keys(above.iter().copied()));
                    edits.push(Edit::set(place.key("annotations").key(copy), IN_THE_CLEAR));
                }
            }
        }
        if !is_secret(item.value) {
            continue;
        }
        for field in ["data", "stringData"] {
            let place = item.path.clone().join(&Path::from([field]));
            match item.value.get(field) {
                None | Some(Value::Null) => {}
                Some(Value::Object(values)) => {
                    edits.extend(values.keys().map(|key| Edit::set(place.clone().key(key), IN_THE_CLEAR)));
                }
                Some(_) => edits.push(Edit::set(place, IN_THE_CLEAR)),
            }
        }
    }
    editor.apply_all(document, &edits).is_err()
}

fn mentions_a_secret(text: &[u8]) -> bool {
    text.windows(6).any(|word| word == b"Secret")
}

/// Whether a text that cannot be read has a line that makes it a Secret.
fn is_perhaps_a_secret(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start_matches([' ', '-', '{', '"', '\t']);
        line.starts_with("kind") && line.contains("Secret") && !line.contains("SealedSecret")
    })
}
