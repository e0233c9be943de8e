//! `kubectl waxseal`.

use std::env;

use e2e::{Program, canary, program};

use crate::office::{Office, assert_sealed, secret};

/// `kubectl` with our program on its PATH as a plugin.
fn kubectl(office: &Office) -> Program {
    let plugin = program::link("kubectl-waxseal");
    let folders = [plugin.parent().unwrap().to_owned()].into_iter();
    let path = env::join_paths(folders.chain(env::split_paths(&env::var_os("PATH").unwrap_or_default()))).unwrap();
    office.here(Program::kubectl()).env("PATH", path)
}

#[tokio::test]
async fn kubectl_finds_it_and_it_does_what_the_program_does() {
    let office = Office::new(&[]).await;
    let listed = kubectl(&office).args(["plugin", "list"]).run().await.success().stdout_text();
    assert!(listed.contains("/kubectl-waxseal"), "{listed}");

    let value = canary::fresh();
    let args = ["waxseal", "seal", "--controller-namespace", &office.namespace];
    let seal =
        kubectl(&office).args(args).stdin(secret(&office.namespace, "login", &[("password", &value)]).to_string());
    let sealed = seal.run().await.success().stdout_text();
    assert_sealed(&[&value], &sealed);
    office.apply(&sealed).await;
    office.has("login", &[("password", &value)]).await;

    let help = kubectl(&office).args(["waxseal", "seal", "--help"]).run().await.success().stdout_text();
    assert!(help.contains("Usage: kubectl waxseal seal [OPTIONS]"), "{help}");
    let wrong = kubectl(&office).args(["waxseal", "sael"]).run().await.exit(2).stderr_text();
    assert!(wrong.contains("similar subcommands exist") && wrong.contains("Usage: kubectl waxseal"), "{wrong}");
}
