//! Where the API server is, and as whom to talk to it.

use std::path::Path;

use kube::config::{InClusterError, KubeConfigOptions, KubeconfigError};
use kube::{Client, Config};

/// Where a pod finds its namespace.
const NAMESPACE_FILE: &str = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";

/// A client for the cluster that this runs in, else for the one that the kubeconfig names.
pub(crate) async fn connect() -> Result<Client, ConnectError> {
    let mut config = match Config::incluster() {
        Ok(config) => config,
        Err(in_cluster) => match Config::from_kubeconfig(&KubeConfigOptions::default()).await {
            Ok(config) => config,
            Err(kubeconfig) => return Err(ConnectError::NoCluster { in_cluster, kubeconfig: Box::new(kubeconfig) }),
        },
    };
    // The reconcile loop has its own back-off, which the layer's, of up to 1000 s, would hide calls in.
    config.default_retry = false;
    Client::try_from(config).map_err(|error| ConnectError::Client(Box::new(error)))
}

/// The namespace that this controller, its keys and its Lease live in.
pub(crate) fn own_namespace() -> String {
    let variable = std::env::var("POD_NAMESPACE").unwrap_or_default();
    if !variable.is_empty() {
        return variable;
    }
    let file = std::fs::read_to_string(Path::new(NAMESPACE_FILE)).unwrap_or_default();
    let file = file.trim();
    if file.is_empty() { "default".to_owned() } else { file.to_owned() }
}

/// Why no client could be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum ConnectError {
    /// Neither in a cluster, nor with a kubeconfig that can be read.
    #[error("neither a pod's service account ({in_cluster}) nor a kubeconfig")]
    NoCluster {
        /// Why it is not in a cluster.
        in_cluster: InClusterError,
        /// Why there is no kubeconfig.
        #[source]
        kubeconfig: Box<KubeconfigError>,
    },
    /// What was found does not make a client.
    #[error("the configuration for the cluster cannot be used")]
    Client(#[source] Box<kube::Error>),
}
