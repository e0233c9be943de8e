//! What one file has to say.

use std::sync::Arc;

use waxseal_crypto::Label;

use crate::collect::Span;
use crate::suppression::Suppression;
use crate::{Finding, ObjectName};

/// What was found in one file, and what is needed of it to find what is wrong between files.
///
/// [`Linter::finish`](crate::Linter::finish) makes the report of all of them.
pub struct FileReport {
    pub(crate) file: Arc<str>,
    /// Whether there was anything to check in it.
    pub(crate) checked: bool,
    pub(crate) findings: Vec<Finding>,
    pub(crate) suppressions: Vec<Suppression>,
    pub(crate) index: Index,
}

/// The objects of a file and their sealed values.
#[derive(Default)]
pub(crate) struct Index {
    pub(crate) resources: Vec<Resource>,
    pub(crate) values: Vec<IndexedValue>,
    /// Whether it is a kustomization that sets the namespace of its resources.
    pub(crate) sets_namespace: bool,
}

pub(crate) struct Resource {
    pub(crate) object: ObjectName,
    pub(crate) span: Span,
    pub(crate) role: Role,
}

/// What an object is to others of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    SealedSecret,
    /// A Secret that a SealedSecret of its name cannot take over.
    ForeignSecret,
    /// A Secret that says that a SealedSecret may write to it, or an object that nobody applies as it is.
    Bystander,
}

pub(crate) struct IndexedValue {
    /// The beginning of the RSA ciphertext, which is random and so as good as a name.
    pub(crate) id: [u8; 32],
    /// Where it opens; `None` where the manifest does not say.
    pub(crate) label: Option<Label>,
    /// An index into [`Index::resources`].
    pub(crate) resource: usize,
    pub(crate) key: String,
    pub(crate) span: Span,
}

impl FileReport {
    pub(crate) fn irrelevant(file: Arc<str>) -> Self {
        Self { file, checked: false, findings: Vec::new(), suppressions: Vec::new(), index: Index::default() }
    }

    /// The file's name, as it was given.
    pub fn file(&self) -> &str {
        &self.file
    }
}
