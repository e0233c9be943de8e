//! A namespace with controllers that it happens to, and everything that was done there on record.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use k8s_openapi::api::core::v1::{Event, Secret};
use kube::api::{DeleteParams, ListParams, PostParams};
use kube::core::{ApiResource, DynamicObject, GroupVersionKind};
use kube::{Api, Client, ResourceExt};
use serde_json::json;
use waxseal_api::{PlainSecret, SealOptions, SealedSecret, seal};
use waxseal_crypto::Certificate;

use super::History;
use super::history::{KEY, value_of};
use crate::canary::{self, Canary};
use crate::cluster::Cluster;
use crate::controller::Controller;
use crate::http;
use crate::proxy::Proxy;
use crate::wait::wait_for;

/// After the last fault, everything has to be right within this time.
const QUIET: Duration = Duration::from_mins(4);

/// Leaders change within seconds and not a quarter of a minute.
const FAST: [&str; 3] = ["--lease-duration=3s", "--lease-renew-deadline=2s", "--lease-retry-period=500ms"];

/// A controller and the proxy that it talks through.
#[derive(Debug)]
pub struct Replica {
    /// The controller.
    pub controller: Controller,
    /// What stands between it and the API server.
    pub proxy: Proxy,
}

/// Where a row plays.
pub struct Stage {
    /// The cluster.
    pub cluster: Cluster,
    /// An administrator's client, past every proxy.
    pub client: Client,
    /// The namespace that everything is in.
    pub namespace: String,
    /// The controllers.
    pub replicas: Vec<Replica>,
    /// What has happened.
    pub history: History,
    certificate: Certificate,
    canary: String,
    numbers: BTreeMap<String, u32>,
}

impl Stage {
    /// So many controllers in a namespace of the cluster, with these flags.
    pub async fn new(cluster: Cluster, replicas: usize, flags: &[&str], seed: u64) -> Self {
        let namespace = cluster.namespace().await;
        let mut started = Vec::new();
        for number in 0..replicas {
            started.push(start(&cluster, &namespace, number, flags, seed).await);
        }
        let client = cluster.client().await;
        let history = History::record(client.clone(), &namespace);
        let certificate = certificate(&started[0].controller).await;
        let (canary, numbers) = (canary::fresh(), BTreeMap::new());
        Self { cluster, client, namespace, replicas: started, history, certificate, canary, numbers }
    }

    /// The first of the controllers.
    pub fn first(&self) -> &Replica {
        &self.replicas[0]
    }

    /// The Secrets of the namespace.
    pub fn secrets(&self) -> Api<Secret> {
        Api::namespaced(self.client.clone(), &self.namespace)
    }

    /// The SealedSecrets of the namespace.
    pub fn sealed(&self) -> Api<SealedSecret> {
        Api::namespaced(self.client.clone(), &self.namespace)
    }

    /// What every value of this stage has in it, and nothing that is emitted.
    pub fn canary(&self) -> &str {
        &self.canary
    }

    /// A SealedSecret with a value that none had before, on record as applied.
    pub fn next(&mut self, name: &str) -> SealedSecret {
        let number = self.numbers.entry(name.to_owned()).or_default();
        *number += 1;
        let value = format!("{}-{name}-{number}", self.canary);
        self.history.applies(name, &value);
        self.seal(&json!({ "metadata": { "name": name }, "stringData": { KEY: value } }))
    }

    /// Seals a Secret for the namespace.
    pub fn seal(&self, manifest: &serde_json::Value) -> SealedSecret {
        let mut manifest = manifest.clone();
        manifest["apiVersion"] = json!("v1");
        manifest["kind"] = json!("Secret");
        manifest["metadata"]["namespace"] = json!(self.namespace);
        let secret = PlainSecret::from_manifest(&manifest).expect("a Secret");
        seal(&secret, self.certificate.public_key(), SealOptions { allow_empty: true, ..SealOptions::default() })
            .expect("a value that can be sealed")
    }

    /// Applies a new value under the name.
    pub async fn apply(&mut self, name: &str) {
        let sealed = self.next(name);
        if let Err(error) = put(&self.sealed(), &sealed).await {
            panic!("applying {name}: {error:#}");
        }
    }

    /// Deletes a SealedSecret.
    pub async fn delete(&self, name: &str) {
        self.history.deletes(name);
        if let Err(error) = self.sealed().delete(name, &DeleteParams::default()).await {
            panic!("deleting the SealedSecret {name}: {error}");
        }
    }

    /// Deletes a Secret, as somebody does by hand.
    pub async fn delete_secret(&self, name: &str) {
        self.history.deletes_secret(name);
        if let Err(error) = self.secrets().delete(name, &DeleteParams::default()).await {
            panic!("deleting the Secret {name}: {error}");
        }
    }

    /// Waits until every SealedSecret has its Secret, with its newest value and under its own uid, no other is there,
    /// and every status says so; and that nothing was wrong on the way. Panics otherwise.
    pub async fn quiet(&self) {
        wait_for(QUIET, "every Secret to equal its SealedSecret", async || self.look().await).await;
        self.history.check();
    }

    /// Names, for the Secrets that there are, each with its uid.
    pub async fn uids(&self) -> BTreeMap<String, String> {
        let secrets = self.secrets().list(&ListParams::default()).await.expect("a list of Secrets");
        let ours = secrets.items.iter().filter(|secret| value_of(secret).is_some());
        ours.map(|secret| (secret.name_any(), secret.uid().unwrap_or_default())).collect()
    }

    /// How many sealing keys there are.
    pub async fn keys(&self) -> usize {
        let active = ListParams::default().labels("sealedsecrets.bitnami.com/sealed-secrets-key=active");
        self.secrets().list(&active).await.expect("a list of key Secrets").items.len()
    }

    /// Which controller holds the Lease.
    pub async fn leader(&self) -> Result<usize> {
        let kind = ApiResource::from_gvk(&GroupVersionKind::gvk("coordination.k8s.io", "v1", "Lease"));
        let leases: Api<DynamicObject> = Api::namespaced_with(self.client.clone(), &self.namespace, &kind);
        let lease = leases.get("waxseal-controller").await?;
        let holder = lease.data["spec"]["holderIdentity"].as_str().unwrap_or_default();
        let number = holder.strip_prefix("replica-").and_then(|rest| rest.split('_').next());
        number.and_then(|number| number.parse().ok()).with_context(|| format!("nobody leads: {holder:?}"))
    }

    /// Begins a record that knows nothing of what was so far: the store has forgotten it, too.
    #[must_use]
    pub(super) fn with_a_new_record(self) -> Self {
        let history = History::record(self.client.clone(), &self.namespace);
        history.accepts_what_it_does_not_know();
        Self { history, ..self }
    }

    /// Uses the newest certificate from now on.
    pub async fn fetch_certificate(&mut self) {
        self.certificate = certificate(&self.first().controller).await;
    }

    /// Searches everything that was emitted for the values. Panics if one is there.
    pub async fn search(&self) {
        let canary = Canary::new(&self.canary);
        for replica in &self.replicas {
            canary.assert_absent("the controller's log", replica.controller.log());
            if replica.controller.runs() {
                canary.assert_absent("the metrics", replica.controller.metrics().await);
                for path in ["/v1/cert.pem", "/healthz", "/readyz"] {
                    let reply = http::get(replica.controller.web(), path).await.expect("an answer");
                    canary.assert_absent(path, reply.body);
                }
            }
        }
        for log in self.cluster.logs() {
            canary.assert_absent("a server's log", std::fs::read(log).expect("a log"));
        }
        let events: Api<Event> = Api::namespaced(self.client.clone(), &self.namespace);
        let events = events.list(&ListParams::default()).await.expect("a list of Events").items;
        canary.assert_absent("the Events", serde_json::to_vec(&events).expect("JSON"));
        let sealed = self.sealed().list(&ListParams::default()).await.expect("a list of SealedSecrets").items;
        canary.assert_absent("the SealedSecrets", serde_json::to_vec(&sealed).expect("JSON"));
    }

    async fn look(&self) -> Result<()> {
        let expected = self.history.expected();
        let sealed = self.sealed().list(&ListParams::default()).await?.items;
        let owners: BTreeMap<String, Option<String>> = sealed.iter().map(|one| (one.name_any(), one.uid())).collect();
        let secrets = self.secrets().list(&ListParams::default()).await?.items;
        let mut found = BTreeMap::new();
        for secret in secrets {
            let Some(value) = value_of(&secret) else { continue };
            let name = secret.name_any();
            let owned =
                secret.owner_references().iter().any(|owner| Some(&Some(owner.uid.clone())) == owners.get(&name));
            ensure!(owned, "{name} belongs to another SealedSecret than there is");
            found.insert(name, value);
        }
        ensure!(found == expected, "{}", difference(&expected, &found));
        let behind = sealed.iter().find(|one| !is_synced(one)).map(ResourceExt::name_any);
        ensure!(behind.is_none(), "the status of {behind:?} does not say that it is synced");
        Ok(())
    }
}

/// Creates a SealedSecret, or replaces the spec of the one that is there.
pub(super) async fn put(api: &Api<SealedSecret>, sealed: &SealedSecret) -> Result<()> {
    let name = sealed.name_any();
    let Some(mut found) = api.get_opt(&name).await? else {
        api.create(&PostParams::default(), sealed).await?;
        return Ok(());
    };
    found.spec = sealed.spec.clone();
    api.replace(&name, &PostParams::default(), &found).await?;
    Ok(())
}

async fn start(cluster: &Cluster, namespace: &str, number: usize, flags: &[&str], seed: u64) -> Replica {
    let proxy = Proxy::start(cluster, seed.wrapping_add(number as u64)).await;
    let mut controller = Controller::of(cluster)
        .only_namespace(namespace)
        .kubeconfig(proxy.kubeconfig())
        .flag("--key-size=2048")
        .env("POD_NAME", format!("replica-{number}"));
    for flag in FAST.iter().chain(flags) {
        controller = controller.flag(*flag);
    }
    Replica { controller: controller.start().await, proxy }
}

async fn certificate(controller: &Controller) -> Certificate {
    Certificate::from_pem(controller.certificate().await.as_bytes()).expect("the controller serves a certificate")
}

fn is_synced(sealed: &SealedSecret) -> bool {
    let Some(status) = &sealed.status else { return false };
    let synced = status.conditions.iter().any(|condition| condition.type_ == "Synced" && condition.status == "True");
    synced && status.observed_generation == sealed.metadata.generation
}

/// What is missing, what is too many and what is other than it should be, at most three of each kind.
fn difference(expected: &BTreeMap<String, String>, found: &BTreeMap<String, String>) -> String {
    let some = |names: Vec<&String>| format!("{} {:?}", names.len(), &names[..names.len().min(3)]);
    let missing = expected.keys().filter(|name| !found.contains_key(*name)).collect();
    let extra = found.keys().filter(|name| !expected.contains_key(*name)).collect();
    let stale = expected.iter().filter(|(name, value)| found.get(*name).is_some_and(|own| own != *value));
    let stale = stale.map(|(name, _)| name).collect();
    format!("missing {}, too many {}, stale {}", some(missing), some(extra), some(stale))
}
