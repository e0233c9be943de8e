//! The truth about each generation.

use serde_json::json;

use crate::home::{Home, condition, message};

/// How kstatus reads an object: what Flux waits for.
fn kstatus(generation: Option<i64>, status: &waxseal_api::SealedSecretStatus) -> &'static str {
    if status.observed_generation != generation {
        return "InProgress";
    }
    match ["Reconciling", "Stalled", "Ready"].map(|type_| condition(status, type_)) {
        ["True", _, _] => "InProgress",
        [_, "True", _] => "Failed",
        [_, _, "True"] => "Current",
        _ => "InProgress",
    }
}

#[tokio::test]
async fn a_bad_update_after_a_good_one_is_told_and_the_secret_stays_until_a_good_one_follows() {
    let home = Home::new(&[]).await;
    let good = home.apply_values("login", &[("password", "one")]).await;
    home.has_values("login", &[("password", "one")]).await;
    let status = home.synced("login", "True").await;
    assert_eq!(kstatus(good.metadata.generation, &status), "Current");
    home.cluster
        .kubectl(&["wait", "-n", &home.namespace, "sealedsecret/login", "--for=condition=Synced", "--timeout=10s"])
        .await;

    // A value that was sealed under another name.
    let mut moved = home.seal("other", &[("password", "two")]).await;
    moved.metadata.name = Some("login".to_owned());
    let bad = home.apply(&moved).await;
    let status = home.synced("login", "False").await;
    assert_eq!(kstatus(bad.metadata.generation, &status), "Failed");
    assert!(message(&status).starts_with("password does not open with any key"), "{}", message(&status));
    assert!(message(&status).contains("was the SealedSecret renamed, moved or copied"), "{}", message(&status));
    home.told("login", "ErrUnsealFailed: password does not open").await;
    home.has_values("login", &[("password", "one")]).await;

    home.apply_values("login", &[("password", "three")]).await;
    home.has_values("login", &[("password", "three")]).await;
    let status = home.synced("login", "True").await;
    assert_eq!(kstatus(home.sealed().get("login").await.unwrap().metadata.generation, &status), "Current");
    assert_eq!(message(&status), "");
}

#[tokio::test]
async fn a_failure_says_which_value_and_what_is_wrong_with_it() {
    let home = Home::new(&[]).await;
    let mut sealed = home.seal("login", &[("good", "1"), ("cut", "1"), ("garbled", "1")]).await;
    let cut = sealed.spec.encrypted_data["cut"][..80].to_owned();
    sealed.spec.encrypted_data.insert("cut".to_owned(), cut);
    sealed.spec.encrypted_data.insert("garbled".to_owned(), "CANARY?".to_owned());
    home.apply(&sealed).await;
    let status = home.synced("login", "False").await;
    let text = message(&status);
    assert!(text.contains("cut ") && text.contains("garbled is not valid base64") && !text.contains("good"), "{text}");
    assert!(!text.contains("CANARY"), "{text}");
    assert!(home.secrets().get_opt("login").await.unwrap().is_none());
}

#[tokio::test]
async fn every_scope_opens_where_it_may_and_nowhere_else() {
    let home = Home::new(&[]).await;
    for (scope, annotation) in [("namespace-wide", "namespace-wide"), ("cluster-wide", "cluster-wide")] {
        let annotation = format!("sealedsecrets.bitnami.com/{annotation}");
        let manifest = json!({ "metadata": { "name": scope, "annotations": { annotation: "true" } },
            "stringData": { "k": scope } });
        let mut sealed = home.seal_manifest(&manifest).await;
        home.apply(&sealed).await;
        home.has_values(scope, &[("k", scope)]).await;
        // Another name is within both scopes.
        let renamed = format!("{scope}-renamed");
        sealed.metadata.name = Some(renamed.clone());
        home.apply(&sealed).await;
        home.has_values(&renamed, &[("k", scope)]).await;
        // Without the annotation it is strict, and does not open.
        let strict = format!("{scope}-strict");
        sealed.metadata.name = Some(strict.clone());
        sealed.metadata.annotations = None;
        home.apply(&sealed).await;
        home.synced(&strict, "False").await;
    }
}

#[tokio::test]
async fn a_scope_annotation_that_is_taken_away_later_is_told_and_the_secret_stays() {
    let home = Home::new(&[]).await;
    let manifest = json!({ "metadata": { "name": "wide", "annotations": {
        "sealedsecrets.bitnami.com/namespace-wide": "true" } }, "stringData": { "k": "v" } });
    let sealed = home.seal_manifest(&manifest).await;
    home.apply(&sealed).await;
    let status = home.synced("wide", "True").await;
    assert_eq!(status.scope.as_deref(), Some("namespace-wide"));

    // No change of the spec, and so no new generation. The controller is away meanwhile.
    home.controller.terminate().await;
    let mut strict = sealed.clone();
    strict.metadata.annotations = None;
    home.apply(&strict).await;
    home.controller.restart().await;
    let status = home.synced("wide", "False").await;
    assert_eq!(status.scope.as_deref(), Some("strict"));
    home.has_values("wide", &[("k", "v")]).await;

    // Put back while the controller is there.
    home.apply(&sealed).await;
    home.synced("wide", "True").await;
}

#[tokio::test]
async fn a_wrong_scope_annotation_that_is_put_right_is_noticed() {
    let home = Home::new(&[]).await;
    let manifest = json!({ "metadata": { "name": "wide", "annotations": {
        "sealedsecrets.bitnami.com/cluster-wide": "true" } }, "stringData": { "k": "v" } });
    let sealed = home.seal_manifest(&manifest).await;
    let mut wrong = sealed.clone();
    wrong.metadata.annotations = None;
    home.apply(&wrong).await;
    home.synced("wide", "False").await;
    home.apply(&sealed).await;
    home.has_values("wide", &[("k", "v")]).await;
    home.synced("wide", "True").await;
}
