//! Secrets on their way to the API server and from it.

use std::io;

use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize};
use zeroize::Zeroizing;

/// Text that holds a secret, as it came from the API server.
#[derive(Clone)]
pub(crate) struct SecretText(Zeroizing<String>);

impl SecretText {
    /// The text itself. Whoever calls this answers for where it goes.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for SecretText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Zeroizing::new).map(Self)
    }
}

/// `value` as JSON, built in one piece of the right size: growing would leave copies behind that nobody wipes.
pub(crate) fn to_json(value: &impl Serialize) -> Option<Zeroizing<Vec<u8>>> {
    let mut size = Size(0);
    serde_json::to_writer(&mut size, value).ok()?;
    let mut body = Zeroizing::new(Vec::with_capacity(size.0));
    value.serialize(&mut serde_json::Serializer::new(&mut *body)).ok()?;
    Some(body)
}

/// A body that is wiped when it was sent.
pub(super) fn wiped(body: Zeroizing<Vec<u8>>) -> Bytes {
    Bytes::from_owner(Wiped(body))
}

struct Wiped(Zeroizing<Vec<u8>>);

impl AsRef<[u8]> for Wiped {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Counts what is written to it.
struct Size(usize);

impl io::Write for Size {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
