//! Keys that the other made: from a backup, and in the cluster.

use e2e::Program;
use serde_json::Value;

use crate::site::{MAKES, Make, SCOPES, Site, data_of};

#[tokio::test]
async fn either_opens_offline_what_the_other_sealed_with_a_backup_of_either_s_keys() {
    for controller in MAKES {
        let site = Site::new(controller).await;
        site.renew().await;
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("keys.yaml"), site.backup("yaml").await).unwrap();
        std::fs::write(folder.path().join("keys.json"), site.backup("json").await).unwrap();
        for (sealer, opener) in [(Make::Ours, Make::Theirs), (Make::Theirs, Make::Ours)] {
            for (scope, _) in SCOPES {
                let manifest = site.secret(scope);
                let seal = site.beside(sealer.kubeseal()).args(["--scope", scope]).stdin(manifest.to_string());
                let sealed = seal.run().await.success().stdout_text();
                for backup in ["keys.yaml", "keys.json"] {
                    let args = ["--recovery-unseal", "--recovery-private-key", backup];
                    let unseal = opener.kubeseal().folder(folder.path()).args(args).stdin(&*sealed);
                    let secret: Value = serde_json::from_slice(&unseal.run().await.success().stdout).unwrap();
                    assert_eq!(data_of(&secret), data_of(&manifest), "{opener:?} with {backup} of {controller:?}");
                    assert_eq!(secret["metadata"]["name"], scope);
                    assert_eq!(secret["metadata"]["labels"]["app"], "web");
                }
            }
        }
    }
}

#[tokio::test]
async fn the_keys_that_one_controller_made_are_taken_over_by_the_other_and_stay_as_they_are() {
    for (first, second) in [(Make::Theirs, Make::Ours), (Make::Ours, Make::Theirs)] {
        let site = Site::new(first).await;
        let sealed_before = seal(&site, "before").await;
        site.renew().await;
        let newest = site.controller.certificate().await;
        let lives_on = seal(&site, "lives-on").await;
        site.apply(&lives_on.1).await;
        let made = site.opens("lives-on", &lives_on.0).await;
        let before = site.keys().await;
        assert_eq!(before.len(), 2);

        let namespace = site.leave().await;
        let site = Site::in_namespace(second, namespace).await;
        assert_eq!(site.controller.certificate().await, newest, "{second:?} seals with another key");
        site.apply(&sealed_before.1).await;
        site.opens("before", &sealed_before.0).await;
        let after = seal(&site, "after").await;
        site.apply(&after.1).await;
        site.opens("after", &after.0).await;

        // Secrets that the first made are the second's to follow.
        let secret = site.opens("lives-on", &lives_on.0).await;
        assert_eq!(secret.metadata.uid, made.metadata.uid);
        assert_eq!(site.keys().await, before, "{second:?} has changed the keys of {first:?}");
    }
}

/// A new Secret, and what `waxseal` makes of it.
async fn seal(site: &Site, name: &str) -> (Value, String) {
    let manifest = site.secret(name);
    let seal = site.beside(Program::waxseal().args(["seal"])).stdin(manifest.to_string());
    let text = seal.run().await.success().stdout_text();
    (manifest, text)
}
