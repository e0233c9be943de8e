//! What a program in a pod finds around it: the address of the API server in its environment, and the token of its
//! service account in a folder of a fixed name.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::cluster::Cluster;

/// The service account that a program in a pod acts as.
const ACCOUNT: &str = "peer";

/// Shows a folder under the name that client-go looks for, to the program alone: in a mount namespace of its own, on an
/// empty `/run` (which `/var/run` points to).
const SCRIPT: &str = r#"
mount -t tmpfs none /run
mkdir -p /run/secrets/kubernetes.io
cp -r "$0" /run/secrets/kubernetes.io/serviceaccount
exec "$@"
"#;

/// The surroundings of one program.
pub(super) struct Pod {
    pub(super) env: Vec<(OsString, OsString)>,
    pub(super) wrapper: Vec<OsString>,
}

/// Makes a service account that may do everything, and its files in `folder`.
pub(super) async fn prepare(cluster: &Cluster, namespace: &str, folder: &Path) -> Result<Pod> {
    let token = cluster.service_account_token(namespace, ACCOUNT).await;
    let binding = format!("{ACCOUNT}-{namespace}");
    let subject = format!("--serviceaccount={namespace}:{ACCOUNT}");
    let create = ["create", "clusterrolebinding", &binding, "--clusterrole=cluster-admin", &subject];
    let manifest = cluster.kubectl(&[&create[..], &["--dry-run=client", "--output=yaml"]].concat()).await;
    cluster.kubectl_with(&["apply", "--filename=-"], &manifest).await;

    let account = folder.join("serviceaccount");
    fs::create_dir(&account).context("creating the folder of a service account")?;
    fs::write(account.join("token"), token).context("writing a token")?;
    fs::write(account.join("namespace"), namespace).context("writing the name of a namespace")?;
    fs::copy(cluster.certificate_authority(), account.join("ca.crt")).context("copying a certificate")?;

    let server = cluster.address_inside();
    let env =
        [("KUBERNETES_SERVICE_HOST", server.ip().to_string()), ("KUBERNETES_SERVICE_PORT", server.port().to_string())];
    let mut wrapper: Vec<OsString> = ["unshare", "--mount", "sh", "-euc", SCRIPT].map(OsString::from).into();
    wrapper.push(account.into());
    Ok(Pod { env: env.map(|(name, value)| (name.into(), value.into())).into(), wrapper })
}
