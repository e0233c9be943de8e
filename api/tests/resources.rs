//! Whole resources of the original open to what it sealed, and ours hold what theirs hold.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;

use serde_json::{Value, json};
use waxseal_api::{
    Owner, PlainSecret, SealOptions, SealSecretError, SealedSecret, UnsealError, UnsealOptions, ValueError, names,
    open, reencrypt, seal, unseal,
};
use waxseal_crypto::{Certificate, KeyRing, Label, ParseValueError, PrivateKey, Scope};

const RESOURCES: [&str; 3] = ["res-strict", "res-namespace-wide", "res-cluster-wide"];

#[test]
fn resources_of_the_original_open_to_the_secrets_that_it_made_of_them() {
    for name in RESOURCES {
        let expected = yaml(&format!("{name}.secret.yaml"));
        assert_eq!(opened(&sealed(name)).unwrap(), expected, "{name}");
    }
}

#[test]
fn a_secret_that_is_sealed_and_opened_is_the_same_secret() {
    for name in RESOURCES {
        let mut original = yaml(&format!("{name}.secret.yaml"));
        let again = seal(&secret(&original), certificate("b").public_key(), SealOptions::default()).unwrap();
        // The wire form, as the API server stores it and a watch gives it back.
        let again: SealedSecret = serde_json::from_value(serde_json::to_value(&again).unwrap()).unwrap();
        assert_eq!(again.scope(), sealed(name).scope());
        original["metadata"]["ownerReferences"][0]["uid"] = json!("");
        assert_eq!(opened(&again).unwrap(), original, "{name}");
    }
}

#[test]
fn what_a_hostile_object_costs_is_bounded() {
    let ring = KeyRing::new([PrivateKey::generate(2048).unwrap(), PrivateKey::generate(2048).unwrap()]);
    let elsewhere = Label::new(Scope::Strict, "ns", "elsewhere");
    let value = ring.keys()[0].public_key().seal(&elsewhere, b"x").unwrap().to_base64();
    let mut sealed = SealedSecret::new("here", waxseal_api::SealedSecretSpec::default());
    sealed.metadata.namespace = Some("ns".to_owned());
    sealed.spec.encrypted_data = (0..2200).map(|number| (format!("k{number:04}"), value.clone())).collect();
    let Err(UnsealError::Values(failed)) = open(&sealed, &ring) else { panic!("it opened") };
    assert_eq!(failed.len(), 2200);
    let not_tried = failed.iter().filter(|failed| failed.reason == ValueError::NotTried).count();
    // Two operations each, until one for each value and 2048 more are used up.
    assert_eq!(2 * (2200 - not_tried), 2200 + 2048 + 2);
}

#[test]
fn sealing_leaves_behind_what_belongs_to_one_object_and_copies_of_the_whole() {
    let manifest = json!({
        "apiVersion": "v1", "kind": "Secret", "stringData": { "k": "CANARY-1" },
        "metadata": {
            "name": "n", "namespace": "ns", "uid": "u", "resourceVersion": "1", "generation": 4,
            "creationTimestamp": "2026-01-01T00:00:00Z", "managedFields": [{}], "ownerReferences": [{ "uid": "o" }],
            "labels": { "kept": "yes" }, "finalizers": ["example.com/kept"],
            "annotations": {
                "kubectl.kubernetes.io/last-applied-configuration": "CANARY-2",
                "kubecfg.ksonnet.io/last-applied-configuration": "CANARY-3",
                "kept": "yes",
            },
        },
    });
    let sealed = seal(&secret(&manifest), certificate("a").public_key(), SealOptions::default()).unwrap();
    let template = serde_json::to_value(&sealed.spec.template).unwrap();
    assert_eq!(
        template,
        json!({ "metadata": {
            "name": "n", "namespace": "ns", "labels": { "kept": "yes" }, "annotations": { "kept": "yes" },
            "finalizers": ["example.com/kept"],
        }})
    );
    assert!(!serde_json::to_string(&sealed).unwrap().contains("CANARY"));
}

#[test]
fn the_key_that_sealed_is_named_where_there_is_a_value_and_hints_are_wanted() {
    let hint = |data: Value, hints: bool| {
        let manifest = json!({
            "apiVersion": "v1", "kind": "Secret", "metadata": { "name": "n", "namespace": "ns" }, "stringData": data,
        });
        let options = SealOptions { hints, allow_empty: true };
        let sealed = seal(&secret(&manifest), certificate("b").public_key(), options).unwrap();
        sealed.metadata.annotations
    };
    let named = (names::SEALING_KEYS.to_owned(), certificate("b").public_key().fingerprint().to_string());
    assert_eq!(hint(json!({ "k": "v" }), true), Some([named].into()));
    assert_eq!(hint(json!({ "k": "v" }), false), None);
    assert_eq!(hint(json!({}), true), None);
}

#[test]
fn a_scope_is_asked_for_by_the_annotation_that_stands_for_it_alone() {
    let manifest = json!({ "apiVersion": "v1", "kind": "Secret", "metadata": {
        "name": "n", "namespace": "ns", "annotations": { names::CLUSTER_WIDE: "true", "kept": "yes" },
    }});
    let mut secret = secret(&manifest);
    assert_eq!(secret.scope(), Scope::ClusterWide);
    for scope in [Scope::NamespaceWide, Scope::Strict, Scope::ClusterWide] {
        secret.set_scope(scope);
        assert_eq!(secret.scope(), scope);
        assert_eq!(secret.metadata.annotations.len(), if scope == Scope::Strict { 1 } else { 2 });
    }
}

#[test]
fn what_a_template_does_not_say_is_not_written() {
    let mut object = SealedSecret::new("n", waxseal_api::SealedSecretSpec::default());
    assert_eq!(serde_json::to_value(&object.spec).unwrap(), json!({ "encryptedData": {} }));
    object.spec.template.type_ = Some("Opaque".to_owned());
    assert_eq!(
        serde_json::to_value(&object.spec).unwrap(),
        json!({ "encryptedData": {}, "template": { "type": "Opaque" } })
    );
}

#[test]
fn what_cannot_be_sealed_says_what_is_missing() {
    let attempt = |metadata: Value, data: Value| {
        let manifest = json!({ "apiVersion": "v1", "kind": "Secret", "metadata": metadata, "stringData": data });
        seal(&secret(&manifest), certificate("b").public_key(), SealOptions::default()).err()
    };
    let data = json!({ "k": "v" });
    assert_eq!(attempt(json!({}), data.clone()), Some(SealSecretError::NoName));
    let scope = Scope::Strict;
    assert_eq!(attempt(json!({ "name": "n" }), data.clone()), Some(SealSecretError::NoNamespace { scope }));
    assert_eq!(attempt(json!({ "name": "n", "namespace": "ns" }), json!({})), Some(SealSecretError::NoData));
    let cluster_wide = json!({ "name": "n", "annotations": { names::CLUSTER_WIDE: "true" } });
    assert_eq!(attempt(cluster_wide, data), None);
}

/// A Git writer controls the template; it must never decide where a value opens.
#[test]
fn only_the_outer_annotations_decide_where_a_value_opens() {
    let annotations = [json!({}), json!({ names::NAMESPACE_WIDE: "true" }), json!({ names::CLUSTER_WIDE: "true" })];
    let ring = ring();
    for outer in &annotations {
        for inner in &annotations {
            let manifest = json!({
                "apiVersion": "v1", "kind": "Secret", "stringData": { "k": "v" },
                "metadata": { "name": "n", "namespace": "ns", "annotations": outer },
            });
            let mut sealed = seal(&secret(&manifest), certificate("b").public_key(), SealOptions::default()).unwrap();
            let label = sealed.label();
            sealed.spec.template.metadata.annotations = serde_json::from_value(inner.clone()).unwrap();
            assert_eq!(sealed.label(), label);
            assert!(open(&sealed, &ring).is_ok());

            let moved = reencrypt(&sealed, &ring, certificate("c").public_key(), &sealed.label()).unwrap();
            sealed.spec.encrypted_data = moved.values;
            assert!(open(&sealed, &ring).is_ok(), "{outer} {inner}");

            sealed.metadata.name = Some("other".to_owned());
            assert_eq!(open(&sealed, &ring).is_ok(), !outer.as_object().unwrap().is_empty(), "{outer} {inner}");
        }
    }
}

#[test]
fn every_value_that_fails_is_named_with_its_reason_and_long_lists_are_cut() {
    let mut broken = sealed("res-strict");
    broken.spec.encrypted_data.insert("password".to_owned(), "not base64!".to_owned());
    broken.spec.encrypted_data.insert("token".to_owned(), "AgA=".to_owned());
    let error = open(&broken, &ring()).err().unwrap();
    assert_eq!(
        error.to_string(),
        "password is not valid base64; token is truncated: it is shorter than its own length prefix says"
    );
    let UnsealError::Values(failed) = error else { panic!("{error}") };
    assert_eq!(failed[1].reason, ValueError::Parse(ParseValueError::Truncated));

    for number in 0..64_000 {
        broken.spec.encrypted_data.insert(format!("key-{number:05}"), String::new());
    }
    let message = open(&broken, &ring()).err().unwrap().to_string();
    assert!(message.len() < 500 && message.ends_with("; and 63997 more"), "{message}");
}

#[test]
fn the_secret_goes_to_the_place_of_the_sealed_secret_whatever_the_template_says() {
    let mut moved = sealed("res-strict");
    moved.spec.template.metadata.name = Some("elsewhere".to_owned());
    moved.spec.template.metadata.namespace = Some("kube-system".to_owned());
    moved.spec.template.metadata.other.insert("ownerReferences".to_owned(), json!([{ "uid": "forged" }]));
    moved.spec.template.metadata.other.insert("generateName".to_owned(), json!("x-"));
    assert_eq!(opened(&moved).unwrap(), yaml("res-strict.secret.yaml"));
}

#[test]
fn a_secret_has_no_owner_where_the_template_asks_to_be_left_alone_or_nobody_wants_one() {
    let mut alone = sealed("res-strict");
    let options = UnsealOptions { owner: Owner::Nobody, ..UnsealOptions::default() };
    assert!(unseal(&alone, &ring(), options).unwrap().0.owner.is_none());
    let annotations = &mut alone.spec.template.metadata.annotations;
    annotations.insert(names::SKIP_SET_OWNER_REFERENCES.to_owned(), "true".to_owned());
    assert!(unseal(&alone, &ring(), UnsealOptions::default()).unwrap().0.owner.is_none());
}

#[test]
fn a_service_account_token_is_refused_unless_allowed() {
    let mut token = sealed("res-strict");
    token.spec.template.type_ = Some(names::SERVICE_ACCOUNT_TOKEN.to_owned());
    assert!(matches!(opened(&token), Err(UnsealError::ForbiddenType { .. })));
    let options = UnsealOptions { allow_service_account_tokens: true, ..UnsealOptions::default() };
    assert!(unseal(&token, &ring(), options).is_ok());
}

#[test]
fn the_deprecated_field_opens_behind_its_flag_and_only_alone() {
    let inner = json!({
        "apiVersion": "v1", "kind": "Secret", "type": "Opaque", "data": { "k": "dg==" },
        "metadata": { "name": "forged", "labels": { "l": "1" } },
    });
    let label = Label::new(Scope::Strict, "ns", "old");
    let value = certificate("a").public_key().seal(&label, inner.to_string().as_bytes()).unwrap();
    let mut old: SealedSecret = serde_json::from_value(json!({
        "apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret",
        "metadata": { "name": "old", "namespace": "ns" }, "spec": { "data": value.to_base64() },
    }))
    .unwrap();

    let (_, values) = unseal(&old, &ring(), UnsealOptions::default()).unwrap();
    let key = *certificate("a").public_key().fingerprint();
    assert_eq!((values.keys, values.operations), ([("data".to_owned(), key)].into(), 1));
    let secret = opened(&old).unwrap();
    assert_eq!((&secret["data"]["k"], &secret["metadata"]["name"]), (&json!("dg=="), &json!("old")));
    let refused = UnsealOptions { accept_deprecated_data: false, ..UnsealOptions::default() };
    assert_eq!(unseal(&old, &ring(), refused).err(), Some(UnsealError::DeprecatedData));
    old.spec.encrypted_data.insert("k".to_owned(), value.to_base64());
    assert_eq!(unseal(&old, &ring(), UnsealOptions::default()).err(), Some(UnsealError::BothDataFields));
}

#[test]
fn reencryption_moves_only_what_another_key_sealed() {
    let mut object = sealed("res-strict");
    let to = certificate("c");
    let first = reencrypt(&object, &ring(), to.public_key(), &object.label()).unwrap();
    assert_eq!((first.values.len(), first.kept), (3, 0));
    object.spec.encrypted_data.extend(first.values);
    let second = reencrypt(&object, &ring(), to.public_key(), &object.label()).unwrap();
    assert_eq!((second.values.len(), second.kept), (0, 3));
    assert_eq!(opened(&object).unwrap(), yaml("res-strict.secret.yaml"));
}

#[test]
fn a_hint_finds_the_key_at_once_and_a_wrong_one_costs_one_operation() {
    let mut object = sealed("res-strict");
    let keys = [PrivateKey::generate(4096).unwrap(), PrivateKey::generate(4096).unwrap()];
    let right = PrivateKey::from_pem(&read("a.key")).unwrap();
    let ring = || KeyRing::new(keys.iter().chain([&right]).cloned());
    assert_eq!(open(&object, &ring()).unwrap().operations, 3 + 2, "three values, two keys before the right one");

    let mut hinted = |key: &PrivateKey| {
        let annotations = object.metadata.annotations.get_or_insert_default();
        annotations.insert(names::SEALING_KEYS.to_owned(), key.fingerprint().to_string());
        open(&object, &ring()).unwrap().operations
    };
    assert_eq!(hinted(&right), 3);
    assert_eq!(hinted(&keys[1]), 3 + 3 + 1, "one try more for each value, and the newest key once");
}

#[test]
fn templates_see_every_value_and_a_value_wins_over_a_template_of_its_name() {
    let mut object = sealed("res-strict");
    let data = [
        ("app.env", Some("USER={{ .username }}\nPASS={{ .password | b64enc }}\n")),
        ("plain", Some("no action")),
        ("quoting", Some("{{ .plain }}, {{ .quoting | len }}, {{ .username }}")),
        ("username", Some("the template loses")),
        ("token", None),
    ];
    object.spec.template.data =
        data.map(|(key, source)| (key.to_owned(), source.map(str::to_owned))).into_iter().collect();
    let (secret, opened) = unseal(&object, &ring(), UnsealOptions::default()).unwrap();
    let text = |key: &str| secret.data.get(key).map(|value| String::from_utf8_lossy(value.expose()).into_owned());
    let password = waxseal_crypto::base64::encode(opened.values["password"].expose());
    assert_eq!(text("app.env"), Some(format!("USER=alice\nPASS={password}\n")));
    assert_eq!(text("plain").as_deref(), Some("no action"));
    assert_eq!(text("quoting").as_deref(), Some("no action, 51, alice"), "templates as they are written");
    assert_eq!(text("username").as_deref(), Some("alice"));
    assert_eq!(text("token"), None, "null leaves the value out");
}

#[test]
fn a_template_that_fails_says_where_and_never_with_what() {
    let mut object = sealed("res-strict");
    let source = "first line\n{{ fail .username }}".to_owned();
    object.spec.template.data.insert("app.env".to_owned(), Some(source));
    let error = opened(&object).err().unwrap();
    let UnsealError::Template(failed) = &error else { panic!("{error}") };
    assert_eq!(failed.len(), 1);
    let message = error.to_string();
    assert!(message.contains("app.env") && message.contains('2') && message.contains("fail"), "{message}");
    assert!(!message.contains("alice"), "{message}");
    assert!(open(&object, &ring()).is_ok(), "verification does not render");
}

#[test]
fn thousands_of_hostile_templates_in_one_object_end_soon() {
    let mut object = sealed("res-strict");
    for number in 0..3000 {
        let source = "{{ range until 100000 }}{{ range until 100000 }}x{{ end }}{{ end }}".to_owned();
        object.spec.template.data.insert(format!("t{number:04}"), Some(source));
    }
    let error = opened(&object).err().unwrap().to_string();
    assert!(error.ends_with("; and 2995 more"), "{error}");
}

#[test]
fn all_templates_of_an_object_share_one_limit_of_output() {
    let mut object = sealed("res-strict");
    let large = |mebibytes: usize| Some(format!("{{{{ repeat {} \"x\" }}}}", mebibytes << 20));
    object.spec.template.data.insert("a".to_owned(), large(2));
    object.spec.template.data.insert("b".to_owned(), large(1));
    assert!(opened(&object).is_ok());
    object.spec.template.data.insert("a".to_owned(), large(3));
    object.spec.template.data.insert("b".to_owned(), large(2));
    let error = opened(&object).err().unwrap();
    let UnsealError::Template(failed) = &error else { panic!("{error}") };
    assert_eq!(failed.len(), 1, "{error}");
    assert!(error.to_string().contains('b'), "{error}");
}

#[test]
fn nulls_that_upstream_tolerates_are_tolerated() {
    let object: SealedSecret = serde_json::from_value(json!({
        "apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret", "metadata": { "name": "n" },
        "spec": { "encryptedData": null, "template": { "metadata": null, "data": null } },
        "status": { "conditions": null },
    }))
    .unwrap();
    assert!(object.spec.encrypted_data.is_empty() && object.spec.template.data.is_empty());
}

fn opened(sealed: &SealedSecret) -> Result<Value, UnsealError> {
    let (secret, _) = unseal(sealed, &ring(), UnsealOptions::default())?;
    Ok(serde_json::to_value(secret.expose()).unwrap())
}

fn sealed(name: &str) -> SealedSecret {
    serde_json::from_value(yaml(&format!("{name}.sealed.yaml"))).unwrap()
}

fn secret(manifest: &Value) -> PlainSecret {
    PlainSecret::from_manifest(manifest).unwrap()
}

fn ring() -> KeyRing {
    KeyRing::new(["a", "b", "c"].map(|name| PrivateKey::from_pem(&read(&format!("{name}.key"))).unwrap()))
}

fn certificate(name: &str) -> Certificate {
    Certificate::from_pem(&read(&format!("{name}.crt"))).unwrap()
}

fn yaml(name: &str) -> Value {
    serde_saphyr::from_slice(&read(name)).unwrap()
}

fn read(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
