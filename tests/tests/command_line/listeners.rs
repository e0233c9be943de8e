//! What stands between a client and the API server, or in its place.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// A proxy that takes CONNECT (RFC 9110, section 9.3.6).
pub(crate) struct Proxy {
    url: String,
    used: Arc<AtomicUsize>,
}

impl Proxy {
    /// Serves until the process ends.
    pub(crate) fn start() -> Self {
        let used = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&used);
        let url = serve(move |client| {
            let head = head_of(&client);
            let target = head.strip_prefix("CONNECT ").and_then(|rest| rest.split(' ').next()).map(str::to_owned);
            let Some(server) = target.and_then(|target| TcpStream::connect(target).ok()) else { return };
            count.fetch_add(1, Ordering::SeqCst);
            if (&client).write_all(b"HTTP/1.1 200 OK\r\n\r\n").is_err() {
                return;
            }
            let (Ok(client_too), Ok(server_too)) = (client.try_clone(), server.try_clone()) else { return };
            thread::spawn(move || carry(client_too, server_too));
            carry(server, client);
        });
        Self { url, used }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// How many connections it has carried.
    pub(crate) fn used(&self) -> usize {
        self.used.load(Ordering::SeqCst)
    }
}

/// A server that notes what it is asked and has nothing, or says nothing at all.
pub(crate) struct Recorder {
    url: String,
    heads: Receiver<String>,
}

impl Recorder {
    pub(crate) fn start() -> Self {
        Self::with(true)
    }

    pub(crate) fn that_is_silent() -> Self {
        Self::with(false)
    }

    fn with(answers: bool) -> Self {
        let (sender, heads) = channel();
        let url = serve(move |client| {
            loop {
                let head = head_of(&client);
                if head.is_empty() || sender.send(head).is_err() {
                    return;
                }
                let answer = b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";
                if answers && (&client).write_all(answer).is_err() {
                    return;
                }
            }
        });
        Self { url, heads }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The heads of all requests since this was asked last, header names in lower case.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.heads.try_iter().collect()
    }
}

fn serve(handle: impl Fn(TcpStream) + Clone + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let handle = handle.clone();
            thread::spawn(move || handle(client));
        }
    });
    url
}

/// Everything up to the empty line, byte by byte, for what follows belongs to somebody else.
fn head_of(stream: &TcpStream) -> String {
    let mut reader = BufReader::with_capacity(1, stream);
    let mut head = String::new();
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|length| length > 2) {
        let (name, value) = line.split_once(": ").map_or((line.as_str(), None), |(name, value)| (name, Some(value)));
        match value {
            Some(value) => writeln!(head, "{}: {}", name.to_lowercase(), value.trim_end()).unwrap(),
            None => writeln!(head, "{}", name.trim_end()).unwrap(),
        }
        line.clear();
    }
    head
}

fn carry(mut from: TcpStream, mut to: TcpStream) {
    let _ = std::io::copy(&mut from, &mut to);
    let _ = to.shutdown(std::net::Shutdown::Write);
}
