//! What a command line asks of the other's controller, through the API server's service proxy.

use e2e::Program;
use serde_json::{Value, json};

use crate::site::{MAKES, Make, Site, data_of};

#[tokio::test]
async fn either_fetches_the_other_s_certificate() {
    for (controller, make) in [(Make::Ours, Make::Theirs), (Make::Theirs, Make::Ours)] {
        let site = Site::new(controller).await;
        let served = site.controller.certificate().await;
        let fetched = site.beside(make.kubeseal()).args(["--fetch-cert"]).run().await.success().stdout_text();
        assert_eq!(fetched, served, "{make:?}");
        let fetched = site.beside(Program::waxseal().args(["cert", "fetch"])).run().await.success().stdout_text();
        assert_eq!(fetched, served, "cert fetch from {controller:?}");
    }
}

#[tokio::test]
async fn either_has_the_other_validate_and_tells_what_does_not_open() {
    for (controller, make) in [(Make::Ours, Make::Theirs), (Make::Theirs, Make::Ours)] {
        let site = Site::new(controller).await;
        let seal = site.beside(make.kubeseal()).stdin(site.secret("login").to_string());
        let sealed = seal.run().await.success().stdout_text();
        let validate =
            async |text: &str| site.beside(make.kubeseal()).args(["--validate"]).stdin(text).run().await.code;
        assert_eq!(validate(&sealed).await, Some(0), "{make:?}");
        assert_ne!(validate(&sealed.replace("login", "renamed")).await, Some(0), "{make:?}");

        let verify = async |text: &str| site.beside(Program::waxseal().args(["verify"])).stdin(text).run().await;
        let _ = verify(&sealed).await.success();
        let _ = verify(&sealed.replace("login", "renamed")).await.exit(1);
    }
}

#[tokio::test]
async fn either_has_the_other_seal_values_to_the_newest_key_and_nothing_else_changes() {
    for (controller, make) in [(Make::Ours, Make::Theirs), (Make::Theirs, Make::Ours)] {
        let site = Site::new(controller).await;
        let mut manifest = site.secret("login");
        manifest["metadata"]["annotations"] = json!({ "example.com/note": "kept" });
        let seal = site.beside(make.kubeseal()).stdin(manifest.to_string());
        let before = seal.run().await.success().stdout_text();

        let newest = site.renew().await;
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("sealed.json"), &before).unwrap();
        let reencrypt = site.beside(make.kubeseal()).args(["--re-encrypt", "-f", "sealed.json"]);
        let _ = reencrypt.folder(folder.path()).run().await.success();
        let after = std::fs::read_to_string(folder.path().join("sealed.json")).unwrap();

        // Only the values are others.
        let [mut was, mut is]: [Value; 2] = [&before, &after].map(|text| serde_json::from_str(text).unwrap());
        for (key, value) in was["spec"]["encryptedData"].as_object().unwrap() {
            assert_ne!(is["spec"]["encryptedData"][key], *value, "{make:?}: {key}");
        }
        for object in [&mut was, &mut is] {
            object["spec"].as_object_mut().unwrap().remove("encryptedData");
            object["metadata"].as_object_mut().unwrap().remove("creationTimestamp");
        }
        assert_eq!(
            was["spec"]["template"]["metadata"]["annotations"],
            is["spec"]["template"]["metadata"]["annotations"]
        );
        assert_eq!((&was["metadata"]["name"], &was["kind"]), (&is["metadata"]["name"], &is["kind"]));

        // And the newest key alone opens them.
        let keys = site.keys().await;
        let key = keys.iter().find(|key| key.data.as_ref().unwrap()["tls.crt"].0 == newest.as_bytes()).unwrap();
        std::fs::write(folder.path().join("newest.pem"), &key.data.as_ref().unwrap()["tls.key"].0).unwrap();
        for opener in MAKES {
            let args = ["--recovery-unseal", "--recovery-private-key", "newest.pem"];
            let unseal = opener.kubeseal().folder(folder.path()).args(args).stdin(&*after);
            let secret: Value = serde_json::from_slice(&unseal.run().await.success().stdout).unwrap();
            assert_eq!(data_of(&secret), data_of(&manifest), "{opener:?}");
        }
        site.apply(&after).await;
        site.opens("login", &manifest).await;
    }
}
