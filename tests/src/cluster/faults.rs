//! Breaking a cluster on purpose.

use rustix::process::Signal;

use super::Cluster;
use crate::server::Server;

/// A server of the control plane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The store.
    Etcd,
    /// kube-apiserver.
    ApiServer,
    /// kube-controller-manager.
    ControllerManager,
}

impl Cluster {
    /// Stops a server in its tracks: its connections stay open, and nothing answers.
    pub fn pause(&self, part: Part) {
        self.act(part, "pausing", |server| server.signal(Signal::STOP));
    }

    /// Lets a paused server go on.
    pub fn resume(&self, part: Part) {
        self.act(part, "resuming", |server| server.signal(Signal::CONT));
    }

    /// Sends SIGKILL, and waits for the end. The server's port stays reserved.
    pub fn kill(&self, part: Part) {
        self.act(part, "killing", Server::kill);
    }

    /// Starts a server again, after killing it if it runs, on the same port and with the same files. Returns when the
    /// API server is ready.
    pub async fn restart(&self, part: Part) {
        self.act(part, "restarting", Server::restart);
        if let Err(error) = self.plane.ready().await {
            panic!("after a restart of {part:?}: {error:#}");
        }
    }

    /// Starts a killed server again, ready or not.
    pub(super) fn begin(&self, part: Part) {
        self.act(part, "starting", Server::restart);
    }

    fn act(&self, part: Part, doing: &str, act: impl FnOnce(&Server) -> anyhow::Result<()>) {
        if let Err(error) = act(self.plane.server(part)) {
            panic!("{doing} {part:?}: {error:#}");
        }
    }
}
