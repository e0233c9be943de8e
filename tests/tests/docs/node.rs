//! A node that the cluster lacks: it runs what the controller's Deployment says, as pods would, and tells the API server
//! that they are there.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use e2e::{Cluster, Controller};
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::Pod;
use kube::api::{ListParams, Patch, PatchParams};
use kube::{Api, ResourceExt as _};
use serde_json::{Value, json};
use tokio::sync::oneshot;

/// Not loopback's, which the service proxy refuses; nobody's outside the network namespace.
pub(crate) const ADDRESS: Ipv4Addr = Ipv4Addr::new(10, 88, 0, 1);

/// What the original's chart and ours have in common.
const SELECTOR: &str = "app.kubernetes.io/name=sealed-secrets";

/// Runs until dropped, on a thread of its own.
pub(crate) struct Node {
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Node {
    pub(crate) fn of(cluster: &Cluster) -> Self {
        let cluster = cluster.clone();
        let (end, ended) = oneshot::channel();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                tokio::select! {
                    () = run(cluster) => {}
                    _ = ended => {}
                }
            });
        });
        Self { end: Some(end), thread: Some(thread) }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        drop(self.end.take());
        // A panic over there has said what it had to say.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// The pods of one generation of a Deployment.
struct Pods {
    uid: Option<String>,
    generation: Option<i64>,
    controllers: Vec<Controller>,
}

async fn run(cluster: Cluster) {
    let deployments: Api<Deployment> = Api::all(cluster.client().await);
    let mut running: BTreeMap<(String, String), Pods> = BTreeMap::new();
    let mut looks = tokio::time::interval(Duration::from_millis(250));
    loop {
        looks.tick().await;
        // While the API server is busy, the node looks again.
        let Ok(list) = deployments.list(&ListParams::default().labels(SELECTOR)).await else { continue };
        let wanted: BTreeMap<_, _> = list
            .items
            .into_iter()
            .map(|found| ((found.namespace().unwrap_or_default(), found.name_any()), found))
            .collect();
        for (key, pods) in std::mem::take(&mut running) {
            let stays = wanted
                .get(&key)
                .is_some_and(|now| (&now.metadata.uid, now.metadata.generation) == (&pods.uid, pods.generation));
            if stays {
                running.insert(key, pods);
            } else {
                stop(pods).await;
            }
        }
        for (key, deployment) in wanted {
            let namespace = key.0.clone();
            if let Entry::Vacant(free) = running.entry(key) {
                free.insert(start(&cluster, &namespace, &deployment).await);
            }
        }
    }
}

async fn stop(pods: Pods) {
    for controller in &pods.controllers {
        controller.terminate().await;
    }
}

async fn start(cluster: &Cluster, namespace: &str, deployment: &Deployment) -> Pods {
    let template = serde_json::to_value(&deployment.spec).unwrap();
    let replicas = template["replicas"].as_u64().unwrap_or(1);
    let pod = &template["template"]["spec"];
    let mut controllers = Vec::new();
    for _ in 0..replicas {
        controllers.push(launch(cluster, namespace, pod).await);
    }
    // Not one after the other: who is no leader becomes ready through what the leader does.
    for controller in &controllers {
        controller.ready().await;
    }
    if cluster.network().is_some() {
        publish(cluster, namespace, &deployment.name_any(), &controllers).await;
    }
    let status = json!({ "status": {
        "observedGeneration": deployment.metadata.generation, "replicas": replicas, "updatedReplicas": replicas,
        "readyReplicas": replicas, "availableReplicas": replicas,
        "conditions": [{ "type": "Available", "status": "True", "reason": "MinimumReplicasAvailable" }],
    } });
    let api: Api<Deployment> = Api::namespaced(cluster.client().await, namespace);
    // It may have gone meanwhile; the next look sees that.
    let _ = api.patch_status(&deployment.name_any(), &PatchParams::default(), &Patch::Merge(status)).await;
    Pods { uid: deployment.metadata.uid.clone(), generation: deployment.metadata.generation, controllers }
}

async fn launch(cluster: &Cluster, namespace: &str, pod: &Value) -> Controller {
    let container = &pod["containers"][0];
    let builder = if container["image"].as_str().unwrap().contains("waxseal") {
        let account = cluster.service_account_kubeconfig(namespace, pod["serviceAccountName"].as_str().unwrap()).await;
        Controller::of(cluster).kubeconfig(&seen_from_inside(cluster, account))
    } else {
        Controller::peer_of(cluster)
    };
    let mut builder = builder.namespace(namespace);
    if cluster.network().is_some() {
        builder = builder.listen_on(ADDRESS);
    }
    let mut args = container["args"].as_array().into_iter().flatten().filter_map(Value::as_str);
    while let Some(arg) = args.next() {
        // Pods each have a network of their own, and these here have one in common.
        match arg {
            "--listen-addr" | "--listen-metrics-addr" => drop(args.next()),
            arg if arg.starts_with("--listen-") => {}
            arg => builder = builder.flag(arg),
        }
    }
    builder.launch().await
}

/// The kubeconfig for a process that is in the cluster's network, as the controller is.
fn seen_from_inside(cluster: &Cluster, kubeconfig: PathBuf) -> PathBuf {
    let text = fs::read_to_string(&kubeconfig).unwrap();
    fs::write(&kubeconfig, text.replace(&cluster.address().to_string(), &cluster.address_inside().to_string()))
        .unwrap();
    kubeconfig
}

/// Makes pods of the controllers, and endpoints of the Services in front of them.
async fn publish(cluster: &Cluster, namespace: &str, name: &str, controllers: &[Controller]) {
    let pods: Api<Pod> = Api::namespaced(cluster.client().await, namespace);
    let (mut items, mut http, mut metrics) = (Vec::new(), Vec::new(), Vec::new());
    for (number, controller) in controllers.iter().enumerate() {
        let pod = format!("{name}-{number}");
        let subset = |port: u16, port_name: &str| {
            let target = json!({ "kind": "Pod", "namespace": namespace, "name": pod });
            json!({ "addresses": [{ "ip": ADDRESS, "targetRef": target }], "ports": [{ "name": port_name, "port": port }] })
        };
        http.push(subset(controller.port(), "http"));
        metrics.push(subset(controller.metrics_port(), "metrics"));
        items.push(json!({ "apiVersion": "v1", "kind": "Pod", "metadata": { "name": pod, "namespace": namespace },
            "spec": { "automountServiceAccountToken": false, "containers": [{ "name": "controller", "image": "none" }] } }));
    }
    for (service, subsets) in [(name.to_owned(), http), (format!("{name}-metrics"), metrics)] {
        items.push(json!({ "apiVersion": "v1", "kind": "Endpoints",
            "metadata": { "name": service, "namespace": namespace }, "subsets": subsets }));
    }
    let list = json!({ "apiVersion": "v1", "kind": "List", "items": items });
    cluster.kubectl_with(&["apply", "-f", "-"], &list.to_string()).await;
    let status = json!({ "status": { "phase": "Running", "podIP": ADDRESS, "podIPs": [{ "ip": ADDRESS }] } });
    for number in 0..controllers.len() {
        let pod = format!("{name}-{number}");
        pods.patch_status(&pod, &PatchParams::default(), &Patch::Merge(&status)).await.unwrap();
    }
}
