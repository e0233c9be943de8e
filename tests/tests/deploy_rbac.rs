//! The rights that the chart grants: enough, and none too many. Needs a control plane.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, ensure};
use e2e::deploy::{find, grant, render, rights_in};
use e2e::wait::{SOON, try_wait_for};
use e2e::{Cluster, Controller, wait_for};
use futures::{StreamExt as _, stream};
use k8s_openapi::ByteString;
use k8s_openapi::api::authorization::v1::SubjectAccessReview;
use k8s_openapi::api::coordination::v1::Lease;
use k8s_openapi::api::core::v1::{ConfigMap, Event, Secret};
use kube::api::{DeleteParams, ListParams, Patch, PatchParams, PostParams};
use kube::{Api, Client};
use rustix::process::Signal;
use serde_json::{Value, json};
use waxseal_api::SealedSecret;
use waxseal_crypto::{Certificate, Label, Scope};

const ACCOUNT: &str = "sealed-secrets-controller";
const NAME: &str = "login";

/// The controller is one of everybody, who may read the certificate.
const NO_READERS: &str = "--set=rbac.certificateReader.create=false,rbac.serviceProxier.create=false";

/// Roles, bindings and the service account, of what the chart renders with these values.
async fn rights(values: &[&str]) -> Vec<Value> {
    rights_in(render(values).await)
}

/// The arguments of the chart's controller, but for the addresses, and with keys that are made quickly.
async fn arguments(values: &[&str]) -> Vec<String> {
    let rendered = render(values).await;
    let container = &find(&rendered, "Deployment", ACCOUNT)["spec"]["template"]["spec"]["containers"][0];
    let args = container["args"].as_array().unwrap().iter().map(|arg| arg.as_str().unwrap().to_owned());
    args.filter(|arg| !arg.starts_with("--listen-")).chain(["--key-size=2048".to_owned()]).collect()
}

/// A SealedSecret whose one value opens in this namespace.
fn seal(certificate: &str, namespace: &str) -> SealedSecret {
    let certificate = Certificate::from_pem(certificate.as_bytes()).unwrap();
    let sealed = certificate.public_key().seal(&Label::new(Scope::Strict, namespace, NAME), b"swordfish").unwrap();
    serde_json::from_value(json!({
        "apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret",
        "metadata": { "name": NAME, "namespace": namespace },
        "spec": { "encryptedData": { "password": sealed.to_base64() } },
    }))
    .unwrap()
}

async fn opened(secrets: &Api<Secret>, controller: &Controller, after: &str) {
    let look = async || {
        let secret = secrets.get(NAME).await?;
        let password = secret.data.as_ref().and_then(|data| data.get("password"));
        ensure!(password == Some(&ByteString(b"swordfish".to_vec())), "its data is another");
        Ok(())
    };
    if let Err(error) = try_wait_for(SOON, look).await {
        panic!("no Secret {after}: {error:#}\n{}", controller.log());
    }
}

/// Waits until the status remembers the Secret as it is: until then the controller is at it.
async fn settled(sealed: &Api<SealedSecret>, secrets: &Api<Secret>) {
    wait_for(SOON, "the status to name the Secret as it is", async || {
        let written = sealed.get(NAME).await?.status.and_then(|status| status.secret).context("it names none")?;
        let now = secrets.get(NAME).await?.metadata.resource_version;
        ensure!(Some(&written.resource_version) == now.as_ref(), "{written:?} and {now:?}");
        Ok(())
    })
    .await;
}

/// Goes through everything that the controller does in a namespace, and fails if one of it does not happen.
async fn works(client: &Client, controller: &Controller, home: &str, namespace: &str) {
    let sealed: Api<SealedSecret> = Api::namespaced(client.clone(), namespace);
    let secrets: Api<Secret> = Api::namespaced(client.clone(), namespace);
    sealed.create(&PostParams::default(), &seal(&controller.certificate().await, namespace)).await.unwrap();
    opened(&secrets, controller, "after the SealedSecret was applied").await;
    let edit = Patch::Merge(json!({ "stringData": { "password": "edited" } }));
    secrets.patch(NAME, &PatchParams::default(), &edit).await.unwrap();
    opened(&secrets, controller, "after it was edited").await;
    settled(&sealed, &secrets).await;
    secrets.delete(NAME, &DeleteParams::default()).await.unwrap();
    opened(&secrets, controller, "after it was deleted").await;

    wait_for(SOON, "the status", async || {
        let status = sealed.get(NAME).await?.status.context("there is none")?;
        let synced =
            status.conditions.iter().any(|condition| condition.type_ == "Synced" && condition.status == "True");
        ensure!(synced, "{status:?}");
        Ok(())
    })
    .await;
    let events: Api<Event> = Api::namespaced(client.clone(), namespace);
    wait_for(SOON, "an Event", async || {
        let reasons: BTreeSet<_> =
            events.list(&ListParams::default()).await?.items.into_iter().filter_map(|e| e.reason).collect();
        ensure!(reasons.contains("Unsealed"), "{reasons:?}");
        Ok(())
    })
    .await;
    let maps: Api<ConfigMap> = Api::namespaced(client.clone(), home);
    let certificate = controller.certificate().await;
    wait_for(SOON, "the certificate as a ConfigMap", async || {
        let data = maps.get("waxseal-certificate").await?.data.unwrap_or_default();
        ensure!(data.values().any(|pem| *pem == certificate), "another certificate");
        Ok(())
    })
    .await;

    controller.signal(Signal::USR1);
    wait_for(SOON, "a new key and its certificate", async || {
        ensure!(controller.certificate().await != certificate, "it is the old one");
        Ok(())
    })
    .await;
    wait_for(SOON, "the new certificate in the ConfigMap", async || {
        let data = maps.get("waxseal-certificate").await?.data.unwrap_or_default();
        let now = controller.certificate().await;
        ensure!(data.values().any(|pem| *pem == now), "another certificate");
        Ok(())
    })
    .await;
    assert!(!controller.log().contains("forbidden"), "{}", controller.log());
}

#[tokio::test]
async fn the_controller_does_all_of_its_work_as_the_service_account_of_the_chart() {
    let cluster = Cluster::start().await;
    grant(&cluster, &rights(&[]).await).await;
    let kubeconfig = cluster.service_account_kubeconfig("kube-system", ACCOUNT).await;
    let mut controller = Controller::of(&cluster).kubeconfig(&kubeconfig);
    for arg in arguments(&[]).await {
        controller = controller.flag(arg);
    }
    let controller = controller.start().await;
    let client = cluster.client().await;
    works(&client, &controller, "kube-system", &cluster.namespace().await).await;

    let account = format!("system:serviceaccount:kube-system:{ACCOUNT}");
    for denied in [
        ("delete", "secrets", ""),
        ("update", "secrets", ""),
        ("update", "sealedsecrets", ""),
        ("delete", "sealedsecrets", ""),
        ("create", "sealedsecrets", ""),
        ("update", "sealedsecrets/finalizers", ""),
        ("get", "pods", ""),
        ("list", "configmaps", ""),
        ("get", "configmaps", "kubeadm-config"),
        ("patch", "configmaps", "coredns"),
        ("list", "leases", ""),
        ("update", "leases", "kube-scheduler"),
        ("create", "serviceaccounts/token", "default"),
        ("get", "namespaces", "default"),
        ("list", "nodes", ""),
        ("bind", "clusterroles", "cluster-admin"),
    ] {
        assert!(!may(&client, &account, "kube-system", denied).await, "{denied:?}");
    }
    assert!(!may(&client, &account, "default", ("create", "configmaps", "")).await);
    assert!(!may(&client, &account, "default", ("create", "leases", "")).await);
}

#[tokio::test]
async fn in_namespaced_mode_the_controller_works_without_any_right_beyond_its_namespaces() {
    let cluster = Cluster::shared().await;
    let (home, other) = (cluster.namespace().await, cluster.namespace().await);
    let namespaces = format!("--set=namespace={home},rbac.namespacedRoles=true,additionalNamespaces={{{other}}}");
    grant(&cluster, &rights(&[&namespaces]).await).await;
    let kubeconfig = cluster.service_account_kubeconfig(&home, ACCOUNT).await;
    let mut controller = Controller::of(&cluster).namespace(&home).kubeconfig(&kubeconfig);
    for arg in arguments(&[&namespaces]).await {
        controller = controller.flag(arg);
    }
    let controller = controller.start().await;
    let client = cluster.client().await;
    works(&client, &controller, &home, &other).await;
    works(&client, &controller, &home, &home).await;

    let account = format!("system:serviceaccount:{home}:{ACCOUNT}");
    for namespace in ["default", "kube-system"] {
        for resource in ["secrets", "sealedsecrets", "configmaps", "leases", "events"] {
            for verb in ["get", "list", "watch", "create", "update", "patch", "delete"] {
                assert!(
                    !may(&client, &account, namespace, (verb, resource, "")).await,
                    "{verb} {resource} in {namespace}"
                );
            }
        }
    }
}

#[tokio::test]
async fn everybody_may_read_the_certificate_and_use_the_service_and_nothing_else() {
    let cluster = Cluster::shared().await;
    let home = cluster.namespace().await;
    grant(&cluster, &rights(&[&format!("--set=namespace={home},rbac.namespacedRoles=true")]).await).await;
    let client = cluster.client().await;
    for (right, expected) in [
        (("get", "configmaps", "waxseal-certificate"), true),
        (("patch", "configmaps", "waxseal-certificate"), false),
        (("list", "configmaps", ""), false),
        (("get", "services", ACCOUNT), true),
        (("get", "services/proxy", "http:sealed-secrets-controller:"), true),
        (("create", "services/proxy", "http:sealed-secrets-controller:http"), true),
        (("delete", "services/proxy", "http:sealed-secrets-controller:"), false),
        (("get", "services/proxy", "sealed-secrets-controller-metrics"), false),
        (("get", "secrets", "sealed-secrets-key"), false),
        (("list", "sealedsecrets", ""), false),
    ] {
        assert_eq!(may(&client, "someone", &home, right).await, expected, "{right:?}");
    }
}

/// Controllers that run side by side, so that a small machine keeps up.
const AT_ONCE: usize = 6;

/// A right of the controller: the last part of the role's name, and a verb in it.
type Right = (String, String);

/// Every right that the controller's roles hold, one verb each.
fn every_right(rights: &[Value]) -> BTreeSet<Right> {
    let mut all = BTreeSet::new();
    for role in rights.iter().filter(|object| object["kind"] == "Role") {
        for verb in role["rules"].as_array().unwrap().iter().flat_map(|rule| rule["verbs"].as_array().unwrap()) {
            all.insert((part(role).to_owned(), verb.as_str().unwrap().to_owned()));
        }
    }
    all
}

fn part(role: &Value) -> &str {
    role["metadata"]["name"].as_str().unwrap().strip_prefix("sealed-secrets-controller-").unwrap()
}

/// Takes one right away: in every namespace but the controller's own, or from its keys.
fn without(mut rights: Vec<Value>, home: &str, (right, verb): &Right) -> Vec<Value> {
    let taken = |role: &Value| {
        let at_home = role["metadata"]["namespace"] == home;
        // The controller may see SealedSecrets of its own namespace, and its keys are Secrets as well.
        part(role) == right || (right == "keys" && at_home && part(role) == "secrets")
    };
    for role in rights.iter_mut().filter(|object| object["kind"] == "Role") {
        if taken(role) {
            for rule in role["rules"].as_array_mut().unwrap() {
                rule["verbs"].as_array_mut().unwrap().retain(|held| held != verb);
            }
            role["rules"].as_array_mut().unwrap().retain(|rule| !rule["verbs"].as_array().unwrap().is_empty());
        }
    }
    rights
}

#[tokio::test]
async fn the_controller_misses_each_right_that_is_taken_away_and_says_so() {
    let cluster = Cluster::shared().await;
    let rendered = rights(&["--set=rbac.namespacedRoles=true", NO_READERS]).await;
    let mut all = every_right(&rendered);
    assert_eq!(all.len(), 21, "{all:?}");
    // An API server that streams lists, as this one does, serves them under the right to watch; older ones do not.
    all.retain(|(_, verb)| verb != "list");
    let missed = stream::iter(&all).map(|right| misses(&cluster, right)).buffer_unordered(AT_ONCE);
    let silent: Vec<String> =
        missed.filter_map(async |missed| missed.err().map(|error| format!("{error:#}"))).collect().await;
    assert!(silent.is_empty(), "{silent:#?}");
}

/// Runs a controller without one right, and has it do all kinds of work until its log names the right.
async fn misses(cluster: &Cluster, right: &Right) -> Result<()> {
    let (home, other) = (cluster.namespace().await, cluster.namespace().await);
    let namespaces = format!("--set=namespace={home},rbac.namespacedRoles=true,additionalNamespaces={{{other}}}");
    grant(cluster, &without(rights(&[&namespaces, NO_READERS]).await, &home, right)).await;
    let kubeconfig = cluster.service_account_kubeconfig(&home, ACCOUNT).await;
    let mut controller = Controller::of(cluster).namespace(&home).kubeconfig(&kubeconfig);
    for arg in arguments(&[&namespaces]).await.into_iter().chain(["--log-level=DEBUG".to_owned()]) {
        controller = controller.flag(arg);
    }
    let controller = controller.launch().await;
    let client = cluster.client().await;
    let resource = match &*right.0 {
        "sealedsecrets" | "events" => &*right.0,
        "status" => "sealedsecrets/status",
        "secrets" | "keys" => "secrets",
        "leader" => "leases",
        "certificate" => "configmaps",
        role => panic!("a role that nobody knows: {role}"),
    };
    let refusal = format!("cannot {} resource \"{resource}\"", right.1);
    let missed = try_wait_for(SOON, async || {
        nudge(&client, &controller, &home, &other).await;
        ensure!(controller.log().contains(&refusal), "{}", controller.log());
        Ok(())
    });
    missed.await.with_context(|| format!("{right:?}: nobody missed it: no {refusal:?}"))
}

/// Gives the controller one of each kind of work, as far as it gets.
async fn nudge(client: &Client, controller: &Controller, home: &str, namespace: &str) {
    let sealed: Api<SealedSecret> = Api::namespaced(client.clone(), namespace);
    let secrets: Api<Secret> = Api::namespaced(client.clone(), namespace);
    let leases: Api<Lease> = Api::namespaced(client.clone(), home);
    // Each may fail, for want of what the missing right would have made.
    if let Ok(certificate) = e2e::http::get(controller.web(), "/v1/cert.pem").await
        && certificate.status == 200
    {
        let _ = sealed.create(&PostParams::default(), &seal(&certificate.text(), namespace)).await;
    }
    let merge = PatchParams::default();
    let edit = Patch::Merge(json!({ "stringData": { "password": "edited" } }));
    let _ = secrets.patch(NAME, &merge, &edit).await;
    let _ = sealed.patch(NAME, &merge, &Patch::Merge(json!({ "metadata": { "labels": { "touched": "yes" } } }))).await;
    // Before it listens for the signal, the signal ends it.
    if controller.log().contains("serving HTTP") {
        controller.signal(Signal::USR1);
    }
    // Another replica leads for a moment, so that this one has to ask it for a key.
    let taken = json!({ "spec": { "holderIdentity": "other", "leaseDurationSeconds": 2 } });
    let _ = leases.patch("waxseal-controller", &merge, &Patch::Merge(taken)).await;
}

/// Whether an account may do something to a resource, with its subresource after a slash; an empty name stands for all.
async fn may(client: &Client, account: &str, namespace: &str, (verb, resource, name): (&str, &str, &str)) -> bool {
    let (resource, subresource) = resource.split_once('/').unwrap_or((resource, ""));
    let group = match resource {
        "sealedsecrets" => "bitnami.com",
        "leases" => "coordination.k8s.io",
        "clusterroles" => "rbac.authorization.k8s.io",
        _ => "",
    };
    let review: SubjectAccessReview = serde_json::from_value(json!({ "spec": {
        "user": account,
        "groups": ["system:authenticated"],
        "resourceAttributes": {
            "verb": verb, "group": group, "resource": resource, "subresource": subresource, "name": name,
            "namespace": namespace,
        },
    } }))
    .unwrap();
    let answer = Api::all(client.clone()).create(&PostParams::default(), &review).await.unwrap();
    answer.status.unwrap().allowed
}
