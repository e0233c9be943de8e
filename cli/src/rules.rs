//! `.waxseal.yaml`: what holds for the files under a path.

mod cluster;
mod exclusions;
mod read;

use std::path::{Path, PathBuf};

use globset::GlobMatcher;
use waxseal_crypto::Scope;

use crate::certificate::Source;
use crate::failure::{Failure, Result, plain};
use crate::settings::{Origin, Setting};

pub(crate) use cluster::Cluster;
use read::Content;

/// The file's name, at the root of a repo.
pub(crate) const FILE_NAME: &str = ".waxseal.yaml";

/// What a repo's file says; nothing where it has no such file.
#[derive(Default)]
pub(crate) struct Rules {
    content: Content,
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
                return Ok(Self { content: read::read(&file)?, file, current });
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
        let exclusions = &self.content.exclusions;
        !exclusions.are_none() && exclusions.cover(&self.relative(Some(path)))
    }

    /// The file with the stable key.
    pub(crate) fn stable_key(&self) -> Option<Setting<PathBuf>> {
        let value = self.content.stable_key.clone()?;
        Some(Setting { value, origin: Origin::Configuration { file: self.shown() } })
    }

    /// The clusters, in the order of the file.
    pub(crate) fn clusters(&self) -> &[Cluster] {
        &self.content.clusters
    }

    /// The cluster whose files lie where `path` does.
    pub(crate) fn cluster_of(&self, path: Option<&Path>) -> Option<&Cluster> {
        let relative = self.relative(path);
        self.content.clusters.iter().find(|cluster| cluster.output.is_for(&relative))
    }

    /// The certificate of the cluster that the file at `path` is for.
    pub(crate) fn certificate_of_cluster(&self, path: Option<&Path>) -> Option<Setting<Source>> {
        let cluster = self.cluster_of(path)?;
        let origin = Origin::Cluster { file: self.shown(), name: cluster.name.clone() };
        Some(Setting { value: Source::File(cluster.certificate.clone()), origin })
    }

    fn rule_for(&self, path: Option<&Path>) -> Option<(usize, &Rule)> {
        self.file.parent()?;
        let relative = self.relative(path);
        let matches = |rule: &Rule| rule.path.as_ref().is_none_or(|glob| glob.is_match(&relative));
        self.content.rules.iter().enumerate().find(|(_, rule)| matches(rule)).map(|(at, rule)| (at + 1, rule))
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
        Origin::Rule { file: self.shown(), number }
    }

    fn shown(&self) -> String {
        self.file.strip_prefix(&self.current).unwrap_or(&self.file).display().to_string()
    }
}
