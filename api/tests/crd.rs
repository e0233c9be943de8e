//! The generated definition says what upstream's says.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::{Value, json};

#[test]
fn the_definition_has_upstreams_names_columns_and_rules() {
    let definition = waxseal_api::crd();
    assert_eq!(definition["metadata"]["name"], "sealedsecrets.bitnami.com");
    assert_eq!(definition["spec"]["scope"], "Namespaced");
    let version = &definition["spec"]["versions"][0];
    assert_eq!(
        (&version["name"], &version["served"], &version["storage"]),
        (&json!("v1alpha1"), &json!(true), &json!(true))
    );
    assert_eq!(version["subresources"], json!({ "status": {} }));
    let columns: Vec<_> = version["additionalPrinterColumns"].as_array().unwrap().iter().map(|c| &c["name"]).collect();
    assert_eq!(columns, ["Status", "Synced", "Age"]);

    let schema = &version["schema"]["openAPIV3Schema"];
    assert_eq!(schema["required"], json!(["spec"]));
    let spec = &schema["properties"]["spec"];
    assert_eq!(spec["required"], json!(["encryptedData"]));
    assert_eq!(spec["properties"]["encryptedData"]["x-kubernetes-preserve-unknown-fields"], true);
    assert_eq!(spec["properties"]["encryptedData"]["additionalProperties"], json!({ "type": "string" }));
    let template = &spec["properties"]["template"]["properties"];
    assert_eq!(template["metadata"]["x-kubernetes-preserve-unknown-fields"], true);
    assert_eq!((&template["metadata"]["nullable"], &template["data"]["nullable"]), (&json!(true), &json!(true)));
    let condition = &schema["properties"]["status"]["properties"]["conditions"]["items"];
    assert_eq!(condition["required"], json!(["status", "type"]));
}

#[test]
fn the_yaml_reads_back_as_the_definition() {
    let read: Value = serde_saphyr::from_str(&waxseal_api::crd_yaml().unwrap()).unwrap();
    assert_eq!(read, waxseal_api::crd());
}
