//! kubectl's flags, each with an effect that a real API server or a listener sees, in both grammars, and from the
//! environment.

use std::path::Path;

use anyhow::ensure;
use e2e::wait::SOON;
use e2e::{Output, Program, wait_for};
use serde_json::{Value, json};

use crate::listeners::{Proxy, Recorder};
use crate::office::Office;

/// Asks for the certificate, with flags and variables, in each grammar.
async fn fetch(office: &Office, flags: &[&str], variables: &[(String, String)]) -> [Output; 2] {
    let run = async |program: Program, args: &[&str]| {
        let mut program = program.folder(office.folder.path()).args(args).args(flags);
        for (name, value) in variables {
            program = program.env(name, value);
        }
        program.args(["--controller-namespace", &office.namespace]).run().await
    };
    [run(Program::waxseal(), &["cert", "fetch"]).await, run(Program::kubeseal(), &["--fetch-cert"]).await]
}

/// The variables that stand for flags, each with its value or a switch.
fn variables(flags: &[&str]) -> Vec<(String, String)> {
    let mut variables = Vec::new();
    let mut words = flags.iter().peekable();
    while let Some(flag) = words.next() {
        let name = flag.trim_start_matches('-').to_uppercase().replace('-', "_");
        let value = words.next_if(|next| !next.starts_with("--")).map_or("true", |value| value);
        variables.push((format!("SEALED_SECRETS_{name}"), value.to_owned()));
    }
    variables
}

/// A kubeconfig whose current context leads nowhere, and with parts that lead somewhere.
fn kubeconfig(admin: &Value) -> String {
    let (cluster, user) = (&admin["clusters"][0]["cluster"], &admin["users"][0]["user"]);
    json!({
        "apiVersion": "v1", "kind": "Config", "current-context": "bad",
        "clusters": [{ "name": "real", "cluster": cluster }, { "name": "nowhere", "cluster": { "server": "http://127.0.0.1:1" } }],
        "users": [{ "name": "admin", "user": user }, { "name": "nobody", "user": { "token": "wrong" } }],
        "contexts": [
            { "name": "good", "context": { "cluster": "real", "user": "admin" } },
            { "name": "bad", "context": { "cluster": "nowhere", "user": "nobody" } },
        ],
    })
    .to_string()
}

/// A service account that may read the certificate and nothing else; its token.
async fn reader(office: &Office) -> String {
    let token = office.cluster.service_account_token(&office.namespace, "reader").await;
    let namespace = ["-n", office.namespace.as_str()];
    let subject = format!("--serviceaccount={}:reader", office.namespace);
    let role = ["create", "role", "reader", "--verb=get", "--resource=configmaps"];
    let binding = ["create", "rolebinding", "reader", "--role=reader", &subject];
    for args in [&role[..], &binding] {
        office.cluster.kubectl(&[args, &namespace].concat()).await;
    }
    token
}

fn admin(office: &Office) -> Value {
    serde_json::from_slice(&std::fs::read(office.cluster.kubeconfig()).unwrap()).unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[tokio::test]
async fn a_flag_of_kubectl_does_what_it_says_and_so_does_its_variable() {
    let office = Office::new(&[]).await;
    let certificate = office.controller.certificate().await;
    let token = reader(&office).await;
    let account = format!("system:serviceaccount:{}:reader", office.namespace);
    let admin_config = admin(&office);
    let mixed = office.write("mixed", &kubeconfig(&admin_config));
    let (mixed, config) = (text(&mixed), text(office.cluster.kubeconfig()));
    let server = format!("https://{}", office.cluster.address());
    let authority = office.cluster.certificate_authority();
    let user = &admin_config["users"][0]["user"];
    let [cert, key] = ["client-certificate", "client-key"].map(|field| user[field].as_str().unwrap());
    let there = ["--server", &server, "--certificate-authority", text(&authority)];
    let by_token = [&there[..], &["--token", &token]].concat();
    let proxy = Proxy::start();

    let refused = [
        (vec!["--kubeconfig", mixed], "127.0.0.1:1"),
        (vec!["--kubeconfig", mixed, "--context", "none"], "has no context \"none\""),
        (vec!["--kubeconfig", mixed, "--cluster", "real"], "(401)"),
        ([&there[..], &["--token", "wrong"]].concat(), "(401)"),
        (there.to_vec(), "(40"),
        (vec!["--server", &server, "--token", &token], "certificate"),
        ([&by_token[..], &["--tls-server-name", "wrong.example"]].concat(), "certificate"),
        (vec!["--kubeconfig", config, "--as", "nobody"], "User \"nobody\" cannot"),
        (vec!["--kubeconfig", config, "--proxy-url", "http://127.0.0.1:1"], "could not be reached"),
    ];
    let done = [
        vec!["--kubeconfig", config],
        vec!["--kubeconfig", mixed, "--context", "good"],
        vec!["--kubeconfig", mixed, "--cluster", "real", "--user", "admin"],
        [&there[..], &["--client-certificate", cert, "--client-key", key]].concat(),
        by_token.clone(),
        vec!["--server", &server, "--token", &token, "--insecure-skip-tls-verify"],
        [&by_token[..], &["--tls-server-name", "kubernetes.default.svc"]].concat(),
        [&by_token[..], &["--disable-compression", "--request-timeout", "30s"]].concat(),
        vec!["--kubeconfig", config, "--as", &account],
        vec!["--kubeconfig", config, "--as", "nobody", "--as-group", "system:masters", "--as-uid", "7"],
        vec!["--kubeconfig", config, "--proxy-url", proxy.url()],
    ];
    wait_for(SOON, "the role to count", async || {
        ensure!(fetch(&office, &by_token, &[]).await[0].code == Some(0), "not yet");
        Ok(())
    })
    .await;
    assert_eq!(proxy.used(), 0);
    for flags in &done {
        for outputs in [fetch(&office, flags, &[]).await, fetch(&office, &[], &variables(flags)).await] {
            for output in outputs {
                assert_eq!(output.success().stdout_text(), certificate, "{flags:?}");
            }
        }
    }
    assert!(proxy.used() >= 4, "each time with the flag: {}", proxy.used());
    for (flags, reason) in &refused {
        for [own, kubeseal] in [fetch(&office, flags, &[]).await, fetch(&office, &[], &variables(flags)).await] {
            for output in [own.exit(4), kubeseal.exit(1)] {
                let told = output.stderr_text();
                assert!(told.contains(reason) && !told.contains(&token), "{flags:?}: {told}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_asked_for_is_in_the_request() {
    let office = Office::new(&[]).await;
    let recorder = Recorder::start();
    let header = async |flags: &[&str]| {
        let flags = [&["--server", recorder.url()][..], flags].concat();
        let [own, kubeseal] = fetch(&office, &flags, &[]).await;
        drop((own.exit(4), kubeseal.exit(1)));
        let requests = recorder.requests();
        assert!(requests.len() > 1, "both asked");
        requests
    };
    let everywhere = |requests: &[String], line: &str| {
        assert!(requests.iter().all(|request| request.lines().any(|found| found == line)), "{line}: {requests:?}");
    };
    everywhere(&header(&["--token", "t0ken"]).await, "authorization: Bearer t0ken");
    everywhere(&header(&["--username", "jane", "--password", "pass"]).await, "authorization: Basic amFuZTpwYXNz");
    let requests = header(&["--as", "jane", "--as-group", "a", "--as-group", "b", "--as-uid", "7"]).await;
    for line in ["impersonate-user: jane", "impersonate-group: a", "impersonate-group: b", "impersonate-uid: 7"] {
        everywhere(&requests, line);
    }
    let compressed = |requests: &[String]| requests.iter().any(|request| request.contains("\naccept-encoding: "));
    assert!(!compressed(&header(&["--disable-compression"]).await));

    let silent = Recorder::that_is_silent();
    let [own, kubeseal] = fetch(&office, &["--server", silent.url(), "--request-timeout", "1s"], &[]).await;
    for output in [own.exit(4), kubeseal.exit(1)] {
        assert!(output.stderr_text().contains("did not answer within 1s"), "{}", output.stderr_text());
    }
}
