//! What holds for one file: flag, then environment, then `.waxseal.yaml`, then kubeconfig.

use std::cell::OnceCell;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use waxseal_crypto::{Scope, StableKey};

use crate::certificate::Source;
use crate::cluster::Connection;
use crate::failure::Result;
use crate::printer::Printer;
use crate::rules::{Cluster, Rules};
use crate::stable_key::{self, FoundKey, Places};

/// A value, and who said so.
#[derive(Clone, Debug)]
pub(crate) struct Setting<T> {
    pub(crate) value: T,
    pub(crate) origin: Origin,
}

/// Who said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A flag of this name, without its dashes.
    Flag(&'static str),
    /// An environment variable.
    Variable(String),
    /// A rule of the configuration file, counted from 1.
    Rule { file: String, number: usize },
    /// A cluster that the configuration file names.
    Cluster { file: String, name: String },
    /// A field of the configuration file that holds for all files.
    Configuration { file: String },
    /// The user's configuration folder.
    UserFolder,
    /// The kubeconfig, or what stands for it in a pod.
    Kubeconfig,
    /// Nobody.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) => write!(f, "flag --{name}"),
            Self::Variable(name) => write!(f, "environment variable {name}"),
            Self::Rule { file, number } => write!(f, "rule {number} of {file}"),
            Self::Cluster { file, name } => write!(f, "cluster {name} of {file}"),
            Self::Configuration { file } => f.write_str(file),
            Self::UserFolder => f.write_str("the user's configuration folder"),
            Self::Kubeconfig => f.write_str("the kubeconfig"),
            Self::Default => f.write_str("the default"),
        }
    }
}

/// What was asked for once and for all, by flags and environment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pub(crate) certificate: Option<Setting<Source>>,
    pub(crate) scope: Option<Setting<Scope>>,
    pub(crate) namespace: Option<Setting<String>>,
}

/// What was asked for, and the rules for what was not.
#[derive(Default)]
pub(crate) struct Settings {
    asked: Asked,
    /// kubeseal knows of no configuration file.
    without_rules: bool,
    rules: OnceCell<Rules>,
    explained: bool,
    /// Where a stable key is looked for; nowhere for commands that do not seal.
    stable_places: Option<Places>,
    stable_key: OnceCell<Option<Setting<FoundKey>>>,
}

impl Settings {
    pub(crate) fn new(asked: Asked) -> Self {
        Self { asked, ..Self::default() }
    }

    /// Settings that no configuration file has a say in.
    pub(crate) fn without_rules(asked: Asked) -> Self {
        Self { asked, without_rules: true, ..Self::default() }
    }

    /// Asks for each setting to be explained.
    pub(crate) fn explained(self, explained: bool) -> Self {
        Self { explained, ..self }
    }

    /// Says where to look for a stable key.
    pub(crate) fn stable(self, places: Places) -> Self {
        Self { stable_places: Some(places), ..self }
    }

    /// Where the certificate for the file at `path` comes from; no path is standard input.
    pub(crate) fn certificate(&self, path: Option<&Path>) -> Result<Setting<Source>> {
        if let Some(asked) = &self.asked.certificate {
            return Ok(asked.clone());
        }
        let rules = self.rules()?;
        let ruled = rules.certificate_of_cluster(path).or_else(|| rules.first(path, |rule| rule.certificate.clone()));
        Ok(ruled.unwrap_or(Setting { value: Source::Cluster, origin: Origin::Default }))
    }

    /// The certificate that a flag or the environment names.
    pub(crate) fn certificate_asked(&self) -> Option<Source> {
        self.asked.certificate.as_ref().map(|asked| asked.value.clone())
    }

    /// The scope for the file at `path`, if it is not left to the Secret's annotations.
    pub(crate) fn scope(&self, path: Option<&Path>) -> Result<Option<Setting<Scope>>> {
        match &self.asked.scope {
            Some(asked) => Ok(Some(asked.clone())),
            None => Ok(self.rules()?.first(path, |rule| rule.scope)),
        }
    }

    /// The namespace that the file at `path` is for, if somebody said so.
    pub(crate) fn namespace(&self, path: Option<&Path>) -> Result<Option<Setting<String>>> {
        match &self.asked.namespace {
            Some(asked) => Ok(Some(asked.clone())),
            None => self.rules()?.namespace(path),
        }
    }

    /// The namespace for the file at `path`: what somebody said, else the kubeconfig's.
    pub(crate) fn namespace_or_default(&self, path: Option<&Path>, connection: &Connection) -> Result<Setting<String>> {
        match self.namespace(path)? {
            Some(setting) => Ok(setting),
            None => Ok(Setting { value: connection.namespace()?, origin: Origin::Kubeconfig }),
        }
    }

    /// The secret that makes sealing stable, if somebody set one up. Looked for once.
    pub(crate) fn stable_key(&self) -> Result<Option<Arc<StableKey>>> {
        Ok(self.found_stable_key()?.map(|found| Arc::clone(&found.value.key)))
    }

    /// The clusters that the configuration file names.
    pub(crate) fn clusters(&self) -> Result<&[Cluster]> {
        Ok(self.rules()?.clusters())
    }

    /// The cluster that the file at `path` is for, by the place where it lies.
    pub(crate) fn cluster_of(&self, path: Option<&Path>) -> Result<Option<&Cluster>> {
        Ok(self.rules()?.cluster_of(path))
    }

    fn found_stable_key(&self) -> Result<Option<&Setting<FoundKey>>> {
        let Some(places) = self.stable_places else { return Ok(None) };
        if let Some(found) = self.stable_key.get() {
            return Ok(found.as_ref());
        }
        let named = match places {
            Places::All => self.rules()?.stable_key(),
            Places::Environment | Places::None => None,
        };
        let found = stable_key::find(places, named)?;
        Ok(self.stable_key.get_or_init(|| found).as_ref())
    }

    /// Tells where each setting for the file at `path` came from, if that was asked for.
    pub(crate) fn explain(&self, path: Option<&Path>, printer: Printer) -> Result<()> {
        if !self.explained {
            return Ok(());
        }
        let place = path.map_or_else(|| crate::inputs::STDIN.to_owned(), |path| path.display().to_string());
        let certificate = self.certificate(path)?;
        printer.talk(format_args!("{place}: certificate: {} ({})", certificate.value, certificate.origin));
        match self.scope(path)? {
            Some(scope) => printer.talk(format_args!("{place}: scope: {} ({})", scope.value, scope.origin)),
            None => printer.talk(format_args!("{place}: scope: as the annotations say, else strict")),
        }
        match self.namespace(path)? {
            Some(namespace) => {
                printer.talk(format_args!("{place}: namespace: {} ({})", namespace.value, namespace.origin));
            }
            None => printer.talk(format_args!("{place}: namespace: the object's own, else the kubeconfig's")),
        }
        if self.stable_places.is_some() {
            match self.found_stable_key()? {
                Some(found) => {
                    printer.talk(format_args!("{place}: stable key: {} ({})", found.value.name, found.origin));
                }
                None => printer.talk(format_args!("{place}: stable key: none, so values are sealed at random")),
            }
        }
        Ok(())
    }

    /// Whether the linter is to leave the file out.
    pub(crate) fn excludes(&self, path: &Path) -> Result<bool> {
        Ok(self.rules()?.exclude(path))
    }

    fn rules(&self) -> Result<&Rules> {
        if let Some(rules) = self.rules.get() {
            return Ok(rules);
        }
        let rules = if self.without_rules { Rules::default() } else { Rules::find()? };
        Ok(self.rules.get_or_init(|| rules))
    }
}
