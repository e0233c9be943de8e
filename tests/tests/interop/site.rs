//! A controller of either make in a namespace of its own, behind a Service that the API server's proxy reaches.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use anyhow::{Context as _, ensure};
use e2e::canary;
use e2e::net::Netns;
use e2e::wait::SOON;
use e2e::{Cluster, Controller, Program, wait_for};
use k8s_openapi::api::core::v1::Secret;
use kube::api::ListParams;
use kube::{Api, Client};
use serde_json::{Value, json};
use tokio::sync::OnceCell;
use waxseal_api::SealedSecret;

/// Not loopback's, which the service proxy refuses; nobody's outside the network namespace.
const ADDRESS: Ipv4Addr = Ipv4Addr::new(10, 88, 0, 1);
const SERVICE: &str = "sealed-secrets-controller";
pub(crate) const KEY_LABEL: &str = "sealedsecrets.bitnami.com/sealed-secrets-key";

/// Every scope, with the annotation that a Secret asks for it with.
pub(crate) const SCOPES: [(&str, &str); 3] = [
    ("strict", "example.com/none"),
    ("namespace-wide", "sealedsecrets.bitnami.com/namespace-wide"),
    ("cluster-wide", "sealedsecrets.bitnami.com/cluster-wide"),
];

/// Whose program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Make {
    Ours,
    Theirs,
}

/// Both.
pub(crate) const MAKES: [Make; 2] = [Make::Ours, Make::Theirs];

impl Make {
    /// The program that takes kubeseal's flags.
    pub(crate) fn kubeseal(self) -> Program {
        match self {
            Self::Ours => Program::kubeseal(),
            Self::Theirs => Program::peer_kubeseal(),
        }
    }
}

/// A controller, and the namespace that it lives in and looks at.
pub(crate) struct Site {
    pub(crate) cluster: Cluster,
    pub(crate) client: Client,
    pub(crate) namespace: String,
    pub(crate) controller: Controller,
}

impl Site {
    /// In a new namespace.
    pub(crate) async fn new(make: Make) -> Self {
        let cluster = cluster().await;
        let namespace = cluster.namespace().await;
        Self::in_namespace(make, namespace).await
    }

    /// In a namespace in which there was another.
    pub(crate) async fn in_namespace(make: Make, namespace: String) -> Self {
        let cluster = cluster().await;
        let controller = match make {
            Make::Ours => Controller::of(&cluster),
            Make::Theirs => Controller::peer_of(&cluster),
        };
        let controller = controller.only_namespace(&namespace).listen_on(ADDRESS).flag("--key-size=2048");
        let controller = controller.start().await;
        cluster.publish(&namespace, SERVICE, ADDRESS, controller.port()).await;
        let client = cluster.client().await;
        let site = Self { cluster, client, namespace, controller };
        site.reached().await;
        site
    }

    /// Ends the controller; the namespace stays with what is in it.
    pub(crate) async fn leave(self) -> String {
        let status = self.controller.terminate().await;
        assert!(status.success() || status.code() == Some(2), "SIGTERM: {status}");
        self.namespace
    }

    /// A program that finds this controller through the API server's service proxy.
    pub(crate) fn beside(&self, program: Program) -> Program {
        program.kubeconfig(self.cluster.kubeconfig()).args(["--controller-namespace", &*self.namespace])
    }

    pub(crate) fn secrets(&self) -> Api<Secret> {
        Api::namespaced(self.client.clone(), &self.namespace)
    }

    /// A Secret for this namespace: two values, one of them no text.
    pub(crate) fn secret(&self, name: &str) -> Value {
        json!({ "apiVersion": "v1", "kind": "Secret",
            "metadata": { "name": name, "namespace": self.namespace, "labels": { "app": "web" } },
            "stringData": { "password": canary::fresh() }, "data": { "bytes": "AP/+AAEC/w==", "none": "" } })
    }

    pub(crate) async fn apply(&self, documents: &str) {
        self.cluster.kubectl_with(&["apply", "-f", "-"], documents).await;
    }

    /// Waits until the controller has made exactly this Secret.
    pub(crate) async fn opens(&self, name: &str, manifest: &Value) -> Secret {
        let wanted = data_of(manifest);
        let secret = wait_for(SOON, &format!("the Secret {name}"), async || {
            let secret = self.secrets().get(name).await?;
            ensure!(data_of(&serde_json::to_value(&secret)?) == wanted, "it has other values");
            Ok(secret)
        })
        .await;
        wait_for(SOON, &format!("the status of {name}"), async || {
            let sealed: Api<SealedSecret> = Api::namespaced(self.client.clone(), &self.namespace);
            let status = sealed.get(name).await?.status.context("no status yet")?;
            ensure!(status.conditions.iter().any(|one| one.type_ == "Synced" && one.status == "True"), "{status:?}");
            Ok(())
        })
        .await;
        secret
    }

    /// Waits for a new certificate after asking for one.
    pub(crate) async fn renew(&self) -> String {
        let before = self.controller.certificate().await;
        self.controller.signal(rustix::process::Signal::USR1);
        wait_for(SOON, "another certificate", async || {
            let now = self.controller.certificate().await;
            ensure!(now != before, "it is the same");
            Ok(now)
        })
        .await
    }

    /// The key Secrets.
    pub(crate) async fn keys(&self) -> Vec<Secret> {
        self.secrets().list(&ListParams::default().labels(KEY_LABEL)).await.unwrap().items
    }

    /// A backup of the keys, as the original's documentation has it.
    pub(crate) async fn backup(&self, format: &str) -> String {
        self.cluster.kubectl(&["get", "secret", "-n", &self.namespace, "-l", KEY_LABEL, "-o", format]).await
    }

    async fn reached(&self) {
        let path = format!("/api/v1/namespaces/{}/services/http:{SERVICE}:http/proxy/v1/cert.pem", self.namespace);
        let served = self.controller.certificate().await;
        wait_for(SOON, "the certificate through the proxy", async || {
            let kubectl = Program::kubectl().kubeconfig(self.cluster.kubeconfig());
            let answer = kubectl.args(["get", "--raw", &path]).run().await.ok()?.stdout_text();
            ensure!(answer == served, "{answer:?}");
            Ok(())
        })
        .await;
    }
}

/// The data of a manifest, with what is in `stringData`, in base64.
pub(crate) fn data_of(manifest: &Value) -> BTreeMap<String, String> {
    use base64::Engine as _;

    let texts = |field: &str| manifest[field].as_object().cloned().unwrap_or_default();
    let string = |value: Value| value.as_str().unwrap_or_default().to_owned();
    let encode = |value: Value| base64::engine::general_purpose::STANDARD.encode(string(value));
    let plain = texts("stringData").into_iter().map(|(key, value)| (key, encode(value)));
    texts("data").into_iter().map(|(key, value)| (key, string(value))).chain(plain).collect()
}

/// The cluster that these tests share, in a network namespace with [`ADDRESS`].
async fn cluster() -> Cluster {
    static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
    let start = async || Cluster::start_in(Netns::with_address(ADDRESS).unwrap()).await;
    CLUSTER.get_or_init(start).await.clone()
}
