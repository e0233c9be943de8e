//! Values that were sealed with a stable key are ordinary ones to the original.

use e2e::Program;
use serde_json::Value;

use crate::site::{Make, SCOPES, Site, data_of};

/// Any 32 bytes will do.
const STABLE_KEY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

#[tokio::test]
async fn the_original_s_controller_and_kubeseal_open_values_of_a_stable_key() {
    let site = Site::new(Make::Theirs).await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("keys.yaml"), site.backup("yaml").await).unwrap();
    for (scope, _) in SCOPES {
        let manifest = site.secret(scope);
        let seal = async || {
            let program = Program::waxseal().args(["seal", "--scope", scope]).env("WAXSEAL_STABLE_KEY", STABLE_KEY);
            site.beside(program).stdin(manifest.to_string()).run().await.success().stdout_text()
        };
        let sealed = seal().await;
        assert_eq!(seal().await, sealed, "{scope}: the same bytes");

        site.apply(&sealed).await;
        site.opens(scope, &manifest).await;
        let args = ["--recovery-unseal", "--recovery-private-key", "keys.yaml"];
        let unseal = Make::Theirs.kubeseal().folder(folder.path()).args(args).stdin(&*sealed);
        let secret: Value = serde_json::from_slice(&unseal.run().await.success().stdout).unwrap();
        assert_eq!(data_of(&secret), data_of(&manifest), "{scope}");
    }
}
