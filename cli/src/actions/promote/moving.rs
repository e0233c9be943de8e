//! One text, moved.

use std::path::PathBuf;

use waxseal_crypto::{KeyRing, Label, Scope, Sealer};
use waxseal_documents::{Edit, Editor};
use zeroize::Zeroizing;

use crate::actions::in_place::{Target, reseal, targets, unreadable};
use crate::failure::{Failure, Result};
use crate::inputs::{Input, Origin};
use crate::rules::Cluster;

/// What all texts have in common.
pub(super) struct Move<'a> {
    pub(super) ring: &'a KeyRing,
    pub(super) sealer: Sealer<'a>,
    pub(super) hints: bool,
    pub(super) to_namespace: Option<&'a str>,
    pub(super) from_namespace: Option<&'a str>,
    /// Where to, if that is a cluster with a name.
    pub(super) to_cluster: Option<&'a Cluster>,
}

/// A text with its SealedSecrets moved.
pub(super) struct Moved {
    pub(super) text: Zeroizing<String>,
    /// Where the cluster that it is for keeps it.
    pub(super) file: Option<PathBuf>,
}

impl Move<'_> {
    /// Moves what `from` has; nothing where the text holds no SealedSecret and was merely found.
    pub(super) fn text(&self, input: &Input, from: Option<&Cluster>) -> Result<Option<Moved>> {
        let mut editor = Editor::open(&input.text, &input.name).map_err(Failure::input)?;
        if let Some(failure) = unreadable(&mut editor) {
            return Err(failure);
        }
        let targets = targets(&editor).into_iter().collect::<Result<Vec<_>>>()?;
        if targets.is_empty() {
            return match input.origin {
                Origin::Found => Ok(None),
                _ => Err(Failure::input("holds no SealedSecret")),
            };
        }
        let mut files = Vec::new();
        for mut target in targets {
            if target.namespace().is_empty()
                && target.sealed.scope() != Scope::ClusterWide
                && let Some(namespace) = self.from_namespace
            {
                target.sealed.metadata.namespace = Some(namespace.to_owned());
            }
            let namespace = self.namespace(&target, from).to_owned();
            if let Some(cluster) = self.to_cluster {
                files.push(cluster.file(&namespace, target.name()).map_err(|failure| failure.about(&target.title))?);
            }
            let edits = self.object(&target, &namespace)?;
            editor.apply_all(target.document, &edits).map_err(Failure::input)?;
        }
        files.sort_unstable();
        files.dedup();
        if files.len() > 1 {
            return Err(Failure::input("holds SealedSecrets that go into different files there")
                .remedy("name the file or directory for all of them with -w"));
        }
        Ok(Some(Moved { text: Zeroizing::new(editor.text()), file: files.pop() }))
    }

    /// The namespace that the object goes to.
    fn namespace<'t>(&'t self, target: &'t Target, from: Option<&'t Cluster>) -> &'t str {
        if let Some(namespace) = self.to_namespace {
            return namespace;
        }
        let own = from.map_or(target.namespace(), |from| from.namespace_of_input(target.namespace()));
        self.to_cluster.map_or(own, |to| to.namespace(own))
    }

    fn object(&self, target: &Target, namespace: &str) -> Result<Vec<Edit>> {
        // What it lacks keeps it from opening, too.
        target.label(None)?;
        let label = Label::new(target.sealed.scope(), namespace, target.name());
        // What is taken along stays as it is written: hints are kept in step, and not begun.
        let hints = self.hints && !target.sealed.hints().is_empty();
        let resealed = reseal(target, self.ring, self.sealer, &label, hints);
        let mut edits = resealed.map_err(|unmoved| unmoved.failure)?.edits;
        if self.to_namespace.is_some() || namespace != target.namespace() {
            edits.push(Edit::set(target.field(["metadata", "namespace"]), namespace));
            if target.sealed.spec.template.metadata.namespace.is_some() {
                edits.push(Edit::set(target.field(["spec", "template", "metadata", "namespace"]), namespace));
            }
        }
        Ok(edits)
    }
}
