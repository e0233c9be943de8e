//! A server outside the cluster that the cluster takes for a pod behind a service.

use std::net::Ipv4Addr;

use k8s_openapi::api::core::v1::Pod;
use kube::Api;
use kube::api::{Patch, PatchParams};
use serde_json::json;

use super::Cluster;

impl Cluster {
    /// Publishes `address:port` as the one endpoint of a service, so that the API server's service proxy reaches it.
    ///
    /// The proxy talks only to the IP of a pod object, and never to loopback: the cluster has to run inside a network
    /// namespace that has the address ([`Cluster::start_in`]).
    pub async fn publish(&self, namespace: &str, service: &str, address: Ipv4Addr, port: u16) {
        let pod_spec = json!({
            "automountServiceAccountToken": false,
            "containers": [{ "name": "main", "image": "none" }],
        });
        let pod = json!({ "apiVersion": "v1", "kind": "Pod", "metadata": { "name": service }, "spec": pod_spec });
        let front = json!({
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": { "name": service },
            "spec": { "ports": [{ "name": "http", "port": port, "targetPort": port }] },
        });
        let endpoints = json!({
            "apiVersion": "v1",
            "kind": "Endpoints",
            "metadata": { "name": service },
            "subsets": [{
                "addresses": [{
                    "ip": address,
                    "targetRef": { "kind": "Pod", "namespace": namespace, "name": service },
                }],
                "ports": [{ "name": "http", "port": port }],
            }],
        });
        let list = json!({ "apiVersion": "v1", "kind": "List", "items": [pod, front, endpoints] });
        self.kubectl_with(&["--namespace", namespace, "apply", "-f", "-"], &list.to_string()).await;

        let status = json!({ "status": { "phase": "Running", "podIP": address, "podIPs": [{ "ip": address }] } });
        let pods: Api<Pod> = Api::namespaced(self.client().await, namespace);
        if let Err(error) = pods.patch_status(service, &PatchParams::default(), &Patch::Merge(&status)).await {
            panic!("giving the pod {namespace}/{service} its address: {error}");
        }
    }
}
