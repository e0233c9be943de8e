//! A controller with two namespaces, and what a user does there with `waxseal` and `kubectl`.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context as _, Result, ensure};
use e2e::canary::{self, Canary};
use e2e::controller::Builder;
use e2e::wait::SOON;
use e2e::{Cluster, Controller, Program, http, wait_for};
use k8s_openapi::api::core::v1::{ConfigMap, Event, Secret};
use kube::api::ListParams;
use kube::{Api, Client};
use serde_json::{Value, json};
use waxseal_api::SealedSecret;

/// The controller of this place lives in `home`, where its keys are, and looks at `other`, too.
pub(crate) struct Place {
    pub(crate) cluster: Cluster,
    pub(crate) client: Client,
    pub(crate) home: String,
    pub(crate) other: String,
    pub(crate) controller: Controller,
    canaries: RefCell<Vec<String>>,
}

impl Place {
    /// With the controller running and ready.
    pub(crate) async fn new() -> Self {
        Self::with(async |_, _| {}).await
    }

    /// As [`Place::new`], after something was done in the namespace that the controller is going to live in.
    pub(crate) async fn with(prepare: impl AsyncFnOnce(&Cluster, &str)) -> Self {
        let cluster = Cluster::shared().await;
        let [home, other] = [cluster.namespace().await, cluster.namespace().await];
        prepare(&cluster, &home).await;
        let flag = format!("--additional-namespaces={other}");
        let controller = quick(Controller::of(&cluster)).only_namespace(&home).flag(flag).start().await;
        Self::of(cluster, home, other, controller).await
    }

    /// In a cluster of its own, installed as the documentation says: in kube-system, looking at every namespace.
    pub(crate) async fn in_own_cluster() -> Self {
        let cluster = Cluster::start().await;
        let other = cluster.namespace().await;
        let controller = quick(Controller::of(&cluster)).start().await;
        Self::of(cluster, "kube-system".to_owned(), other, controller).await
    }

    async fn of(cluster: Cluster, home: String, other: String, controller: Controller) -> Self {
        let client = cluster.client().await;
        // Ready is who can open values; `waxseal` reads the certificate where it is published a moment later.
        let maps: Api<ConfigMap> = Api::namespaced(client.clone(), &home);
        wait_for(SOON, "the certificate to be published", async || Ok(maps.get("waxseal-certificate").await?)).await;
        Self { cluster, client, home, other, controller, canaries: RefCell::default() }
    }

    /// A value that is nowhere to be seen outside of Secrets: [`Place::end`] looks for it.
    pub(crate) fn canary(&self) -> String {
        let value = canary::fresh();
        self.canaries.borrow_mut().push(value.clone());
        value
    }

    /// `waxseal`, where this controller is the cluster's.
    pub(crate) fn waxseal(&self, args: &[&str]) -> Program {
        Program::waxseal()
            .kubeconfig(self.cluster.kubeconfig())
            .args(args)
            .args(["--controller-namespace", self.home.as_str()])
    }

    /// What `waxseal seal` prints.
    pub(crate) async fn seal(&self, documents: &str, args: &[&str]) -> String {
        let output = self.waxseal(&[&["seal"], args].concat()).stdin(documents).run().await.success();
        for value in &*self.canaries.borrow() {
            Canary::new(value).assert_absent("the output of waxseal seal", [&*output.stdout, &output.stderr].concat());
        }
        output.stdout_text()
    }

    /// As [`Place::seal`], of one Secret, as a value that can be changed before it is applied.
    pub(crate) async fn seal_to_value(&self, manifest: &Value, args: &[&str]) -> Value {
        let text = self.seal(&manifest.to_string(), &[&["-o", "json"], args].concat()).await;
        serde_json::from_str(&text).unwrap()
    }

    /// `kubectl apply`.
    pub(crate) async fn apply(&self, documents: &str) {
        self.cluster.kubectl_with(&["apply", "-f", "-"], documents).await;
    }

    /// `kubectl apply --server-side`, for what the other way loses or refuses: nulls, and more than 256 KiB.
    pub(crate) async fn apply_server_side(&self, documents: &str) {
        let args = ["apply", "--server-side", "--force-conflicts", "-f", "-"];
        self.cluster.kubectl_with(&args, documents).await;
    }

    /// Seals a Secret of these values in `home`, and applies what came out.
    pub(crate) async fn put(&self, name: &str, values: &[(&str, &str)]) {
        let sealed = self.seal(&self.secret(name, values).to_string(), &[]).await;
        self.apply(&sealed).await;
    }

    /// A Secret's manifest.
    pub(crate) fn secret(&self, name: &str, values: &[(&str, &str)]) -> Value {
        json!({ "apiVersion": "v1", "kind": "Secret", "metadata": { "name": name, "namespace": self.home },
            "stringData": map(values) })
    }

    pub(crate) fn secrets(&self, namespace: &str) -> Api<Secret> {
        Api::namespaced(self.client.clone(), namespace)
    }

    pub(crate) fn sealed(&self, namespace: &str) -> Api<SealedSecret> {
        Api::namespaced(self.client.clone(), namespace)
    }

    /// Waits until the Secret in `home` has exactly these values, and the SealedSecret says so.
    pub(crate) async fn has(&self, name: &str, values: &[(&str, &str)]) -> Secret {
        self.has_in(&self.home, name, values).await
    }

    /// As [`Place::has`], in any namespace.
    pub(crate) async fn has_in(&self, namespace: &str, name: &str, values: &[(&str, &str)]) -> Secret {
        let secret = wait_for(SOON, &format!("the values of {namespace}/{name}"), async || {
            let secret = self.secrets(namespace).get(name).await?;
            let found = values_of(&secret);
            let keys = |map: &BTreeMap<String, String>| map.keys().cloned().collect::<Vec<_>>();
            ensure!(found == map(values), "other values, under {:?}", keys(&found));
            Ok(secret)
        })
        .await;
        self.synced(namespace, name, "True").await;
        secret
    }

    /// Waits until the status says of the current generation that it failed; returns the message.
    pub(crate) async fn fails(&self, name: &str) -> String {
        self.fails_in(&self.home, name).await
    }

    /// As [`Place::fails`], in any namespace.
    pub(crate) async fn fails_in(&self, namespace: &str, name: &str) -> String {
        self.synced(namespace, name, "False").await
    }

    /// Waits until there is no such Secret in `home`.
    pub(crate) async fn gone(&self, name: &str) {
        wait_for(SOON, &format!("the end of the Secret {name}"), async || {
            ensure!(self.secrets(&self.home).get_opt(name).await?.is_none(), "it is still there");
            Ok(())
        })
        .await;
    }

    async fn synced(&self, namespace: &str, name: &str, synced: &str) -> String {
        let api = self.sealed(namespace);
        wait_for(SOON, &format!("{namespace}/{name} to be Synced={synced}"), async || {
            let object = api.get(name).await?;
            let status = object.status.context("no status yet")?;
            ensure!(status.observed_generation == object.metadata.generation, "{:?}", status.observed_generation);
            let condition = status.conditions.into_iter().find(|condition| condition.type_ == "Synced");
            let condition = condition.context("no condition yet")?;
            ensure!(condition.status == synced, "it is {}: {:?}", condition.status, condition.message);
            Ok(condition.message.unwrap_or_default())
        })
        .await
    }

    /// The Events in both namespaces about the object of that name, as `type reason: message`.
    pub(crate) async fn events(&self, name: &str) -> Result<Vec<String>> {
        let events: Api<Event> = Api::namespaced(self.client.clone(), &self.home);
        let events = events.list(&ListParams::default()).await?.items;
        let about = events.into_iter().filter(|event| event.involved_object.name.as_deref() == Some(name));
        let text = |event: Event| {
            let [kind, reason, message] = [event.type_, event.reason, event.message].map(Option::unwrap_or_default);
            format!("{kind} {reason}: {message}")
        };
        Ok(about.map(text).collect())
    }

    /// Ends the controller as a cluster does, and looks for the canaries wherever the controller could have let them
    /// slip: its log, Events, SealedSecrets with their status, metrics, and everything that it says over HTTP.
    pub(crate) async fn end(self) {
        let mut told = String::new();
        let web = self.controller.web();
        for namespace in [&self.home, &self.other] {
            let get = async |kind| self.cluster.kubectl(&["get", kind, "-n", namespace, "-o", "json"]).await;
            let sealed = get("sealedsecrets").await;
            let list: Value = serde_json::from_str(&sealed).unwrap();
            for object in list["items"].as_array().unwrap() {
                for path in ["/v1/verify", "/v1/rotate"] {
                    let reply = http::post_json(web, path, object.to_string()).await.unwrap();
                    writeln!(told, "{path}: {} {}", reply.status, String::from_utf8_lossy(&reply.body)).unwrap();
                }
            }
            told += &(sealed + &get("events").await + &get("configmaps").await + &get("leases").await);
        }
        for path in ["/healthz", "/readyz", "/v1/cert.pem", "/nothing/here"] {
            told += &http::get(web, path).await.unwrap().text();
        }
        told += &self.controller.metrics().await;
        let status = self.controller.terminate().await;
        assert!(status.success(), "SIGTERM: {status}");
        told += &self.controller.log();
        for value in self.canaries.into_inner() {
            Canary::new(value).assert_absent("what the controller tells", &told);
        }
    }
}

/// With keys that are made quickly.
pub(crate) fn quick(controller: Builder<'_>) -> Builder<'_> {
    controller.flag("--key-size=2048").flag("--log-level=DEBUG")
}

pub(crate) fn values_of(secret: &Secret) -> BTreeMap<String, String> {
    let data = secret.data.iter().flatten();
    data.map(|(key, value)| (key.clone(), String::from_utf8_lossy(&value.0).into_owned())).collect()
}

fn map(values: &[(&str, &str)]) -> BTreeMap<String, String> {
    values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}
