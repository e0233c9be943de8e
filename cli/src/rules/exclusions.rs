//! What the linter is to leave out.

use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde_json::Value;
use waxseal_documents::{Document, Path as Field};

use crate::failure::{Failure, Result};

const FIELD: &str = "lint";
const EXCLUDE: &str = "exclude";
const REMEDY: &str = "lint has one field, exclude: a list of paths such as tests/fixtures/**";

/// The paths under `lint.exclude`.
#[derive(Default)]
pub(super) struct Exclusions(GlobSet);

impl Exclusions {
    /// Reads them; `wrong` makes the failure that points at a field.
    pub(super) fn read(document: &Document, wrong: &dyn Fn(&Field, String) -> Failure) -> Result<Self> {
        let wrong = |place: &Field, what: String| wrong(place, what).remedy(REMEDY);
        let at = Field::from([FIELD]);
        let fields = match document.value().get(FIELD) {
            None | Some(Value::Null) => return Ok(Self::default()),
            Some(Value::Object(fields)) => fields,
            Some(_) => return Err(wrong(&at, "lint is not a mapping".to_owned())),
        };
        if let Some(unknown) = fields.keys().find(|field| *field != EXCLUDE) {
            return Err(wrong(&at.key(unknown), format!("unknown field {unknown:?}")));
        }
        let at = at.key(EXCLUDE);
        let paths = match fields.get(EXCLUDE) {
            None | Some(Value::Null) => return Ok(Self::default()),
            Some(Value::Array(paths)) => paths,
            Some(_) => return Err(wrong(&at, "exclude is not a list".to_owned())),
        };
        let mut globs = GlobSetBuilder::new();
        for (index, path) in paths.iter().enumerate() {
            let at = at.clone().index(index);
            let text = path.as_str().ok_or_else(|| wrong(&at, "a path is not a string".to_owned()))?;
            let glob = GlobBuilder::new(text.trim_end_matches('/')).literal_separator(true).build();
            globs.add(glob.map_err(|error| wrong(&at, format!("path: {}", error.kind())))?);
        }
        let globs = globs.build().map_err(|error| wrong(&at, format!("the paths together: {}", error.kind())))?;
        Ok(Self(globs))
    }

    /// Whether the file, by its path from the root of the repo, or a directory that it lies in is one of them.
    pub(super) fn cover(&self, file: &Path) -> bool {
        file.ancestors().any(|path| self.0.is_match(path))
    }

    pub(super) fn are_none(&self) -> bool {
        self.0.is_empty()
    }
}
