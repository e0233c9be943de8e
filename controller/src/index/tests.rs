//! What the index makes of what the watches tell, in whatever order.

use serde_json::{Value, json};

use super::*;
use crate::observed::Owner;
use crate::reconcile::WaitsFor;

fn sealed(version: u64, generation: i64, status: &Value) -> Sealed {
    let metadata = json!({ "namespace": "ns", "name": "x", "uid": "u", "resourceVersion": version.to_string(),
        "generation": generation });
    let object = json!({ "metadata": metadata, "spec": { "encryptedData": {} }, "status": status });
    serde_json::from_str(&object.to_string()).unwrap()
}

fn synced(generation: i64) -> Value {
    json!({ "observedGeneration": generation, "secret": { "uid": "s", "resourceVersion": "5" },
        "conditions": [{ "type": "Synced", "status": "True", "observedGeneration": generation }] })
}

fn secret(version: &str) -> SecretState {
    let owner = Owner::SealedSecret { uid: "u".into() };
    SecretState { uid: "s".into(), version: Version::new(version), owner, managed: false, patch: false }
}

fn index(sealed_secret: Sealed) -> (Index, Name) {
    let mut index = Index::new(true);
    let (name, news) = index.sealed_seen(0, sealed_secret, false).unwrap();
    assert!(news);
    (index, name)
}

fn plan_of(index: &Index, name: &Name, ring: u64) -> Plan {
    index.plan(name, &KeyRing::default(), ring, Drift::Repair)
}

#[test]
fn a_converged_object_rests_and_is_not_kept() {
    let (mut index, name) = index(sealed(6, 1, &synced(1)));
    index.secret_seen(name.clone(), secret("5"));
    assert_eq!(plan_of(&index, &name, 0), Plan::Rest);
    assert!(index.take_object(&name).is_none());
}

#[test]
fn what_the_watch_tells_late_changes_nothing() {
    let (mut index, name) = index(sealed(6, 1, &synced(1)));
    assert!(!index.sealed_seen(0, sealed(6, 1, &json!(null)), false).unwrap().1);
    assert!(!index.sealed_seen(0, sealed(4, 1, &json!(null)), false).unwrap().1);
    index.secret_seen(name.clone(), secret("5"));
    index.secret_seen(name.clone(), secret("4"));
    assert_eq!(plan_of(&index, &name, 0), Plan::Rest);
    // The deletion of a predecessor.
    assert!(!index.secret_gone(&name, &SecretState { uid: "before".into(), ..secret("9") }));
    assert_eq!(plan_of(&index, &name, 0), Plan::Rest);
    assert!(index.secret_gone(&name, &secret("6")));
    assert_eq!(plan_of(&index, &name, 0), Plan::Create);
}

#[test]
fn a_secret_that_is_deleted_while_it_is_worked_on_is_made_again() {
    let (mut index, name) = index(sealed(6, 1, &synced(1)));
    index.secret_seen(name.clone(), secret("5"));
    index.entry(&name).unwrap().running = true;
    assert!(index.secret_gone(&name, &secret("7")));
    assert!(!index.secret_reported(&name, secret("6")), "the hand's report comes too late");
    assert_eq!(plan_of(&index, &name, 0), Plan::Create);
    // Another of that name is there.
    assert!(index.secret_reported(&name, SecretState { uid: "next".into(), ..secret("8") }));
    assert!(index.secret(&name).is_some());
}

#[test]
fn a_secret_that_is_written_and_deleted_while_no_watch_tells_of_it_is_made_again() {
    let (mut index, name) = index(sealed(6, 1, &json!(null)));
    index.entry(&name).unwrap().running = true;
    // It was written after the watch broke off, and deleted before the new list began.
    index.secret_list_begins(0);
    assert!(index.secret_list_ends(0, |_| true).is_empty());
    assert!(!index.secret_reported(&name, secret("6")));
    assert_eq!(plan_of(&index, &name, 0), Plan::Create);
    // The next report has nothing against it.
    assert!(index.secret_reported(&name, secret("8")));
    assert!(index.secret(&name).is_some());
    // What the API server does not have is not there.
    index.secret_missing(&name, "another");
    assert!(index.secret(&name).is_some());
    let uid = index.secret(&name).unwrap().uid.clone();
    index.secret_missing(&name, &uid);
    assert_eq!(plan_of(&index, &name, 0), Plan::Create);
}

#[test]
fn what_was_written_for_a_predecessor_is_not_taken_for_what_is_there() {
    let (mut index, name) = index(sealed(6, 1, &json!(null)));
    index.entry(&name).unwrap().running = true;
    index.sealed_gone("ns", "x").unwrap();
    index.sealed_seen(0, sealed(9, 1, &json!(null)), false).unwrap();
    assert!(!index.secret_gone(&name, &secret("8")), "nobody knew of it yet");
    assert!(!index.secret_reported(&name, secret("7")), "the hand was there for the one before");
    assert!(index.secret(&name).is_none());

    index.entry(&name).unwrap().running = true;
    index.secret_seen(name.clone(), SecretState { uid: "next".into(), ..secret("12") });
    assert!(index.secret_reported(&name, secret("7")));
    assert_eq!(&*index.secret(&name).unwrap().uid, "next", "what the watch told of is newer");
}

#[test]
fn a_deletion_that_no_watch_told_of_shows_in_the_next_list() {
    let (mut index, name) = index(sealed(6, 1, &synced(1)));
    index.secret_seen(name.clone(), secret("5"));
    index.secret_list_begins(0);
    assert_eq!(index.secret_list_ends(0, |_| true), std::slice::from_ref(&name));
    assert_eq!(plan_of(&index, &name, 0), Plan::Create);

    index.sealed_list_begins(0);
    assert_eq!(index.sealed_list_ends(0, |namespace| namespace != "ns").len(), 0);
    index.sealed_list_begins(0);
    assert_eq!(index.sealed_list_ends(0, |_| true).len(), 1);
    assert_eq!(plan_of(&index, &name, 0), Plan::Rest);
}

#[test]
fn a_failure_waits_for_what_it_needs() {
    let (mut index, name) = index(sealed(6, 1, &json!(null)));
    assert_eq!(plan_of(&index, &name, 1), Plan::Create);
    index.entry(&name).unwrap().set_failed(WaitsFor::Keys, 1, None);
    assert_eq!(plan_of(&index, &name, 1), Plan::Rest);
    assert_eq!(plan_of(&index, &name, 2), Plan::Create);

    index.secret_seen(name.clone(), SecretState { owner: Owner::Other, ..secret("5") });
    index.entry(&name).unwrap().set_failed(WaitsFor::Secret, 1, Some(&secret("5")));
    assert_eq!(plan_of(&index, &name, 2), Plan::Rest);
    index.secret_seen(name.clone(), SecretState { owner: Owner::Other, managed: true, ..secret("6") });
    assert_eq!(plan_of(&index, &name, 2), Plan::Look { drift: false });

    index.entry(&name).unwrap().set_failed(WaitsFor::Change, 1, None);
    assert_eq!(plan_of(&index, &name, 2), Plan::Rest);
    index.sealed_seen(0, sealed(7, 2, &json!(null)), false);
    assert_eq!(plan_of(&index, &name, 2), Plan::Look { drift: false });
}

#[test]
fn only_so_much_is_kept_of_what_waits() {
    let mut index = Index::new(true);
    let long = "x".repeat(1 << 20);
    for number in 0..40 {
        let object = json!({ "metadata": { "namespace": "ns", "name": format!("n{number}"), "uid": "u",
            "resourceVersion": "1", "generation": 1 }, "spec": { "encryptedData": { "k": long } } });
        index.sealed_seen(0, serde_json::from_str(&object.to_string()).unwrap(), false).unwrap();
    }
    assert!(index.held <= MOST_HELD);
    let held = index.names().into_iter().filter(|name| index.take_object(name).is_some()).count();
    assert_eq!((held, index.held), (27, 0));
}

#[test]
fn a_key_that_an_object_needs_is_missed() {
    let mut status = synced(1);
    status["sealingKeys"] = json!(["SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]);
    let (mut index, name) = index(sealed(6, 1, &status));
    index.secret_seen(name.clone(), secret("5"));
    assert_eq!(plan_of(&index, &name, 0), Plan::Overwrite { version: Version::new("5") });
}
