//! Files that say how to reach the API server, and as whom.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::{Client, Config};
use serde_json::{Value, json};

use crate::pki::Pki;

/// The name of the one cluster, user and context in each file.
const NAME: &str = "e2e";

/// Writes a kubeconfig for the administrator.
pub(super) fn write_admin(path: PathBuf, server: SocketAddr, pki: &Pki) -> Result<PathBuf> {
    let user = json!({ "client-certificate": pki.admin.certificate, "client-key": pki.admin.key });
    write(path, server, pki, &user)
}

/// Writes a kubeconfig for the bearer of a token.
pub(super) fn write_token(path: PathBuf, server: SocketAddr, pki: &Pki, token: &str) -> Result<PathBuf> {
    write(path, server, pki, &json!({ "token": token }))
}

/// A client for the file, in the current runtime.
pub(super) async fn client(path: &Path) -> Result<Client> {
    Client::try_from(config(path).await?).context("making a client")
}

/// A client that tells of every failure at once.
pub(super) async fn client_without_retries(path: &Path) -> Result<Client> {
    let mut config = config(path).await?;
    config.default_retry = false;
    config.read_timeout = None;
    Client::try_from(config).context("making a client")
}

async fn config(path: &Path) -> Result<Config> {
    let file = Kubeconfig::read_from(path).with_context(|| format!("reading {}", path.display()))?;
    let options = KubeConfigOptions::default();
    Config::from_custom_kubeconfig(file, &options).await.context("resolving a kubeconfig")
}

fn write(path: PathBuf, server: SocketAddr, pki: &Pki, user: &Value) -> Result<PathBuf> {
    // JSON is YAML.
    let file = json!({
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{
            "name": NAME,
            "cluster": { "server": format!("https://{server}"), "certificate-authority": pki.ca },
        }],
        "users": [{ "name": NAME, "user": user }],
        "contexts": [{ "name": NAME, "context": { "cluster": NAME, "user": NAME, "namespace": "default" } }],
        "current-context": NAME,
    });
    fs::write(&path, format!("{file:#}\n")).with_context(|| format!("writing {}", path.display()))?;
    Ok(path)
}
