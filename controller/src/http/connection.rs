//! Connections: how many, for how long, and how they end.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tower::Service as _;

use super::slots::{Slot, Slots};
use crate::metrics::{HttpMethod, HttpPath, Metrics};

/// What a connection may buffer of a request, and with it the size of the largest head: more than the API server's proxy
/// adds to one, and little enough for a thousand connections.
const BUFFER_BYTES: usize = 32 * 1024;

/// How many headers a request may have.
const MAX_HEADERS: usize = 100;

/// How long requests under way get to end when the controller stops.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(10);

/// How long a connection that is over is listened to, and for how many bytes. Closing one on which unread bytes wait
/// makes the kernel reset it, and the client may lose the answer that tells it why.
const LINGER: Duration = Duration::from_secs(1);
const LINGER_BYTES: usize = 4 << 20;

/// How long to wait when no connection can be accepted, because there are too many files open, say.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What stands for no time-out, which Go writes as zero.
const DAY: Duration = Duration::from_hours(24);

/// How long one request may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timeouts {
    /// To arrive, head and body each.
    pub(super) read: Duration,
    /// To be answered, once it is here, and to be taken by the client, once it is answered.
    pub(super) write: Duration,
}

impl Timeouts {
    pub(super) fn new(read: Duration, write: Duration) -> Self {
        let or_a_day = |timeout: Duration| if timeout.is_zero() { DAY } else { timeout };
        Self { read: or_a_day(read), write: or_a_day(write) }
    }
}

/// Who asks, as an extension of the request.
#[derive(Clone)]
pub(super) struct Client {
    /// The other end of the connection.
    pub(super) address: IpAddr,
    /// The connection's place.
    pub(super) connection: Arc<Slot>,
}

/// Accepts connections and serves them.
pub(super) struct Acceptor {
    pub(super) router: Router,
    pub(super) timeouts: Timeouts,
    pub(super) max_connections: usize,
    pub(super) metrics: Arc<Metrics>,
}

impl Acceptor {
    /// Serves until `shutdown` says so and the requests under way are answered, or their grace is over.
    pub(super) async fn serve(self, listener: TcpListener, mut shutdown: watch::Receiver<bool>) {
        let places = Slots::new(self.max_connections);
        let acceptor = Arc::new(self);
        let mut connections = JoinSet::new();
        let mut stop = pin!(async move { drop(shutdown.wait_for(|stop| *stop).await) });
        let (closing, _) = watch::channel(false);
        loop {
            let accepted = tokio::select! {
                () = &mut stop => break,
                Some(_) = connections.join_next() => continue,
                accepted = listener.accept() => accepted,
            };
            let (stream, peer) = match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "cannot accept a connection");
                    sleep(ACCEPT_PAUSE).await;
                    continue;
                }
            };
            // With a place for none, the connections that follow wait in the kernel's queue.
            let place = tokio::select! {
                () = &mut stop => break,
                place = places.enter() => place,
            };
            let connection = Connection { acceptor: Arc::clone(&acceptor), peer, place: Arc::new(place) };
            connections.spawn(connection.serve(stream, closing.subscribe()));
        }
        drop(listener);
        closing.send_replace(true);
        let all = async { while connections.join_next().await.is_some() {} };
        if timeout(SHUTDOWN_GRACE, all).await.is_err() {
            tracing::warn!("requests were still under way at the end");
        }
    }
}

struct Connection {
    acceptor: Arc<Acceptor>,
    peer: SocketAddr,
    place: Arc<Slot>,
}

impl Connection {
    /// Serves one connection until it is over, is wanted by somebody else, or has taken too long.
    async fn serve(self, stream: TcpStream, mut closing: watch::Receiver<bool>) {
        let timeouts = self.acceptor.timeouts;
        // Answers are small and complete; waiting for more to send with them gains nothing.
        drop(stream.set_nodelay(true));
        let (deadline, mut deadlines) = watch::channel(Instant::now() + timeouts.read + timeouts.write);
        let client = Client { address: self.peer.ip(), connection: Arc::clone(&self.place) };
        let service = service_fn(|request: Request<Incoming>| {
            client.connection.heard();
            deadline.send_replace(Instant::now() + timeouts.read + timeouts.write);
            let answer = self.acceptor.answer(request, client.clone());
            let (client, deadline) = (&client, &deadline);
            async move {
                let response = answer.await;
                client.connection.heard();
                deadline.send_replace(Instant::now() + timeouts.write);
                Ok::<_, Infallible>(response)
            }
        });
        let mut connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(timeouts.read)
            .max_buf_size(BUFFER_BYTES)
            .max_headers(MAX_HEADERS)
            .serve_connection(TokioIo::new(stream), service);
        let mut ending = false;
        let result = loop {
            let until = *deadlines.borrow_and_update();
            tokio::select! {
                result = &mut connection => break result,
                () = self.place.evicted() => return,
                () = sleep_until(until) => {
                    if ending {
                        return;
                    }
                    // Either it is idle, and ends at once, or its client does not take the answer.
                    ending = true;
                    std::pin::Pin::new(&mut connection).graceful_shutdown();
                    deadline.send_replace(Instant::now() + LINGER);
                }
                _ = deadlines.changed() => {}
                _ = closing.changed(), if !ending => {
                    ending = true;
                    std::pin::Pin::new(&mut connection).graceful_shutdown();
                }
            }
        };
        let parts = connection.into_parts();
        let mut stream = parts.io.into_inner();
        let head_was_late = result.is_err_and(|error| error.is_timeout()) && !parts.read_buf.is_empty();
        tokio::select! {
            () = linger(&mut stream, head_was_late) => {}
            () = self.place.evicted() => {}
        }
    }
}

impl Acceptor {
    fn answer(&self, request: Request<Incoming>, client: Client) -> impl Future<Output = Response> + use<> {
        let start = Instant::now();
        let method = HttpMethod::named(request.method().as_str());
        let path = HttpPath::of(request.uri().path());
        let metrics = Arc::clone(&self.metrics);
        let mut router = self.router.clone();
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(client);
        async move {
            let Ok(response) = router.call(request).await;
            if let Some(path) = path {
                metrics.http_answered(path, method, response.status().as_u16(), start.elapsed());
            }
            response
        }
    }
}

/// Reads and drops what the client still sends, for a while.
async fn linger(stream: &mut TcpStream, head_was_late: bool) {
    let over = async {
        if head_was_late {
            let answer = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
            drop(stream.write_all(answer).await);
        }
        drop(stream.shutdown().await);
        let mut buffer = [0; 8192];
        let mut left = LINGER_BYTES;
        while let Ok(read @ 1..) = stream.read(&mut buffer).await {
            match left.checked_sub(read) {
                Some(less) => left = less,
                None => break,
            }
        }
    };
    drop(timeout(LINGER, over).await);
}
