//! The CustomResourceDefinition.

use super::{Generated, Generator};

pub(super) const GENERATOR: Generator = Generator {
    name: "CRD",
    folder: "deploy/crd",
    files: || Ok(vec![Generated { name: "bitnami.com_sealedsecrets.yaml".to_owned(), text: waxseal_api::crd_yaml()? }]),
};
