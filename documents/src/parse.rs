use std::ops::Range;
use std::sync::Arc;

use crate::build::build;
use crate::decode::{bom_length, decode};
use crate::document::{Document, Format};
use crate::error::{Fault, ParseError, ParseErrorKind};
use crate::json::parse_json;
use crate::limits::MAX_NODES;
use crate::position::Position;
use crate::split::split_documents;
use crate::tree::{Body, Tree};
use crate::yaml::parse_yaml;

/// A part of the input that holds one document, or only comments.
pub struct Chunk {
    /// Its bytes. The spans of all chunks follow each other and cover the input.
    pub span: Range<usize>,
    /// What it holds: `None` where there is nothing but comments and `---`, or `null`.
    pub document: Result<Option<Document>, ParseError>,
}

/// Reads every document of a YAML or JSON text. Empty documents are left out; the first that cannot be read fails all.
///
/// `source_name` is the file's name, or what stands for standard input, and appears in errors.
pub fn parse(input: &[u8], source_name: &str) -> Result<Vec<Document>, ParseError> {
    parse_each(input, source_name)?.into_iter().filter_map(|chunk| chunk.document.transpose()).collect()
}

/// Reads a YAML or JSON text document by document: one that cannot be read, such as a template, leaves the others whole.
/// Fails as a whole only where the input is no text or too large.
pub fn parse_each(input: &[u8], source_name: &str) -> Result<Vec<Chunk>, ParseError> {
    let text = decode(input).map_err(|fault| fault.in_source(source_name))?;
    let source: Arc<str> = source_name.into();
    let mut json_fault = None;
    let mut json_budget = MAX_NODES;
    if looks_like_json(text) {
        match parse_json(text, bom_length(text), 1, &mut json_budget) {
            Ok(documents) => {
                return Ok(documents
                    .into_iter()
                    .map(|(span, tree)| chunk(&source, Format::Json, span, Ok(tree)))
                    .collect());
            }
            Err(fault @ Fault { kind: ParseErrorKind::TooDeep | ParseErrorKind::TooManyNodes, .. }) => {
                return Ok(vec![chunk(&source, Format::Json, 0..text.len(), Err(fault))]);
            }
            Err(fault) => json_fault = Some(fault),
        }
    }
    let mut budget = MAX_NODES;
    let mut chunks = Vec::new();
    let mut line = LineCounter::default();
    for span in split_documents(text) {
        let tree = parse_yaml(text, span.clone(), line.at(text, span.start), &mut budget);
        chunks.push(chunk(&source, Format::Yaml, span, tree));
    }
    // What is neither is meant as JSON when its first key is in double quotes.
    if let (Some(fault), [Chunk { document: document @ Err(_), .. }]) = (json_fault, chunks.as_mut_slice())
        && text
            .trim_start_matches(|c: char| c != '{' && c != '[')
            .trim_start_matches(['{', '[', ' ', '\t', '\n', '\r'])
            .starts_with('"')
    {
        *document = Err(fault.in_source(source_name));
    }
    Ok(chunks)
}

fn chunk(source: &Arc<str>, format: Format, span: Range<usize>, tree: Result<Tree, Fault>) -> Chunk {
    let read = tree.and_then(|tree| build(&tree).map(|value| (tree, value)));
    let document = match read {
        Ok((tree, _)) if is_empty(&tree) => Ok(None),
        Ok((tree, value)) => {
            Ok(Some(Document { source_name: Arc::clone(source), format, span: span.clone(), tree, value }))
        }
        Err(fault) => Err(fault.in_source(source)),
    };
    Chunk { span, document }
}

/// Nothing, or `null`.
fn is_empty(tree: &Tree) -> bool {
    tree.root.is_none_or(
        |root| matches!(&tree.node(root).body, Body::Scalar(scalar) if scalar.resolved == crate::scalar::Scalar::Null),
    )
}

/// Whether the first character is one that a JSON object or array begins with.
fn looks_like_json(text: &str) -> bool {
    text[bom_length(text)..].trim_start_matches([' ', '\t', '\n', '\r']).starts_with(['{', '['])
}

/// Counts lines up to offsets that only grow.
struct LineCounter {
    offset: usize,
    line: usize,
}

impl Default for LineCounter {
    fn default() -> Self {
        Self { offset: 0, line: 1 }
    }
}

impl LineCounter {
    /// `offset` is the start of a line.
    fn at(&mut self, text: &str, offset: usize) -> usize {
        let between = &text[self.offset..offset];
        self.line += Position::of(between, between.len()).line - 1;
        self.offset = offset;
        self.line
    }
}
