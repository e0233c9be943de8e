//! The harness itself. Needs a control plane; the tests of network namespaces need root and iproute2.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{bail, ensure};
use e2e::cluster::Part;
use e2e::net::Netns;
use e2e::wait::SOON;
use e2e::{Cluster, Program, wait_for};
use k8s_openapi::api::core::v1::{ConfigMap, Namespace, Secret};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::OwnerReference;
use kube::api::{DeleteParams, ListParams, ObjectMeta, PostParams};
use kube::{Api, Error, Resource as _, ResourceExt as _};

#[tokio::test]
async fn a_cluster_serves_the_sealed_secret_type_from_the_start() {
    let cluster = Cluster::shared().await;
    let namespace = cluster.namespace().await;
    let list = cluster.kubectl(&["get", "sealedsecrets.bitnami.com", "-n", &namespace, "-o", "name"]).await;
    assert_eq!(list, "");
}

#[tokio::test]
async fn two_clusters_side_by_side_do_not_see_each_other() {
    let (one, other) = tokio::join!(Cluster::start(), Cluster::start());
    one.namespace_named("only-here").await;
    let there: Api<Namespace> = Api::all(other.client().await);
    assert!(there.get_opt("only-here").await.unwrap().is_none());
    assert!(Api::<Namespace>::all(one.client().await).get_opt("only-here").await.unwrap().is_some());
}

#[tokio::test]
async fn a_test_process_that_is_killed_leaves_no_server_and_no_file_behind() {
    ends_with(|process| process.kill().unwrap()).await;
}

#[tokio::test]
async fn a_test_process_that_returns_leaves_no_server_and_no_file_behind() {
    ends_with(|process| drop(process.stdin.take())).await;
}

/// Runs a cluster in a process of its own, ends that process, and waits until nothing of it is left.
async fn ends_with(end: impl FnOnce(&mut std::process::Child)) {
    let mut process = Command::new(env!("CARGO_BIN_EXE_e2e"))
        .arg("cluster")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut kubeconfig = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut kubeconfig).unwrap();
    let root = Path::new(kubeconfig.trim_end()).parent().unwrap().parent().unwrap();
    assert_eq!(processes_that_name(root).len(), 4, "three servers and the guard: {:?}", processes_that_name(root));

    end(&mut process);
    process.wait().unwrap();
    wait_for(SOON, "the end of the servers and of their files", async || {
        ensure!(processes_that_name(root).is_empty(), "still running: {:?}", processes_that_name(root));
        ensure!(!root.exists(), "{} is still there", root.display());
        Ok(())
    })
    .await;
}

/// The command lines in which the folder occurs.
fn processes_that_name(folder: &Path) -> Vec<String> {
    let folder = folder.to_str().unwrap();
    let lines = fs::read_dir("/proc").unwrap().filter_map(|entry| fs::read(entry.ok()?.path().join("cmdline")).ok());
    let lines = lines.map(|line| String::from_utf8_lossy(&line).replace('\0', " "));
    lines.filter(|line| line.contains(folder)).collect()
}

#[tokio::test]
async fn a_deleted_namespace_goes_with_everything_in_it() {
    let cluster = Cluster::shared().await;
    let name = cluster.namespace().await;
    let client = cluster.client().await;
    let secrets: Api<Secret> = Api::namespaced(client.clone(), &name);
    secrets.create(&PostParams::default(), &Secret { metadata: named("left"), ..Secret::default() }).await.unwrap();

    let namespaces: Api<Namespace> = Api::all(client);
    namespaces.delete(&name, &DeleteParams::default()).await.unwrap();
    wait_for(SOON, "the end of the namespace", async || {
        ensure!(namespaces.get_opt(&name).await?.is_none(), "it is still there");
        Ok(())
    })
    .await;
    assert!(secrets.list(&ListParams::default()).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn the_garbage_collector_takes_what_a_deleted_object_owned() {
    let cluster = Cluster::shared().await;
    let name = cluster.namespace().await;
    let maps: Api<ConfigMap> = Api::namespaced(cluster.client().await, &name);
    let owner = ConfigMap { metadata: named("owner"), ..ConfigMap::default() };
    let owner = maps.create(&PostParams::default(), &owner).await.unwrap();
    let reference: OwnerReference = owner.controller_owner_ref(&()).unwrap();
    let metadata = ObjectMeta { owner_references: Some(vec![reference]), ..named("owned") };
    maps.create(&PostParams::default(), &ConfigMap { metadata, ..ConfigMap::default() }).await.unwrap();

    maps.delete(&owner.name_any(), &DeleteParams::background()).await.unwrap();
    wait_for(SOON, "the end of the owned object", async || {
        ensure!(maps.get_opt("owned").await?.is_none(), "it is still there");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_service_account_may_do_only_what_is_bound_to_it() {
    let cluster = Cluster::shared().await;
    let name = cluster.namespace().await;
    let kubeconfig = cluster.service_account_kubeconfig(&name, "robot").await;
    let secrets: Api<Secret> = Api::namespaced(cluster.client_as(&kubeconfig).await, &name);
    match secrets.list(&ListParams::default()).await {
        Err(Error::Api(status)) => assert_eq!(status.code, 403, "{status}"),
        other => panic!("expected a refusal, got {other:?}"),
    }

    let account = format!("{name}:robot");
    cluster.kubectl(&["-n", &name, "create", "role", "reader", "--verb=list", "--resource=secrets"]).await;
    let bind = ["create", "rolebinding", "reader", "--role=reader", "--serviceaccount", &account, "-n", &name];
    cluster.kubectl(&bind).await;
    wait_for(SOON, "the role to take effect", async || Ok(secrets.list(&ListParams::default()).await?)).await;
}

#[tokio::test]
async fn a_cluster_survives_the_loss_of_its_api_server_and_of_its_store() {
    let cluster = Cluster::start().await;
    cluster.namespace_named("kept").await;
    for part in [Part::ApiServer, Part::Etcd] {
        cluster.kill(part);
        let lost = Program::kubectl().kubeconfig(cluster.kubeconfig()).args(["get", "ns", "--request-timeout=1s"]);
        assert_ne!(lost.run().await.code, Some(0), "{part:?} is dead, and yet there is an answer");
        cluster.restart(part).await;
        assert!(cluster.kubectl(&["get", "namespace", "-o", "name"]).await.contains("namespace/kept"));
    }

    cluster.pause(Part::ApiServer);
    let paused = Program::kubectl().kubeconfig(cluster.kubeconfig()).args(["get", "ns", "--request-timeout=1s"]);
    assert_ne!(paused.run().await.code, Some(0));
    cluster.resume(Part::ApiServer);
    cluster.kubectl(&["get", "namespace"]).await;
}

#[tokio::test]
async fn the_api_server_counts_requests_by_verb_and_resource() {
    let cluster = Cluster::start().await;
    let client = cluster.client().await;
    let secrets: Api<Secret> = Api::namespaced(client, "default");
    let before = cluster.requests().await;
    for name in ["one", "two"] {
        secrets.create(&PostParams::default(), &Secret { metadata: named(name), ..Secret::default() }).await.unwrap();
    }
    let since = cluster.requests().await.since(&before);
    assert_eq!(since.count("POST", "secrets"), 2, "{since}");
    assert_eq!(since.writes(&["secrets"]), 2, "{since}");
}

#[tokio::test]
async fn the_service_proxy_reaches_a_server_in_the_cluster_s_network_namespace() {
    let address = Ipv4Addr::new(10, 88, 0, 1);
    let network = Netns::with_address(address).unwrap();
    let listener = network.within(|| TcpListener::bind((address, 0))).unwrap().unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut request = [0; 1024];
            let _ = stream.read(&mut request);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
        }
    });

    let cluster = Cluster::start_in(network).await;
    cluster.publish("default", "greeter", address, port).await;
    let path = "/api/v1/namespaces/default/services/http:greeter:http/proxy/";
    wait_for(SOON, "an answer through the proxy", async || {
        let answer = cluster.kubectl(&["get", "--raw", path]).await;
        if answer != "hello" {
            bail!("{answer:?}");
        }
        Ok(())
    })
    .await;

    let inside = Program::kubectl().kubeconfig(cluster.kubeconfig_inside()).inside(cluster.network().unwrap());
    let answer = inside.args(["get", "--raw", path]).run().await.success().stdout_text();
    assert_eq!(answer, "hello");
}

fn named(name: &str) -> ObjectMeta {
    ObjectMeta { name: Some(name.to_owned()), ..ObjectMeta::default() }
}
