//! The cluster: how to get there, and the few things that are asked of it.
//!
//! Nothing here runs before a command needs it: no kubeconfig is read, no runtime started, no connection made.

mod client;
mod controller;
mod kubeconfig;
mod objects;

use std::cell::OnceCell;
use std::time::Duration;

use crate::failure::Result;
pub(crate) use client::{Answer, Cluster};
pub(crate) use controller::Verdict;

/// Where the controller is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Controller {
    pub(crate) namespace: String,
    pub(crate) name: String,
}

impl Default for Controller {
    fn default() -> Self {
        Self { namespace: "kube-system".to_owned(), name: "sealed-secrets-controller".to_owned() }
    }
}

/// What kubectl's connection flags say, from the command line or the environment. No `Debug`: it may hold a password.
#[derive(Clone, Default)]
pub(crate) struct Overrides {
    pub(crate) kubeconfig: Option<String>,
    pub(crate) context: Option<String>,
    pub(crate) cluster: Option<String>,
    pub(crate) user: Option<String>,
    pub(crate) namespace: Option<String>,
    pub(crate) server: Option<String>,
    pub(crate) token: Option<String>,
    pub(crate) impersonate: Option<String>,
    pub(crate) impersonate_groups: Vec<String>,
    pub(crate) impersonate_uid: Option<String>,
    pub(crate) certificate_authority: Option<String>,
    pub(crate) client_certificate: Option<String>,
    pub(crate) client_key: Option<String>,
    pub(crate) insecure_skip_tls_verify: Option<bool>,
    pub(crate) tls_server_name: Option<String>,
    pub(crate) proxy_url: Option<String>,
    /// `None` is [`client::DEFAULT_TIMEOUT`], zero is no limit.
    pub(crate) request_timeout: Option<Duration>,
    pub(crate) username: Option<String>,
    pub(crate) password: Option<String>,
    pub(crate) disable_compression: Option<bool>,
}

/// The way to the cluster, not yet gone.
pub(crate) struct Connection {
    overrides: Overrides,
    pub(crate) controller: Controller,
    cluster: OnceCell<Cluster>,
}

impl Connection {
    pub(crate) fn new(overrides: Overrides, controller: Controller) -> Self {
        Self { overrides, controller, cluster: OnceCell::new() }
    }

    /// The connection to a cluster that `.waxseal.yaml` names, with everything else as it was asked for.
    pub(crate) fn to(&self, cluster: &crate::rules::Cluster) -> Self {
        let mut overrides = self.overrides.clone();
        overrides.context = Some(cluster.context.clone().unwrap_or_else(|| cluster.name.clone()));
        let mut controller = self.controller.clone();
        if let Some(namespace) = &cluster.controller_namespace {
            controller.namespace.clone_from(namespace);
        }
        if let Some(name) = &cluster.controller_name {
            controller.name.clone_from(name);
        }
        Self::new(overrides, controller)
    }

    /// The namespace that somebody asked for with `-n` or the environment.
    pub(crate) fn asked_namespace(&self) -> Option<&str> {
        self.overrides.namespace.as_deref()
    }

    /// The namespace that was asked for, else the kubeconfig's, else `default`, as kubectl has it.
    pub(crate) fn namespace(&self) -> Result<String> {
        match self.asked_namespace() {
            Some(namespace) => Ok(namespace.to_owned()),
            None => kubeconfig::namespace(&self.overrides),
        }
    }

    /// The cluster, connected the first time that it is asked for.
    pub(crate) fn cluster(&self) -> Result<&Cluster> {
        if let Some(cluster) = self.cluster.get() {
            return Ok(cluster);
        }
        let cluster = Cluster::connect(&self.overrides)?;
        Ok(self.cluster.get_or_init(|| cluster))
    }
}
