//! From loopback into a network namespace.

use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;

use anyhow::{Context as _, Result};

use super::Netns;
use super::netns::enter;

/// Carries connections from a port on this process's loopback to an address inside a namespace, until dropped.
#[derive(Debug)]
pub(crate) struct Forward {
    local: SocketAddr,
    ended: Arc<AtomicBool>,
}

impl Forward {
    /// Starts carrying connections to `target`, as seen inside `namespace`.
    pub(crate) fn into_namespace(namespace: &Netns, target: SocketAddr) -> Result<Self> {
        let file = namespace.open()?;
        // A socket stays in the namespace in which it was made: this one here, those of the thread below in the other.
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("listening on loopback")?;
        let local = listener.local_addr().context("asking for the address of a listener")?;
        let ended = Arc::new(AtomicBool::new(false));
        let (moved, outcome) = mpsc::channel();
        let flag = Arc::clone(&ended);
        thread::spawn(move || {
            let entered = enter(&file);
            let serve = entered.is_ok();
            if moved.send(entered).is_ok() && serve {
                accept(&listener, target, &flag);
            }
        });
        outcome.recv().context("starting a thread")??;
        Ok(Self { local, ended })
    }

    /// Where to connect to.
    pub(crate) fn local(&self) -> SocketAddr {
        self.local
    }
}

impl Drop for Forward {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Release);
        // Wakes the thread from `accept`; if that fails it ends with the process.
        let _ = TcpStream::connect(self.local);
    }
}

fn accept(listener: &TcpListener, target: SocketAddr, ended: &AtomicBool) {
    for client in listener.incoming().map_while(Result::ok) {
        if ended.load(Ordering::Acquire) {
            return;
        }
        // A refused connection is passed on as one: the client's is closed.
        if let Ok(server) = TcpStream::connect(target) {
            carry(client, server);
        }
    }
}

fn carry(client: TcpStream, server: TcpStream) {
    let (Ok(client_too), Ok(server_too)) = (client.try_clone(), server.try_clone()) else { return };
    thread::spawn(move || copy(client, server));
    thread::spawn(move || copy(server_too, client_too));
}

fn copy(mut from: TcpStream, mut to: TcpStream) {
    // Whatever ends one direction, the other side is told that no more will come.
    let _ = io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Write);
}
