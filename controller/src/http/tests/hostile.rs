use super::*;

#[tokio::test]
async fn what_is_no_sealed_secret_is_refused_without_being_echoed() {
    let server = Server::start().await;
    let with = |field: &str, value: Value| {
        let mut object = sealed_secret();
        *object.pointer_mut(field).unwrap() = value;
        object.to_string()
    };
    let good = sealed_secret().to_string();
    let mut many_keys = sealed_secret();
    let values = (0..64_000).map(|number| (format!("k{number}"), json!("AAAA")));
    many_keys["spec"]["encryptedData"] = Value::Object(values.collect());
    let bodies: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", vec![]),
        ("no JSON", b"CANARY: yaml\n".to_vec()),
        ("half a document", good.as_bytes()[..good.len() / 2].to_vec()),
        ("two documents", format!("{good}{good}").into()),
        ("bytes that are no text", [b"{\"CANARY\":\"".as_slice(), &[0xff, 0xfe], b"\"}"].concat()),
        ("nested deeply", [b"{\"CANARY\":".as_slice(), "[".repeat(500_000).as_bytes()].concat()),
        ("a billion small arrays", format!("[{}[]]", "[],".repeat(300_000)).into()),
        ("64,000 keys", many_keys.to_string().into()),
        ("a key twice", good.replacen("{\"password\"", "{\"password\":\"CANARY\",\"password\"", 1).into()),
        ("metadata twice", good.replacen("\"metadata\"", "\"metadata\":{\"name\":\"CANARY\"},\"metadata\"", 1).into()),
        ("an array", b"[\"CANARY\"]".to_vec()),
        ("a text", b"\"CANARY\"".to_vec()),
        ("another kind", with("/kind", json!("CANARY")).into()),
        ("a Secret", with("/apiVersion", json!("v1")).into()),
        ("no kind", with("/kind", json!(null)).into()),
        ("a list", json!({"apiVersion": "v1", "kind": "List", "items": [sealed_secret()]}).to_string().into()),
        ("metadata that is none", with("/metadata", json!(["CANARY"])).into()),
        ("a name that is none", with("/metadata/name", json!({"CANARY": 1})).into()),
        ("annotations that are none", with("/metadata", json!({"annotations": {"CANARY": true}})).into()),
        ("a spec that is none", with("/spec", json!("CANARY")).into()),
        ("values that are none", with("/spec/encryptedData", json!(["CANARY"])).into()),
        ("a value that is none", with("/spec/encryptedData/password", json!(17)).into()),
        ("deprecated data that is none", with("/spec", json!({"data": {"CANARY": 1}})).into()),
    ];
    for (what, body) in &bodies {
        for path in ["/v1/verify", "/v1/rotate"] {
            let answer = server.post(path, body).await;
            assert_eq!(answer.status, 400, "{what}: {}", answer.text());
            assert!(answer.text().len() < 200, "{what}: {}", answer.text());
        }
    }
    assert!(!server.metrics.encode().unwrap().contains("CANARY"));
    assert_eq!(server.post_json("/v1/verify", &sealed_secret()).await.status, 200);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_whether_it_says_so_or_not() {
    let server = Server::start().await;
    for path in ["/v1/verify", "/v1/rotate"] {
        let announced = format!("POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n");
        let answer = exchange(server.address, announced.as_bytes()).await;
        assert_eq!(answer.status, 413);

        let mut chunked = format!("POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n").into_bytes();
        for _ in 0..600 {
            chunked.extend_from_slice(b"1000\r\n");
            chunked.extend_from_slice(&[b' '; 0x1000]);
            chunked.extend_from_slice(b"\r\n");
        }
        assert_eq!(exchange(server.address, &chunked).await.status, 413);

        let mut largest = sealed_secret().to_string().into_bytes();
        largest.resize(1 << 20, b' ');
        assert_eq!(server.post(path, &largest).await.status, 200);
        largest.push(b' ');
        assert_eq!(server.post(path, &largest).await.status, 413);
    }
}

#[tokio::test]
async fn a_head_that_is_no_http_or_too_large_is_refused() {
    let server = Server::start().await;
    let long = format!("GET / HTTP/1.1\r\nCANARY: {}\r\n\r\n", "x".repeat(100_000));
    assert_eq!(exchange(server.address, long.as_bytes()).await.status, 431);
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(200));
    assert_eq!(exchange(server.address, many.as_bytes()).await.status, 431);
    for wrong in
        [&b"CANARY\r\n\r\n"[..], b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET / HTTP/1.1\r\n\0: x\r\n\r\n"]
    {
        assert_eq!(exchange(server.address, wrong).await.status, 400);
    }
    let both = b"POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde";
    assert_eq!(exchange(server.address, both).await.status, 400);
}

#[tokio::test]
async fn a_peer_that_asks_too_often_waits_whatever_it_says_of_itself() {
    let server = Server::with(|options| {
        options.rate_limit = NonZeroU32::new(1).unwrap();
        options.rate_limit_burst = 2;
    })
    .await;
    let body = sealed_secret().to_string();
    for path in ["/v1/verify", "/v1/rotate"] {
        let mut refused = 0;
        for number in 0..20 {
            let forged = format!("X-Forwarded-For: 10.0.0.{number}\r\nForwarded: for=10.1.0.{number}\r\n");
            let answer = exchange(server.address, &post(path, &forged, body.as_bytes())).await;
            match answer.status {
                200 => {}
                429 => {
                    refused += 1;
                    assert_eq!(answer.header("retry-after"), Some("1"));
                }
                other => panic!("{other}"),
            }
        }
        assert!(refused >= 10, "{refused} of 20 were refused");
    }
    for _ in 0..20 {
        assert_eq!(server.get("/v1/cert.pem").await.status, 200);
    }
}

#[tokio::test]
async fn a_client_that_asks_first_whether_to_send_its_body_is_told() {
    let server = Server::start().await;
    let body = sealed_secret().to_string();
    let head = |length: usize| {
        format!(
            "POST /v1/verify HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n"
        )
    };
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(head(body.len()).as_bytes()).await.unwrap();
    let mut go_on = [0; 25];
    timeout(PATIENCE, stream.read_exact(&mut go_on)).await.unwrap().unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(body.as_bytes()).await.unwrap();
    assert_eq!(Answer::read(&mut stream).await.status, 200);
    assert_eq!(exchange(server.address, head(1 << 30).as_bytes()).await.status, 413);
}
