//! A request that is held up until somebody lets it through.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use hyper::Method;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::wait::SOON;

/// Holds one request.
#[derive(Debug, Clone)]
pub struct Gate(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    method: &'static str,
    path: String,
    /// How many requests that fit come before the one that is held, that one included.
    left: AtomicU32,
    held: watch::Sender<Option<String>>,
    open: watch::Sender<bool>,
}

impl Gate {
    pub(super) fn new(number: u32, method: &'static str, path: String) -> Self {
        let (held, open) = (watch::Sender::new(None), watch::Sender::new(false));
        Self(Arc::new(Inner { method, path, left: AtomicU32::new(number), held, open }))
    }

    /// Waits until the request is there, and says which it is. Panics if none comes.
    pub async fn reached(&self) -> String {
        let mut held = self.0.held.subscribe();
        let Ok(request) = timeout(SOON, held.wait_for(Option::is_some)).await else {
            panic!("no request came: {} …{}…", self.0.method, self.0.path)
        };
        request.expect("the gate itself holds the sender").clone().unwrap_or_default()
    }

    /// Lets it through, and all that come later.
    pub fn open(&self) {
        self.0.open.send_replace(true);
    }

    /// Holds the request, if this is the one.
    pub(super) async fn pass(&self, method: &Method, path: &str) {
        let fits = (self.0.method.is_empty() || self.0.method == method.as_str()) && path.contains(&self.0.path);
        if !fits {
            return;
        }
        let before = self.0.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        if before == Ok(1) {
            self.0.held.send_replace(Some(format!("{method} {path}")));
            let mut open = self.0.open.subscribe();
            let _ = open.wait_for(|open| *open).await;
        }
    }
}
