//! The commits in which a value changed.

mod history;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use waxseal_crypto::{KeyRing, Label, SealedValue};

use crate::digest;
use crate::exit::Exit;
use crate::failure::{Failure, Result, plain};
use crate::git::{self, Blobs};
use crate::printer::Printer;
use crate::private_keys::KeySources;
use crate::resources::{is_sealed_secret, sealed_secret, title};
use history::{Commit, Step, history};

/// Lists them, the newest first, as Git does.
pub(crate) struct Log {
    pub(crate) file: PathBuf,
    pub(crate) key: String,
    /// Which SealedSecret, where there are several.
    pub(crate) name: Option<String>,
    pub(crate) namespace: Option<String>,
    /// Keys that tell a value that was sealed anew from one that changed.
    pub(crate) keys: Option<KeySources>,
}

/// A value as one version of the file has it.
struct Version {
    text: String,
    label: Label,
}

/// The value of each SealedSecret that has one.
type Versions = BTreeMap<String, Version>;

impl Log {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let ring = self.keys.as_ref().map(KeySources::ring).transpose()?;
        let mut blobs = Blobs::open(git::folder_of(&self.file))
            .map_err(|error| Failure::input(format_args!("git: {}", plain(&error))))?;
        let mut found = false;
        for commit in history(&self.file)?.into_iter().filter(Commit::is_a_change) {
            let mut changes = None;
            for step in &commit.steps {
                let (before, after) =
                    (self.versions(&mut blobs, step, Side::Old)?, self.versions(&mut blobs, step, Side::New)?);
                let of_step = changes_between(&before, &after, ring.as_ref());
                found |= !after.is_empty() || !before.is_empty();
                // A merge that took one side's value has changed nothing.
                if of_step.is_empty() {
                    changes = None;
                    break;
                }
                changes.get_or_insert(of_step);
            }
            for change in changes.into_iter().flatten() {
                printer.line(format_args!(
                    "{} {} {change}  {}: {}",
                    commit.short(),
                    commit.date,
                    commit.author,
                    commit.subject
                ))?;
            }
        }
        if !found {
            return Err(Failure::input(format_args!(
                "no commit has a value {:?} in {}",
                self.key,
                self.file.display()
            ))
            .remedy("`git log` shows the commits of the file"));
        }
        Ok(Exit::Done)
    }

    /// The values of one version; none where the file is not there or cannot be read.
    fn versions(&self, blobs: &mut Blobs, step: &Step, side: Side) -> Result<Versions> {
        let blob = match side {
            Side::Old => &step.old,
            Side::New => &step.new,
        };
        let mut versions = Versions::new();
        if blob.bytes().all(|byte| byte == b'0') {
            return Ok(versions);
        }
        let text = blobs.read(blob).map_err(|error| Failure::input(format_args!("git: {}", plain(&error))))?;
        let Ok(chunks) = waxseal_documents::parse_each(&text, "history") else { return Ok(versions) };
        let documents = chunks.into_iter().filter_map(|chunk| chunk.document.ok().flatten());
        for document in documents {
            for item in document.items().iter().filter(|item| is_sealed_secret(item.value)) {
                let Ok(sealed) = sealed_secret(item.value) else { continue };
                let fits = |asked: &Option<String>, has: &Option<String>| asked.is_none() || asked == has;
                if !fits(&self.name, &sealed.metadata.name) || !fits(&self.namespace, &sealed.metadata.namespace) {
                    continue;
                }
                if let Some(text) = sealed.spec.encrypted_data.get(&self.key) {
                    versions.insert(title(item.value), Version { text: text.clone(), label: sealed.label() });
                }
            }
        }
        Ok(versions)
    }
}

#[derive(Clone, Copy)]
enum Side {
    Old,
    New,
}

fn changes_between(before: &Versions, after: &Versions, ring: Option<&KeyRing>) -> Vec<String> {
    let titles: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut changes = Vec::new();
    for title in titles {
        let what = match (before.get(title), after.get(title)) {
            (Some(old), Some(new)) if old.text == new.text => continue,
            (Some(old), Some(new)) => {
                let what = match ring.map(|ring| hold_the_same(old, new, ring)) {
                    Some(Some(true)) => "sealed anew",
                    Some(None) => "changed or sealed anew",
                    Some(Some(false)) | None => "changed",
                };
                format!("{what} {} -> {}", short(old), short(new))
            }
            (None, Some(new)) => format!("added {}", short(new)),
            (Some(old), None) => format!("removed {}", short(old)),
            (None, None) => continue,
        };
        changes.push(format!("{title}: {what}"));
    }
    changes
}

/// Whether both open to the same; `None` where one does not open.
fn hold_the_same(old: &Version, new: &Version, ring: &KeyRing) -> Option<bool> {
    let open = |version: &Version| {
        let value = SealedValue::from_base64(&version.text).ok()?;
        ring.opener().open(&value, &version.label).ok().map(|opened| opened.plaintext)
    };
    Some(open(old)?.expose() == open(new)?.expose())
}

fn short(version: &Version) -> String {
    SealedValue::from_base64(&version.text).map_or_else(|_| "(not sealed)".to_owned(), |value| digest::short(&value))
}
