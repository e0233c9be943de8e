//! Flags that several commands share.

use std::path::PathBuf;

use clap::Args;
use waxseal_crypto::Scope;

use crate::certificate::Source;
use crate::cluster::{Connection, Controller, Overrides};
use crate::duration;
use crate::environment::{Boolean, parsed, text, variable};
use crate::failure::{Failure, Result};
use crate::output::Format;
use crate::private_keys::KeySources;
use crate::settings::{Asked, Origin, Setting};
use crate::stable_key::Places;

/// Where documents go, and in what form.
#[derive(Args)]
pub(crate) struct OutputFlags {
    /// Write to this file instead of standard output; it is replaced whole, or left alone on failure
    #[arg(short = 'w', long = "write", value_name = "OUT")]
    pub(crate) file: Option<PathBuf>,
    /// yaml or json [default: what the name of OUT says, else yaml]
    #[arg(short = 'o', long, value_name = "FORMAT")]
    format: Option<Format>,
}

impl OutputFlags {
    /// The flag, else the file's extension, else YAML.
    pub(crate) fn format(&self) -> Format {
        self.format.or_else(|| Format::of(self.file.as_deref()?)).unwrap_or(Format::Yaml)
    }
}

/// The certificate, and what is left to `.waxseal.yaml` without it.
#[derive(Args)]
pub(crate) struct CertificateFlags {
    /// The certificate to seal with: a file, or an http or https URL [default: .waxseal.yaml's, else the cluster's]
    #[arg(long, value_name = "FILE|URL")]
    cert: Option<String>,
    /// Say on standard error where each setting came from
    #[arg(long)]
    pub(crate) explain: bool,
}

/// The scope.
#[derive(Args)]
pub(crate) struct ScopeFlags {
    /// strict, namespace-wide or cluster-wide: how freely the SealedSecret may be renamed and moved
    /// [default: what the Secret's annotations say, else strict]
    #[arg(long)]
    scope: Option<Scope>,
}

/// How repeatable sealing is.
#[derive(Args)]
pub(crate) struct StableFlags {
    /// Seal at random, even where there is a stable key: in WAXSEAL_STABLE_KEY, in the file that .waxseal.yaml names,
    /// or in the folder waxseal of your configuration
    #[arg(long)]
    fresh: bool,
}

impl StableFlags {
    /// Where to look for a stable key.
    pub(crate) fn places(&self) -> Places {
        if self.fresh { Places::None } else { Places::All }
    }
}

/// Whether it is recorded which key sealed what.
#[derive(Args)]
pub(crate) struct HintFlags {
    /// Leave out the annotation waxseal.dev/sealing-keys, which says what key sealed which value
    #[arg(long)]
    no_hints: bool,
}

impl HintFlags {
    pub(crate) fn wanted(&self) -> bool {
        !self.no_hints
    }
}

/// The private keys of commands that work offline.
#[derive(Args)]
pub(crate) struct KeyFlags {
    /// A private key: a PEM file, or a backup of the controller's key Secrets, encrypted with age or not. May be
    /// repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text
    #[arg(short = 'k', long = "private-key", value_name = "FILE")]
    private_keys: Vec<PathBuf>,
    /// An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in
    /// WAXSEAL_PASSPHRASE
    #[arg(short = 'i', long = "identity", value_name = "FILE")]
    identities: Vec<PathBuf>,
}

impl KeyFlags {
    pub(crate) fn resolve(self) -> KeySources {
        KeySources { files: self.private_keys, identities: self.identities }
    }
}

/// What kubectl calls its global flags. No `Debug`: passwords are among them.
#[derive(Args, Default)]
#[command(next_help_heading = "Cluster")]
pub(crate) struct ClusterFlags {
    /// The namespace, for Secrets that name none
    #[arg(short = 'n', long)]
    namespace: Option<String>,
    /// The namespace that the controller runs in [default: kube-system]
    #[arg(long, value_name = "NAMESPACE")]
    controller_namespace: Option<String>,
    /// The name of the controller's Service [default: sealed-secrets-controller]
    #[arg(long, value_name = "NAME")]
    controller_name: Option<String>,
    /// The kubeconfig file
    #[arg(long, value_name = "FILE")]
    kubeconfig: Option<String>,
    /// The context of the kubeconfig
    #[arg(long)]
    context: Option<String>,
    /// The cluster of the kubeconfig
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    cluster: Option<String>,
    /// The user of the kubeconfig
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    user: Option<String>,
    /// The address of the API server
    #[arg(short = 's', long, value_name = "URL", hide_short_help = true)]
    server: Option<String>,
    /// The bearer token to log in with
    #[arg(long, hide_short_help = true)]
    token: Option<String>,
    /// The user to act as
    #[arg(long = "as", value_name = "USER", hide_short_help = true)]
    impersonate: Option<String>,
    /// The groups to act as; may be repeated
    #[arg(long = "as-group", value_name = "GROUP", hide_short_help = true)]
    impersonate_groups: Vec<String>,
    /// The uid to act as
    #[arg(long = "as-uid", value_name = "UID", hide_short_help = true)]
    impersonate_uid: Option<String>,
    /// The certificate authority of the API server
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    certificate_authority: Option<String>,
    /// The client certificate to log in with
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    client_certificate: Option<String>,
    /// The key of the client certificate
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    client_key: Option<String>,
    /// Do not check the API server's certificate: whoever is in between reads and changes everything
    #[arg(long, hide_short_help = true)]
    insecure_skip_tls_verify: bool,
    /// The name that the API server's certificate must have
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    tls_server_name: Option<String>,
    /// The proxy on the way to the API server
    #[arg(long, value_name = "URL", hide_short_help = true)]
    proxy_url: Option<String>,
    /// How long one request may take; 0 is for ever [default: 60s]
    #[arg(long, value_name = "DURATION", hide_short_help = true)]
    request_timeout: Option<String>,
    /// The user name to log in with
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    username: Option<String>,
    /// The password to log in with
    #[arg(long, hide_short_help = true)]
    password: Option<String>,
    /// Ask the API server for answers that are not compressed
    #[arg(long, hide_short_help = true)]
    disable_compression: bool,
}

impl ClusterFlags {
    /// Fills in what the environment says, and connects to nothing.
    pub(crate) fn resolve(self) -> Result<Connection> {
        let or = |flag: Option<String>, name: &str| flag.map_or_else(|| text(name), |value| Ok(Some(value)));
        let switch = |flag: bool, name: &str| -> Result<Option<bool>> {
            if flag { Ok(Some(true)) } else { Ok(parsed::<Boolean>(name)?.map(|Boolean(value)| value)) }
        };
        let timeout = or(self.request_timeout, "request-timeout")?;
        let controller = Controller::default();
        let groups = match text("as-group")? {
            Some(group) if self.impersonate_groups.is_empty() => vec![group],
            _ => self.impersonate_groups,
        };
        let overrides = Overrides {
            namespace: or(self.namespace, "namespace")?,
            kubeconfig: or(self.kubeconfig, "kubeconfig")?,
            context: or(self.context, "context")?,
            cluster: or(self.cluster, "cluster")?,
            user: or(self.user, "user")?,
            server: or(self.server, "server")?,
            token: or(self.token, "token")?,
            impersonate: or(self.impersonate, "as")?,
            impersonate_groups: groups,
            impersonate_uid: or(self.impersonate_uid, "as-uid")?,
            certificate_authority: or(self.certificate_authority, "certificate-authority")?,
            client_certificate: or(self.client_certificate, "client-certificate")?,
            client_key: or(self.client_key, "client-key")?,
            insecure_skip_tls_verify: switch(self.insecure_skip_tls_verify, "insecure-skip-tls-verify")?,
            tls_server_name: or(self.tls_server_name, "tls-server-name")?,
            proxy_url: or(self.proxy_url, "proxy-url")?,
            request_timeout: timeout
                .map(|text| duration::parse(&text).map_err(|error| Failure::usage(error).about("--request-timeout")))
                .transpose()?,
            username: or(self.username, "username")?,
            password: or(self.password, "password")?,
            disable_compression: switch(self.disable_compression, "disable-compression")?,
        };
        let controller = Controller {
            namespace: or(self.controller_namespace, "controller-namespace")?.unwrap_or(controller.namespace),
            name: or(self.controller_name, "controller-name")?.unwrap_or(controller.name),
        };
        Ok(Connection::new(overrides, controller))
    }

    /// The namespace that was asked for, and by whom.
    fn asked_namespace(&self) -> Result<Option<Setting<String>>> {
        setting(self.namespace.clone(), "namespace", text)
    }
}

/// What flags and environment ask for, for commands that seal.
pub(crate) fn asked(
    certificate: Option<&CertificateFlags>,
    scope: Option<&ScopeFlags>,
    cluster: &ClusterFlags,
) -> Result<Asked> {
    let named = |name: &str| Ok(text(name)?.map(|text| Source::named(&text)));
    let cert = certificate.and_then(|flags| flags.cert.as_deref()).map(Source::named);
    Ok(Asked {
        certificate: setting(cert, "cert", named)?,
        scope: setting(scope.and_then(|flags| flags.scope), "scope", parsed)?,
        namespace: cluster.asked_namespace()?,
    })
}

/// The flag, else the variable of its name.
fn setting<T>(
    flag: Option<T>,
    name: &'static str,
    environment: impl FnOnce(&str) -> Result<Option<T>>,
) -> Result<Option<Setting<T>>> {
    match flag {
        Some(value) => Ok(Some(Setting { value, origin: Origin::Flag(name) })),
        None => Ok(environment(name)?.map(|value| Setting { value, origin: Origin::Variable(variable(name)) })),
    }
}
