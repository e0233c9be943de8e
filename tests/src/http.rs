//! Plain HTTP requests to a server on loopback.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, Result};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HOST, HeaderMap};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// For one request, from connecting to the last byte.
const LIMIT: Duration = Duration::from_mins(1);

/// What a server answered.
#[derive(Debug)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// The body as text. Panics when it is not UTF-8.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("a body in UTF-8")
    }
}

/// GET.
pub async fn get(server: SocketAddr, path: &str) -> Result<Reply> {
    send(server, Method::GET, path, "", Vec::new()).await
}

/// POST with a JSON body.
pub async fn post_json(server: SocketAddr, path: &str, body: impl Into<Vec<u8>>) -> Result<Reply> {
    send(server, Method::POST, path, "application/json", body.into()).await
}

/// Any method with any body, over a connection of its own.
pub async fn send(server: SocketAddr, method: Method, path: &str, content_type: &str, body: Vec<u8>) -> Result<Reply> {
    let exchange = async {
        let stream = TcpStream::connect(server).await.context("connecting")?;
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.context("starting HTTP")?;
        let driver = tokio::spawn(connection);
        let mut request = Request::builder().method(&method).uri(path).header(HOST, server.to_string());
        if !content_type.is_empty() {
            request = request.header(CONTENT_TYPE, content_type);
        }
        let request = request.body(Full::new(Bytes::from(body))).context("making a request")?;
        let (parts, body) = sender.send_request(request).await.context("sending a request")?.into_parts();
        let body = body.collect().await.context("reading a body")?.to_bytes().to_vec();
        driver.abort();
        Ok(Reply { status: parts.status.as_u16(), headers: parts.headers, body })
    };
    let reply: Result<Reply> = timeout(LIMIT, exchange).await.context("no answer in time").flatten();
    reply.with_context(|| format!("{method} http://{server}{path}"))
}
