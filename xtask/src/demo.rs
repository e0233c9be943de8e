//! `cargo xtask demo`: the whole product in a minute, each step with the command that a user would type.

mod background;
mod scene;

use std::process::ExitCode;

use anyhow::{Context as _, Result, ensure};

use crate::output::say;
use crate::workspace;
use background::Background;
use scene::{Scene, tell};

/// What can be said to `cargo xtask demo`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Use the cluster of this kubeconfig context instead of a local control plane; everything that is made there is
    /// removed again
    #[arg(long, value_name = "NAME")]
    context: Option<String>,
}

/// Where the Secrets of the demo live.
const NAMESPACE: &str = "waxseal-demo";

/// Where its controller keeps the sealing keys.
const CONTROLLER_NAMESPACE: &str = "waxseal-demo-system";

/// Plays the demo, and cleans up whether it went well or not.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    say("Building waxseal, waxseal-controller and the local control plane (the first time takes some minutes) …");
    let status = workspace::cargo()
        .args(["build", "--workspace", "--bin", "waxseal", "--bin", "waxseal-controller", "--bin", "e2e"])
        .status()
        .context("running cargo build")?;
    ensure!(status.success(), "cargo build failed");

    let stage = match &args.context {
        Some(context) => Scene::in_context(context)?,
        None => Scene::on_local_control_plane()?,
    };
    let played = play(&stage);
    let cleaned = clean_up(&stage);
    played.and(cleaned)?;
    tell("That was all of it. README.md says where to go from here.");
    Ok(ExitCode::SUCCESS)
}

fn play(scene: &Scene) -> Result<()> {
    scene.step("Install: the SealedSecret type, and a namespace for the controller and one for a team");
    scene.command("kubectl apply -f \"$WAXSEAL/deploy/crd/bitnami.com_sealedsecrets.yaml\"")?;
    scene.command(&format!("kubectl create namespace {CONTROLLER_NAMESPACE}"))?;
    scene.command(&format!("kubectl create namespace {NAMESPACE}"))?;
    scene.quietly("kubectl wait --for=condition=Established crd/sealedsecrets.bitnami.com --timeout=30s")?;

    scene.step("Run the controller: it makes the first sealing key and alone holds its private half");
    let controller = format!("waxseal-controller --all-namespaces=false --additional-namespaces={NAMESPACE}");
    let controller = scene.in_background(&controller)?;
    let certificate = format!("kubectl --namespace {CONTROLLER_NAMESPACE} get configmap waxseal-certificate");
    scene
        .quietly(&until(&certificate))
        .with_context(|| format!("the controller published no certificate; it said:\n{}", controller.last_words()))?;

    scene.step("On the laptop: fetch the certificate, once");
    scene.command(&format!("export SEALED_SECRETS_CONTROLLER_NAMESPACE={CONTROLLER_NAMESPACE}"))?;
    scene.command("waxseal cert fetch > cert.pem")?;
    scene.command("waxseal cert show --cert cert.pem")?;

    scene.step("Seal a Secret: no cluster is asked, and no plaintext touches the disk");
    scene.command(&format!(
        "kubectl create secret generic database --namespace {NAMESPACE} --from-literal=password=hunter2 \
         --dry-run=client -o yaml | waxseal seal --cert cert.pem > database.yaml"
    ))?;

    scene.step("This goes to Git (lines cut at 100 characters here)");
    scene.command("cut -c 1-100 database.yaml")?;

    scene.step("The GitOps sync applies it, and the native Secret appears");
    scene.command("kubectl apply -f database.yaml")?;
    scene.command(&format!(
        "kubectl wait --namespace {NAMESPACE} --for=condition=Synced sealedsecret/database --timeout=30s"
    ))?;
    let show = format!(
        "kubectl get secret database --namespace {NAMESPACE} -o jsonpath='{{.data.password}}' | base64 --decode; echo"
    );
    scene.command(&show)?;

    scene.step("Renew the sealing key: new values are sealed with it");
    scene.command("waxseal keys rotate")?;
    scene.quietly(&until("waxseal cert fetch > new.pem && ! cmp --quiet cert.pem new.pem"))?;
    scene.command("waxseal cert show --cert new.pem")?;

    scene.step("The value that is in Git still opens: delete the Secret, and the controller makes it again");
    scene.command(&format!("kubectl delete secret database --namespace {NAMESPACE}"))?;
    scene.quietly(&until(&format!("kubectl get secret database --namespace {NAMESPACE}")))?;
    scene.command(&show)
}

fn clean_up(scene: &Scene) -> Result<()> {
    scene.step("Clean up");
    scene.command(&format!("kubectl delete namespace {NAMESPACE} {CONTROLLER_NAMESPACE} --ignore-not-found"))?;
    if scene.installed_the_type() {
        scene.command("kubectl delete --ignore-not-found -f \"$WAXSEAL/deploy/crd/bitnami.com_sealedsecrets.yaml\"")?;
    }
    Ok(())
}

/// A shell loop that waits for a command to succeed, half a minute at most, and shows its last words if it does not.
fn until(command: &str) -> String {
    format!("for _ in $(seq 150); do if {command} >/dev/null 2>&1; then exit 0; fi; sleep 0.2; done; {command}")
}
