//! `.waxseal.yaml`: what holds for the files under a path.

mod exclusions;

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use serde_json::Value;
use waxseal_crypto::Scope;
use waxseal_documents::{Document, Path as Field, parse};

use crate::certificate::Source;
use crate::failure::{Failure, Result, plain};
use crate::inputs::read_file;
use crate::settings::{Origin, Setting};
use exclusions::Exclusions;

/// The file's name, at the root of a repo.
pub(crate) const FILE_NAME: &str = ".waxseal.yaml";

/// The fields of the file.
const SECTIONS: [&str; 2] = ["rules", "lint"];

/// The fields of a rule.
const FIELDS: [&str; 4] = ["path", "cert", "scope", "namespace"];

/// The rules of a repo; none where it has no such file.
#[derive(Default)]
pub(crate) struct Rules {
    list: Vec<Rule>,
    exclusions: Exclusions,
    file: PathBuf,
    /// Where commands are run: what paths are relative to.
    current: PathBuf,
}

/// What holds for some paths. A field that is not set is left to what comes next.
#[derive(Default)]
pub(crate) struct Rule {
    path: Option<GlobMatcher>,
    pub(crate) certificate: Option<Source>,
    pub(crate) scope: Option<Scope>,
    namespace: Option<Namespace>,
}

enum Namespace {
    /// The directory that the file lies in is called like it.
    FromPath,
    Named(String),
}

impl Rules {
    /// Reads the file of the repo that the current directory is in: the nearest one upwards, not beyond the repo's root.
    pub(crate) fn find() -> Result<Self> {
        let current = std::env::current_dir()
            .map_err(|error| Failure::input(format_args!("the current directory: {}", plain(&error))))?;
        for directory in current.ancestors() {
            let file = directory.join(FILE_NAME);
            if file.is_file() {
                let (list, exclusions) = read(&file)?;
                return Ok(Self { list, exclusions, file, current });
            }
            if directory.join(".git").exists() {
                break;
            }
        }
        Ok(Self::default())
    }

    /// What the first rule for `path` says in one of its fields. Standard input counts as a file of the current directory.
    pub(crate) fn first<T>(&self, path: Option<&Path>, field: impl Fn(&Rule) -> Option<T>) -> Option<Setting<T>> {
        let (number, rule) = self.rule_for(path)?;
        Some(Setting { value: field(rule)?, origin: self.origin(number) })
    }

    /// The namespace that the first rule for `path` asks for.
    pub(crate) fn namespace(&self, path: Option<&Path>) -> Result<Option<Setting<String>>> {
        let Some((number, rule)) = self.rule_for(path) else { return Ok(None) };
        let value = match &rule.namespace {
            None => return Ok(None),
            Some(Namespace::Named(name)) => name.clone(),
            Some(Namespace::FromPath) => {
                let absolute = self.absolute(path);
                let directory = absolute.parent().and_then(Path::file_name).and_then(|name| name.to_str());
                directory.map(str::to_owned).ok_or_else(|| {
                    Failure::usage(format_args!("{}: no directory to take the namespace from", absolute.display()))
                        .remedy("name the namespace with --namespace")
                })?
            }
        };
        Ok(Some(Setting { value, origin: self.origin(number) }))
    }

    /// Whether the linter is to leave the file out.
    pub(crate) fn exclude(&self, path: &Path) -> bool {
        !self.exclusions.are_none() && self.exclusions.cover(&self.relative(Some(path)))
    }

    fn rule_for(&self, path: Option<&Path>) -> Option<(usize, &Rule)> {
        self.file.parent()?;
        let relative = self.relative(path);
        let matches = |rule: &Rule| rule.path.as_ref().is_none_or(|glob| glob.is_match(&relative));
        self.list.iter().enumerate().find(|(_, rule)| matches(rule)).map(|(at, rule)| (at + 1, rule))
    }

    /// The path from the root of the repo.
    fn relative(&self, path: Option<&Path>) -> PathBuf {
        let absolute = self.absolute(path);
        let root = self.file.parent().unwrap_or(Path::new(""));
        absolute.strip_prefix(root).map(Path::to_owned).unwrap_or(absolute)
    }

    fn absolute(&self, path: Option<&Path>) -> PathBuf {
        let joined = self.current.join(path.unwrap_or(Path::new(crate::inputs::STDIN)));
        let mut absolute = PathBuf::new();
        for component in joined.components() {
            match component {
                std::path::Component::ParentDir => {
                    absolute.pop();
                }
                std::path::Component::CurDir => {}
                other => absolute.push(other),
            }
        }
        absolute
    }

    fn origin(&self, number: usize) -> Origin {
        let shown = self.file.strip_prefix(&self.current).unwrap_or(&self.file);
        Origin::Rule { file: shown.display().to_string(), number }
    }
}

fn sections() -> String {
    format!("the file has the fields {}, both of them optional", SECTIONS.join(" and "))
}

fn read(file: &Path) -> Result<(Vec<Rule>, Exclusions)> {
    let name = file.display().to_string();
    let documents = parse(&read_file(file)?, &name).map_err(Failure::usage)?;
    let Some(document) = documents.first() else { return Ok((Vec::new(), Exclusions::default())) };
    let wrong = |path: &Field, what: String| {
        Failure::usage(format_args!("{name}:{}: {what}", document.nearest_position(path)))
            .remedy("a rule has the fields path, cert, scope and namespace, all of them optional")
    };
    let fields = match document.value() {
        Value::Null => return Ok((Vec::new(), Exclusions::default())),
        Value::Object(fields) => fields,
        _ => return Err(wrong(&Field::root(), "is not a mapping".to_owned()).remedy(sections())),
    };
    for key in fields.keys() {
        if !SECTIONS.contains(&key.as_str()) {
            return Err(wrong(&Field::root().key(key), format!("unknown field {key:?}")).remedy(sections()));
        }
    }
    let exclusions = Exclusions::read(document, &wrong)?;
    let rules = match fields.get("rules") {
        None | Some(Value::Null) => return Ok((Vec::new(), exclusions)),
        Some(Value::Array(rules)) => rules,
        Some(_) => return Err(wrong(&Field::from(["rules"]), "rules is not a list".to_owned())),
    };
    let root = file.parent().unwrap_or(Path::new(""));
    let rules = (0..rules.len()).map(|index| rule(document, index, root, &wrong)).collect::<Result<_>>()?;
    Ok((rules, exclusions))
}

fn rule(document: &Document, index: usize, root: &Path, wrong: &dyn Fn(&Field, String) -> Failure) -> Result<Rule> {
    let here = Field::from(["rules"]).index(index);
    let Some(fields) = document.value()["rules"][index].as_object() else {
        return Err(wrong(&here, "a rule is a mapping".to_owned()));
    };
    let mut rule = Rule::default();
    for (key, value) in fields {
        let place = here.clone().key(key);
        if !FIELDS.contains(&key.as_str()) {
            return Err(wrong(&place, format!("unknown field {key:?}")));
        }
        let text = match value {
            Value::Null => continue,
            Value::String(text) => text.as_str(),
            _ => return Err(wrong(&place, format!("{key} is not a string"))),
        };
        match key.as_str() {
            "path" => {
                let glob = GlobBuilder::new(text).literal_separator(true).build();
                let glob = glob.map_err(|error| wrong(&place, format!("path: {}", error.kind())))?;
                rule.path = Some(glob.compile_matcher());
            }
            "cert" => {
                rule.certificate = Some(match Source::named(text) {
                    Source::File(path) => Source::File(root.join(path)),
                    other => other,
                });
            }
            "scope" => rule.scope = Some(text.parse().map_err(|error| wrong(&place, format!("{text:?} is {error}")))?),
            _ if text == "from-path" => rule.namespace = Some(Namespace::FromPath),
            _ => rule.namespace = Some(Namespace::Named(text.to_owned())),
        }
    }
    Ok(rule)
}
