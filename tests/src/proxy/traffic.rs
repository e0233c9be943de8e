//! One request on its way to the API server, and its answer on the way back.

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use futures::{Stream, StreamExt as _, TryStreamExt as _, stream};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, StreamBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::header::{
    CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, DATE, HOST, HeaderValue, RETRY_AFTER, TRANSFER_ENCODING,
};
use hyper::{Request, Response};
use jiff::{SignedDuration, Timestamp};
use kube::Client;
use kube::client::Body;
use serde_json::json;

use super::fault::Fault;
use super::{State, lock};

type Answer = Response<UnsyncBoxBody<Bytes, io::Error>>;

/// How a client is told, in a stream or not, that what it asks for is too old.
const EXPIRED: &[u8] = b"\"code\":410";

/// Carries a request out, or does to it what a rule says. An error ends the connection.
pub(super) async fn carry(request: Request<Incoming>, client: Client, state: Arc<State>) -> io::Result<Answer> {
    let (head, body) = request.into_parts();
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let watch = path.contains("watch=");
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    if watch {
        let _ = state.hushed.subscribe().wait_for(|hushed| !hushed).await;
    } else {
        let gates = lock(&state.gates).clone();
        for gate in gates {
            gate.pass(&head.method, &path).await;
        }
    }
    let fault = {
        let mut dice = lock(&state.dice);
        lock(&state.rules).iter_mut().find_map(|rule| rule.apply(&head.method, &path, watch, &mut dice))
    };
    if let Some(fault) = fault {
        state.count(fault.name());
    }
    match fault {
        Some(Fault::Answer(code)) => return Ok(refusal(code)),
        Some(Fault::Cut) => return Err(io::Error::other("cut")),
        Some(Fault::Delay(time)) => tokio::time::sleep(time).await,
        _ => {}
    }

    let mut onward = Request::new(Body::from(body));
    *onward.method_mut() = head.method;
    *onward.uri_mut() = path.parse().map_err(io::Error::other)?;
    *onward.headers_mut() = head.headers;
    for own in [HOST, CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING] {
        onward.headers_mut().remove(own);
    }
    let answer = client.send(onward).await.map_err(io::Error::other)?;
    if fault == Some(Fault::Lost) {
        // The API server has answered, so it has done it.
        return Err(io::Error::other("lost"));
    }
    Ok(returned(answer, watch, fault, state))
}

fn returned(answer: Response<Body>, watch: bool, fault: Option<Fault>, state: Arc<State>) -> Answer {
    let (mut head, body) = answer.into_parts();
    for own in [CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING] {
        head.headers.remove(own);
    }
    let shift = state.shift.load(Ordering::Relaxed);
    if let Some(date) = head.headers.get_mut(DATE).filter(|_| shift != 0) {
        *date = shifted(shift);
    }
    let mut hushed = state.hushed.subscribe();
    let hush = async move {
        if watch {
            let _ = hushed.wait_for(|hushed| *hushed).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    let pieces = body.into_data_stream().take_until(Box::pin(hush)).map_err(io::Error::other).inspect(move |piece| {
        let told = |bytes: &Bytes| bytes.windows(EXPIRED.len()).any(|window| window == EXPIRED);
        if piece.as_ref().is_ok_and(told) {
            state.count("410 Gone of the API server itself");
        }
    });
    let pieces = match fault {
        Some(Fault::CutAfter(bytes)) => first(pieces, bytes).chain(stream::once(async { cut() })).boxed(),
        Some(Fault::Truncated(bytes)) => first(pieces, bytes).boxed(),
        _ => pieces.boxed(),
    };
    Response::from_parts(head, StreamBody::new(pieces.map_ok(Frame::data)).boxed_unsync())
}

fn cut() -> io::Result<Bytes> {
    Err(io::Error::other("cut"))
}

/// The first so many bytes of a stream.
fn first(
    pieces: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
    bytes: usize,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    stream::unfold((pieces.boxed(), bytes), async |(mut pieces, left)| {
        if left == 0 {
            return None;
        }
        match pieces.next().await? {
            Ok(mut piece) => {
                piece.truncate(left);
                let left = left - piece.len();
                Some((Ok(piece), (pieces, left)))
            }
            Err(error) => Some((Err(error), (pieces, 0))),
        }
    })
}

/// What an API server says that does not want to.
fn refusal(code: u16) -> Answer {
    let (reason, message) = match code {
        409 => ("Conflict", "the object has been modified; please apply your changes to the latest version"),
        410 => ("Expired", "too old resource version"),
        429 => ("TooManyRequests", "too many requests, please try again later"),
        _ => ("InternalError", "an error on the server"),
    };
    let status = json!({ "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
        "message": message, "reason": reason, "code": code });
    let body = Full::new(Bytes::from(status.to_string())).map_err(|never| match never {});
    let mut answer = Response::new(body.boxed_unsync());
    *answer.status_mut() = code.try_into().expect("a code of HTTP");
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if code == 429 {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    }
    answer
}

/// The time so many seconds from now, as HTTP writes it.
fn shifted(seconds: i64) -> HeaderValue {
    let moment = Timestamp::now().saturating_add(SignedDuration::from_secs(seconds)).expect("a time that can be told");
    let text = moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    HeaderValue::from_str(&text).expect("a date has only letters and digits")
}
