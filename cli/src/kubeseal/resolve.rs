//! kubeseal's flags become an action.

use std::path::{Path, PathBuf};

use waxseal_api::SealOptions;
use waxseal_crypto::Scope;

use super::pflag::Values;
use crate::actions::certificate::{CertificateAction, What};
use crate::actions::merge::Merge;
use crate::actions::raw::Raw;
use crate::actions::reencrypt_by_controller::ReencryptByController;
use crate::actions::seal::Seal;
use crate::actions::unseal::Unseal;
use crate::actions::verify::{Judges, Verify};
use crate::certificate::Source;
use crate::cluster::{Connection, Controller, Overrides};
use crate::duration;
use crate::failure::{Failure, Result};
use crate::inputs::Inputs;
use crate::output::Format;
use crate::printer::Printer;
use crate::private_keys::KeySources;
use crate::settings::{Asked, Origin, Setting, Settings};
use crate::stable_key::Places;

/// What is to be done.
pub(super) enum Resolved {
    Seal(Seal),
    Raw(Raw),
    Unseal(Unseal),
    Verify(Verify),
    Reencrypt(ReencryptByController),
    Merge(Merge),
    Certificate(CertificateAction),
}

/// Where several flags ask for different things, the order here is upstream's.
pub(super) fn resolve(values: &Values, printer: Printer) -> Result<Resolved> {
    for name in &values.deprecated {
        printer.warn(format_args!("Flag --{name} has been deprecated, please use --re-encrypt instead"));
    }
    if !values.list("from-file").is_empty() && !values.is("raw") {
        return Err(Failure::usage("--from-file requires --raw"));
    }
    let reencrypt = values.is("re-encrypt") || values.is("rotate");
    let input = values.text("secret-file").map(PathBuf::from);
    let mut file = values.text("sealed-secret-file").map(PathBuf::from);
    if reencrypt && file.is_none() {
        file.clone_from(&input);
    }
    let format = format(values, file.as_deref())?;
    let inputs = || Inputs { paths: input.clone().into_iter().collect(), expectation: "a resource as JSON or YAML" };

    if values.is("recovery-unseal") {
        let files = values.list("recovery-private-key").iter().map(PathBuf::from).collect();
        let keys = KeySources { files, identities: Vec::new() };
        let only_value = None;
        return Ok(Resolved::Unseal(Unseal {
            inputs: inputs(),
            keys,
            only_value,
            owner_without_uid: true,
            format,
            file,
        }));
    }
    if !values.list("recovery-private-key").is_empty() {
        printer.warn("ignoring --recovery-private-key because unseal command not chosen with --recovery-unseal");
    }
    let connection = connection(values)?;
    if values.is("validate") {
        return Ok(Resolved::Verify(Verify {
            inputs: inputs(),
            judges: Judges::Controller(Box::new(connection)),
            terse: true,
        }));
    }
    if reencrypt {
        return Ok(Resolved::Reencrypt(ReencryptByController { inputs: inputs(), connection, format, file }));
    }
    let settings = Settings::without_rules(asked(values)?).stable(Places::Environment);
    if values.is("fetch-cert") {
        return Ok(Resolved::Certificate(CertificateAction { settings, connection, what: What::Fetch { file } }));
    }
    let allow_empty = values.is("allow-empty-data");
    if let Some(target) = values.text("merge-into") {
        let target = PathBuf::from(target);
        return Ok(Resolved::Merge(Merge { inputs: inputs(), target, settings, connection, allow_empty }));
    }
    let name = values.text("name").map(str::to_owned);
    if values.is("raw") {
        let (key, from) = from_file(values.list("from-file"))?;
        return Ok(Resolved::Raw(Raw { from, settings, connection, name, key, line_break: false, file }));
    }
    let inputs = inputs();
    // What the original does not write is not written here.
    let (passthrough, witnesses) = (false, None);
    let unquoted = true;
    Ok(Resolved::Seal(Seal {
        inputs,
        settings,
        connection,
        name,
        options: SealOptions { allow_empty, hints: false },
        passthrough,
        unquoted,
        witnesses,
        format,
        file,
    }))
}

/// The extension of the output file has the last word.
fn format(values: &Values, file: Option<&Path>) -> Result<Format> {
    if file.and_then(Format::of) == Some(Format::Yaml) {
        return Ok(Format::Yaml);
    }
    match values.text("format") {
        None => Ok(Format::Json),
        Some(text) => text.parse().map_err(Failure::usage),
    }
}

/// `[key=]file`, of which only the file matters for one value, unless it is sealed with a stable key.
fn from_file(list: &[String]) -> Result<(Option<String>, Option<PathBuf>)> {
    match list {
        [] => Ok((None, None)),
        [one] => Ok(match one.split_once('=') {
            Some((key, file)) => (Some(key.to_owned()), Some(PathBuf::from(file))),
            None => (None, Some(PathBuf::from(one))),
        }),
        _ => Err(Failure::usage("must provide only one --from-file when encrypting a single item with --raw")),
    }
}

fn asked(values: &Values) -> Result<Asked> {
    let setting = |name: &'static str| {
        values.text(name).map(|text| Setting { value: text.to_owned(), origin: Origin::Flag(name) })
    };
    let scope = match values.text("scope") {
        None => Scope::Strict,
        Some(text) => text.parse().map_err(|error| Failure::usage(error).about("--scope"))?,
    };
    // With --raw there are no annotations to ask, and otherwise strict means to ask them.
    let scope = (values.is("raw") || scope != Scope::Strict).then_some(scope);
    Ok(Asked {
        certificate: setting("cert").map(|cert| Setting { value: Source::named(&cert.value), origin: cert.origin }),
        scope: scope.map(|value| Setting { value, origin: Origin::Flag("scope") }),
        namespace: setting("namespace"),
    })
}

fn connection(values: &Values) -> Result<Connection> {
    let text = |name: &str| values.text(name).map(str::to_owned);
    let timeout = values.text("request-timeout").map(duration::parse).transpose();
    let overrides = Overrides {
        kubeconfig: text("kubeconfig"),
        context: text("context"),
        cluster: text("cluster"),
        user: text("user"),
        namespace: text("namespace"),
        server: text("server"),
        token: text("token"),
        impersonate: text("as"),
        impersonate_groups: values.list("as-group").to_vec(),
        impersonate_uid: text("as-uid"),
        certificate_authority: text("certificate-authority"),
        client_certificate: text("client-certificate"),
        client_key: text("client-key"),
        insecure_skip_tls_verify: values.switch("insecure-skip-tls-verify"),
        tls_server_name: text("tls-server-name"),
        proxy_url: text("proxy-url"),
        request_timeout: timeout.map_err(|error| Failure::usage(error).about("--request-timeout"))?,
        username: text("username"),
        password: text("password"),
        disable_compression: values.switch("disable-compression"),
    };
    let default = Controller::default();
    let controller = Controller {
        namespace: text("controller-namespace").unwrap_or(default.namespace),
        name: text("controller-name").unwrap_or(default.name),
    };
    Ok(Connection::new(overrides, controller))
}
