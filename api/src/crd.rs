//! The CustomResourceDefinition: upstream's, with what it lacks.

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::CustomResourceExt as _;
use serde_json::{Value, json};

use crate::SealedSecret;

/// The definition of SealedSecret.
///
/// Every object that upstream's definition accepts is accepted. Beyond it there are `null` for a key of
/// `spec.template.data`, `observedGeneration` in a condition, `status.secret` and
/// `status.sealingKeys`; and a new object starts with a status.
pub fn crd() -> Value {
    let definition: CustomResourceDefinition = SealedSecret::crd();
    // A definition is data through and through; there is nothing in it that JSON could not say.
    let mut definition = serde_json::to_value(definition).unwrap_or_default();
    // A controller of either make keeps the version's name, so the columns keep their places too.
    definition["spec"]["versions"][0]["additionalPrinterColumns"] = json!([
        { "name": "Status", "type": "string", "jsonPath": ".status.conditions[0].message" },
        { "name": "Synced", "type": "string", "jsonPath": ".status.conditions[0].status" },
        { "name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp" },
    ]);
    let schema = &mut definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"];
    schema["properties"]["metadata"] = json!({ "type": "object" });
    // kstatus takes an object without a status for one that is ready. Flux's own types start like this, too.
    schema["properties"]["status"]["default"] = json!({ "observedGeneration": -1 });

    let spec = &mut schema["properties"]["spec"];
    spec["required"] = json!(["encryptedData"]);
    spec["properties"]["data"] = described(&spec["properties"]["data"], json!({ "type": "string", "format": "byte" }));
    spec["properties"]["encryptedData"] = described(
        &spec["properties"]["encryptedData"],
        json!({
            "type": "object",
            "additionalProperties": { "type": "string" },
            "x-kubernetes-preserve-unknown-fields": true,
        }),
    );

    let template = &mut spec["properties"]["template"]["properties"];
    let strings = json!({ "type": "object", "additionalProperties": { "type": "string" } });
    template["data"] = described(
        &template["data"],
        json!({
            "type": "object",
            "nullable": true,
            "additionalProperties": { "type": "string", "nullable": true },
        }),
    );
    template["type"] = described(&template["type"], json!({ "type": "string" }));
    template["immutable"] = described(&template["immutable"], json!({ "type": "boolean" }));
    template["metadata"] = described(
        &template["metadata"],
        json!({
            "type": "object",
            "nullable": true,
            "properties": {
                "annotations": strings,
                "finalizers": { "type": "array", "items": { "type": "string" } },
                "labels": strings,
                "name": { "type": "string" },
                "namespace": { "type": "string" },
            },
            "x-kubernetes-preserve-unknown-fields": true,
        }),
    );
    definition
}

/// The definition as it lies in `deploy/crd`.
pub fn crd_yaml() -> Result<String, serde_saphyr::ser::Error> {
    serde_saphyr::to_string(&crd())
}

/// `schema` with the description that the type's documentation gives.
fn described(derived: &Value, mut schema: Value) -> Value {
    schema["description"] = derived["description"].clone();
    schema
}
