//! The command line and the environment, parsed into what the controller works with.

mod duration;
mod environment;
mod values;

use std::num::NonZeroU32;
use std::time::Duration;

use clap::{ArgAction, Parser, ValueEnum};
use jiff::Timestamp;

use crate::http::ListenAddr;
pub(crate) use environment::{ParseError, parse};
pub(crate) use values::Pairs;
use values::{boolean, cutoff_time};

/// The controller of Waxseal: turns SealedSecrets into Secrets.
///
/// Every flag can come from the environment as SEALED_SECRETS_ and its name in capitals, with _ for -; the command
/// line wins. Durations are written as Go writes them: 720h, 1h30m, 500ms.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Clone, Debug, Parser)]
#[command(name = "controller", disable_version_flag = true, args_override_self = true, max_term_width = 100)]
pub(crate) struct Flags {
    /// Print the version and exit.
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, value_name = "BOOL",
        default_value = "false", default_missing_value = "true", value_parser = boolean)]
    pub(crate) version: bool,

    /// Scan all namespaces, or only the controller's own.
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, value_name = "BOOL",
        default_value = "true", default_missing_value = "true", value_parser = boolean)]
    pub(crate) all_namespaces: bool,
    /// Scan these namespaces and the controller's own, and no others.
    #[arg(long, value_delimiter = ',', value_name = "NAMESPACE,…")]
    pub(crate) additional_namespaces: Vec<String>,
    /// Only handle SealedSecrets that this label selector matches.
    #[arg(long, value_name = "SELECTOR", default_value = "")]
    pub(crate) label_selector: String,

    /// What to do about a Secret that somebody else has changed.
    #[arg(long, value_enum, default_value = "repair")]
    pub(crate) drift: Drift,
    /// Never look at Secrets but when a SealedSecret changes: needs no right to list and watch Secrets.
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, value_name = "BOOL",
        default_value = "false", default_missing_value = "true", value_parser = boolean)]
    pub(crate) skip_recreate: bool,
    /// Write the status of SealedSecrets.
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, value_name = "BOOL",
        default_value = "true", default_missing_value = "true", value_parser = boolean)]
    pub(crate) update_status: bool,
    /// Read the deprecated field spec.data.
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, value_name = "BOOL",
        default_value = "true", default_missing_value = "true", value_parser = boolean)]
    pub(crate) accept_deprecated_v1_data: bool,
    /// Let a SealedSecret become a Secret of type kubernetes.io/service-account-token.
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, value_name = "BOOL",
        default_value = "false", default_missing_value = "true", value_parser = boolean)]
    pub(crate) allow_service_account_tokens: bool,
    /// Delete the Secret of a deleted SealedSecret here, instead of leaving that to the cluster's garbage collector.
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, value_name = "BOOL",
        default_value = "false", default_missing_value = "true", value_parser = boolean)]
    pub(crate) old_gc_behavior: bool,

    /// What the names of key Secrets begin with.
    #[arg(long, value_name = "NAME", default_value = "sealed-secrets-key", value_parser = values::key_prefix)]
    pub(crate) key_prefix: String,
    /// Length of new keys in bits.
    #[arg(long, value_name = "BITS", default_value = "4096", value_parser = values::key_size)]
    pub(crate) key_size: usize,
    /// How long a new key's certificate holds.
    #[arg(long, value_name = "DURATION", default_value = "87600h", value_parser = duration::parse)]
    pub(crate) key_ttl: Duration,
    /// How old the newest key becomes before a new one is made; 0 for never.
    #[arg(long, visible_alias = "rotate-period", value_name = "DURATION", default_value = "720h",
        value_parser = duration::parse)]
    pub(crate) key_renew_period: Duration,
    /// Make a new key if the newest is older than this moment (RFC 1123 with numeric zone).
    #[arg(long, value_name = "TIME", value_parser = cutoff_time)]
    pub(crate) key_cutoff_time: Option<Timestamp>,
    /// What makes a key the newest.
    #[arg(long, value_enum, default_value = "CertNotBefore")]
    pub(crate) key_order_priority: KeyOrder,
    /// Common name in the certificates of new keys.
    #[arg(long, value_name = "NAME", default_value = "")]
    pub(crate) my_cn: String,
    /// Annotations for the Secrets of new keys.
    #[arg(long, value_name = "KEY=VALUE,…", default_value = "")]
    pub(crate) privatekey_annotations: Pairs,
    /// Labels for the Secrets of new keys.
    #[arg(long, value_name = "KEY=VALUE,…", default_value = "")]
    pub(crate) privatekey_labels: Pairs,

    /// Elect one of several replicas to be the one that writes, by a Lease.
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, value_name = "BOOL",
        default_value = "true", default_missing_value = "true", value_parser = boolean)]
    pub(crate) leader_elect: bool,
    /// Name of the Lease.
    #[arg(long, value_name = "NAME", default_value = "waxseal-controller")]
    pub(crate) lease_name: String,
    /// How long the others wait for a leader that does not renew the Lease.
    #[arg(long, value_name = "DURATION", default_value = "15s", value_parser = duration::positive)]
    pub(crate) lease_duration: Duration,
    /// How long a leader that cannot renew the Lease goes on.
    #[arg(long, value_name = "DURATION", default_value = "10s", value_parser = duration::positive)]
    pub(crate) lease_renew_deadline: Duration,
    /// How often the Lease is renewed or looked at.
    #[arg(long, value_name = "DURATION", default_value = "2s", value_parser = duration::positive)]
    pub(crate) lease_retry_period: Duration,

    /// Where the certificate, the probes, /v1/verify and /v1/rotate are served.
    #[arg(long, value_name = "[HOST]:PORT", default_value = ":8080")]
    pub(crate) listen_addr: ListenAddr,
    /// Where the metrics are served.
    #[arg(long, value_name = "[HOST]:PORT", default_value = ":8081")]
    pub(crate) listen_metrics_addr: ListenAddr,
    /// How long a request may take to come in.
    #[arg(long, value_name = "DURATION", default_value = "2m", value_parser = duration::parse)]
    pub(crate) read_timeout: Duration,
    /// How long an answer may take to go out.
    #[arg(long, value_name = "DURATION", default_value = "2m", value_parser = duration::parse)]
    pub(crate) write_timeout: Duration,
    /// Requests a second that one peer may send to /v1/verify and /v1/rotate.
    #[arg(long, value_name = "NUMBER", default_value = "2")]
    pub(crate) rate_limit: NonZeroU32,
    /// Requests that one peer may send to them at once.
    #[arg(long, value_name = "NUMBER", default_value = "2")]
    pub(crate) rate_limit_burst: u32,
    /// Serve /v1/verify.
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, value_name = "BOOL",
        default_value = "true", default_missing_value = "true", value_parser = boolean)]
    pub(crate) serve_verify: bool,
    /// Serve /v1/rotate.
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, value_name = "BOOL",
        default_value = "true", default_missing_value = "true", value_parser = boolean)]
    pub(crate) serve_rotate: bool,
    /// Do not name SealedSecrets in the metrics.
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, value_name = "BOOL",
        default_value = "false", default_missing_value = "true", value_parser = boolean)]
    pub(crate) metrics_omit_secret_labels: bool,

    /// Requests a second to the API server; unlimited unless given.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub(crate) kubeclient_qps: Option<f32>,
    /// Requests to the API server at once, where --kubeclient-qps limits them.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true, default_value = "10")]
    pub(crate) kubeclient_burst: i32,

    /// How much is logged.
    #[arg(long, value_name = "LEVEL", default_value = "INFO", value_parser = values::log_level)]
    pub(crate) log_level: tracing::Level,
    /// How a line of the log looks.
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) log_format: LogFormat,
    /// Log to stdout, but for errors and warnings, which go to stderr; everything goes to stderr otherwise.
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, value_name = "BOOL",
        default_value = "true", default_missing_value = "true", value_parser = boolean)]
    pub(crate) log_info_stdout: bool,

    /// Accepted and without effect: failed SealedSecrets are tried again for ever.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub(crate) max_unseal_retries: Option<i64>,
    /// Accepted and without effect: key Secrets are always watched.
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, value_name = "BOOL",
        default_missing_value = "true", value_parser = boolean)]
    pub(crate) watch_for_secrets: Option<bool>,
    /// Flags of the original's logging library, which have no meaning here.
    #[command(flatten)]
    _logging: LoggingFlags,
}

/// What klog takes.
#[derive(Clone, Debug, clap::Args)]
struct LoggingFlags {
    #[arg(short = 'v', long = "v", hide = true)]
    _v: Option<String>,
    #[arg(long = "vmodule", hide = true)]
    _vmodule: Option<String>,
    #[arg(long = "logtostderr", hide = true, num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    _logtostderr: Option<String>,
    #[arg(long = "alsologtostderr", hide = true, num_args = 0..=1, require_equals = true,
        default_missing_value = "true")]
    _alsologtostderr: Option<String>,
    #[arg(long = "stderrthreshold", hide = true)]
    _stderrthreshold: Option<String>,
    #[arg(long = "log_dir", hide = true)]
    _log_dir: Option<String>,
    #[arg(long = "log_backtrace_at", hide = true)]
    _log_backtrace_at: Option<String>,
}

/// What becomes of a Secret that somebody else has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Drift {
    /// It is put back, and an Event says so.
    Repair,
    /// It stays, and the SealedSecret's status and an Event say so.
    Report,
    /// It stays.
    Ignore,
}

/// What makes a key the newest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KeyOrder {
    /// The moment from which its certificate holds.
    #[value(name = "CertNotBefore")]
    CertNotBefore,
    /// The moment at which its Secret was created.
    #[value(name = "SecretCreationTimestamp")]
    SecretCreationTimestamp,
}

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;

    fn flags(args: &[&str], environment: &[(&str, &str)]) -> Result<Flags, ParseError> {
        let args = ["controller"].iter().chain(args).map(OsString::from);
        parse(args, |name| environment.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into()))
    }

    #[test]
    fn the_defaults_are_those_of_the_original() {
        let flags = flags(&[], &[]).unwrap();
        assert!(
            flags.all_namespaces && flags.update_status && flags.accept_deprecated_v1_data && flags.log_info_stdout
        );
        assert!(!flags.skip_recreate && !flags.old_gc_behavior && !flags.metrics_omit_secret_labels);
        assert_eq!((flags.key_prefix.as_str(), flags.key_size), ("sealed-secrets-key", 4096));
        assert_eq!(flags.key_renew_period, Duration::from_hours(30 * 24));
        assert_eq!(flags.key_ttl, Duration::from_hours(10 * 365 * 24));
        assert_eq!((flags.rate_limit.get(), flags.rate_limit_burst), (2, 2));
        assert_eq!((flags.drift, flags.kubeclient_qps), (Drift::Repair, None));
        assert!(flags.additional_namespaces.is_empty());
    }

    #[test]
    fn booleans_are_written_as_go_writes_them() {
        for (args, expected) in [
            (&["--all-namespaces"][..], true),
            (&["--all-namespaces=false"], false),
            (&["--all-namespaces=0"], false),
            (&["--all-namespaces=F"], false),
            (&["--all-namespaces=T"], true),
            (&["--all-namespaces=false", "--all-namespaces=true"], true),
        ] {
            assert_eq!(flags(args, &[]).unwrap().all_namespaces, expected, "{args:?}");
        }
        assert!(flags(&["--all-namespaces=maybe"], &[]).is_err());
    }

    #[test]
    fn every_flag_comes_from_the_environment_too_and_the_command_line_wins() {
        let environment = [("SEALED_SECRETS_KEY_SIZE", "2048"), ("SEALED_SECRETS_UPDATE_STATUS", "false")];
        let from = flags(&[], &environment).unwrap();
        assert_eq!((from.key_size, from.update_status), (2048, false));
        assert_eq!(flags(&["--key-size=3072"], &environment).unwrap().key_size, 3072);
    }

    #[test]
    fn a_bad_value_in_the_environment_is_an_error_that_names_the_variable() {
        for (name, value) in [
            ("SEALED_SECRETS_KEY_SIZE", "big"),
            ("SEALED_SECRETS_KEY_RENEW_PERIOD", "30d"),
            ("SEALED_SECRETS_ALL_NAMESPACES", "maybe"),
            ("SEALED_SECRETS_LOG_LEVEL", "loud"),
            ("SEALED_SECRETS_KEY_CUTOFF_TIME", "yesterday"),
        ] {
            let error = flags(&[], &[(name, value)]).unwrap_err().to_string();
            assert!(error.contains(name), "{error}");
            // Even a flag on the command line does not hide it.
            assert!(flags(&["--key-size=2048"], &[(name, value)]).is_err());
        }
    }

    #[test]
    fn what_only_the_original_knows_is_accepted() {
        let args = ["--max-unseal-retries=5", "--watch-for-secrets", "--rotate-period=1h", "--v=2", "--logtostderr"];
        assert_eq!(flags(&args, &[]).unwrap().key_renew_period, Duration::from_hours(1));
        assert_eq!(flags(&["--kubeclient-qps=-1", "--kubeclient-burst=20"], &[]).unwrap().kubeclient_qps, Some(-1.0));
    }
}
