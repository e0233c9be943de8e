//! Clients of the HTTP endpoints that mean no good.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::chaos::{Dose, Report, Stage};
use crate::cluster::Cluster;
use crate::http;

/// What the process may have needed at its peak, however much is thrown at it. Unoptimised, it needs 50 MiB for itself.
const MOST_MEMORY_KIB: u64 = 256 * 1024;

/// How long the certificate may take in the middle of it.
const PATIENCE: Duration = Duration::from_secs(10);

const GIBIBYTE: usize = 1 << 30;

pub(super) async fn run(dose: Dose) -> Report {
    let connections = dose.pick(10_000, 1_500);
    allow_files(connections + 1000);
    let mut stage = Stage::new(Cluster::shared().await, 1, &[], dose.seed).await;
    let web = stage.first().controller.web();
    let mut report = Report::default();

    // Half of them say nothing, half send a body one piece and no more.
    let mut open = Vec::new();
    for number in 0..connections {
        if let Ok(mut stream) = TcpStream::connect(web).await {
            if number % 2 == 0 {
                let slow = b"POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n{";
                // The server may have had enough of them already.
                let _ = stream.write_all(slow).await;
            }
            open.push(stream);
        }
    }
    report.injected("connection that stays", open.len() as u64);
    let slowest = certificate_ten_times(web).await;

    for announced in [true, false] {
        let status = huge_body(web, announced).await.expect("an answer to a huge body");
        assert_eq!(status, 413);
        report.injected("body of 1 GiB", 1);
    }
    let (mut refused, asked) = (0, 60);
    for number in 0..asked {
        let forged = format!("X-Forwarded-For: 10.0.{number}.1\r\nForwarded: for=10.1.0.{number}\r\n");
        let request = format!(
            "POST /v1/verify HTTP/1.1\r\nHost: x\r\n{forged}Content-Length: 2\r\nConnection: close\r\n\r\n{{}}"
        );
        if status_of(web, request.as_bytes()).await.is_ok_and(|status| status == 429) {
            refused += 1;
        }
    }
    report.injected("request under a forged address", asked);
    assert!(refused > asked / 2, "{refused} of {asked} requests under forged addresses were refused");

    // The main job goes on meanwhile.
    stage.apply("login").await;
    stage.quiet().await;
    let slowest = slowest.max(certificate_ten_times(web).await);
    let peak = peak_memory_kib(stage.first().controller.pid());
    assert!(peak < MOST_MEMORY_KIB, "the controller needed {peak} KiB");
    stage.first().controller.assert_running();
    stage.search().await;
    report.observed(format!(
        "certificate in {} ms at the most; both bodies 413; {refused} of {asked} requests 429; peak memory {} MiB",
        slowest.as_millis(),
        peak / 1024
    ));
    report
}

async fn certificate_ten_times(web: SocketAddr) -> Duration {
    let mut slowest = Duration::ZERO;
    for _ in 0..10 {
        let start = Instant::now();
        let reply = timeout(PATIENCE, http::get(web, "/v1/cert.pem")).await.expect("the certificate in time");
        assert_eq!(reply.expect("the certificate").status, 200);
        slowest = slowest.max(start.elapsed());
    }
    slowest
}

/// Sends a gibibyte, or as much of it as the server takes, and reads what it says.
async fn huge_body(web: SocketAddr, announced: bool) -> Result<u16> {
    let stream = TcpStream::connect(web).await.context("connecting")?;
    let (mut from, mut to) = stream.into_split();
    let length =
        if announced { format!("Content-Length: {GIBIBYTE}") } else { "Transfer-Encoding: chunked".to_owned() };
    let head = format!("POST /v1/rotate HTTP/1.1\r\nHost: x\r\n{length}\r\n\r\n");
    let sending = tokio::spawn(async move {
        let piece = vec![b' '; 1 << 16];
        let piece = if announced { piece } else { [b"10000\r\n", &*piece, b"\r\n"].concat() };
        to.write_all(head.as_bytes()).await?;
        for _ in 0..GIBIBYTE >> 16 {
            to.write_all(&piece).await?;
        }
        // The server reads no more, which is the point; the half that is read stays open.
        std::io::Result::Ok(to)
    });
    let status = read_status(&mut from).await;
    sending.abort();
    status
}

async fn status_of(web: SocketAddr, request: &[u8]) -> Result<u16> {
    let mut stream = TcpStream::connect(web).await.context("connecting")?;
    stream.write_all(request).await.context("sending")?;
    read_status(&mut stream).await
}

async fn read_status(from: &mut (impl tokio::io::AsyncRead + Unpin)) -> Result<u16> {
    let mut line = [0; 12];
    timeout(PATIENCE * 6, from.read_exact(&mut line)).await.context("no answer")?.context("reading")?;
    String::from_utf8_lossy(&line[9..]).parse().context("no status")
}

fn allow_files(count: u64) {
    let limits = getrlimit(Resource::Nofile);
    let current = limits.maximum.map_or(count, |maximum| maximum.min(count)).max(limits.current.unwrap_or(u64::MAX));
    setrlimit(Resource::Nofile, Rlimit { current: Some(current), maximum: limits.maximum })
        .expect("a limit within the limits");
}

/// `VmHWM`: the most that was in memory at any time.
fn peak_memory_kib(process: i32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("the status of a running process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}
