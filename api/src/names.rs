//! Names that upstream's users, manifests and dashboards know, and the few that are ours.

/// Scope annotation: the values open under any name in their namespace.
pub const NAMESPACE_WIDE: &str = "sealedsecrets.bitnami.com/namespace-wide";

/// Scope annotation: the values open anywhere in the cluster.
pub const CLUSTER_WIDE: &str = "sealedsecrets.bitnami.com/cluster-wide";

/// On an existing Secret: the SealedSecret of the same name may overwrite and own it.
pub const MANAGED: &str = "sealedsecrets.bitnami.com/managed";

/// On an existing Secret: the SealedSecret of the same name may merge its data, labels and annotations into it.
pub const PATCH: &str = "sealedsecrets.bitnami.com/patch";

/// On `spec.template.metadata`: the Secret gets no owner reference.
pub const SKIP_SET_OWNER_REFERENCES: &str = "sealedsecrets.bitnami.com/skip-set-owner-references";

/// Label of a sealing key Secret; its value says whether the key is in use.
pub const SEALING_KEY_LABEL: &str = "sealedsecrets.bitnami.com/sealed-secrets-key";

/// Value of [`SEALING_KEY_LABEL`] on a key that is in use.
pub const SEALING_KEY_ACTIVE: &str = "active";

/// Annotations in which tools keep a copy of the whole object, and with it every value in the clear.
pub const WHOLE_OBJECT_COPIES: [&str; 2] =
    ["kubectl.kubernetes.io/last-applied-configuration", "kubecfg.ksonnet.io/last-applied-configuration"];

/// Which key sealed what: a hint for whoever opens the values.
pub const SEALING_KEYS: &str = "waxseal.dev/sealing-keys";

/// On the newest sealing key Secret: a new key is wanted. The value is the moment of the request (RFC 3339).
pub const ROTATE_REQUESTED: &str = "waxseal.dev/rotate-requested";

/// The ConfigMap, beside the controller, that holds the newest certificate under [`CERTIFICATE_KEY`].
pub const CERTIFICATE_CONFIG_MAP: &str = "waxseal-certificate";

/// Key of the certificate, in PEM, in [`CERTIFICATE_CONFIG_MAP`].
pub const CERTIFICATE_KEY: &str = "cert.pem";

/// API group and version of a SealedSecret.
pub const API_VERSION: &str = "bitnami.com/v1alpha1";

/// Kind of a SealedSecret.
pub const KIND: &str = "SealedSecret";

/// Type of a Secret that grants the rights of a service account to whoever reads it.
pub const SERVICE_ACCOUNT_TOKEN: &str = "kubernetes.io/service-account-token";
