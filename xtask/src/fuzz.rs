//! `cargo xtask fuzz`: feeds the fuzz targets, from the committed seeds and corpus on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, bail};

use crate::output::say;
use crate::workspace::succeed;
use crate::{tools, workspace};

/// What can be said to `cargo xtask fuzz`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The target; all of them, one after the other, unless one is named
    target: Option<String>,
    /// For how long each is fed
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    seconds: u32,
    /// Feed nothing: throw away what adds nothing to the corpus, and pack the rest for the repository
    #[arg(long)]
    minimise: bool,
    /// Print the targets
    #[arg(long)]
    list: bool,
}

/// The package of the targets, which is a workspace of its own.
const PACKAGE: &str = "fuzz";

const TARGETS: &[Target] = &[
    Target { name: "value", runs: 100_000 },
    Target { name: "keys", runs: 20_000 },
    Target { name: "edit", runs: 8_000 },
    Target { name: "sealed_secret", runs: 40_000 },
    Target { name: "arguments", runs: 2_500 },
    Target { name: "render", runs: 20_000 },
];

/// A fuzz target.
struct Target {
    name: &'static str,
    /// How many inputs it is fed in a test run, those of seeds and corpus among them: some seconds' worth.
    runs: u32,
}

/// No input that a person would write is longer.
const LONGEST_INPUT: &str = "-max_len=16384";

/// A target that takes longer than this for one input has found something.
const PATIENCE: &str = "-timeout=25";

/// Feeds what the command line names.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let named = |target: &&Target| args.target.as_ref().is_none_or(|name| name == target.name);
    let chosen: Vec<&Target> = TARGETS.iter().filter(named).collect();
    if chosen.is_empty() {
        bail!("there is no such target: `cargo xtask fuzz --list` prints them");
    }
    for target in chosen {
        if args.list {
            crate::output::answer(&format!("{}\n", target.name));
        } else if args.minimise {
            target.minimise()?;
        } else {
            target.feed(args.seconds)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Feeds each target its seeds and corpus, and some inputs more that are the same in every run of the same code, so that
/// whether a change passes does not depend on luck. The workflow draws others.
pub(crate) fn briefly() -> Result<()> {
    for target in TARGETS {
        say(&format!("\n==> feeding {} {} inputs", target.name, target.runs));
        // What is new goes nowhere: the next run would start from it.
        let new = tempfile::tempdir().context("creating a folder")?;
        target.run(
            new.path(),
            &[&target.unpacked()?],
            &["-seed=20261130".to_owned(), format!("-runs={}", target.runs)],
        )?;
    }
    Ok(())
}

impl Target {
    /// Feeds it for so long. Fails if it finds something, and says where that is.
    fn feed(&self, seconds: u32) -> Result<()> {
        say(&format!("\n==> feeding {} for {seconds} s", self.name));
        self.run(&self.unpacked()?, &[], &["-print_final_stats=1".to_owned(), format!("-max_total_time={seconds}")])
    }

    /// Runs it on the seeds and these folders. What is new goes into the first.
    fn run(&self, first: &Path, others: &[&Path], options: &[String]) -> Result<()> {
        let mut command = self.cargo_fuzz("run")?;
        command.arg(first).args(others).arg(folder().join("seeds").join(self.name));
        succeed(command.args(["--", PATIENCE, LONGEST_INPUT]).args(options))
    }

    /// Keeps of corpus and seeds what reaches something that the rest does not.
    fn minimise(&self) -> Result<()> {
        let corpus = self.unpacked()?;
        succeed(self.cargo_fuzz("cmin")?.arg(&corpus))?;
        let parent = corpus.parent().context("the corpus has a folder")?;
        // Nothing in the archive depends on who packed it, and when.
        let mut tar = Command::new("tar");
        tar.args(["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "--mode=644", "-C"]);
        tar.arg(parent).arg("-cJf").arg(self.packed()).arg(self.name);
        succeed(&mut tar)?;
        let size = fs::metadata(self.packed()).context("looking at the archive")?.len();
        say(&format!("{}: {size} bytes", self.packed().display()));
        Ok(())
    }

    /// The corpus, from the archive in the repository if nothing is there yet.
    fn unpacked(&self) -> Result<PathBuf> {
        let parent = folder().join("corpus");
        let corpus = parent.join(self.name);
        if !corpus.is_dir() {
            fs::create_dir_all(&corpus).with_context(|| format!("creating {}", corpus.display()))?;
            if self.packed().is_file() {
                succeed(Command::new("tar").arg("-C").arg(&parent).arg("-xJf").arg(self.packed()))?;
            }
        }
        Ok(corpus)
    }

    /// `cargo fuzz`, on the compiler that everything else is built with.
    ///
    /// Without a sanitizer, which would take the nightly one: no code of ours is unsafe, and what the address sanitizer
    /// does to the stack would make the template engine, which watches its depth, refuse everything.
    fn cargo_fuzz(&self, command: &str) -> Result<Command> {
        let mut fuzz = Command::new(tools::FUZZ.installed()?);
        fuzz.args([command, "--sanitizer", "none", "--fuzz-dir"]).arg(folder()).arg(self.name);
        fuzz.current_dir(folder());
        Ok(fuzz)
    }

    fn packed(&self) -> PathBuf {
        folder().join("seeds").join(format!("{}.tar.xz", self.name))
    }
}

fn folder() -> PathBuf {
    workspace::root().join(PACKAGE)
}
