use std::ops::Range;

/// Cuts a YAML text into its documents without parsing it. The ranges follow each other and cover the whole text: each
/// runs from its `---` line, or from what stands before it (comments, directives), to the next one's start.
///
/// This is sound by YAML's own rules: `---` and `...` at the start of a line, before a blank or the line's end, are
/// document markers in every context, also inside quotes and block scalars. So what does not parse in one document
/// cannot hide or invent another.
pub(crate) fn split_documents(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    // Whether the chunk has its `---`, or anything else but blanks, comments and directives.
    let mut begun = false;
    for line in lines(text) {
        let content = &text[line.clone()];
        if is_marker(content, "---") {
            if begun {
                ranges.push(start..line.start);
                start = line.start;
            }
            begun = true;
        } else if is_marker(content, "...") {
            if begun {
                ranges.push(start..line.end);
                start = line.end;
            }
            begun = false;
        } else if !begun {
            begun = !is_prefix(content, line.start);
        }
    }
    if start < text.len() || ranges.is_empty() {
        ranges.push(start..text.len());
    }
    ranges
}

/// The lines with their ends.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= bytes.len() {
            return None;
        }
        let end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |at| {
            let at = start + at;
            if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') { at + 2 } else { at + 1 }
        });
        let line = start..end;
        start = end;
        Some(line)
    })
}

fn is_marker(line: &str, marker: &str) -> bool {
    line.trim_start_matches('\u{feff}')
        .strip_prefix(marker)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))
}

/// Whether the line may stand before the `---` of a document.
fn is_prefix(line: &str, line_start: usize) -> bool {
    let line = if line_start == 0 { line.trim_start_matches('\u{feff}') } else { line };
    let content = line.trim_start();
    content.is_empty() || content.starts_with('#') || line.starts_with('%')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let ranges = split_documents(text);
        assert_eq!(
            ranges.iter().map(|range| &text[range.clone()]).collect::<String>(),
            text,
            "the ranges cover the text"
        );
        ranges.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn comments_and_directives_belong_to_the_document_that_follows() {
        assert_eq!(
            split("# c\n%YAML 1.1\n---\na: 1\n--- # x\nb: 2\n"),
            ["# c\n%YAML 1.1\n---\na: 1\n", "--- # x\nb: 2\n"]
        );
    }

    #[test]
    fn a_marker_needs_a_blank_after_it() {
        assert_eq!(split("a: |\n  x\n---not\n----\n---\nb: 1"), ["a: |\n  x\n---not\n----\n", "---\nb: 1"]);
    }

    #[test]
    fn a_document_end_marker_ends_a_document() {
        assert_eq!(split("a: 1\n...\n# between\nb: 2\n"), ["a: 1\n...\n", "# between\nb: 2\n"]);
    }

    #[test]
    fn crlf_lone_cr_and_a_bom_do_not_hide_a_marker() {
        assert_eq!(split("\u{feff}---\r\na: 1\r\n---\r\nb: 2"), ["\u{feff}---\r\na: 1\r\n", "---\r\nb: 2"]);
        assert_eq!(split("a: 1\r---\rb: 2"), ["a: 1\r", "---\rb: 2"]);
    }

    #[test]
    fn empty_text_is_one_empty_document() {
        assert_eq!(split(""), [""]);
        assert_eq!(split("---\n---\n"), ["---\n", "---\n"]);
    }
}
