//! Several files in one, as Go's `txtar` has them: a comment, then each file under a line `-- name --`.

/// An archive, taken apart.
pub(crate) struct Archive {
    /// What stands before the first file: prose, and settings as `key: value`.
    pub(crate) comment: String,
    pub(crate) files: Vec<(String, String)>,
}

impl Archive {
    pub(crate) fn parse(text: &str) -> Self {
        let mut archive = Self { comment: String::new(), files: Vec::new() };
        for line in text.lines() {
            if let Some(name) = line.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --")) {
                archive.files.push((name.to_owned(), String::new()));
            } else {
                let text = archive.files.last_mut().map_or(&mut archive.comment, |(_, text)| text);
                text.push_str(line);
                text.push('\n');
            }
        }
        archive
    }

    /// The files whose names begin with `directory`, under the rest of their names.
    pub(crate) fn below(&self, directory: &str) -> Vec<(&str, &str)> {
        self.files.iter().filter_map(|(name, text)| Some((name.strip_prefix(directory)?, text.as_str()))).collect()
    }

    pub(crate) fn file(&self, name: &str) -> Option<&str> {
        self.files.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    pub(crate) fn setting(&self, key: &str) -> Option<&str> {
        self.comment.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
    }

    /// The archive with the text of one file, its last, replaced.
    pub(crate) fn with_last(&self, name: &str, text: &str) -> String {
        let mut whole = self.comment.clone();
        for (other, text) in self.files.iter().filter(|(other, _)| other != name) {
            whole.push_str(&format!("-- {other} --\n{text}"));
        }
        whole.push_str(&format!("-- {name} --\n{text}"));
        whole
    }
}
