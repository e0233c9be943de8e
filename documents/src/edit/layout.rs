use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::document::Format;
use crate::tree::{Body, Entry, Name, NodeId, ScalarNode, Structure, Style, Tree};

/// A document's text and tree, and where in the text lines, indicators and nodes begin and end.
pub(crate) struct Layout<'a> {
    pub(crate) text: &'a str,
    pub(crate) tree: &'a Tree,
    pub(crate) format: Format,
    /// The line break to write.
    pub(crate) newline: &'a str,
    /// The spaces to indent with.
    pub(crate) step: usize,
    /// The keys of the mappings that were looked into, so that a thousand edits of one do not search it a thousand times.
    keys: RefCell<HashMap<NodeId, Rc<Keys<'a>>>>,
}

/// A mapping's own keys.
#[derive(Default)]
pub(crate) struct Keys<'a> {
    entries: HashMap<&'a str, usize>,
    /// Whether `<<` merges others in.
    pub(crate) merges: bool,
}

impl Keys<'_> {
    /// The number of the key's entry.
    pub(crate) fn entry(&self, key: &str) -> Option<usize> {
        self.entries.get(key).copied()
    }
}

/// A block scalar's `|` or `>` with its indicators.
pub(crate) struct BlockHeader {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl<'a> Layout<'a> {
    /// `newline` is for a text of one line.
    pub(crate) fn new(text: &'a str, tree: &'a Tree, format: Format, newline: &'a str) -> Self {
        let newline = if text.contains("\r\n") {
            "\r\n"
        } else if text.contains('\n') {
            "\n"
        } else {
            newline
        };
        Self { text, tree, format, newline, step: step(tree), keys: RefCell::default() }
    }

    /// The keys of a mapping.
    pub(crate) fn keys(&self, mapping: NodeId) -> Rc<Keys<'a>> {
        let mut known = self.keys.borrow_mut();
        let keys = known.entry(mapping).or_insert_with(|| {
            let mut keys = Keys::default();
            if let Body::Mapping { entries, .. } = &self.tree.node(mapping).body {
                for (index, entry) in entries.iter().enumerate() {
                    if let Name::Key(name) = &entry.name {
                        keys.entries.insert(name, index);
                    } else {
                        keys.merges = true;
                    }
                }
            }
            Rc::new(keys)
        });
        Rc::clone(keys)
    }

    /// The start of the line that the offset is on.
    pub(crate) fn line_start(&self, offset: usize) -> usize {
        self.text[..offset].rfind(['\n', '\r']).map_or(self.bom(), |at| at + 1)
    }

    /// The end of the line that the offset is on, before its break.
    pub(crate) fn line_end(&self, offset: usize) -> usize {
        self.text[offset..].find(['\n', '\r']).map_or(self.text.len(), |at| offset + at)
    }

    /// The start of the next line, or the end of the text.
    pub(crate) fn next_line(&self, offset: usize) -> usize {
        let end = self.line_end(offset);
        let rest = &self.text[end..];
        end + if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) }
    }

    /// What stands before the offset on its line.
    pub(crate) fn before_on_line(&self, offset: usize) -> &'a str {
        &self.text[self.line_start(offset)..offset]
    }

    /// Whether only blanks stand before the offset on its line.
    pub(crate) fn starts_line(&self, offset: usize) -> bool {
        self.before_on_line(offset).chars().all(|c| c == ' ')
    }

    fn bom(&self) -> usize {
        crate::decode::bom_length(self.text)
    }

    /// Where the node begins, with its anchor and tag.
    pub(crate) fn start(&self, id: NodeId) -> usize {
        let node = self.tree.node(id);
        node.properties.unwrap_or(node.start.offset) as usize
    }

    /// Where the anchor and the tag that begin at the offset end.
    pub(crate) fn properties_end(&self, offset: usize) -> usize {
        let mut end = offset;
        loop {
            let rest = self.text[end..].trim_start_matches([' ', '\t']);
            if !rest.starts_with(['&', '!']) {
                return end;
            }
            let start = self.text.len() - rest.len();
            end = start + rest.find([' ', '\t', '\n', '\r', ',', ']', '}']).unwrap_or(rest.len());
        }
    }

    /// Where the node's last character ends. A block scalar ends with its last line that is not blank, unless it keeps
    /// the blank ones.
    pub(crate) fn end(&self, id: NodeId) -> usize {
        let node = self.tree.node(id);
        match &node.body {
            Body::Scalar(scalar) if matches!(scalar.style, Style::Literal | Style::Folded) => {
                self.block_scalar_end(id, scalar)
            }
            Body::Mapping { style: Structure::Block, entries } => {
                entries.last().map_or(node.start.offset as usize, |entry| self.entry_end(entry))
            }
            Body::Sequence { style: Structure::Block, items } => {
                items.last().map_or(node.start.offset as usize, |item| self.end(*item))
            }
            _ => node.end as usize,
        }
    }

    /// Where a mapping's entry ends: its value, or the colon when it has none, or the key when it has neither.
    pub(crate) fn entry_end(&self, entry: &Entry) -> usize {
        let key_end = self.end(entry.key);
        match self.colon(entry) {
            // Of `? key`, which ends before the line that the parser has the value on.
            None if self.is_absent(entry.value) && !self.in_flow(entry.key) => {
                self.colon_below(key_end).unwrap_or(key_end)
            }
            colon => self.end(entry.value).max(colon.unwrap_or_default()).max(key_end),
        }
    }

    /// The offset behind a colon that is the next thing on this line or below, behind comments.
    fn colon_below(&self, offset: usize) -> Option<usize> {
        let mut rest = self.text[offset..].trim_start();
        while rest.starts_with('#') {
            rest = rest.find(['\n', '\r']).map_or("", |end| rest[end..].trim_start());
        }
        let is_alone = rest.strip_prefix(':')?.chars().next().is_none_or(char::is_whitespace);
        is_alone.then(|| self.text.len() - rest.len() + 1)
    }

    /// The offset behind the colon of an entry. `None` for `? key` and for `{key}`.
    pub(crate) fn colon(&self, entry: &Entry) -> Option<usize> {
        let key_end = self.end(entry.key);
        let rest = &self.text[key_end..];
        let blanks = if self.in_flow(entry.key) { &[' ', '\t', '\n', '\r'][..] } else { &[' ', '\t'][..] };
        let trimmed = rest.trim_start_matches(blanks);
        let explicit = self.before_on_line(self.start(entry.key)).trim_end().ends_with('?');
        (trimmed.starts_with(':') && !explicit).then(|| key_end + (rest.len() - trimmed.len()) + 1)
    }

    /// Whether the node stands between braces or brackets.
    pub(crate) fn in_flow(&self, id: NodeId) -> bool {
        self.tree.node(id).in_flow
    }

    /// Whether a plain scalar has no text at all: `key:`.
    pub(crate) fn is_absent(&self, id: NodeId) -> bool {
        let node = self.tree.node(id);
        matches!(&node.body, Body::Scalar(scalar) if scalar.style == Style::Plain) && node.start.offset == node.end
    }

    /// The offset behind the dash of an item without a value, before the offset and the comments in between.
    pub(crate) fn dash_before(&self, offset: usize) -> Option<usize> {
        let (mut start, mut end) = (self.line_start(offset), offset);
        loop {
            let line = &self.text[start..end];
            let comment =
                line.match_indices('#').find(|(at, _)| line[..*at].chars().next_back().is_none_or(char::is_whitespace));
            let content = line[..comment.map_or(line.len(), |(at, _)| at)].trim_end();
            if content.ends_with('-') {
                return Some(start + content.len());
            }
            if !content.is_empty() || start == 0 {
                return None;
            }
            end = start;
            start = self.line_start(self.text[..start].trim_end_matches(['\n', '\r']).len());
        }
    }

    /// The `|` or `>` of a block scalar that follows the offset, behind anchors and tags.
    pub(crate) fn block_header(&self, from: usize) -> Option<BlockHeader> {
        let mut at = from;
        loop {
            let rest = &self.text[at..];
            at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
            match self.text[at..].bytes().next()? {
                b'&' | b'!' => at += self.text[at..].find([' ', '\t', '\n', '\r'])?,
                b'|' | b'>' => {
                    let indicators =
                        self.text[at + 1..].bytes().take_while(|b| matches!(b, b'0'..=b'9' | b'+' | b'-')).count();
                    return Some(BlockHeader { start: at, end: at + 1 + indicators });
                }
                _ => return None,
            }
        }
    }

    fn block_scalar_end(&self, id: NodeId, scalar: &ScalarNode) -> usize {
        let node = self.tree.node(id);
        let end = node.end as usize;
        let keeps = scalar.text.ends_with("\n\n") || scalar.text == "\n";
        let text = &self.text[..end];
        if keeps {
            return text.strip_suffix("\r\n").or_else(|| text.strip_suffix(['\n', '\r'])).map_or(end, str::len);
        }
        // An empty one ends with its header.
        text.trim_end_matches([' ', '\t', '\n', '\r']).len()
    }
}

/// The spaces that a document indents with, from the first mapping below a key.
fn step(tree: &Tree) -> usize {
    let nested = |entry: &Entry| {
        let (key, value) = (tree.node(entry.key), tree.node(entry.value));
        let block = matches!(value.body, Body::Mapping { style: Structure::Block, .. });
        block.then(|| value.start.column.saturating_sub(key.start.column) as usize)
    };
    let steps = tree.nodes.iter().filter_map(|node| match &node.body {
        Body::Mapping { style: Structure::Block, entries } => entries.iter().find_map(nested),
        _ => None,
    });
    steps.into_iter().find(|step| (1..=9).contains(step)).unwrap_or(2)
}
