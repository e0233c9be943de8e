//! Slow clients, many clients, and the end.

use super::*;

/// Both ends of the connections of these tests are open files of this process.
fn allow_many_files() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    setrlimit(Resource::Nofile, limit).unwrap();
}

async fn open(address: SocketAddr, bytes: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes.as_bytes()).await.unwrap();
    stream
}

/// Whether the server closes the connection.
async fn is_closed(stream: &mut TcpStream) -> bool {
    let mut rest = Vec::new();
    timeout(PATIENCE, stream.read_to_end(&mut rest)).await.is_ok()
}

const HALF_A_HEAD: &str = "GET /v1/cert.pem HTTP/1.1\r\nHost: x\r\n";
const HALF_A_BODY: &str = "POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{\"kind\":";

#[tokio::test]
async fn a_request_that_does_not_arrive_in_time_is_given_up() {
    let server = Server::with(|options| options.read_timeout = Duration::from_millis(200)).await;
    for unfinished in [HALF_A_HEAD, HALF_A_BODY] {
        let mut stream = open(server.address, unfinished).await;
        assert_eq!(Answer::read(&mut stream).await.status, 408);
    }
    let mut silent = open(server.address, "").await;
    assert!(is_closed(&mut silent).await);
    let mut idle = open(server.address, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert_eq!(Answer::read(&mut idle).await.status, 200);
}

#[tokio::test]
async fn a_client_that_does_not_take_its_answer_is_cut_off() {
    let server = Server::with(|options| options.write_timeout = Duration::from_millis(200)).await;
    for number in 0..100_000 {
        let name = format!("{number:0100}");
        let mut object = waxseal_api::SealedSecret::new(&name, waxseal_api::SealedSecretSpec::default());
        object.metadata.namespace = Some("team-a".to_owned());
        let condition = serde_json::from_value(json!({"type": "Synced", "status": "True"})).unwrap();
        server.metrics.conditions_observed(&object, &[condition]);
    }
    let _deaf = open(server.metrics_address, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n").await;
    // It counts as under way until it is cut off, so the end of the server waits for that.
    timeout(PATIENCE, get(server.metrics_address, "/metrics")).await.unwrap();
    server.stop.send_replace(true);
    timeout(Duration::from_secs(8), server.served).await.unwrap().unwrap();
}

#[tokio::test]
async fn two_thousand_slow_clients_do_not_keep_the_certificate_from_anybody() {
    allow_many_files();
    let server = Server::start().await;
    let mut slow = Vec::new();
    for number in 0..2000 {
        slow.push(open(server.address, [HALF_A_HEAD, "", HALF_A_BODY][number % 3]).await);
        if number % 200 == 0 {
            assert_eq!(server.get("/v1/cert.pem").await.status, 200);
        }
    }
    assert_eq!(server.get("/v1/cert.pem").await.status, 200);
    assert_eq!(server.post_json("/v1/verify", &sealed_secret()).await.status, 200);
    for stream in &mut slow[..900] {
        assert!(is_closed(stream).await, "those who waited the longest make room");
    }
    let mut newest = open(server.address, HALF_A_HEAD).await;
    newest.write_all(b"Connection: close\r\n\r\n").await.unwrap();
    assert_eq!(Answer::read(&mut newest).await.status, 200);
}

#[tokio::test]
async fn slow_bodies_do_not_keep_anybody_from_verifying() {
    let server = Server::start().await;
    let mut slow = Vec::new();
    for _ in 0..100 {
        slow.push(open(server.address, HALF_A_BODY).await);
    }
    for _ in 0..10 {
        assert_eq!(server.post_json("/v1/verify", &sealed_secret()).await.status, 200);
    }
    assert_eq!(Answer::read(&mut slow[0]).await.status, 408);
}

#[tokio::test]
async fn a_client_that_waits_for_us_is_not_cut_off_for_others() {
    allow_many_files();
    let server = Server::start().await;
    let held = Arc::clone(&server.rsa).acquire_many_owned(2).await.unwrap();
    let mut waiting = Vec::new();
    let request = post("/v1/verify", "", sealed_secret().to_string().as_bytes());
    for _ in 0..10 {
        waiting.push(open(server.address, std::str::from_utf8(&request).unwrap()).await);
    }
    let mut others = Vec::new();
    for _ in 0..1500 {
        others.push(open(server.address, HALF_A_HEAD).await);
    }
    assert_eq!(server.get("/v1/cert.pem").await.status, 200);
    drop(held);
    for stream in &mut waiting {
        assert_eq!(Answer::read(stream).await.status, 200);
    }
}

#[tokio::test]
async fn values_that_get_no_turn_in_time_are_not_waited_for() {
    let server = Server::with(|options| options.write_timeout = Duration::from_millis(200)).await;
    let _held = Arc::clone(&server.rsa).acquire_many_owned(2).await.unwrap();
    let answer = server.post_json("/v1/verify", &sealed_secret()).await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")));
}

#[tokio::test]
async fn one_connection_serves_many_requests() {
    let server = Server::start().await;
    let request = "GET /v1/cert.pem HTTP/1.1\r\nHost: x\r\n\r\n";
    let last = "GET /v1/cert.pem HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let mut stream = open(server.address, &format!("{request}{request}{last}")).await;
    let mut answers = String::new();
    timeout(PATIENCE, stream.read_to_string(&mut answers)).await.unwrap().unwrap();
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 3);
}

#[tokio::test]
async fn at_the_end_requests_under_way_are_answered_and_no_more_taken() {
    let server = Server::start().await;
    let held = Arc::clone(&server.rsa).acquire_many_owned(2).await.unwrap();
    let request = post("/v1/rotate", "", sealed_secret().to_string().as_bytes());
    let mut under_way = open(server.address, std::str::from_utf8(&request).unwrap()).await;
    let mut idle = open(server.address, "").await;
    // Connections are accepted in turn, so this answer says that the others were.
    assert_eq!(server.get("/healthz").await.status, 200);
    server.stop.send_replace(true);
    assert!(is_closed(&mut idle).await);
    assert!(TcpStream::connect(server.address).await.is_err());
    drop(held);
    assert_eq!(Answer::read(&mut under_way).await.status, 200);
    timeout(PATIENCE, server.served).await.unwrap().unwrap();
}
