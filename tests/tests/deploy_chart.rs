//! The chart, as the real Helm renders and installs it on a real API server. Needs a control plane.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;

use e2e::deploy::{RELEASE, chart, find, helm, objects, path, render, render_text};
use e2e::{Cluster, Program};
use serde_json::{Value, json};

/// Switches on everything that is off by default.
const EVERYTHING: &[&str] = &[
    "--set=metrics.serviceMonitor.enabled=true,metrics.prometheusRule.enabled=true,metrics.dashboards.create=true",
    "--set=ingress.enabled=true,ingress.tls=true,startupProbe.enabled=true",
    "--set=networkPolicy.egress.enabled=true,networkPolicy.egress.kubeapiCidr=10.0.0.1/32",
    "--set=networkPolicy.egress.kubeapiPort=6443",
    "--set=metrics.serviceMonitor.interval=30s,metrics.prometheusRule.alertLabels.team=platform",
    "--set=image.pullSecrets={registry},image.digest=",
    "--set=privateKeyLabels.a=b,privateKeyLabels.c=d,privateKeyAnnotations.e=f",
    "--set=keyrenewperiod=168h,drift=report,logInfoStdout=true,skipRecreate=true,rateLimit=10",
    "--set=commonLabels.owner=platform,commonAnnotations.note=hello,podLabels.sidecar=none",
];

#[tokio::test]
async fn helm_lint_finds_nothing_with_the_defaults_and_with_everything_switched_on() {
    for values in [&[], EVERYTHING] {
        drop(helm().args(["lint", "--strict"]).args([chart()]).args(values).run().await.success());
    }
}

#[tokio::test]
async fn values_that_mean_nothing_are_refused_by_name() {
    for (value, named) in [
        ("replicas=3", "replicas"),
        ("rbac.pspEnabled=true", "pspEnabled"),
        ("keyrenewperiod=30d", "/keyrenewperiod"),
        ("keySize=1024", "/keySize"),
        ("drift=perhaps", "/drift"),
        ("image.digest=latest", "/image/digest"),
        ("privateKeyLabels.a=b\\,c=d", "/privateKeyLabels/a"),
        ("guard.plaintextSecrets.validationActions={Warn,Deny}", "/guard/plaintextSecrets/validationActions"),
        ("image.repository=bitnami/sealed-secrets-controller", "the original's controller"),
        ("serviceAccount.create=false", "serviceAccount.name"),
        ("networkPolicy.egress.enabled=true", "kubeapiCidr"),
    ] {
        let output = helm().args(["template"]).args([chart()]).args(["--set", value]).run().await.exit(1);
        assert!(output.stderr_text().contains(named), "{value}: {}", output.stderr_text());
    }
}

#[tokio::test]
async fn values_of_the_original_chart_reach_the_controller_as_the_flags_that_they_were() {
    let values = [
        "--set=keyrenewperiod=168h,keyttl=8760h,secretName=keys,updateStatus=false,skipRecreate=true,watchForSecrets=true",
        "--set=maxRetries=7,rateLimit=5,rateLimitBurst=9,kubeClientQPS=-1,kubeClientBurst=20,logLevel=ERROR",
        "--set=logFormat=json,logInfoStdout=true,additionalNamespaces={a,b},privateKeyLabels.x=y,privateKeyLabels.a=b",
        "--set=privateKeyAnnotations.note=k,containerPorts.http=9000,containerPorts.metrics=9001",
        "--set-string=keycutofftime=Mon\\, 14 Oct 2024 21:45:30 +0200",
    ];
    let rendered = render(&values).await;
    let container =
        &find(&rendered, "Deployment", "sealed-secrets-controller")["spec"]["template"]["spec"]["containers"][0];
    let mut args: Vec<&str> = container["args"].as_array().unwrap().iter().map(|arg| arg.as_str().unwrap()).collect();
    args.sort_unstable();
    assert_eq!(
        args,
        [
            "--additional-namespaces=a,b",
            "--key-cutoff-time=Mon, 14 Oct 2024 21:45:30 +0200",
            "--key-prefix=keys",
            "--key-renew-period=168h",
            "--key-ttl=8760h",
            "--kubeclient-burst=20",
            "--kubeclient-qps=-1",
            "--listen-addr=:9000",
            "--listen-metrics-addr=:9001",
            "--log-format=json",
            "--log-info-stdout=true",
            "--log-level=ERROR",
            "--max-unseal-retries=7",
            "--privatekey-annotations=note=k",
            "--privatekey-labels=a=b,x=y",
            "--rate-limit-burst=9",
            "--rate-limit=5",
            "--serve-rotate=true",
            "--serve-verify=true",
            "--skip-recreate",
            "--update-status=false",
            "--watch-for-secrets",
        ]
    );
}

#[tokio::test]
async fn a_release_of_the_original_chart_keeps_its_names_and_its_selector() {
    // A Deployment's selector cannot change, so that an upgrade in place needs the same one.
    for (release, name) in [("sealed-secrets", "sealed-secrets"), ("mine", "mine-sealed-secrets")] {
        let output =
            helm().args(["template", release]).args([chart()]).args(["--set", "fullnameOverride="]).run().await;
        let rendered = objects(&output.success().stdout_text());
        let deployment = find(&rendered, "Deployment", name);
        let labels = json!({ "app.kubernetes.io/name": "sealed-secrets", "app.kubernetes.io/instance": release });
        assert_eq!(deployment["spec"]["selector"]["matchLabels"], labels);
        let subjects = "--set-string=rbac.serviceProxier.subjects=- kind: User\n  name: ci\n";
        let output = helm().args(["template", release]).args([chart()]).args([subjects]).run().await.success();
        let rendered = objects(&output.stdout_text());
        let binding = find(&rendered, "RoleBinding", "sealed-secrets-controller-service-proxier");
        assert_eq!(binding["subjects"], json!([{ "kind": "User", "name": "ci" }]));
    }
}

#[tokio::test]
async fn kubeseal_finds_the_service_where_it_looks_by_default() {
    let rendered = render(&[]).await;
    let service = find(&rendered, "Service", "sealed-secrets-controller");
    assert_eq!(service["metadata"]["namespace"], "kube-system");
    assert_eq!(service["spec"]["ports"], json!([{ "name": "http", "port": 8080, "targetPort": "http" }]));
    let deployment = find(&rendered, "Deployment", "sealed-secrets-controller");
    assert_eq!(service["spec"]["selector"], deployment["spec"]["selector"]["matchLabels"]);
}

#[tokio::test]
async fn namespaced_mode_asks_for_no_right_beyond_its_namespaces() {
    let rendered = render(&["--set=rbac.namespacedRoles=true,additionalNamespaces={shop,bank}"]).await;
    let kinds = |kind: &str| rendered.iter().filter(|object| object["kind"] == kind).count();
    assert_eq!((kinds("ClusterRole"), kinds("ClusterRoleBinding")), (0, 0));
    let mut namespaces: Vec<&str> = rendered
        .iter()
        .filter(|object| object["metadata"]["name"] == "sealed-secrets-controller-secrets" && object["kind"] == "Role")
        .map(|role| role["metadata"]["namespace"].as_str().unwrap())
        .collect();
    namespaces.sort_unstable();
    assert_eq!(namespaces, ["bank", "kube-system", "shop"]);
    let deployment = find(&rendered, "Deployment", "sealed-secrets-controller").to_string();
    assert!(deployment.contains("--all-namespaces=false") && deployment.contains("--additional-namespaces=shop,bank"));
}

#[tokio::test]
async fn an_old_kubernetes_gets_no_admission_policy() {
    let count =
        |objects: &[Value]| objects.iter().filter(|o| o["kind"].as_str().unwrap().starts_with("Validating")).count();
    assert_eq!(count(&render(&["--kube-version=1.29.0"]).await), 0);
    assert_eq!(count(&render(&["--kube-version=1.30.0"]).await), 4);
    assert_eq!(count(&render(&["--set=guard.enabled=false"]).await), 0);
}

#[tokio::test]
async fn the_type_in_the_chart_is_the_generated_one() {
    let generated = fs::read_to_string(path("crd/bitnami.com_sealedsecrets.yaml")).unwrap();
    let in_chart = fs::read_to_string(path("chart/crd/bitnami.com_sealedsecrets.yaml")).unwrap();
    assert_eq!(in_chart, generated, "run `cargo xtask generate`");
    let rendered = render(&[]).await;
    let installed = find(&rendered, "CustomResourceDefinition", "sealedsecrets.bitnami.com");
    assert_eq!(installed["spec"], objects(&generated)[0]["spec"]);
}

#[tokio::test]
async fn an_install_an_upgrade_and_an_uninstall_leave_the_type_and_the_sealed_secrets() {
    let cluster = Cluster::start().await;
    let run = async |args: &[&str]| {
        let (verb, rest) = args.split_first().unwrap();
        let helm = helm().kubeconfig(cluster.kubeconfig()).args([verb, &RELEASE, &"--namespace=kube-system"]);
        helm.args(rest).run().await
    };
    let chart = chart();
    let chart = chart.to_str().unwrap();

    // The harness has installed the type by other means, as an administrator or the original chart has elsewhere.
    let refused = run(&["install", chart]).await.exit(1);
    assert!(refused.stderr_text().contains("sealedsecrets.bitnami.com"), "{}", refused.stderr_text());
    let notes = run(&["install", chart, "--take-ownership"]).await.success().stdout_text();
    assert!(notes.contains("kubectl -n kube-system rollout status deployment/sealed-secrets-controller"), "{notes}");
    assert!(notes.contains("refuse nothing yet"), "{notes}");

    let sealed = r#"{ "apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret",
        "metadata": { "name": "kept", "namespace": "default" }, "spec": { "encryptedData": {} } }"#;
    cluster.kubectl_with(&["create", "-f", "-"], sealed).await;

    drop(run(&["upgrade", chart, "--set=replicaCount=3"]).await.success());
    let args =
        ["-n", "kube-system", "get", "deployment", "sealed-secrets-controller", "-o", "jsonpath={.spec.replicas}"];
    assert_eq!(cluster.kubectl(&args).await, "3");

    drop(run(&["uninstall"]).await.success());
    assert!(cluster.kubectl(&["-n", "kube-system", "get", "deployments", "-o", "name"]).await.is_empty());
    assert_eq!(cluster.kubectl(&["get", "sealedsecrets", "-o", "name"]).await, "sealedsecret.bitnami.com/kept\n");
}

#[tokio::test]
async fn the_api_server_knows_every_field_that_the_chart_renders() {
    let cluster = Cluster::shared().await;
    let strict = ["apply", "--server-side", "--force-conflicts", "--dry-run=server", "--validate=strict", "-f", "-"];
    let mut manifests = render(EVERYTHING).await;
    manifests.extend(render(&["--set=rbac.namespacedRoles=true,additionalNamespaces={default}"]).await);
    // The Prometheus Operator's types are not here.
    manifests.retain(|object| object["apiVersion"] != "monitoring.coreos.com/v1");
    let documents: Vec<String> = manifests.iter().map(Value::to_string).collect();
    cluster.kubectl_with(&strict, &documents.join("\n---\n")).await;
}

#[tokio::test]
async fn the_pods_meet_the_restricted_standard_as_the_api_server_enforces_it() {
    let cluster = Cluster::shared().await;
    let namespace = cluster.namespace().await;
    let enforce = "pod-security.kubernetes.io/enforce=restricted";
    cluster.kubectl(&["label", "namespace", &namespace, enforce]).await;
    let account =
        json!({ "apiVersion": "v1", "kind": "ServiceAccount", "metadata": { "name": "sealed-secrets-controller" } });
    cluster.kubectl_with(&["-n", &namespace, "create", "-f", "-"], &account.to_string()).await;

    let create = async |values: &[&str]| {
        let rendered = render(values).await;
        let template = &find(&rendered, "Deployment", "sealed-secrets-controller")["spec"]["template"];
        let pod = json!({ "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "pod" }, "spec": template["spec"] });
        let kubectl = Program::kubectl().kubeconfig(cluster.kubeconfig()).stdin(pod.to_string());
        kubectl.args(["-n", &namespace, "create", "--dry-run=server", "-o", "yaml", "-f", "-"]).run().await
    };
    let pod = objects(&create(&[]).await.success().stdout_text()).remove(0);
    let container = &pod["spec"]["containers"][0];
    assert_eq!(container["securityContext"]["readOnlyRootFilesystem"], true);
    assert_eq!(container["volumeMounts"].as_array().unwrap().len(), 1, "the token and nothing else: {container}");

    for loosened in
        ["--set=hostNetwork=true", "--set=podSecurityContext.enabled=false,containerSecurityContext.enabled=false"]
    {
        let refused = create(&[loosened]).await.exit(1);
        assert!(refused.stderr_text().contains("violates PodSecurity \"restricted"), "{}", refused.stderr_text());
    }
}

#[tokio::test]
async fn nothing_rendered_is_left_to_chance() {
    assert_eq!(render_text(EVERYTHING).await, render_text(EVERYTHING).await);
}
