//! PEM, read as leniently as Go's `pem.Decode` is used upstream: what stands between the blocks is skipped.

use rustls_pki_types::pem::{PemObject as _, SectionKind};
use zeroize::Zeroizing;

/// The blocks of a PEM text, in order. A block that cannot be read is skipped, as Go skips it.
pub(crate) fn blocks(text: &[u8]) -> impl Iterator<Item = (SectionKind, Zeroizing<Vec<u8>>)> {
    <(SectionKind, Vec<u8>)>::pem_slice_iter(text).filter_map(Result::ok).map(|(kind, der)| (kind, Zeroizing::new(der)))
}
