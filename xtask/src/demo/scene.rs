//! The place where the demo plays: a folder, a cluster, and a shell in which commands run as they are shown.

use std::cell::{Cell, RefCell};
use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::{env, fs};

use anyhow::{Context as _, Result, bail, ensure};

use super::{Background, CONTROLLER_NAMESPACE};
use crate::output::answer;
use crate::workspace;

/// A folder of the demo's own, and a cluster.
pub(super) struct Scene {
    folder: tempfile::TempDir,
    kubeconfig: PathBuf,
    path: OsString,
    /// Lines such as `export …`, which every later command sees.
    exports: RefCell<String>,
    steps: Cell<usize>,
    had_the_type: bool,
    _plane: Option<LocalPlane>,
}

impl Scene {
    /// A control plane of the demo's own, which ends with it.
    pub(super) fn on_local_control_plane() -> Result<Self> {
        let plane = LocalPlane::start()?;
        let kubeconfig = plane.kubeconfig.clone();
        let mut scene = Self::new(kubeconfig, Some(plane))?;
        // The harness of the tests brings the type along; here it is to be seen being installed.
        scene.quietly("kubectl delete crd sealedsecrets.bitnami.com --ignore-not-found --wait")?;
        scene.had_the_type = false;
        Ok(scene)
    }

    /// Somebody's cluster. The kubeconfig is cut down to the one context, so that nothing can go elsewhere.
    pub(super) fn in_context(context: &str) -> Result<Self> {
        let mut scene = Self::new(PathBuf::new(), None)?;
        let output = Command::new("kubectl")
            .args(["config", "view", "--raw", "--minify", "--flatten", "--context", context])
            .output()
            .context("running kubectl, which --context needs on the PATH")?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr).trim());
        scene.kubeconfig = scene.folder.path().join("kubeconfig");
        fs::write(&scene.kubeconfig, output.stdout).context("writing the kubeconfig")?;
        scene.had_the_type = scene.quietly("kubectl get crd sealedsecrets.bitnami.com").is_ok();
        Ok(scene)
    }

    fn new(kubeconfig: PathBuf, plane: Option<LocalPlane>) -> Result<Self> {
        let ours = built();
        let mut folders = vec![ours];
        folders.extend(plane.as_ref().map(|plane| plane.tools.clone()));
        folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        Ok(Self {
            folder: tempfile::Builder::new().prefix("waxseal-demo-").tempdir().context("making a folder")?,
            kubeconfig,
            path: env::join_paths(folders).context("putting the PATH together")?,
            exports: RefCell::default(),
            steps: Cell::new(0),
            had_the_type: false,
            _plane: plane,
        })
    }

    /// Whether the SealedSecret type came with the demo and goes with it.
    pub(super) fn installed_the_type(&self) -> bool {
        !self.had_the_type
    }

    /// A headline.
    pub(super) fn step(&self, headline: &str) {
        self.steps.set(self.steps.get() + 1);
        tell(&format!("\n{}. {headline}", self.steps.get()));
    }

    /// Shows a command, runs it, and shows what it prints.
    pub(super) fn command(&self, command: &str) -> Result<()> {
        tell(&format!("   $ {command}"));
        if command.starts_with("export ") {
            self.exports.borrow_mut().extend([command, "\n"]);
            return Ok(());
        }
        let printed = self.quietly(command)?;
        for line in printed.lines() {
            tell(&format!("   {line}"));
        }
        Ok(())
    }

    /// Runs a command without showing it: waiting is not what the demo is about.
    pub(super) fn quietly(&self, command: &str) -> Result<String> {
        let output = self.shell(command).stdin(Stdio::null()).output().context("running bash")?;
        let said = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() {
            bail!("`{command}` failed ({}):\n{}", output.status, said.trim_end());
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned() + &said)
    }

    /// Shows a command and leaves it running.
    pub(super) fn in_background(&self, command: &str) -> Result<Background> {
        tell(&format!("   $ POD_NAMESPACE={CONTROLLER_NAMESPACE} {command} &"));
        let ports = "--listen-addr=127.0.0.1:0 --listen-metrics-addr=127.0.0.1:0";
        let mut shell = self.shell(&format!("exec {command} {ports}"));
        shell.env("POD_NAMESPACE", CONTROLLER_NAMESPACE);
        Background::start(&mut shell, self.folder.path().join("controller.log"))
    }

    fn shell(&self, command: &str) -> Command {
        let mut shell = Command::new("bash");
        shell
            .arg("-euo")
            .arg("pipefail")
            .arg("-c")
            .arg(format!("{}{command}", self.exports.borrow()))
            .current_dir(self.folder.path())
            .env("PATH", &self.path)
            .env("KUBECONFIG", &self.kubeconfig)
            .env("WAXSEAL", workspace::root());
        shell
    }
}

/// A line for the audience.
pub(super) fn tell(line: &str) {
    answer(&format!("{line}\n"));
}

/// etcd and kube-apiserver, run by the harness of the tests until its standard input closes.
struct LocalPlane {
    child: Child,
    stdin: Option<ChildStdin>,
    kubeconfig: PathBuf,
    tools: PathBuf,
}

impl LocalPlane {
    fn start() -> Result<Self> {
        let harness = built().join("e2e");
        // This builds what is missing, and says so while it does.
        let tools = Command::new(&harness).arg("binaries").stderr(Stdio::inherit()).output().context("running e2e")?;
        ensure!(tools.status.success(), "the control plane could not be built");
        let tools = String::from_utf8_lossy(&tools.stdout);
        let kubectl = tools.lines().map(Path::new).find(|path| path.ends_with("kubectl"));
        let tools = kubectl.and_then(Path::parent).context("the harness has no kubectl")?.to_owned();

        let mut child = Command::new(&harness)
            .arg("cluster")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("starting the control plane")?;
        let stdin = child.stdin.take();
        let mut line = String::new();
        let stdout = child.stdout.take().context("the control plane has no output")?;
        BufReader::new(stdout).read_line(&mut line).context("reading where the kubeconfig is")?;
        ensure!(!line.is_empty(), "the control plane did not start");
        Ok(Self { child, stdin, kubeconfig: PathBuf::from(line.trim_end()), tools })
    }
}

impl Drop for LocalPlane {
    fn drop(&mut self) {
        drop(self.stdin.take());
        let _ = self.child.wait();
    }
}

/// Where cargo puts what it builds.
fn built() -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace::root().join("target"), PathBuf::from);
    target.join("debug")
}
