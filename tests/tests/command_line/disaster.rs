//! The drill: seal, back up, lose the cluster, restore, and everything opens.

use std::path::Path;

use anyhow::ensure;
use e2e::wait::SOON;
use e2e::{Cluster, Controller, Program, canary, wait_for};

use crate::office::{assert_sealed, has, secret};

const NAMESPACE: &str = "shop";

/// An identity of age, and the recipient in its comment.
const IDENTITY: &str = include_str!("../../../cli/tests/fixtures/identity.txt");

/// What lies in Git and in the safe: SealedSecrets and a backup. Nothing else survives.
struct Survivors {
    folder: tempfile::TempDir,
    values: Vec<(String, String)>,
    certificate: String,
}

fn waxseal(cluster: &Cluster, folder: &Path, args: &[&str]) -> Program {
    Program::waxseal().kubeconfig(cluster.kubeconfig()).folder(folder).args(args)
}

async fn controller(cluster: &Cluster) -> Controller {
    Controller::of(cluster).flag("--key-size=2048").start().await
}

/// Waits until whoever asks the cluster gets the certificate that the controller serves: it publishes it a moment later.
async fn published(cluster: &Cluster, folder: &Path, controller: &Controller) {
    wait_for(SOON, "the certificate to be published", async || {
        let fetched = waxseal(cluster, folder, &["cert", "fetch"]).run().await.stdout_text();
        ensure!(fetched == controller.certificate().await, "it is another one: {fetched:?}");
        Ok(())
    })
    .await;
}

/// Seals in every scope, under an old and a new key, backs the keys up, and loses the cluster.
async fn before_the_disaster() -> Survivors {
    let cluster = Cluster::start().await;
    cluster.namespace_named(NAMESPACE).await;
    let controller = controller(&cluster).await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("git")).unwrap();
    let mut values = Vec::new();
    for age in ["old", "new"] {
        published(&cluster, folder.path(), &controller).await;
        for scope in ["strict", "namespace-wide", "cluster-wide"] {
            let (name, value) = (format!("{age}-{scope}"), canary::fresh());
            let manifest = secret(NAMESPACE, &name, &[("password", &value)]).to_string();
            let file = format!("git/{name}.yaml");
            let seal = waxseal(&cluster, folder.path(), &["seal", "--scope", scope, "-w", &file]).stdin(manifest);
            let _ = seal.run().await.success();
            values.push((name, value));
        }
        if age == "old" {
            let before = controller.certificate().await;
            let _ = waxseal(&cluster, folder.path(), &["keys", "rotate"]).run().await.success();
            wait_for(SOON, "a new key", async || {
                ensure!(controller.certificate().await != before, "it is the old one");
                Ok(())
            })
            .await;
        }
    }
    let recipient = IDENTITY.lines().find_map(|line| line.strip_prefix("# public key: ")).unwrap();
    let backup = ["keys", "backup", "--recipient", recipient, "-w", "keys.age"];
    let told = waxseal(&cluster, folder.path(), &backup).run().await.success().stderr_text();
    assert!(told.starts_with("Backed up 2 keys."), "{told}");
    let backup = std::fs::read_to_string(folder.path().join("keys.age")).unwrap();
    assert!(backup.starts_with("-----BEGIN AGE ENCRYPTED FILE-----\n") && !backup.contains("PRIVATE KEY"));
    std::fs::write(folder.path().join("identity.txt"), IDENTITY).unwrap();
    let certificate = controller.certificate().await;
    Survivors { folder, values, certificate }
}

impl Survivors {
    async fn restore(&self, cluster: &Cluster) -> String {
        let args = ["keys", "restore", "-i", "identity.txt", "keys.age"];
        waxseal(cluster, self.folder.path(), &args).run().await.success().stdout_text()
    }

    async fn apply(&self, cluster: &Cluster) {
        cluster.namespace_named(NAMESPACE).await;
        let git = self.folder.path().join("git");
        cluster.kubectl(&["apply", "-f", git.to_str().unwrap()]).await;
    }

    async fn all_open(&self, cluster: &Cluster) {
        for (name, value) in &self.values {
            has(cluster, NAMESPACE, name, &[("password", value)]).await;
        }
    }
}

#[tokio::test]
async fn after_the_loss_of_a_cluster_everything_opens_from_a_backup_before_and_after_the_controller_starts() {
    let survivors = before_the_disaster().await;

    // Into a cluster in which no controller has run yet: it takes the restored keys for its own and makes none.
    let cluster = Cluster::start().await;
    let told = survivors.restore(&cluster).await;
    assert_eq!(told.lines().filter(|line| line.contains(": restored")).count(), 2, "{told}");
    let first = controller(&cluster).await;
    assert_eq!(first.certificate().await, survivors.certificate);
    survivors.apply(&cluster).await;
    survivors.all_open(&cluster).await;
    let listed = waxseal(&cluster, survivors.folder.path(), &["keys", "list"]).run().await.success().stdout_text();
    let opens: Vec<_> = listed.lines().skip(1).map(|line| line.split_whitespace().nth(5).unwrap()).collect();
    assert_eq!(opens, ["3", "3"], "{listed}");
    drop((first, cluster));

    // Into one whose controller has made a key of its own and failed with what lies in Git: it takes the others as they
    // come, without a restart.
    let cluster = Cluster::start().await;
    let second = controller(&cluster).await;
    assert_ne!(second.certificate().await, survivors.certificate);
    survivors.apply(&cluster).await;
    let failing = ["get", "sealedsecrets", "-n", NAMESPACE, "-o"];
    let failing = [&failing[..], &["jsonpath={.items[*].status.conditions[?(@.type==\"Synced\")].status}"]].concat();
    wait_for(SOON, "all to fail for want of the keys", async || {
        let found = cluster.kubectl(&failing).await;
        ensure!(found == ["False"; 6].join(" "), "{found}");
        Ok(())
    })
    .await;
    let told = survivors.restore(&cluster).await;
    assert_eq!(told.lines().filter(|line| line.contains(": restored")).count(), 2, "{told}");
    survivors.all_open(&cluster).await;
    second.assert_running();
    let values: Vec<_> = survivors.values.iter().map(|(_, value)| value.as_str()).collect();
    assert_sealed(&values, &second.log());
}
