//! How many requests the API server has answered, by its own count.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::{Context as _, Result};
use hyper::Request;

use super::Cluster;

/// What the counter is called in the API server's metrics.
const METRIC: &str = "apiserver_request_total{";

/// Verbs that change something.
const WRITES: [&str; 6] = ["APPLY", "DELETE", "DELETECOLLECTION", "PATCH", "POST", "PUT"];

/// A reading of the API server's request counter. A WATCH counts when it ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Requests(BTreeMap<Key, u64>);

/// Verb, then resource with its subresource, as in `sealedsecrets/status`.
type Key = (String, String);

impl Requests {
    /// What came between an earlier reading and this one.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Self {
        let more = self.0.iter().map(|(key, count)| (key.clone(), count - earlier.0.get(key).unwrap_or(&0)));
        Self(more.filter(|(_, count)| *count > 0).collect())
    }

    /// Requests of one verb, in capitals, to one resource: `("POST", "secrets")`, `("PATCH", "sealedsecrets/status")`.
    pub fn count(&self, verb: &str, resource: &str) -> u64 {
        self.0.get(&(verb.to_owned(), resource.to_owned())).copied().unwrap_or(0)
    }

    /// Requests that change one of the resources.
    pub fn writes(&self, resources: &[&str]) -> u64 {
        let wanted = |(verb, resource): &Key| WRITES.contains(&&**verb) && resources.contains(&&**resource);
        self.0.iter().filter(|(key, _)| wanted(key)).map(|(_, count)| count).sum()
    }

    fn parse(metrics: &str) -> Result<Self> {
        let mut counts = BTreeMap::new();
        for line in metrics.lines().filter_map(|line| line.strip_prefix(METRIC)) {
            let (labels, value) = line.rsplit_once("} ").with_context(|| format!("no value in {line:?}"))?;
            let [verb, resource, subresource] = ["verb", "resource", "subresource"].map(|name| label(labels, name));
            let slash = if subresource.is_empty() { "" } else { "/" };
            // Prometheus writes every number as a float; these stay far below the 2^53 that one holds exactly.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
            let count = value.parse::<f64>().with_context(|| format!("no number in {line:?}"))? as u64;
            *counts.entry((verb.to_owned(), format!("{resource}{slash}{subresource}"))).or_default() += count;
        }
        Ok(Self(counts))
    }
}

impl fmt::Display for Requests {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for ((verb, resource), count) in &self.0 {
            writeln!(f, "{count:6} {verb} {resource}")?;
        }
        Ok(())
    }
}

impl Cluster {
    /// Reads the counter. Every client counts in it, kube-controller-manager and this process included.
    pub async fn requests(&self) -> Requests {
        let read = async || {
            let request = Request::get("/metrics").body(Vec::new())?;
            Requests::parse(&self.client().await.request_text(request).await?)
        };
        read().await.unwrap_or_else(|error: anyhow::Error| panic!("reading the API server's metrics: {error:#}"))
    }
}

/// The value of `name="value"`; label values of this metric hold neither quotes nor commas.
fn label<'a>(labels: &'a str, name: &str) -> &'a str {
    let value = labels.split(',').find_map(|pair| pair.strip_prefix(name)?.strip_prefix("=\""));
    value.and_then(|value| value.strip_suffix('"')).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = r#"# TYPE apiserver_request_total counter
apiserver_request_total{code="201",component="apiserver",dry_run="",group="",resource="secrets",scope="resource",subresource="",verb="POST",version="v1"} 2
apiserver_request_total{code="409",component="apiserver",dry_run="",group="",resource="secrets",scope="resource",subresource="",verb="POST",version="v1"} 1
apiserver_request_total{code="200",component="apiserver",dry_run="",group="bitnami.com",resource="sealedsecrets",scope="resource",subresource="status",verb="PATCH",version="v1alpha1"} 7
"#;

    #[test]
    fn counts_add_up_over_codes_and_name_subresources() {
        let requests = Requests::parse(BEFORE).unwrap();
        assert_eq!(requests.count("POST", "secrets"), 3);
        assert_eq!(requests.count("PATCH", "sealedsecrets/status"), 7);
        assert_eq!(requests.count("PATCH", "sealedsecrets"), 0);
    }

    #[test]
    fn a_difference_holds_only_what_came_since() {
        let before = Requests::parse(BEFORE).unwrap();
        let after = Requests::parse(&BEFORE.replace("} 7", "} 1.2e+01")).unwrap();
        let since = after.since(&before);
        assert_eq!(since.to_string(), "     5 PATCH sealedsecrets/status\n");
        assert_eq!(since.writes(&["secrets"]), 0);
        assert_eq!(since.writes(&["secrets", "sealedsecrets/status"]), 5);
    }
}
