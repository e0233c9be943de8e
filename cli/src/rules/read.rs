//! The text of `.waxseal.yaml`.

use std::path::{Path, PathBuf};

use globset::GlobBuilder;
use serde_json::Value;
use waxseal_documents::{Document, Path as Field, parse};

use super::cluster::{Cluster, Pattern};
use super::exclusions::Exclusions;
use super::{Namespace, Rule};
use crate::certificate::Source;
use crate::failure::{Failure, Result};
use crate::inputs::read_file;

/// The fields of the file.
const SECTIONS: &str = "the file has the fields rules, lint, stable-key and clusters, all of them optional";

/// The fields of a rule.
const RULE: [&str; 4] = ["path", "cert", "scope", "namespace"];

/// The fields of a cluster.
const CLUSTER: [&str; 7] =
    ["cert", "output", "namespaces", "context", "url", "controller-namespace", "controller-name"];

/// What the file says.
#[derive(Default)]
pub(super) struct Content {
    pub(super) rules: Vec<Rule>,
    pub(super) stable_key: Option<PathBuf>,
    pub(super) clusters: Vec<Cluster>,
    pub(super) exclusions: Exclusions,
}

/// The file while it is read.
struct Reader<'a> {
    name: String,
    document: &'a Document,
    /// What paths are relative to.
    root: &'a Path,
}

pub(super) fn read(file: &Path) -> Result<Content> {
    let name = file.display().to_string();
    let documents = parse(&read_file(file)?, &name).map_err(Failure::usage)?;
    let Some(document) = documents.first() else { return Ok(Content::default()) };
    let reader = Reader { name, document, root: file.parent().unwrap_or(Path::new("")) };
    let fields = match document.value() {
        Value::Null => return Ok(Content::default()),
        Value::Object(fields) => fields,
        _ => return Err(reader.wrong(&Field::root(), "is not a mapping").remedy(SECTIONS)),
    };
    for key in fields.keys() {
        if !["rules", "lint", "stable-key", "clusters"].contains(&key.as_str()) {
            return Err(reader.wrong(&Field::root().key(key), format!("unknown field {key:?}")).remedy(SECTIONS));
        }
    }
    Ok(Content {
        rules: reader.rules()?,
        stable_key: reader.stable_key()?,
        clusters: reader.clusters()?,
        exclusions: Exclusions::read(document, &|place, what| reader.wrong(place, what))?,
    })
}

impl Reader<'_> {
    fn wrong(&self, place: &Field, what: impl std::fmt::Display) -> Failure {
        Failure::usage(format_args!("{}:{}: {what}", self.name, self.document.nearest_position(place)))
    }

    fn rules(&self) -> Result<Vec<Rule>> {
        let remedy = "a rule has the fields path, cert, scope and namespace, all of them optional";
        match self.document.value().get("rules") {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(rules)) => rules
                .iter()
                .enumerate()
                .map(|(index, rule)| self.rule(&Field::from(["rules"]).index(index), rule))
                .collect::<Result<_>>()
                .map_err(|failure| failure.remedy(remedy)),
            Some(_) => Err(self.wrong(&Field::from(["rules"]), "rules is not a list").remedy(remedy)),
        }
    }

    fn rule(&self, here: &Field, value: &Value) -> Result<Rule> {
        let Some(fields) = value.as_object() else { return Err(self.wrong(here, "a rule is a mapping")) };
        let mut rule = Rule::default();
        for (key, value) in fields {
            let place = here.clone().key(key);
            if !RULE.contains(&key.as_str()) {
                return Err(self.wrong(&place, format!("unknown field {key:?}")));
            }
            let Some(text) = self.text(&place, key, value)? else { continue };
            match key.as_str() {
                "path" => {
                    let glob = GlobBuilder::new(text).literal_separator(true).build();
                    let glob = glob.map_err(|error| self.wrong(&place, format!("path: {}", error.kind())))?;
                    rule.path = Some(glob.compile_matcher());
                }
                "cert" => {
                    rule.certificate = Some(match Source::named(text) {
                        Source::File(path) => Source::File(self.root.join(path)),
                        other => other,
                    });
                }
                "scope" => {
                    let scope = text.parse().map_err(|error| self.wrong(&place, format!("{text:?} is {error}")));
                    rule.scope = Some(scope?);
                }
                _ if text == "from-path" => rule.namespace = Some(Namespace::FromPath),
                _ => rule.namespace = Some(Namespace::Named(text.to_owned())),
            }
        }
        Ok(rule)
    }

    fn stable_key(&self) -> Result<Option<PathBuf>> {
        let place = Field::from(["stable-key"]);
        let Some(value) = self.document.value().get("stable-key") else { return Ok(None) };
        let text = self.text(&place, "stable-key", value).map_err(|failure| {
            failure
                .remedy("it names the file that holds the key, which is not committed: stable-key: ~/team/stable-key")
        })?;
        Ok(text.map(|text| match text.strip_prefix("~/") {
            // A repo is shared, and everybody's home has another name.
            Some(below) => std::env::home_dir().unwrap_or_default().join(below),
            None => self.root.join(text),
        }))
    }

    fn clusters(&self) -> Result<Vec<Cluster>> {
        let here = Field::from(["clusters"]);
        let remedy = "a cluster has a name and the fields cert and output; namespaces, context, url, controller-namespace \
                      and controller-name are optional";
        let clusters = match self.document.value().get("clusters") {
            None | Some(Value::Null) => return Ok(Vec::new()),
            Some(Value::Object(clusters)) => clusters,
            Some(_) => return Err(self.wrong(&here, "clusters is not a mapping").remedy(remedy)),
        };
        let mut found: Vec<Cluster> = Vec::new();
        for (name, value) in clusters {
            let place = here.clone().key(name);
            let cluster = self.cluster(&place, name, value).map_err(|failure| failure.remedy(remedy))?;
            if let Some(other) = found.iter().find(|other| other.output == cluster.output) {
                return Err(self
                    .wrong(&place.key("output"), format!("{name} and {} have the same output", other.name))
                    .remedy("put {cluster} into the path"));
            }
            found.push(cluster);
        }
        Ok(found)
    }

    fn cluster(&self, here: &Field, name: &str, value: &Value) -> Result<Cluster> {
        if !Cluster::can_be_called(name) {
            return Err(
                self.wrong(here, "a cluster's name is made of letters, digits, `-`, `_` and `.`, and is not all")
            );
        }
        let Some(fields) = value.as_object() else { return Err(self.wrong(here, "a cluster is a mapping")) };
        if let Some(key) = fields.keys().find(|key| !CLUSTER.contains(&key.as_str())) {
            return Err(self.wrong(&here.clone().key(key), format!("unknown field {key:?}")));
        }
        let text = |key: &str| match fields.get(key) {
            None => Ok(None),
            Some(value) => self.text(&here.clone().key(key), key, value),
        };
        let needed = |key: &str| text(key)?.ok_or_else(|| self.wrong(here, format!("{name} has no {key}")));
        let owned = |key: &str| text(key).map(|text| text.map(str::to_owned));
        let Source::File(certificate) = Source::named(needed("cert")?) else {
            let place = here.clone().key("cert");
            return Err(
                self.wrong(&place, "cert is a file of the repo; url is where `waxseal cert fetch` gets it from")
            );
        };
        let output = Pattern::parse(needed("output")?, name)
            .map_err(|error| self.wrong(&here.clone().key("output"), format!("output: {error}")))?;
        let mut cluster = Cluster {
            name: name.to_owned(),
            certificate: self.root.join(certificate),
            root: self.root.to_owned(),
            output,
            namespaces: Vec::new(),
            context: owned("context")?,
            url: owned("url")?,
            controller_namespace: owned("controller-namespace")?,
            controller_name: owned("controller-name")?,
        };
        let namespaces = here.clone().key("namespaces");
        match fields.get("namespaces") {
            None | Some(Value::Null) => {}
            Some(Value::Object(map)) => {
                for (from, to) in map {
                    if let Some(to) = self.text(&namespaces.clone().key(from), from, to)? {
                        cluster.namespaces.push((from.clone(), to.to_owned()));
                    }
                }
            }
            Some(_) => return Err(self.wrong(&namespaces, "namespaces is not a mapping")),
        }
        Ok(cluster)
    }

    /// A field's text; nothing where it is null.
    fn text<'v>(&self, place: &Field, key: &str, value: &'v Value) -> Result<Option<&'v str>> {
        match value {
            Value::Null => Ok(None),
            Value::String(text) => Ok(Some(text)),
            _ => Err(self.wrong(place, format!("{key} is not a string"))),
        }
    }
}
