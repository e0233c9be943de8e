//! A certificate from a URL that may be hostile: bounded in size and time, and led nowhere else.

use std::sync::Arc;
use std::time::Duration;

use http::Uri;
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

use super::{MAX_CERTIFICATE_BYTES, too_large};
use crate::failure::{Failure, Result, plain};
use crate::printer::Printer;

/// For everything, from looking up the name to the last byte.
const TIMEOUT: Duration = Duration::from_secs(30);

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A server may say that the certificate has moved, as long as it stays the same server.
const MAX_REDIRECTS: usize = 5;

pub(super) fn get(url: &str, printer: Printer) -> Result<Vec<u8>> {
    let mut uri: Uri = url.parse().map_err(|_| Failure::usage("is not a URL").about(url))?;
    let scheme = uri.scheme_str().unwrap_or_default();
    if !matches!(scheme, "http" | "https") {
        return Err(Failure::usage("only http and https URLs are fetched").about(url));
    }
    if scheme == "http" && !uri.host().is_some_and(is_loopback) {
        printer.warn(format_args!(
            "{url}: came unencrypted, so anybody on the way can swap it; `waxseal cert show` shows its fingerprint"
        ));
    }
    let agent = agent();
    for _ in 0..=MAX_REDIRECTS {
        let mut response = agent.get(&uri).call().map_err(|error| failure(&error).about(url))?;
        let status = response.status();
        if status.is_redirection() {
            let location = response.headers().get(http::header::LOCATION).and_then(|value| value.to_str().ok());
            uri = redirected(&uri, location.unwrap_or_default()).map_err(|failure| failure.about(url))?;
            continue;
        }
        if !status.is_success() {
            return Err(Failure::cluster(format_args!("the server answered {status}")).about(url));
        }
        let body = response.body_mut().with_config().limit(MAX_CERTIFICATE_BYTES).read_to_vec();
        return body.map_err(|error| failure(&error).about(url));
    }
    Err(Failure::key(format_args!("led through more than {MAX_REDIRECTS} redirects")).about(url))
}

fn agent() -> Agent {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(provider)
        .build();
    Agent::config_builder()
        .tls_config(tls)
        .timeout_global(Some(TIMEOUT))
        .timeout_connect(Some(CONNECT_TIMEOUT))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent("waxseal")
        .build()
        .into()
}

/// Where a redirect leads, if that is the same server by the same scheme.
fn redirected(from: &Uri, location: &str) -> Result<Uri> {
    let refused = || {
        Failure::key("the server redirects to another server or scheme, which is not followed")
            .remedy("give the URL that it leads to, if you trust that")
    };
    let (Some(scheme), Some(authority)) = (from.scheme(), from.authority()) else { return Err(refused()) };
    if location.starts_with('/') && !location.starts_with("//") {
        return format!("{scheme}://{authority}{location}").parse().map_err(|_| refused());
    }
    let to: Uri = location.parse().map_err(|_| refused())?;
    if to.scheme() == Some(scheme) && to.authority() == Some(authority) { Ok(to) } else { Err(refused()) }
}

fn failure(error: &ureq::Error) -> Failure {
    match error {
        ureq::Error::BodyExceedsLimit(_) => too_large(),
        ureq::Error::Io(error) => Failure::cluster(plain(error)),
        ureq::Error::Timeout(_) => Failure::cluster(format_args!("the server took longer than {TIMEOUT:?}")),
        _ => Failure::cluster(crate::failure::chain(error)),
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_stays_on_the_server_or_is_refused() {
        let from: Uri = "https://a.example:8443/cert".parse().unwrap();
        for (location, to) in [
            ("/v1/cert.pem", Some("https://a.example:8443/v1/cert.pem")),
            ("https://a.example:8443/x", Some("https://a.example:8443/x")),
            ("http://a.example:8443/x", None),
            ("https://a.example/x", None),
            ("https://b.example:8443/x", None),
            ("https://a.example:8443@b.example/x", None),
            ("//b.example/x", None),
            ("file:///etc/passwd", None),
            ("", None),
        ] {
            let led = redirected(&from, location).ok().map(|uri| uri.to_string());
            assert_eq!(led.as_deref(), to, "{location}");
        }
    }
}
