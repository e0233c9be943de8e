//! The plan as a table.

use super::*;

const UID: &str = "sealed";

fn secret(owner: Owner) -> SecretState {
    SecretState { uid: "secret".into(), version: Version::new("7"), owner, managed: false, patch: false }
}

fn ours() -> SecretState {
    secret(Owner::SealedSecret { uid: UID.into() })
}

fn stale() -> SecretState {
    secret(Owner::SealedSecret { uid: "gone".into() })
}

fn managed(secret: SecretState) -> SecretState {
    SecretState { managed: true, ..secret }
}

fn patched(secret: SecretState) -> SecretState {
    SecretState { patch: true, ..secret }
}

/// Never looked at.
fn fresh() -> StatusState {
    StatusState::default()
}

/// Generation 3 was written as version 7 of the Secret.
fn synced() -> StatusState {
    StatusState {
        observed_generation: Some(3),
        synced: true,
        secret: Some(("secret".into(), Version::new("7"))),
        ..StatusState::default()
    }
}

/// As upstream leaves it.
fn upstreams() -> StatusState {
    StatusState { secret: None, ..synced() }
}

fn failed() -> StatusState {
    StatusState { synced: false, ..synced() }
}

fn older(status: StatusState) -> StatusState {
    StatusState { observed_generation: Some(2), ..status }
}

fn written_as(version: &str) -> StatusState {
    StatusState { secret: Some(("secret".into(), Version::new(version))), ..synced() }
}

fn drift() -> Plan {
    Plan::Look { drift: true }
}

fn look() -> Plan {
    Plan::Look { drift: false }
}

fn of(status: &StatusState, secret: Secret<'_>, drift: Drift) -> Plan {
    plan(&Observed { uid: UID, generation: 3, status, keys_there: true, secret }, drift)
}

#[test]
fn the_plan_follows_from_the_status_and_the_secret() {
    let overwrite = || Plan::Overwrite { version: Version::new("7") };
    let table: Vec<(&str, StatusState, Option<SecretState>, Plan)> = vec![
        ("new, no Secret", fresh(), None, Plan::Create),
        ("converged", synced(), Some(ours()), Plan::Rest),
        ("Secret deleted", synced(), None, Plan::Create),
        ("changed, Secret is ours", older(synced()), Some(ours()), overwrite()),
        ("failed before, Secret is ours", failed(), Some(ours()), overwrite()),
        ("written by upstream", upstreams(), Some(ours()), overwrite()),
        ("edited by hand", written_as("6"), Some(ours()), drift()),
        ("another Secret in its place", synced(), Some(SecretState { uid: "other".into(), ..ours() }), drift()),
        ("owned by a predecessor", fresh(), Some(stale()), look()),
        ("owned by a predecessor, though converged", synced(), Some(stale()), drift()),
        ("nobody's", fresh(), Some(secret(Owner::Nobody)), Plan::Refuse),
        ("somebody else's", fresh(), Some(secret(Owner::Other)), Plan::Refuse),
        ("somebody else's by now", synced(), Some(secret(Owner::Other)), Plan::Refuse),
        ("nobody's, to be taken over", fresh(), Some(managed(secret(Owner::Nobody))), look()),
        ("somebody else's, to be taken over", fresh(), Some(managed(secret(Owner::Other))), look()),
        ("nobody's, to be merged into", fresh(), Some(patched(secret(Owner::Nobody))), Plan::Merge),
        ("somebody else's, to be merged into", fresh(), Some(patched(secret(Owner::Other))), Plan::Merge),
        ("merged into", synced(), Some(patched(secret(Owner::Other))), Plan::Rest),
        ("merged into, edited since", written_as("6"), Some(patched(secret(Owner::Other))), drift()),
        ("ours and merged into", older(synced()), Some(patched(ours())), Plan::Merge),
        ("both annotations", fresh(), Some(managed(patched(secret(Owner::Nobody)))), look()),
        ("without owner, written before", older(synced()), Some(secret(Owner::Nobody)), look()),
        ("without owner, converged", synced(), Some(secret(Owner::Nobody)), Plan::Rest),
    ];
    for (case, status, secret, expected) in table {
        let secret = secret.as_ref().map_or(Secret::Absent, Secret::Present);
        assert_eq!(of(&status, secret, Drift::Repair), expected, "{case}");
    }
}

#[test]
fn nothing_is_written_twice_where_secrets_are_not_watched() {
    assert_eq!(of(&synced(), Secret::Unknown, Drift::Repair), Plan::Rest);
    assert_eq!(of(&upstreams(), Secret::Unknown, Drift::Repair), Plan::Rest);
    assert_eq!(of(&fresh(), Secret::Unknown, Drift::Repair), Plan::Create);
    assert_eq!(of(&older(synced()), Secret::Unknown, Drift::Repair), Plan::Create);
}

#[test]
fn what_becomes_of_drift_is_a_matter_of_policy() {
    let edited = written_as("6");
    assert_eq!(of(&edited, Secret::Present(&ours()), Drift::Repair), drift());
    assert_eq!(of(&edited, Secret::Present(&ours()), Drift::Report), drift());
    assert_eq!(of(&edited, Secret::Present(&ours()), Drift::Ignore), Plan::Rest);
    // A deletion is no drift: the Secret is made again all the same.
    assert_eq!(of(&edited, Secret::Absent, Drift::Ignore), Plan::Create);

    let reported = StatusState { synced: false, drifted: true, ..synced() };
    assert_eq!(of(&reported, Secret::Present(&ours()), Drift::Report), Plan::Rest);
    assert_eq!(of(&reported, Secret::Present(&ours()), Drift::Repair), Plan::Overwrite { version: Version::new("7") });
}

#[test]
fn a_key_that_is_gone_is_noticed() {
    let status = synced();
    let secret = ours();
    let observed =
        Observed { uid: UID, generation: 3, status: &status, keys_there: false, secret: Secret::Present(&secret) };
    assert_eq!(plan(&observed, Drift::Repair), Plan::Overwrite { version: Version::new("7") });
}
