//! sprig's certificate: a certificate and its key, both in PEM.

use crate::text::Text;

pub(crate) struct Certificate {
    pub(crate) cert: Text,
    pub(crate) key: Text,
}

impl Certificate {
    pub(crate) fn field(&self, name: &[u8]) -> Option<&Text> {
        self.fields().into_iter().find(|(field, _)| field.as_bytes() == name).map(|(_, text)| text)
    }

    pub(crate) fn fields(&self) -> [(&'static str, &Text); 2] {
        [("Cert", &self.cert), ("Key", &self.key)]
    }

    pub(crate) fn is_identical(&self, other: &Self) -> bool {
        self.cert == other.cert && self.key == other.key
    }
}
