//! kubeconfig, and kubectl's flags laid over it.

use std::path::Path;

use kube::Config;
use kube::config::{
    AuthInfo, Cluster, Context, KubeConfigOptions, Kubeconfig, KubeconfigError, NamedAuthInfo, NamedCluster,
    NamedContext,
};

use super::Overrides;
use crate::failure::{Failure, Result, chain, plain};

/// The name of the one context, cluster and user in what is handed to the client.
const EFFECTIVE: &str = "effective";

/// Where a pod finds its own namespace.
const SERVICE_ACCOUNT_NAMESPACE: &str = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";

/// The namespace of the context, `default` where it has none; without a kubeconfig that of the pod that this runs in.
pub(super) fn namespace(overrides: &Overrides) -> Result<String> {
    let kubeconfig = read(overrides)?;
    let context = kubeconfig.as_ref().map(|kubeconfig| context(kubeconfig, overrides)).transpose()?;
    let of_pod = || {
        let text = std::fs::read_to_string(SERVICE_ACCOUNT_NAMESPACE).ok()?;
        Some(text.trim().to_owned()).filter(|namespace| !namespace.is_empty())
    };
    let namespace = match context {
        Some(context) => context.namespace.filter(|namespace| !namespace.is_empty()),
        None => Some(of_pod().ok_or_else(|| {
            Failure::usage("no namespace is named, and there is no kubeconfig to take it from")
                .remedy("name it in the Secret's metadata.namespace, or with --namespace")
        })?),
    };
    Ok(namespace.unwrap_or_else(|| "default".to_owned()))
}

/// What the client needs. Async in name only: nothing is waited for.
pub(super) async fn config(overrides: &Overrides) -> Result<Config> {
    let kubeconfig = match read(overrides)? {
        Some(kubeconfig) => kubeconfig,
        None if overrides.server.is_some() => Kubeconfig::default(),
        None => {
            return Config::incluster().map_err(|_| {
                Failure::cluster("there is no kubeconfig, and this is no pod with a service account")
                    .remedy("name one with KUBECONFIG or --kubeconfig")
            });
        }
    };
    let effective = overlaid(&kubeconfig, overrides)?;
    let options = KubeConfigOptions::default();
    Config::from_custom_kubeconfig(effective, &options).await.map_err(|error| failure(&error))
}

/// `None` where there is no file at all. A file that was named must be there.
fn read(overrides: &Overrides) -> Result<Option<Kubeconfig>> {
    let read = match &overrides.kubeconfig {
        Some(path) => Kubeconfig::read_from(path),
        None => Kubeconfig::read(),
    };
    match read {
        Ok(kubeconfig) => Ok(Some(kubeconfig)),
        Err(KubeconfigError::FindPath) => Ok(None),
        Err(KubeconfigError::ReadConfig(error, _))
            if overrides.kubeconfig.is_none() && error.kind() == std::io::ErrorKind::NotFound =>
        {
            Ok(None)
        }
        Err(error) => Err(failure(&error)),
    }
}

/// The context that was asked for, or the current one; an empty one where the file has none.
fn context(kubeconfig: &Kubeconfig, overrides: &Overrides) -> Result<Context> {
    let wanted = overrides.context.as_deref().or(kubeconfig.current_context.as_deref()).unwrap_or_default();
    let found = kubeconfig.contexts.iter().find(|context| context.name == wanted);
    match found {
        Some(found) => Ok(found.context.clone().unwrap_or_default()),
        None if overrides.context.is_none() && wanted.is_empty() => Ok(Context::default()),
        None => Err(Failure::cluster(format_args!("the kubeconfig has no context {wanted:?}"))
            .remedy("`kubectl config get-contexts` lists them")),
    }
}

fn overlaid(kubeconfig: &Kubeconfig, overrides: &Overrides) -> Result<Kubeconfig> {
    let context = context(kubeconfig, overrides)?;
    let wanted = overrides.cluster.as_deref().unwrap_or(&context.cluster);
    let cluster = kubeconfig.clusters.iter().find(|cluster| cluster.name == wanted);
    if cluster.is_none() && overrides.cluster.is_some() {
        return Err(Failure::cluster(format_args!("the kubeconfig has no cluster {wanted:?}")));
    }
    let wanted = overrides.user.as_deref().or(context.user.as_deref()).unwrap_or_default();
    let user = kubeconfig.auth_infos.iter().find(|user| user.name == wanted);
    if user.is_none() && overrides.user.is_some() {
        return Err(Failure::cluster(format_args!("the kubeconfig has no user {wanted:?}")));
    }
    let cluster = cluster_with(cluster.and_then(|named| named.cluster.clone()).unwrap_or_default(), overrides);
    if cluster.server.as_deref().is_none_or(str::is_empty) {
        return Err(Failure::cluster("the kubeconfig names no API server").remedy("choose a context with --context"));
    }
    let user = user_with(user.and_then(|named| named.auth_info.clone()).unwrap_or_default(), overrides)?;
    let context = Context { cluster: EFFECTIVE.to_owned(), user: Some(EFFECTIVE.to_owned()), ..context };
    Ok(Kubeconfig {
        clusters: vec![NamedCluster { name: EFFECTIVE.to_owned(), cluster: Some(cluster), ..Default::default() }],
        auth_infos: vec![NamedAuthInfo { name: EFFECTIVE.to_owned(), auth_info: Some(user), ..Default::default() }],
        contexts: vec![NamedContext { name: EFFECTIVE.to_owned(), context: Some(context), ..Default::default() }],
        current_context: Some(EFFECTIVE.to_owned()),
        ..Default::default()
    })
}

fn cluster_with(mut cluster: Cluster, overrides: &Overrides) -> Cluster {
    fn replace<T: Clone>(field: &mut Option<T>, with: Option<&T>) {
        if let Some(with) = with {
            *field = Some(with.clone());
        }
    }
    replace(&mut cluster.server, overrides.server.as_ref());
    replace(&mut cluster.insecure_skip_tls_verify, overrides.insecure_skip_tls_verify.as_ref());
    replace(&mut cluster.tls_server_name, overrides.tls_server_name.as_ref());
    replace(&mut cluster.proxy_url, overrides.proxy_url.as_ref());
    replace(&mut cluster.disable_compression, overrides.disable_compression.as_ref());
    if let Some(path) = &overrides.certificate_authority {
        cluster.certificate_authority = Some(path.clone());
        cluster.certificate_authority_data = None;
    }
    if cluster.insecure_skip_tls_verify == Some(true) {
        // Both at once make no sense, and the flag is the later word.
        cluster.certificate_authority = None;
        cluster.certificate_authority_data = None;
    }
    cluster
}

fn user_with(mut user: AuthInfo, overrides: &Overrides) -> Result<AuthInfo> {
    if let Some(path) = &overrides.client_certificate {
        user.client_certificate = Some(path.clone());
        user.client_certificate_data = None;
    }
    if let Some(path) = &overrides.client_key {
        user.client_key = Some(path.clone());
        user.client_key_data = None;
    }
    if let Some(token) = &overrides.token {
        user = AuthInfo { token: Some(token.clone().into()), ..without_login(user) };
    }
    if overrides.username.is_some() || overrides.password.is_some() {
        user = AuthInfo {
            username: overrides.username.clone(),
            password: overrides.password.clone().map(Into::into),
            ..without_login(user)
        };
    }
    if let Some(name) = &overrides.impersonate {
        user.impersonate = Some(name.clone());
    }
    if let Some(uid) = &overrides.impersonate_uid {
        user.impersonate_uid = Some(uid.clone());
    }
    if !overrides.impersonate_groups.is_empty() {
        user.impersonate_groups = Some(overrides.impersonate_groups.clone());
    }
    if user.impersonate.is_none() && (user.impersonate_groups.is_some() || user.impersonate_uid.is_some()) {
        return Err(Failure::usage("--as-group and --as-uid need --as"));
    }
    Ok(user)
}

/// A user without the other ways to log in: one that was asked for is the only one.
fn without_login(user: AuthInfo) -> AuthInfo {
    AuthInfo { token: None, token_file: None, username: None, password: None, exec: None, auth_provider: None, ..user }
}

fn failure(error: &KubeconfigError) -> Failure {
    match error {
        KubeconfigError::ReadConfig(error, path) => named(path, &plain(error)),
        // The parser's error may quote a token that it stumbled over.
        KubeconfigError::Parse(_) => {
            Failure::cluster("the kubeconfig is not a valid one").remedy("`kubectl config view` says where it is wrong")
        }
        _ => Failure::cluster(format_args!("the kubeconfig cannot be used: {}", chain(error))),
    }
}

fn named(path: &Path, why: &str) -> Failure {
    Failure::cluster(format_args!("kubeconfig {}: {why}", path.display()))
}
