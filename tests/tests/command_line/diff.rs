//! `diff` between a folder and a real cluster.

use anyhow::ensure;
use e2e::wait::SOON;
use e2e::{Program, canary, wait_for};
use serde_json::json;

use crate::office::{Office, assert_sealed, secret};

impl Office {
    /// What `diff` says of the folder, its exit code first.
    async fn diff(&self) -> (i32, String, String) {
        let output = self.waxseal(&["diff", "git"]).await;
        (output.code.unwrap(), output.stdout_text(), output.stderr_text())
    }

    /// Seals a Secret into a file of the folder.
    async fn commit(&self, name: &str, values: &[(&str, &str)]) {
        self.write("secret.json", &secret(&self.namespace, name, values).to_string());
        let file = format!("git/{name}.yaml");
        let _ = self.waxseal(&["seal", "secret.json", "--cert", "cert.pem", "-w", &file]).await.success();
    }

    async fn apply_file(&self, name: &str) {
        self.apply(&std::fs::read_to_string(self.folder.path().join(format!("git/{name}.yaml"))).unwrap()).await;
    }
}

#[tokio::test]
async fn git_and_the_cluster_are_compared_by_key_and_state_and_never_by_value() {
    // Hand edits are to stay, so that there is something to see.
    let office = Office::new(&["--drift=report"]).await;
    let [one, two] = [canary::fresh(), canary::fresh()];
    office.write("git/.keep", "");
    office.commit("login", &[("password", &one), ("user", &two)]).await;
    office.commit("other", &[("token", &one)]).await;
    let at = |name: &str| format!("git/{name}.yaml:2:1: SealedSecret {}/{name}", office.namespace);

    let missing = |name: &str| format!("{}: missing: the cluster does not have it\n", at(name));
    assert_eq!(
        office.diff().await,
        (1, missing("login") + &missing("other"), "2 of 2 SealedSecrets differ\n".to_owned())
    );

    office.apply_file("login").await;
    office.has("login", &[("password", &one), ("user", &two)]).await;
    assert_eq!(office.diff().await, (1, missing("other"), "1 of 2 SealedSecrets differ\n".to_owned()));
    office.apply_file("other").await;
    office.has("other", &[("token", &one)]).await;
    assert_eq!(office.diff().await, (0, String::new(), "0 of 2 SealedSecrets differ\n".to_owned()));

    // Git goes ahead: one value is set, one is taken out, one is new.
    office.write("value", &two);
    for args in [
        &["set", "git/login.yaml", "password", "--from-file", "value", "--cert", "cert.pem"][..],
        &["set", "git/login.yaml", "added", "--from-file", "value", "--cert", "cert.pem"],
        &["unset", "git/login.yaml", "user"],
    ] {
        let _ = office.waxseal(args).await.success();
    }
    // Somebody edits one Secret by hand.
    let patch = json!({ "stringData": { "token": "by hand" } }).to_string();
    office.cluster.kubectl(&["patch", "secret", "other", "-n", &office.namespace, "-p", &patch]).await;
    let expected = ["added: missing in the cluster", "password: changed", "user: only in the cluster"];
    let expected = expected.map(|difference| format!("{}: {difference}", at("login")));
    wait_for(SOON, "the edit to be told", async || {
        let (code, stdout, stderr) = office.diff().await;
        let lines: Vec<_> = stdout.lines().collect();
        ensure!(code == 1 && lines.starts_with(&expected.each_ref().map(String::as_str)), "{stdout}{stderr}");
        ensure!(lines.contains(&&*format!("{}: not synced: Drifted", at("other"))), "{stdout}");
        assert_sealed(&[&one, &two], &(stdout + &stderr));
        Ok(())
    })
    .await;

    // What the controller cannot open is told, too.
    let other = std::fs::read_to_string(office.folder.path().join("git/other.yaml")).unwrap();
    office.write("git/moved.yaml", &other.replace("name: other", "name: moved"));
    office.apply_file("moved").await;
    wait_for(SOON, "the controller to give up on it", async || {
        let (_, stdout, _) = office.diff().await;
        ensure!(stdout.contains(&format!("{}: not synced: UnsealFailed", at("moved"))), "{stdout}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn whoever_may_not_read_secrets_learns_the_rest() {
    let office = Office::new(&[]).await;
    let value = canary::fresh();
    office.write("git/.keep", "");
    office.commit("login", &[("password", &value)]).await;
    office.apply_file("login").await;
    office.has("login", &[("password", &value)]).await;

    let kubeconfig = office.cluster.service_account_kubeconfig(&office.namespace, "reader").await;
    let as_reader = async || {
        let program = Program::waxseal().kubeconfig(&kubeconfig).folder(office.folder.path());
        program.args(["diff", "git"]).run().await
    };
    let refused = as_reader().await.exit(4).stderr_text();
    assert!(refused.contains("sealedsecrets.bitnami.com is forbidden") && refused.contains("(403)"), "{refused}");

    let namespace = ["-n", office.namespace.as_str()];
    let subject = format!("--serviceaccount={}:reader", office.namespace);
    let role = ["create", "role", "reader", "--verb=get,list", "--resource=sealedsecrets.bitnami.com"];
    office.cluster.kubectl(&[&role[..], &namespace].concat()).await;
    let binding = ["create", "rolebinding", "reader", "--role=reader", &subject];
    office.cluster.kubectl(&[&binding[..], &namespace].concat()).await;
    let warning = "warning: you may not read Secrets, so nobody looked whether one was edited by hand\n";
    wait_for(SOON, "the role to count", async || {
        let output = as_reader().await;
        ensure!(output.code == Some(0), "{}", output.stderr_text());
        ensure!(output.stderr_text() == format!("{warning}0 of 1 SealedSecrets differ\n"), "{}", output.stderr_text());
        Ok(())
    })
    .await;
}
