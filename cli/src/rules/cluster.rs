//! A cluster that `.waxseal.yaml` names: its certificate, and where its files lie.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};

use crate::failure::{Failure, Result};

/// What stands for all clusters.
pub(crate) const ALL: &str = "all";

/// A cluster.
pub(crate) struct Cluster {
    pub(crate) name: String,
    /// The file of the repo that holds the certificate.
    pub(crate) certificate: PathBuf,
    /// What the output's path is relative to.
    pub(super) root: PathBuf,
    pub(crate) output: Pattern,
    /// Namespaces that are called differently there: what they are called in what is sealed, and there.
    pub(super) namespaces: Vec<(String, String)>,
    /// Its context in the kubeconfig, where that has another name.
    pub(crate) context: Option<String>,
    /// Where the certificate is fetched from, if not from the cluster itself.
    pub(crate) url: Option<String>,
    pub(crate) controller_namespace: Option<String>,
    pub(crate) controller_name: Option<String>,
}

impl Cluster {
    /// The clusters of these names, in the order of the names; `all` is every one.
    pub(crate) fn chosen<'c>(all: &'c [Self], names: &[String]) -> Result<Vec<&'c Self>> {
        let known = || all.iter().map(|cluster| cluster.name.as_str()).collect::<Vec<_>>().join(", ");
        if all.is_empty() {
            return Err(Failure::usage("there are no clusters").remedy("name them in .waxseal.yaml, under clusters"));
        }
        if names == [ALL] {
            return Ok(all.iter().collect());
        }
        let mut chosen: Vec<&Self> = Vec::new();
        for name in names {
            let found = all.iter().find(|cluster| cluster.name == *name).ok_or_else(|| {
                Failure::usage(format_args!("there is no cluster {name:?}"))
                    .remedy(format!(".waxseal.yaml has {}, or {ALL}", known()))
            })?;
            if !chosen.iter().any(|cluster| cluster.name == found.name) {
                chosen.push(found);
            }
        }
        Ok(chosen)
    }

    /// What the namespace is called there.
    pub(crate) fn namespace<'a>(&'a self, of_input: &'a str) -> &'a str {
        self.namespaces.iter().find(|(from, _)| from == of_input).map_or(of_input, |(_, to)| to)
    }

    /// What a namespace of this cluster is called in what was sealed.
    pub(crate) fn namespace_of_input<'a>(&'a self, there: &'a str) -> &'a str {
        self.namespaces.iter().find(|(_, to)| to == there).map_or(there, |(from, _)| from)
    }

    /// The file for a SealedSecret.
    pub(crate) fn file(&self, namespace: &str, name: &str) -> Result<PathBuf> {
        let path = self.output.path(namespace, name).map_err(|failure| failure.about(&self.name))?;
        // The way there from where the command was given is shorter to read.
        let current = std::env::current_dir().unwrap_or_default();
        let absolute = self.root.join(path);
        Ok(absolute.strip_prefix(current).map(Path::to_owned).unwrap_or(absolute))
    }

    pub(super) fn can_be_called(name: &str) -> bool {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        !name.is_empty() && name != ALL && !name.starts_with('.') && name.chars().all(fits)
    }
}

/// A path from the root of the repo, with parts that each SealedSecret fills in.
#[derive(Debug)]
pub(crate) struct Pattern {
    parts: Vec<Part>,
    matcher: GlobMatcher,
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Namespace,
    Name,
}

impl Pattern {
    /// Reads the path for the cluster `cluster`.
    pub(super) fn parse(text: &str, cluster: &str) -> std::result::Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (field, after) = after.split_once('}').ok_or("a brace is not closed")?;
            parts.push(Part::Text(before.to_owned()));
            parts.push(match field {
                "cluster" => Part::Text(cluster.to_owned()),
                "namespace" => Part::Namespace,
                "name" => Part::Name,
                _ => return Err(format!("there is no {{{field}}}; there are {{cluster}}, {{namespace}} and {{name}}")),
            });
            rest = after;
        }
        parts.push(Part::Text(rest.to_owned()));
        let components: Vec<_> = text.split('/').collect();
        if text.is_empty() || text.ends_with('/') || components.iter().any(|part| matches!(*part, "" | "." | "..")) {
            return Err("names no file below the root of the repo".to_owned());
        }
        let mut glob = String::new();
        for part in &parts {
            match part {
                Part::Text(text) => glob.push_str(&globset::escape(text)),
                Part::Namespace | Part::Name => glob.push('*'),
            }
        }
        let matcher =
            GlobBuilder::new(&glob).literal_separator(true).build().map_err(|error| error.kind().to_string())?;
        Ok(Self { parts, matcher: matcher.compile_matcher() })
    }

    /// Whether a file of this path, from the root of the repo, is one of the cluster's.
    pub(super) fn is_for(&self, path: &Path) -> bool {
        self.matcher.is_match(path)
    }

    fn path(&self, namespace: &str, name: &str) -> Result<PathBuf> {
        let mut path = String::new();
        for part in &self.parts {
            // Writing to memory does not fail.
            let _ = match part {
                Part::Text(text) => write!(path, "{text}"),
                Part::Namespace => write!(path, "{}", segment("namespace", namespace)?),
                Part::Name => write!(path, "{}", segment("name", name)?),
            };
        }
        Ok(PathBuf::from(path))
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        let text = |pattern: &Self| pattern.matcher.glob().glob().to_owned();
        text(self) == text(other)
    }
}

/// A name that leads to no other directory than the one that it stands in.
fn segment<'a>(field: &str, text: &'a str) -> Result<&'a str> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
    if text.is_empty() {
        return Err(Failure::input(format_args!("has no metadata.{field}, which the path of its file is made of"))
            .remedy(format!("add metadata.{field}")));
    }
    if text.starts_with('.') || !text.chars().all(fits) {
        return Err(Failure::input(format_args!("{text:?} is no {field} that a Kubernetes object can have")));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_filled_in_and_known_again() {
        let pattern = Pattern::parse("clusters/{cluster}/{namespace}/{name}.yaml", "dev").unwrap();
        assert_eq!(pattern.path("team-a", "db").unwrap(), Path::new("clusters/dev/team-a/db.yaml"));
        for (path, is_for) in [
            ("clusters/dev/team-a/db.yaml", true),
            ("clusters/prod/team-a/db.yaml", false),
            ("clusters/dev/db.yaml", false),
            ("clusters/dev/a/b/db.yaml", false),
            ("clusters/dev/team-a/db.json", false),
        ] {
            assert_eq!(pattern.is_for(Path::new(path)), is_for, "{path}");
        }
    }

    #[test]
    fn a_name_cannot_lead_out_of_the_directory() {
        let pattern = Pattern::parse("{cluster}/{namespace}/{name}.yaml", "dev").unwrap();
        for (namespace, name) in
            [("..", "x"), ("a", "../x"), ("a/b", "x"), ("", "x"), ("a", ""), ("a", ".x"), ("A", "x")]
        {
            assert!(pattern.path(namespace, name).is_err(), "{namespace:?} {name:?}");
        }
    }

    #[test]
    fn a_path_that_leads_elsewhere_or_cannot_be_filled_in_is_refused() {
        for text in ["", "/etc/{name}", "../{name}", "a/../{name}", "a//b", "a/", "{who}.yaml", "{name"] {
            assert!(Pattern::parse(text, "dev").is_err(), "{text:?}");
        }
        // Brackets are part of the name, not of a pattern.
        let odd = Pattern::parse("a[b]/{name}.yaml", "dev").unwrap();
        assert!(odd.is_for(Path::new("a[b]/x.yaml")) && !odd.is_for(Path::new("ab/x.yaml")));
    }
}
