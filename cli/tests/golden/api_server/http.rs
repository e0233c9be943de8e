//! As much of HTTP/1.1 as one request and one answer take.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

use serde_json::Value;

pub(crate) struct Request {
    pub(crate) method: String,
    /// Without the query.
    pub(crate) path: String,
    pub(crate) body: Vec<u8>,
}

pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) body: Vec<u8>,
    /// Where else to look.
    pub(crate) location: Option<String>,
}

impl Response {
    pub(crate) fn text(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, content_type: "text/plain", body: body.into(), location: None }
    }

    pub(crate) fn redirect(location: &str) -> Self {
        Self { location: Some(location.to_owned()), ..Self::text(302, "") }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self { status, content_type: "application/json", body: body.to_string().into_bytes(), location: None }
    }
}

/// Answers one request. Whoever hangs up early gets no answer.
pub(crate) fn serve(mut stream: TcpStream, answer: impl Fn(&Request) -> Response) {
    let Some(request) = read(&stream) else { return };
    let Response { status, content_type, body, location } = answer(&request);
    let location = location.map(|location| format!("Location: {location}\r\n")).unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {status} -\r\n{location}Content-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        if header.trim().is_empty() {
            break;
        }
        if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let path = target.split('?').next()?.to_owned();
    Some(Request { method, path, body })
}
