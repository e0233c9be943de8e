//! SealedSecrets in a text that is edited in place.

use std::collections::BTreeMap;
use std::path::{Path as FilePath, PathBuf};

use waxseal_api::{Hints, ReencryptError, SealedSecret, UnsealError, names, reencrypt};
use waxseal_crypto::{Fingerprint, KeyRing, Label, Scope, SealedValue, Sealer};
use waxseal_documents::{Edit, Editor, Path, parse};
use zeroize::Zeroizing;

use super::unseal::does_not_open;
use crate::failure::{Failure, Result, chain};
use crate::inputs::{STDIN, read_file, read_stdin};
use crate::output::replace;
use crate::printer::Printer;
use crate::resources::{is_sealed_secret, sealed_secret, title};
use crate::settings::Settings;

/// A SealedSecret of the text.
pub(crate) struct Target {
    pub(crate) document: usize,
    path: Path,
    pub(crate) sealed: SealedSecret,
    /// Kind, namespace and name, for messages.
    pub(crate) title: String,
}

impl Target {
    /// Where the object stands in its document.
    pub(crate) fn at(&self) -> &Path {
        &self.path
    }

    /// Where the value of `key` stands.
    pub(crate) fn value(&self, key: &str) -> Path {
        self.path.clone().key("spec").key("encryptedData").key(key)
    }

    /// The edit that puts a sealed value in the place of `key`. Where the old one stands in a block with a line break at its
    /// end, which no reader minds, the new one does, too, and the block stays as it is.
    pub(crate) fn put(&self, key: &str, mut sealed: String) -> Edit {
        if self.sealed.spec.encrypted_data.get(key).is_some_and(|old| old.ends_with('\n')) {
            sealed.push('\n');
        }
        Edit::set(self.value(key), sealed)
    }

    /// A field of the object.
    pub(crate) fn field<const N: usize>(&self, keys: [&str; N]) -> Path {
        self.path.clone().join(&Path::from(keys))
    }

    pub(crate) fn name(&self) -> &str {
        self.sealed.metadata.name.as_deref().unwrap_or_default()
    }

    pub(crate) fn namespace(&self) -> &str {
        self.sealed.metadata.namespace.as_deref().unwrap_or_default()
    }

    /// The label that its values have. What it lacks must be said elsewhere: a guess would seal values that never open.
    pub(crate) fn label(&self, namespace: Option<&str>) -> Result<Label> {
        let scope = self.sealed.scope();
        let namespace = if self.namespace().is_empty() { namespace.unwrap_or_default() } else { self.namespace() };
        let missing = |field: &str| {
            Failure::input(format_args!("has no metadata.{field}, to which the scope {scope} binds its values"))
                .about(&self.title)
        };
        if scope == Scope::Strict && self.name().is_empty() {
            return Err(missing("name").remedy("add metadata.name"));
        }
        if scope != Scope::ClusterWide && namespace.is_empty() {
            return Err(missing("namespace").remedy("add metadata.namespace, or give it with --namespace"));
        }
        Ok(Label::new(scope, namespace, self.name()))
    }

    /// The change that makes the annotation true which says what key sealed what: `sealed` says it of each value that
    /// there is to be, as far as it is known. Where hints are not wanted there is no annotation afterwards.
    pub(crate) fn hint<'a>(
        &self,
        sealed: impl IntoIterator<Item = (&'a str, Option<Fingerprint>)>,
        wanted: bool,
    ) -> Option<Edit> {
        let annotations = self.sealed.metadata.annotations.as_ref();
        let old = annotations.and_then(|all| all.get(names::SEALING_KEYS));
        let place = self.field(["metadata", "annotations", names::SEALING_KEYS]);
        let new = if wanted { Hints::of(sealed) } else { Hints::default() };
        if new.is_empty() {
            let is_only = annotations.is_some_and(|all| all.len() == 1);
            return old.map(|_| Edit::remove(if is_only { self.field(["metadata", "annotations"]) } else { place }));
        }
        let new = new.to_string();
        (Some(&new) != old).then(|| Edit::set(place, new))
    }

    /// The same, after some values were sealed anew and some removed.
    pub(crate) fn hint_after<'a>(
        &'a self,
        sealed: impl IntoIterator<Item = (&'a str, Fingerprint)>,
        removed: &[&str],
        wanted: bool,
    ) -> Option<Edit> {
        let old = self.sealed.hints();
        let values = self.sealed.spec.encrypted_data.keys().map(String::as_str);
        let mut known: BTreeMap<_, _> = values.map(|value| (value, old.get(value).copied())).collect();
        known.retain(|value, _| !removed.contains(value));
        known.extend(sealed.into_iter().map(|(value, key)| (value, Some(key))));
        self.hint(known, wanted)
    }

    /// Whether it says what key sealed what.
    pub(crate) fn has_hint(&self) -> bool {
        self.sealed.metadata.annotations.as_ref().is_some_and(|all| all.contains_key(names::SEALING_KEYS))
    }

    /// The same as [`Target::hint_after`], after all values were sealed with one key.
    pub(crate) fn hint_of_all(&self, key: Fingerprint, wanted: bool) -> Option<Edit> {
        self.hint(self.sealed.spec.encrypted_data.keys().map(|value| (value.as_str(), Some(key))), wanted)
    }
}

/// Values moved to another key, or another place.
pub(crate) struct Moved {
    pub(crate) edits: Vec<Edit>,
    pub(crate) changed: usize,
    pub(crate) kept: usize,
}

/// Why the values of one object stay where they are, and how many there are.
pub(crate) struct Unmoved {
    pub(crate) failure: Failure,
    pub(crate) values: usize,
}

/// Seals with `to` and for `label` each value that is not sealed so already.
pub(crate) fn reseal(
    target: &Target,
    ring: &KeyRing,
    to: Sealer<'_>,
    label: &Label,
    hints: bool,
) -> std::result::Result<Moved, Unmoved> {
    let unmoved = |values: usize, failure: Failure| {
        let failure = failure.about(&target.title);
        let failure = if ring.get(to.key().fingerprint()).is_none() {
            failure.or("if it is sealed with the certificate's key already, give the private key of that, too")
        } else {
            failure
        };
        Unmoved { failure, values: values.max(1) }
    };
    let all = target.sealed.spec.encrypted_data.len();
    let done = reencrypt(&target.sealed, ring, to, label).map_err(|error| match &error {
        ReencryptError::Open(open) => {
            let values = if let UnsealError::Values(failed) = open { failed.len() } else { all };
            unmoved(values, does_not_open(open))
        }
        _ => unmoved(1, Failure::input(chain(&error))),
    })?;
    let mut moved = Moved { edits: Vec::new(), changed: done.values.len(), kept: done.kept };
    moved.edits.extend(done.values.into_iter().map(|(key, value)| target.put(&key, value)));
    if let Some(data) = &target.sealed.spec.data {
        match reseal_one(data, target, ring, to, label).map_err(|failure| unmoved(1, failure))? {
            None => moved.kept += 1,
            Some(value) => {
                moved.changed += 1;
                moved.edits.push(Edit::set(target.field(["spec", "data"]), value));
            }
        }
    }
    // A file without anything to do stays as it is, unless what it says is wrong.
    if moved.changed > 0 || target.has_hint() {
        moved.edits.extend(target.hint_of_all(*to.key().fingerprint(), hints));
    }
    Ok(moved)
}

/// The deprecated `spec.data`, which is one value for all.
fn reseal_one(text: &str, target: &Target, ring: &KeyRing, to: Sealer<'_>, label: &Label) -> Result<Option<String>> {
    let from = target.sealed.label();
    let value = SealedValue::from_base64(text).map_err(|error| Failure::input(error).about("spec.data"))?;
    let opened = ring.opener().open(&value, &from).map_err(|error| Failure::key(error).about("spec.data"))?;
    if from == *label && opened.key.fingerprint() == to.key().fingerprint() {
        return Ok(None);
    }
    let sealed =
        to.seal(label, "data", opened.plaintext.expose()).map_err(|error| Failure::input(error).about("spec.data"))?;
    Ok(Some(sealed.to_base64()))
}

/// The SealedSecrets of the text. One that cannot be read does not matter to the others.
pub(crate) fn targets(editor: &Editor) -> Vec<Result<Target>> {
    let mut targets = Vec::new();
    for document in 0..editor.len() {
        for item in editor.items(document).into_iter().filter(|item| is_sealed_secret(item.value)) {
            let title = title(item.value);
            targets.push(match sealed_secret(item.value) {
                Ok(sealed) => Ok(Target { document, path: item.path, sealed, title }),
                Err(failure) => Err(failure.about(title)),
            });
        }
    }
    targets
}

/// What keeps the first document from being read that cannot be read and may be a SealedSecret. Others, such as pieces of
/// a template beside it, are nobody's business.
pub(crate) fn unreadable(editor: &mut Editor) -> Option<Failure> {
    let documents: Vec<_> = (0..editor.len()).filter(|at| editor.document_text(*at).contains(names::KIND)).collect();
    // No edit at all fails where there is nothing that could be edited.
    documents.into_iter().find_map(|document| editor.apply_all(document, &[]).err()).map(Failure::input)
}

/// One SealedSecret in one file.
pub(crate) struct Place {
    /// `-` is standard input, and the result goes to standard output.
    pub(crate) file: PathBuf,
    /// Which one, where there are several.
    pub(crate) name: Option<String>,
    pub(crate) namespace: Option<String>,
}

/// The file of a [`Place`], read.
pub(crate) struct Opened {
    file: PathBuf,
    before: Zeroizing<Vec<u8>>,
    editor: Editor,
    pub(crate) target: Target,
}

impl Place {
    pub(crate) fn is_stdin(&self) -> bool {
        self.file == FilePath::new(STDIN)
    }

    /// The file, as settings know it.
    pub(crate) fn path(&self) -> Option<&FilePath> {
        (!self.is_stdin()).then_some(&*self.file)
    }

    pub(crate) fn open(&self, printer: Printer) -> Result<Opened> {
        let source_name = self.file.display().to_string();
        let before = match self.path() {
            None => read_stdin("a SealedSecret as YAML or JSON", printer)?,
            Some(path) => read_file(path).map_err(|failure| match path.try_exists() {
                Ok(false) => failure.remedy("name a SealedSecret's file; `waxseal seal` makes one of a Secret"),
                _ => failure,
            })?,
        };
        let editor = Editor::open(&before, &source_name).map_err(Failure::input)?;
        let targets = targets(&editor).into_iter().collect::<Result<Vec<_>>>();
        let targets = targets.map_err(|failure| failure.about(&source_name))?;
        if targets.is_empty() {
            // It may be in the document that cannot be read.
            parse(&before, &source_name).map_err(Failure::input)?;
            return Err(Failure::input("holds no SealedSecret")
                .about(&source_name)
                .remedy("name a file that does; `waxseal seal` makes one of a Secret"));
        }
        let target = self.chosen(targets).map_err(|failure| failure.about(&source_name))?;
        if target.sealed.spec.data.is_some() {
            return Err(Failure::input("holds the deprecated spec.data, beside which no single value can stand")
                .about(&target.title)
                .about(&source_name)
                .remedy("open it with `waxseal unseal`, and seal the Secret again"));
        }
        Ok(Opened { file: self.file.clone(), before, editor, target })
    }

    fn chosen(&self, targets: Vec<Target>) -> Result<Target> {
        let there: Vec<_> = targets.iter().map(|target| target.title.clone()).collect();
        let fits = |asked: &Option<String>, has: &str| asked.as_ref().is_none_or(|asked| asked == has);
        let mut found = targets.into_iter().filter(|target| {
            fits(&self.name, target.name())
                && (target.namespace().is_empty() || fits(&self.namespace, target.namespace()))
        });
        match (found.next(), found.next()) {
            (Some(one), None) => Ok(one),
            (None, _) => Err(Failure::input("holds no SealedSecret of that name and namespace")
                .remedy(format!("there is: {}", there.join(", ")))),
            _ => Err(Failure::usage(format_args!("holds several SealedSecrets: {}", there.join(", ")))
                .remedy("pick one with --name, and --namespace where needed")),
        }
    }
}

impl Opened {
    /// The label for values that go in here.
    pub(crate) fn label(&self, settings: &Settings) -> Result<Label> {
        let place = (self.file != FilePath::new(STDIN)).then_some(&*self.file);
        let namespace = settings.namespace(place)?.map(|setting| setting.value);
        self.target.label(namespace.as_deref()).map_err(|failure| failure.about(self.file.display()))
    }

    /// Makes the changes, or none of them, and writes the file.
    pub(crate) fn save(mut self, edits: &[Edit], printer: Printer) -> Result<()> {
        self.editor.apply_all(self.target.document, edits).map_err(Failure::input)?;
        let text = Zeroizing::new(self.editor.text());
        if self.file == FilePath::new(STDIN) {
            return printer.data(text.as_bytes());
        }
        if *read_file(&self.file)? != *self.before {
            return Err(Failure::input("was changed by somebody else in the meantime, and is left as it is")
                .about(self.file.display())
                .remedy("run the command again"));
        }
        if text.as_bytes() == self.before.as_slice() { Ok(()) } else { replace(&self.file, text.as_bytes()) }
    }
}
