//! The helper of the end-to-end tests: guards their processes, builds their binaries, and runs a cluster by hand.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about)]
struct Args {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build whatever the tests need that is not ours, and say where it is
    Binaries,
    /// Run a local control plane until stdin closes; prints the path of its kubeconfig
    Cluster,
    /// Wait for the end of stdin, then end this process group and remove DIR
    #[command(hide = true)]
    Guard { dir: PathBuf },
    /// Remove DIR and the network namespaces that it names
    #[command(hide = true)]
    Sweep { dir: PathBuf },
}

fn main() -> ExitCode {
    let done = match Args::parse().command {
        Task::Binaries => e2e::binaries::print_all(),
        Task::Cluster => e2e::cluster::serve(),
        Task::Guard { dir } => e2e::guard::guard(&dir),
        Task::Sweep { dir } => e2e::guard::sweep(&dir),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
