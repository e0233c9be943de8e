use super::*;

#[tokio::test]
async fn the_certificate_is_the_newest_at_any_time() {
    let server = Server::start().await;
    let answer = server.get("/v1/cert.pem").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/x-pem-file")));
    let newest = server.keys.borrow().newest.clone().unwrap();
    assert_eq!(answer.text(), newest.to_pem());

    let validity = Validity::from_now(Duration::from_mins(1)).unwrap();
    let next = Arc::new(Certificate::self_signed(&OLD, "next", &validity).unwrap());
    let mut keys = old_and_new();
    keys.newest = Some(Arc::clone(&next));
    server.keys.send_replace(Arc::new(keys));
    assert_eq!(server.get("/v1/cert.pem").await.text(), next.to_pem());
}

#[tokio::test]
async fn without_a_key_there_is_no_answer_yet() {
    let server = Server::start().await;
    server.keys.send_replace(Arc::default());
    for answer in [
        server.get("/v1/cert.pem").await,
        server.post_json("/v1/verify", &sealed_secret()).await,
        server.post_json("/v1/rotate", &sealed_secret()).await,
    ] {
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")));
    }
}

#[tokio::test]
async fn probes_say_what_the_controller_knows_of_itself() {
    let server = Server::start().await;
    assert_eq!(server.get("/readyz").await.status, 503);
    server.health.set_filled(true);
    server.health.set_key(true);
    server.health.beat();
    for path in ["/readyz", "/healthz"] {
        let answer = server.get(path).await;
        assert_eq!((answer.status, answer.text()), (200, "ok\n"));
    }
    server.health.set_key(false);
    assert_eq!(server.get("/readyz").await.status, 503);
}

#[tokio::test]
async fn a_path_or_a_method_that_there_is_not_is_said_to_be_none() {
    let server = Server::start().await;
    for path in ["/", "/v1", "/v1/verify/", "/metrics", "/v1/cert.pem/..", "/%2e%2e/healthz", "/v1//verify"] {
        assert_eq!(server.get(path).await.status, 404, "{path}");
    }
    for (path, allowed) in [("/v1/verify", "post"), ("/v1/rotate", "post")] {
        let answer = server.get(path).await;
        assert_eq!((answer.status, answer.header("allow")), (405, Some(allowed)), "{path}");
    }
    for path in ["/v1/cert.pem", "/healthz", "/readyz"] {
        let answer = server.post(path, "").await;
        assert_eq!((answer.status, answer.header("allow")), (405, Some("get,head")), "{path}");
    }
    let head = exchange(server.address, b"HEAD /v1/cert.pem HTTP/1.0\r\n\r\n").await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(get(server.metrics_address, "/healthz").await.status, 404);
}

#[tokio::test]
async fn the_metrics_are_scraped_at_an_address_of_their_own_and_count_requests_by_known_paths() {
    let server = Server::start().await;
    server.get("/v1/cert.pem").await;
    server.get("/made/up/7").await;
    server.get("/healthz").await;
    server.post_json("/v1/verify", &sealed_for_elsewhere()).await;
    exchange(server.address, b"BREW /v1/verify HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
    let answer = get(server.metrics_address, "/metrics").await;
    assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    let requests: std::collections::BTreeSet<_> = answer
        .text()
        .lines()
        .filter_map(|line| line.strip_prefix("sealed_secrets_controller_http_requests_total"))
        .collect();
    assert_eq!(
        requests,
        [
            "{path=\"/v1/cert.pem\",code=\"200\",method=\"get\"} 1",
            "{path=\"/v1/verify\",code=\"405\",method=\"unknown\"} 1",
            "{path=\"/v1/verify\",code=\"409\",method=\"post\"} 1",
            "{path=\"other\",code=\"404\",method=\"get\"} 1",
        ]
        .into()
    );
    // One value, sealed by a key of this size, tried with both keys of the ring.
    assert!(answer.text().contains("\nwaxseal_rsa_operations_total 2\n"));
}

#[tokio::test]
async fn verify_says_whether_the_values_open() {
    let server = Server::start().await;
    let mut both = sealed_secret();
    both["spec"]["encryptedData"]["user"] = json!(sealed_by(&NEW, Scope::Strict));
    let mut one_bad = both.clone();
    one_bad["spec"]["encryptedData"]["zzz"] = json!(sealed_by(&NEW, Scope::NamespaceWide));
    let mut none = sealed_secret();
    none["spec"]["encryptedData"] = json!({});
    for (object, status) in
        [(sealed_secret(), 200), (both, 200), (none, 200), (one_bad, 409), (sealed_for_elsewhere(), 409)]
    {
        assert_eq!(server.post_json("/v1/verify", &object).await.status, status, "{object}");
    }
}

#[tokio::test]
async fn verify_looks_at_every_value_however_many_there_are() {
    let server = Server::start().await;
    for bad in [None, Some(0), Some(7), Some(22)] {
        let mut object = sealed_secret();
        for number in 0..23 {
            let scope = if bad == Some(number) { Scope::ClusterWide } else { Scope::Strict };
            object["spec"]["encryptedData"][format!("{number:02}")] = json!(sealed_by(&OLD, scope));
        }
        let expected = if bad.is_some() { 409 } else { 200 };
        assert_eq!(server.post_json("/v1/verify", &object).await.status, expected, "{bad:?}");
        assert_eq!(server.post_json("/v1/rotate", &object).await.status, expected, "{bad:?}");
    }
}

#[tokio::test]
async fn every_reason_not_to_open_gets_the_same_answer() {
    let server = Server::start().await;
    let good = sealed_by(&OLD, Scope::Strict);
    let mut tampered = good.clone().into_bytes();
    let last = tampered.len() - 8;
    tampered[last] = if tampered[last] == b'A' { b'B' } else { b'A' };
    let foreign = PrivateKey::generate(2048).unwrap();
    let other_size = PrivateKey::generate(3072).unwrap();
    for value in [
        String::new(),
        "not base64!".to_owned(),
        good[..40].to_owned(),
        String::from_utf8(tampered).unwrap(),
        sealed_by(&foreign, Scope::Strict),
        sealed_by(&other_size, Scope::Strict),
        sealed_by(&OLD, Scope::ClusterWide),
    ] {
        let mut object = sealed_secret();
        object["spec"]["encryptedData"]["password"] = json!(value);
        for path in ["/v1/verify", "/v1/rotate"] {
            let answer = server.post_json(path, &object).await;
            assert_eq!((answer.status, answer.text()), (409, "the values do not open as the object says\n"), "{value}");
        }
    }
}

#[tokio::test]
async fn the_deprecated_field_is_verified_where_it_is_accepted_and_never_re_encrypted() {
    let mut object = sealed_secret();
    object["spec"] = json!({"data": sealed_by(&OLD, Scope::Strict)});
    let mut elsewhere = object.clone();
    elsewhere["metadata"]["namespace"] = json!("team-b");
    let mut both = sealed_secret();
    both["spec"]["data"] = object["spec"]["data"].clone();

    let server = Server::start().await;
    for (object, status) in [(&object, 200), (&elsewhere, 409), (&both, 409)] {
        assert_eq!(server.post_json("/v1/verify", object).await.status, status);
        assert_eq!(server.post_json("/v1/rotate", object).await.status, 400);
    }
    let strict = Server::with(|options| options.accept_deprecated_data = false).await;
    assert_eq!(strict.post_json("/v1/verify", &object).await.status, 409);
}

#[tokio::test]
async fn rotate_moves_old_values_to_the_newest_key_and_leaves_everything_else_as_it_came() {
    let server = Server::start().await;
    let current = sealed_by(&NEW, Scope::Strict);
    let old = sealed_by(&OLD, Scope::Strict);
    let text = format!(
        r#"{{"kind":"SealedSecret","zzz":{{"b":1,"a":[null,1.50,-3,true,{{}}]}},"apiVersion":"bitnami.com/v1alpha1",
        "spec":{{"template":{{"type":"Opaque","data":{{"a":"{{{{ .password }}}}","n":null}},"metadata":{{"annotations":{{"x":"y"}}}}}},
        "encryptedData":{{"z-current":"{current}","a-old":"{old}"}},"unknown":"é\u0000"}},
        "metadata":{{"namespace":"team-a","name":"database","creationTimestamp":null,"generation":9007199254740993}},
        "status":{{"observedGeneration":7}}}}"#
    );
    let answer = server.post("/v1/rotate", &text).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));

    let mut after = answer.json();
    let moved = after["spec"]["encryptedData"]["a-old"].take();
    assert!(opens(&NEW, &moved, Scope::Strict) && !opens(&OLD, &moved, Scope::Strict));
    let mut before: Value = serde_json::from_str(&text).unwrap();
    before["spec"]["encryptedData"]["a-old"].take();
    assert_eq!(after.to_string(), before.to_string(), "the order of the fields included");

    let again = server.post("/v1/rotate", &answer.body).await;
    assert_eq!(again.text(), answer.text(), "nothing is left to do");
    assert_eq!(server.post("/v1/verify", &answer.body).await.status, 200);
}

#[tokio::test]
async fn a_hint_at_the_sealing_key_follows_the_values_and_is_not_made_up() {
    let server = Server::start().await;
    for hint in [OLD.public_key().fingerprint().to_string(), "nonsense,=".to_owned()] {
        let mut object = sealed_secret();
        object["metadata"]["annotations"] = json!({"waxseal.dev/sealing-keys": hint, "other": "kept"});
        let rotated = server.post_json("/v1/rotate", &object).await.json();
        let expected = NEW.public_key().fingerprint().to_string();
        let annotations = json!({"waxseal.dev/sealing-keys": expected, "other": "kept"});
        assert_eq!(rotated["metadata"]["annotations"], annotations);
    }
    let rotated = server.post_json("/v1/rotate", &sealed_secret()).await.json();
    assert_eq!(rotated["metadata"], sealed_secret()["metadata"]);
}

#[tokio::test]
async fn what_is_switched_off_is_not_there() {
    let server = Server::with(|options| options.verify = false).await;
    let answer = server.post_json("/v1/verify", &sealed_secret()).await;
    assert_eq!((answer.status, answer.text()), (404, "this is switched off on this controller\n"));
    assert_eq!(server.post_json("/v1/rotate", &sealed_secret()).await.status, 200);

    let server = Server::with(|options| options.rotate = false).await;
    assert_eq!(server.post_json("/v1/rotate", &sealed_secret()).await.status, 404);
    assert_eq!(server.post_json("/v1/verify", &sealed_secret()).await.status, 200);
    assert_eq!(server.get("/v1/cert.pem").await.status, 200);
}
