//! The documentation, followed to the letter: every command of every page is typed, in order, in a real shell with the
//! real programs, on a real control plane; what a page says that they print is what they print. CONTRIBUTING.md says how
//! a page is written for this. Needs a control plane, root and git.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod engines;
mod links;
mod markdown;
mod messages;
mod node;
mod page;
mod stage;

use std::collections::{BTreeMap, BTreeSet};

use markdown::Action;
use stage::Stage;

/// What the reader of docs/migration.md has: the original, and something sealed with it.
const ORIGINAL: &str = r"
kubectl --namespace kube-system rollout status deployment/sealed-secrets
kubeseal --controller-name sealed-secrets --fetch-cert > ~/original.pem
kubectl create secret generic database --from-literal=password=swordfish --dry-run=client -o yaml \
  | kubeseal --cert ~/original.pem --namespace default --format yaml > ~/some-sealed-secret.yaml
kubectl apply --filename ~/some-sealed-secret.yaml
kubectl wait --for=condition=Synced sealedsecret/database
";

/// The same, of the original's plain manifest: what the page deletes, under the names that it has there.
const PLAIN_MANIFEST: &str = r"
helm --namespace kube-system uninstall sealed-secrets
kubectl create clusterrole secrets-unsealer --verb=get --resource=secrets
kubectl create clusterrolebinding sealed-secrets-controller --clusterrole=secrets-unsealer --serviceaccount=kube-system:none
kubectl --namespace kube-system create role sealed-secrets-key-admin --verb=get --resource=secrets
kubectl --namespace kube-system create rolebinding sealed-secrets-controller --role=sealed-secrets-key-admin --user=none
kubectl --namespace kube-system create deployment sealed-secrets-controller --image=bitnami/sealed-secrets-controller:0.27.1
kubectl --namespace kube-system create service clusterip sealed-secrets-controller --tcp=8080
";

async fn with_original() -> Stage {
    let stage = Stage::with_empty_cluster().await;
    let chart = engines::original_chart();
    let install =
        format!("helm --namespace kube-system install sealed-secrets {} --set keyrenewperiod=168h", chart.display());
    stage.after(&install).await.after(ORIGINAL).await
}

/// What the examples of docs/lint.md look at.
const TO_LINT: &str = r#"
git init --quiet
mkdir -p clusters/prod staging prod team-b certs
waxseal keys generate --key-size 2048 --cert-out prod.pem --key-out ~/prod.key
waxseal keys generate --key-size 2048 --cert-out ~/staging.pem --key-out staging.key
cp prod.pem certs
seal() {
    kubectl create secret generic database --namespace shop --from-literal=password=swordfish --dry-run=client -o yaml \
      | waxseal seal --cert "$1" -w "$2"
}
seal prod.pem clusters/prod/database.yaml
seal ~/staging.pem staging/db.yaml
seal prod.pem team-b/database.yaml
age-keygen 2> /dev/null | age-keygen -y > recipients.txt
helm create chart
echo staging.key > .gitignore
git add --all
git commit --quiet --message "Examples"
"#;

/// What the reader of docs/quiet-diffs.md has.
const TO_SEAL: &str = r"
git init --quiet
waxseal keys generate --key-size 2048 --cert-out cert.pem --key-out ~/waxseal.key
cat > secret.yaml <<EOF
apiVersion: v1
kind: Secret
metadata: {name: db, namespace: shop}
stringData: {password: swordfish}
EOF
";

/// Declares a test for each page, or part of one, and the table of what they cover.
macro_rules! pages {
    ($($(#[$attribute:meta])* $name:ident: $page:literal $(without $($section:literal),+)? on $stage:expr;)+) => {
        $(
            $(#[$attribute])*
            #[tokio::test]
            async fn $name() {
                let stage = $stage.await;
                drop(page::follow($page, &[$($($section),+)?], &stage).await);
            }
        )+

        /// Each page, with the sections that the test of it leaves out.
        const FOLLOWED: &[(&str, &[&str])] = &[$(($page, &[$($($section),+)?])),+];
    };
}

pages! {
    the_quickstart_works_as_it_is_written: "docs/guide/quickstart.md" on Stage::with_empty_cluster();
    everyday_tasks_are_done_as_it_is_written: "docs/guide/tasks.md" on Stage::with_cluster();
    keys_are_kept_as_it_is_written: "docs/guide/keys.md" on Stage::with_cluster();
    a_lost_cluster_is_recovered_as_it_is_written: "docs/guide/recovery.md" on Stage::with_clusters(&["prod"], &["prod-2"]);
    what_the_security_page_looks_at_is_there: "docs/guide/security.md" on Stage::with_cluster();
    plain_kubectl_syncs_and_rolls_back_as_it_is_written: "docs/gitops/kubectl.md" on Stage::with_cluster();
    a_pull_request_is_checked_without_a_cluster_as_it_is_written: "docs/gitops/pull-requests.md" on Stage::bare();
    a_value_is_promoted_as_it_is_written: "docs/gitops/promote.md" on Stage::with_clusters(&["dev", "staging", "prod"], &[]);
    divergence_is_seen_and_repaired_as_it_is_written: "docs/gitops/drift.md" on Stage::with_cluster();
    a_scheduled_job_reencrypts_as_it_is_written: "docs/gitops/reencrypt.md" on Stage::with_cluster();
    flux_is_set_up_as_it_is_written: "docs/gitops/flux.md" on Stage::with_gitops_engines();
    argo_cd_is_set_up_as_it_is_written: "docs/gitops/argocd.md" on Stage::with_gitops_engines();
    charts_hold_sealed_secrets_as_it_is_written: "docs/gitops/helm.md" on Stage::with_cluster();
    the_inner_loop_works_as_it_is_written: "docs/gitops/inner-loop.md" on Stage::with_cluster();
    the_readme_works_as_it_is_written: "README.md" on Stage::with_cluster().await.after("git init --quiet; printf swordfish > password");
    helm_installs_as_it_is_written: "docs/install.md" without "With kubectl", "With kustomize" on Stage::with_empty_cluster();
    kubectl_installs_as_it_is_written: "docs/install.md" without "With Helm", "With kustomize", "Guard" on Stage::with_empty_cluster();
    kustomize_installs_as_it_is_written: "docs/install.md" without "With Helm", "With kubectl", "Guard" on Stage::with_empty_cluster();
    a_release_of_the_original_is_taken_over_and_handed_back_as_it_is_written:
        "docs/migration.md" without "Take over an install from controller.yaml" on with_original();
    a_plain_install_of_the_original_is_taken_over_as_it_is_written:
        "docs/migration.md" without "Take over a release of the original chart", "Hand back"
        on with_original().await.after(PLAIN_MANIFEST);
    sealing_again_changes_nothing_as_it_is_written: "docs/quiet-diffs.md" on Stage::bare().await.after(TO_SEAL);
    the_examples_of_lint_run: "docs/lint.md" on Stage::with_cluster().await.after(TO_LINT);
}

#[test]
fn every_command_of_every_page_is_in_a_test_or_says_why_not() {
    let mut left_out: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (page, without) in FOLLOWED.iter().chain(&[(messages::PAGE, &[][..])]) {
        let without: BTreeSet<&str> = without.iter().copied().collect();
        let rest = left_out.get(page).map_or_else(|| without.clone(), |known| known & &without);
        left_out.insert(page, rest);
    }
    for page in page::all() {
        let runs = |step: &&markdown::Step| matches!(step.action, Action::Run(_));
        for step in page::of(&page).iter().filter(runs) {
            let skipped = left_out.get(&*page);
            let covered = skipped.is_some_and(|skipped| !skipped.contains(&*step.section));
            assert!(covered, "{page}:{}: no test runs this", step.line);
        }
    }
}
