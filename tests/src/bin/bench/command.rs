//! What can be measured, and with how much work.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::{controllers, one_shot};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Seal with the command line: one Secret a process, and many Secrets in one process
    Seal(OneShot),
    /// Open with the command line, for rings of several sizes
    Unseal(OneShot),
    /// From SealedSecrets that no controller has seen to Secrets
    Converge(Cluster),
    /// Start a controller again on a converged cluster, with a new SealedSecret arriving at that moment
    Restart(Cluster),
}

/// Work for the command line.
#[derive(Args)]
pub(crate) struct OneShot {
    /// How many Secrets
    #[arg(long, default_value_t = 1000)]
    pub(crate) count: usize,
    /// How many values each has
    #[arg(long, default_value_t = 2)]
    pub(crate) values: usize,
    /// How many keys there are at most
    #[arg(long, default_value_t = 60)]
    pub(crate) keys: usize,
    /// Run this kubeseal on the same work
    #[arg(long, value_name = "PATH")]
    pub(crate) peer_kubeseal: Option<PathBuf>,
}

/// Work for the controller.
#[derive(Args)]
pub(crate) struct Cluster {
    /// How many SealedSecrets
    #[arg(long, default_value_t = 1000)]
    pub(crate) count: usize,
    /// How many values each has
    #[arg(long, default_value_t = 2)]
    pub(crate) values: usize,
    /// How many RSA-4096 sealing keys there are
    #[arg(long, default_value_t = 1)]
    pub(crate) keys: usize,
    /// Seal with all the keys in turn, instead of the newest only
    #[arg(long)]
    pub(crate) spread: bool,
    /// Say in each SealedSecret which key sealed it
    #[arg(long)]
    pub(crate) hints: bool,
    /// Run this controller on the same work (as root: it is given the files of a pod's service account)
    #[arg(long, value_name = "PATH")]
    pub(crate) peer_controller: Option<PathBuf>,
    /// Another argument for the peer
    #[arg(long, value_name = "ARG", allow_hyphen_values = true)]
    pub(crate) peer_arg: Vec<String>,
}

impl Command {
    pub(crate) async fn run(self) -> Result<()> {
        match self {
            Self::Seal(work) => one_shot::seal(&work),
            Self::Unseal(work) => one_shot::unseal(&work),
            Self::Converge(work) => controllers::converge(&work).await,
            Self::Restart(work) => controllers::restart(&work).await,
        }
    }
}
