//! The processes of one control plane, in the order in which they depend on each other.

use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use hyper::Request;
use k8s_openapi::api::core::v1::ServiceAccount;
use kube::{Api, Client};

use super::{Part, kubeconfig};
use crate::binaries::{self, Tool};
use crate::guard::{self, Guard};
use crate::net::{Forward, Netns, Port};
use crate::pki::Pki;
use crate::program::Program;
use crate::server::{Recipe, Server};
use crate::wait::try_wait_for;

/// For a server that is up in five seconds on an idle machine.
const START: Duration = Duration::from_mins(3);

/// The generated CRD, which every cluster has from the start: the garbage collector learns of a type that comes later
/// only after half a minute.
const CRD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/crd");

#[derive(Debug)]
pub(super) struct ControlPlane {
    // Dropped in this order: clients of a server before the server.
    controller_manager: Server,
    api_server: Server,
    etcd: Server,
    _forward: Option<Forward>,
    pub(super) network: Option<Netns>,
    _ports: Vec<Port>,
    /// Where etcd listens for clients, as a program in the network namespace reaches it.
    pub(super) store: SocketAddr,
    pub(super) address: SocketAddr,
    pub(super) address_inside: SocketAddr,
    pub(super) pki: Pki,
    pub(super) kubeconfig: PathBuf,
    pub(super) kubeconfig_inside: PathBuf,
    pub(super) folder: PathBuf,
}

impl ControlPlane {
    /// Starts all servers, and returns when each does its work.
    pub(super) async fn start(network: Option<Netns>) -> Result<Self> {
        let folder = Guard::get().folder("cluster")?;
        let pki = Pki::create(&folder)?;
        let ports = (0..3).map(|_| Port::reserve()).collect::<Result<Vec<_>>>()?;
        let [client_port, peer_port, secure_port] = [&ports[0], &ports[1], &ports[2]];
        let inside = SocketAddr::from((Ipv4Addr::LOCALHOST, secure_port.number()));
        let forward = network.as_ref().map(|namespace| Forward::into_namespace(namespace, inside)).transpose()?;
        let address = forward.as_ref().map_or(inside, Forward::local);
        let admin = kubeconfig::write_admin(folder.join("kubeconfig"), address, &pki)?;
        let admin_inside = match &forward {
            None => admin.clone(),
            Some(_) => kubeconfig::write_admin(folder.join("kubeconfig-inside"), inside, &pki)?,
        };

        let run = |tool, args: Vec<OsString>| start_server(tool, args, &folder, network.as_ref());
        let etcd = run(&binaries::ETCD, etcd_args(&folder, client_port, peer_port))?;
        let api_server = run(&binaries::KUBE_APISERVER, api_server_args(&pki, &folder, client_port, secure_port))?;
        let client = kubeconfig::client(&admin).await?;
        await_ready(&client, &api_server).await?;
        install_crd(&admin).await?;
        let manager = run(&binaries::KUBE_CONTROLLER_MANAGER, controller_manager_args(&pki, &admin_inside))?;
        await_controllers(&client, &manager).await?;

        Ok(Self {
            controller_manager: manager,
            api_server,
            etcd,
            _forward: forward,
            network,
            store: SocketAddr::from((Ipv4Addr::LOCALHOST, client_port.number())),
            _ports: ports,
            address,
            address_inside: inside,
            pki,
            kubeconfig: admin,
            kubeconfig_inside: admin_inside,
            folder,
        })
    }

    pub(super) fn server(&self, part: Part) -> &Server {
        match part {
            Part::Etcd => &self.etcd,
            Part::ApiServer => &self.api_server,
            Part::ControllerManager => &self.controller_manager,
        }
    }

    pub(super) fn logs(&self) -> Vec<PathBuf> {
        [&self.etcd, &self.api_server, &self.controller_manager].map(|server| server.log().to_owned()).into()
    }

    /// Waits until the API server answers that it is ready.
    pub(super) async fn ready(&self) -> Result<()> {
        await_ready(&kubeconfig::client(&self.kubeconfig).await?, &self.api_server).await
    }
}

impl Drop for ControlPlane {
    fn drop(&mut self) {
        for server in [&self.controller_manager, &self.api_server, &self.etcd] {
            // The servers' own drop, and in the end the guard, try again.
            let _ = server.kill();
        }
        if std::env::var_os(guard::KEEP_FILES).is_none() {
            let _ = guard::remove(&self.folder);
        }
    }
}

fn start_server(tool: &'static Tool, args: Vec<OsString>, folder: &Path, network: Option<&Netns>) -> Result<Server> {
    Server::start(Recipe {
        name: tool.name,
        program: binaries::find(tool)?,
        args,
        env: vec![("HOME".into(), folder.into())],
        log: folder.join(format!("{}.log", tool.name)),
        wrapper: network.map(Netns::wrapper).into_iter().flatten().map(OsString::from).collect(),
    })
}

fn etcd_args(folder: &Path, client: &Port, peer: &Port) -> Vec<OsString> {
    let client = format!("http://127.0.0.1:{client}");
    let peer = format!("http://127.0.0.1:{peer}");
    vec![
        flag("data-dir", folder.join("etcd")),
        flag("listen-client-urls", &client),
        flag("advertise-client-urls", &client),
        flag("listen-peer-urls", &peer),
        flag("initial-advertise-peer-urls", &peer),
        flag("initial-cluster", format!("default={peer}")),
        // A killed process loses nothing by it, only a machine that loses power does.
        "--unsafe-no-fsync".into(),
        flag("log-level", "warn"),
    ]
}

fn api_server_args(pki: &Pki, folder: &Path, etcd: &Port, secure: &Port) -> Vec<OsString> {
    vec![
        flag("etcd-servers", format!("http://127.0.0.1:{etcd}")),
        flag("bind-address", "127.0.0.1"),
        flag("advertise-address", "127.0.0.1"),
        flag("secure-port", secure.to_string()),
        // Publishing the address would fail: Endpoints must not name loopback.
        flag("endpoint-reconciler-type", "none"),
        flag("service-cluster-ip-range", "10.96.0.0/16"),
        flag("cert-dir", folder.join("api-server")),
        flag("tls-cert-file", &pki.server.certificate),
        flag("tls-private-key-file", &pki.server.key),
        flag("client-ca-file", &pki.ca),
        flag("authorization-mode", "RBAC"),
        flag("service-account-issuer", "https://kubernetes.default.svc"),
        flag("service-account-key-file", &pki.service_account_public),
        flag("service-account-signing-key-file", &pki.service_account_key),
        flag("profiling", "false"),
    ]
}

fn controller_manager_args(pki: &Pki, kubeconfig: &Path) -> Vec<OsString> {
    vec![
        flag("kubeconfig", kubeconfig),
        flag("controllers", CONTROLLERS),
        flag("service-account-private-key-file", &pki.service_account_key),
        flag("root-ca-file", &pki.ca),
        flag("leader-elect", "false"),
        flag("secure-port", "0"),
        // A test waits for what it does; the default of 20 a second is meant for a fleet.
        flag("kube-api-qps", "1000"),
        flag("kube-api-burst", "1000"),
    ]
}

const CONTROLLERS: &str =
    "garbage-collector-controller,namespace-controller,serviceaccount-controller,serviceaccount-token-controller";

fn flag(name: &str, value: impl Into<OsString>) -> OsString {
    let mut flag = OsString::from(format!("--{name}="));
    flag.push(value.into());
    flag
}

async fn await_ready(client: &Client, server: &Server) -> Result<()> {
    let ready = try_wait_for(START, async || {
        server.check()?;
        look_ready(client).await
    });
    let ready = ready.await;
    ready.with_context(|| format!("kube-apiserver is not ready; {}", server.tail()))
}

async fn look_ready(client: &Client) -> Result<()> {
    let answer = client.request_text(Request::get("/readyz").body(Vec::new())?).await?;
    ensure!(answer == "ok", "/readyz says {answer:?}");
    Ok(())
}

async fn install_crd(kubeconfig: &Path) -> Result<()> {
    let kubectl = |args: &[&str]| Program::kubectl().kubeconfig(kubeconfig).args(args).run();
    kubectl(&["apply", "--server-side", "-f", CRD]).await.ok().context("installing the CRD")?;
    let wait = ["wait", "--for=condition=Established", "--timeout=60s", "crd", "--all"];
    kubectl(&wait).await.ok().context("waiting for the CRD")?;
    Ok(())
}

/// The service account controller has written the account that every namespace has.
async fn await_controllers(client: &Client, manager: &Server) -> Result<()> {
    let accounts: Api<ServiceAccount> = Api::namespaced(client.clone(), "default");
    let working = try_wait_for(START, async || {
        manager.check()?;
        accounts.get("default").await.context("reading the default service account")
    });
    let working = working.await;
    working.with_context(|| format!("kube-controller-manager does not work; {}", manager.tail()))?;
    Ok(())
}
