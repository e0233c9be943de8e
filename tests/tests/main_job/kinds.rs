//! Types of Secrets, and values of every kind.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::place::Place;

/// A name, a type of Secret, and its data.
type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a [u8])]);

#[tokio::test]
async fn a_secret_keeps_its_type_and_its_bytes() {
    let place = Place::new().await;
    let login = place.canary();
    let pair = rcgen::generate_simple_self_signed(vec!["web.example.com".into()]).unwrap();
    let every_byte: Vec<u8> = (0..=255).collect();
    let long: Vec<u8> = every_byte.iter().copied().cycle().take(300 * 1024).collect();
    let (certificate, key) = (pair.cert.pem(), pair.signing_key.serialize_pem());
    let config = json!({ "auths": { "registry.example.com": { "username": "robot", "password": login } } }).to_string();
    let cases: [Case<'_>; 4] = [
        ("tls", "kubernetes.io/tls", &[("tls.crt", certificate.as_bytes()), ("tls.key", key.as_bytes())]),
        ("pull", "kubernetes.io/dockerconfigjson", &[(".dockerconfigjson", config.as_bytes())]),
        ("own", "example.com/of-our-own", &[("bytes", &every_byte), ("none", b""), ("NUL", b"\0")]),
        ("long", "Opaque", &[("image", &long)]),
    ];
    for (name, kind, data) in cases {
        let encoded = data.iter().map(|(key, bytes)| ((*key).to_owned(), json!(STANDARD.encode(bytes))));
        let manifest = json!({ "apiVersion": "v1", "kind": "Secret", "type": kind,
            "metadata": { "name": name, "namespace": place.home }, "data": Value::Object(encoded.collect()) });
        let sealed = place.seal(&manifest.to_string(), &[]).await;
        place.apply_server_side(&sealed).await;
    }
    for (name, kind, data) in cases {
        let strings: Vec<_> =
            data.iter().map(|(key, bytes)| (*key, String::from_utf8_lossy(bytes).into_owned())).collect();
        let strings: Vec<_> = strings.iter().map(|(key, text)| (*key, text.as_str())).collect();
        let secret = place.has(name, &strings).await;
        assert_eq!(secret.type_.as_deref(), Some(kind));
        let found = secret.data.unwrap();
        for (key, bytes) in data {
            assert!(found[*key].0 == *bytes, "{name}: {key} has other bytes");
        }
    }
    place.end().await;
}

#[tokio::test]
async fn an_immutable_secret_stays_until_it_is_deleted_and_kubectl_shows_what_to_do() {
    let place = Place::new().await;
    let [one, two] = [place.canary(), place.canary()];
    let put = async |value: &str| {
        let mut manifest = place.secret("fixed", &[("password", value)]);
        manifest["immutable"] = json!(true);
        place.apply(&place.seal(&manifest.to_string(), &[]).await).await;
    };
    put(&one).await;
    assert_eq!(place.has("fixed", &[("password", &one)]).await.immutable, Some(true));

    put(&two).await;
    let message = place.fails("fixed").await;
    assert!(message.contains("immutable") && message.contains("delete it"), "{message}");
    let columns = place.cluster.kubectl(&["get", "-n", &place.home, "sealedsecret/fixed"]).await;
    assert!(columns.contains(&message) && columns.contains("False"), "{columns}");
    let kept = place.secrets(&place.home).get("fixed").await.unwrap();
    assert_eq!(kept.data.unwrap()["password"].0, one.as_bytes());

    place.cluster.kubectl(&["delete", "-n", &place.home, "secret/fixed"]).await;
    place.has("fixed", &[("password", &two)]).await;
    place.end().await;
}
