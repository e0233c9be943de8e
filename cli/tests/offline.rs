//! No network is used and no kubeconfig is read where a command needs neither.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// A machine with a cluster at hand: a kubeconfig in every place in which one is looked for, the environment of a pod,
/// and proxies. Whoever reads the kubeconfig or connects to any of it is noticed.
struct Machine {
    home: tempfile::TempDir,
    /// A pipe: it gets a writer as soon as somebody opens it to read.
    kubeconfig: PathBuf,
    reads: Receiver<()>,
    listener: TcpListener,
}

impl Machine {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for source in [root.join("../tests/vectors"), root.join("tests/fixtures")] {
            for entry in fs::read_dir(source).unwrap() {
                let entry = entry.unwrap();
                fs::copy(entry.path(), home.path().join(entry.file_name())).unwrap();
            }
        }
        let kubeconfig = home.path().join(".kube/config");
        fs::create_dir(home.path().join(".kube")).unwrap();
        assert!(Command::new("mkfifo").arg(&kubeconfig).status().unwrap().success());
        let (sender, reads) = channel();
        let pipe = kubeconfig.clone();
        std::thread::spawn(move || {
            // Each opening waits for a reader, and its end is the end of what that one reads.
            while File::options().write(true).open(&pipe).is_ok() && sender.send(()).is_ok() {}
        });
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self { home, kubeconfig, reads, listener }
    }

    fn run(&self, command: &str) -> Output {
        let address = self.listener.local_addr().unwrap();
        let proxy = format!("http://{address}");
        let programs = self.home.path().join(".bin");
        if !programs.exists() {
            fs::create_dir(&programs).unwrap();
            for name in ["waxseal", "kubeseal"] {
                std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_waxseal"), programs.join(name)).unwrap();
            }
        }
        Command::new("sh")
            .args(["-c", command])
            .current_dir(self.home.path())
            .env_clear()
            .env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", programs.display()))
            .env("HOME", self.home.path())
            .env("KUBECONFIG", &self.kubeconfig)
            .env("SEALED_SECRETS_KUBECONFIG", &self.kubeconfig)
            .env("KUBERNETES_SERVICE_HOST", "127.0.0.1")
            .env("KUBERNETES_SERVICE_PORT", address.port().to_string())
            .env("KUBERNETES_MASTER", &proxy)
            .envs(["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"].map(|name| (name, &proxy)))
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    fn was_noticed(&self) -> bool {
        self.was_connected_to() || self.reads.try_recv().is_ok()
    }

    /// The thread that holds the pipe may say later that it was read than the command ends.
    fn is_noticed_soon(&self) -> bool {
        self.was_connected_to() || self.reads.recv_timeout(Duration::from_secs(30)).is_ok()
    }

    fn was_connected_to(&self) -> bool {
        match self.listener.accept() {
            Ok(_) => true,
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::WouldBlock);
                false
            }
        }
    }
}

/// Every command that can do without a cluster.
const OFFLINE: [&str; 32] = [
    "waxseal --help",
    "waxseal --version",
    "waxseal help seal",
    "waxseal man seal",
    "waxseal completions bash",
    "waxseal seal --cert a.crt secret.yaml",
    "waxseal seal --cert a.crt --explain secret.yaml",
    "waxseal seal --cert a.crt --passthrough many.yaml",
    "printf value | waxseal raw --cert a.crt -n team-a --name db",
    "printf value | waxseal raw --cert a.crt --scope cluster-wide",
    "printf value | waxseal set res-strict.sealed.yaml new --cert a.crt",
    "waxseal unset res-strict.sealed.yaml new",
    "EDITOR='sed -i s/alice/bob/' waxseal edit -k a.key --cert a.crt res-strict.sealed.yaml",
    "waxseal unseal -k a.key res-strict.sealed.yaml",
    "waxseal verify -k a.key res-strict.sealed.yaml",
    "waxseal reencrypt -k keys-backup.json --cert b.crt sealed.json",
    "waxseal reencrypt --check -k keys-backup.json --cert b.crt sealed.json",
    "waxseal promote -k keys-backup.json --to-cert b.crt --to-namespace team-b res-strict.sealed.yaml",
    "waxseal lint res-strict.sealed.yaml",
    "waxseal lint --explain plaintext-secret",
    "waxseal cert show --cert a.crt",
    "waxseal cert check --cert a.crt",
    "waxseal cert fetch --cert a.crt",
    "waxseal keys list -k keys-backup.json res-namespace-wide.sealed.yaml",
    "waxseal keys generate --key-size 2048 --key-out k.pem --cert-out k.crt",
    "kubeseal --version",
    "kubeseal --help",
    "kubeseal --cert a.crt -f secret.yaml",
    "printf value | kubeseal --raw --cert a.crt -n team-a --name db",
    "kubeseal --cert a.crt -f res-strict.secret.yaml --merge-into res-strict.sealed.yaml",
    "kubeseal --recovery-unseal --recovery-private-key a.key -f res-namespace-wide.sealed.yaml",
    "kubeseal --fetch-cert --cert a.crt",
];

#[test]
fn what_needs_no_cluster_reads_no_kubeconfig_and_connects_to_nothing() {
    let machine = Machine::new();
    for command in OFFLINE {
        let output = machine.run(command);
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(!machine.was_noticed(), "{command} looked for a cluster");
    }
}

#[test]
fn what_needs_a_cluster_is_noticed() {
    let machine = Machine::new();
    for command in ["waxseal seal secret.yaml", "waxseal cert fetch", "kubeseal --fetch-cert", "waxseal keys list"] {
        let output = machine.run(command);
        assert!(!output.status.success(), "{command}");
        assert!(machine.is_noticed_soon(), "{command} did not look for a cluster");
    }
}
