//! The checks: one file for each thing that they look at.

pub(crate) mod annotations;
pub(crate) mod certificate;
pub(crate) mod hints;
pub(crate) mod kustomization;
pub(crate) mod manifest;
pub(crate) mod place;
pub(crate) mod private_key;
pub(crate) mod secret;
pub(crate) mod secret_type;
pub(crate) mod shape;
pub(crate) mod template;
pub(crate) mod values;

use crate::collect::Findings;
use crate::file::Index;
use crate::linter::Context;
use crate::sealed_secret::SealedSecret;

/// Everything that is checked about a SealedSecret by itself.
pub(crate) fn check_sealed_secret(
    sealed: &SealedSecret<'_, '_>,
    context: &Context<'_>,
    index: &mut Index,
    findings: &mut Findings,
) {
    shape::check(sealed, findings);
    place::check(sealed, findings);
    annotations::check(sealed, findings);
    values::check(sealed, context, index, findings);
    hints::check(sealed, context, findings);
    secret_type::check(sealed, findings);
    template::check(sealed, findings);
}
