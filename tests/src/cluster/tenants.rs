//! Namespaces and service accounts for one test.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use k8s_openapi::api::authentication::v1::{TokenRequest, TokenRequestSpec};
use k8s_openapi::api::core::v1::{Namespace, ServiceAccount};
use kube::api::{ObjectMeta, PostParams};
use kube::{Api, Error};

use super::{Cluster, kubeconfig};
use crate::guard::Guard;
use crate::wait::{SOON, wait_for};

impl Cluster {
    /// A new namespace with a name that no other test has, in which pods and service accounts can be made at once.
    pub async fn namespace(&self) -> String {
        self.namespace_named(&Guard::get().unique("t")).await
    }

    /// A new namespace of this name.
    pub async fn namespace_named(&self, name: &str) -> String {
        let client = self.client().await;
        let metadata = ObjectMeta { name: Some(name.to_owned()), ..ObjectMeta::default() };
        let namespace = Namespace { metadata, ..Namespace::default() };
        let namespaces = Api::<Namespace>::all(client.clone());
        if let Err(error) = namespaces.create(&PostParams::default(), &namespace).await {
            panic!("creating the namespace {name}: {error}");
        }
        let accounts: Api<ServiceAccount> = Api::namespaced(client, name);
        wait_for(SOON, "the namespace's default service account", async || Ok(accounts.get("default").await?)).await;
        name.to_owned()
    }

    /// A kubeconfig for exactly this service account, made if it is not there: RBAC then shows what the program that
    /// uses it needs. It may do nothing until a role is bound to it.
    pub async fn service_account_kubeconfig(&self, namespace: &str, name: &str) -> PathBuf {
        let made = self.account(namespace, name).await;
        made.unwrap_or_else(|error| panic!("making the service account {namespace}/{name}: {error:#}"))
    }

    /// A token of the service account, made if it is not there, for an hour.
    pub async fn service_account_token(&self, namespace: &str, name: &str) -> String {
        let made = self.token(namespace, name).await;
        made.unwrap_or_else(|error| panic!("making a token of {namespace}/{name}: {error:#}"))
    }

    /// Where the API server listens, as this process reaches it.
    pub fn address(&self) -> SocketAddr {
        self.plane.address
    }

    /// Where the API server listens, as a program in the cluster's network namespace reaches it.
    pub fn address_inside(&self) -> SocketAddr {
        self.plane.address_inside
    }

    /// The certificate of the authority that signed the API server's.
    pub fn certificate_authority(&self) -> PathBuf {
        self.plane.pki.ca.clone()
    }

    async fn account(&self, namespace: &str, name: &str) -> Result<PathBuf> {
        let token = self.token(namespace, name).await?;
        let folder = Guard::get().folder("account")?;
        kubeconfig::write_token(folder.join("kubeconfig"), self.plane.address, &self.plane.pki, &token)
    }

    async fn token(&self, namespace: &str, name: &str) -> Result<String> {
        let accounts: Api<ServiceAccount> = Api::namespaced(self.client().await, namespace);
        let metadata = ObjectMeta { name: Some(name.to_owned()), ..ObjectMeta::default() };
        let account = ServiceAccount { metadata, ..ServiceAccount::default() };
        match accounts.create(&PostParams::default(), &account).await {
            Err(Error::Api(status)) if status.code == 409 => {}
            made => drop(made.context("creating it")?),
        }
        let spec = TokenRequestSpec { expiration_seconds: Some(3600), ..TokenRequestSpec::default() };
        let request = TokenRequest { spec: Some(spec), ..TokenRequest::default() };
        let answer = accounts.create_token_request(name, &PostParams::default(), &request).await;
        let status = answer.context("asking for its token")?.status;
        status.and_then(|status| status.token).context("an answer without a token")
    }
}
