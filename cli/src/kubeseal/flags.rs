//! Every flag of kubeseal.

use super::pflag::{Flag, Kind};

/// The flags: kubeseal's own, kubectl's, and those of the logging library, which are accepted and mean nothing here.
pub(super) const FLAGS: &[Flag] = &[
    own("cert", None, Kind::Text, "", "The certificate to seal with: a file or a URL. Goes before --controller-*"),
    own("controller-namespace", None, Kind::Text, "kube-system", "The namespace that the controller runs in"),
    own("controller-name", None, Kind::Text, "sealed-secrets-controller", "The name of the controller's service"),
    own("format", Some('o'), Kind::Text, "json", "What to write: json or yaml"),
    own("sealed-secret-file", Some('w'), Kind::Text, "", "The file to write, instead of standard output"),
    own("secret-file", Some('f'), Kind::Text, "", "The file to read, instead of standard input"),
    own("fetch-cert", None, Kind::Switch, "", "Print the certificate, to be used with --cert later"),
    own("allow-empty-data", None, Kind::Switch, "", "Seal Secrets that have no data, too"),
    own("validate", None, Kind::Switch, "", "Ask the controller whether it can open the SealedSecret"),
    own("merge-into", None, Kind::Text, "", "Seal the Secret's items into this SealedSecret file, in place"),
    own("raw", None, Kind::Switch, "", "Seal one value, from --from-file or standard input"),
    own("name", None, Kind::Text, "", "The name of the SealedSecret; needed with --raw and the scope strict"),
    own("from-file", None, Kind::Texts, "", "The file with the value, as [key=]file (only with --raw)"),
    own("kubeconfig", None, Kind::Text, "", "The kubeconfig file"),
    own(
        "scope",
        None,
        Kind::Scope,
        "strict",
        "How freely the SealedSecret may be renamed and moved: strict, namespace-wide or cluster-wide. Without it, a Secret's annotations decide",
    ),
    own(
        "re-encrypt",
        None,
        Kind::Switch,
        "",
        "Have the controller seal the values to its newest key; with -f alone, in place",
    ),
    own(
        "recovery-unseal",
        None,
        Kind::Switch,
        "",
        "Open SealedSecrets offline, with the keys of --recovery-private-key",
    ),
    own(
        "recovery-private-key",
        None,
        Kind::Texts,
        "",
        "A private key in PEM, or a backup of key Secrets; comma-separated or repeated",
    ),
    own("version", None, Kind::Switch, "", "Print the version"),
    own("help", None, Kind::Switch, "", "Print this help"),
    Flag { deprecated: Some("re-encrypt"), ..own("rotate", None, Kind::Switch, "", "") },
    own("as", None, Kind::Text, "", "The user to act as"),
    own("as-group", None, Kind::TextArray, "", "A group to act as; may be repeated"),
    own("as-uid", None, Kind::Text, "", "The uid to act as"),
    own("certificate-authority", None, Kind::Text, "", "The certificate authority of the API server"),
    own("client-certificate", None, Kind::Text, "", "The client certificate to log in with"),
    own("client-key", None, Kind::Text, "", "The key of the client certificate"),
    own("cluster", None, Kind::Text, "", "The cluster of the kubeconfig"),
    own("context", None, Kind::Text, "", "The context of the kubeconfig"),
    own("disable-compression", None, Kind::Switch, "", "Ask the API server for answers that are not compressed"),
    own(
        "insecure-skip-tls-verify",
        None,
        Kind::Switch,
        "",
        "Do not check the API server's certificate: whoever is in between reads and changes everything",
    ),
    own("namespace", Some('n'), Kind::Text, "", "The namespace, for Secrets that name none"),
    own("password", None, Kind::Text, "", "The password to log in with"),
    own("proxy-url", None, Kind::Text, "", "The proxy on the way to the API server"),
    own("request-timeout", None, Kind::Text, "0", "How long one request may take, such as 30s or 2m; 0 is for ever"),
    own("server", Some('s'), Kind::Text, "", "The address of the API server"),
    own("tls-server-name", None, Kind::Text, "", "The name that the API server's certificate must have"),
    own("token", None, Kind::Text, "", "The bearer token to log in with"),
    own("user", None, Kind::Text, "", "The user of the kubeconfig"),
    own("username", None, Kind::Text, "", "The user name to log in with"),
    logging("add_dir_header", Kind::Switch, ""),
    logging("alsologtostderr", Kind::Switch, ""),
    logging("log_backtrace_at", Kind::TraceLocation, ":0"),
    logging("log_dir", Kind::Text, ""),
    logging("log_file", Kind::Text, ""),
    logging("log_file_max_size", Kind::Unsigned, "1800"),
    logging("logtostderr", Kind::Switch, "true"),
    logging("one_output", Kind::Switch, ""),
    logging("skip_headers", Kind::Switch, ""),
    logging("skip_log_headers", Kind::Switch, ""),
    logging("stderrthreshold", Kind::Severity, "2"),
    Flag { short: Some('v'), ..logging("v", Kind::Level, "") },
    logging("vmodule", Kind::ModuleLevels, ""),
];

const fn own(name: &'static str, short: Option<char>, kind: Kind, default: &'static str, usage: &'static str) -> Flag {
    Flag { name, short, kind, default, usage, environment: true, deprecated: None }
}

const fn logging(name: &'static str, kind: Kind, default: &'static str) -> Flag {
    Flag {
        name,
        short: None,
        kind,
        default,
        usage: "Accepted for the sake of scripts; there is no log to configure",
        environment: false,
        deprecated: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_flag_is_there_twice() {
        for (at, flag) in FLAGS.iter().enumerate() {
            let same = |other: &Flag| other.name == flag.name || (flag.short.is_some() && other.short == flag.short);
            assert!(!FLAGS[..at].iter().any(same), "{}", flag.name);
        }
    }
}
