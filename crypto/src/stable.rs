//! Sealing that gives the same bytes for the same value at the same place, to whoever holds a secret of the sealers.
//!
//! `docs/adr/0008-stable-sealing.md` has the construction and its security argument.

use hkdf::Hkdf;
use rand::TryRng;
use rand::rngs::SysRng;
use rsa::rand_core::TryCryptoRng;
use sha2::Sha256;
use zeroize::{Zeroize as _, Zeroizing};

use crate::seal::{SESSION_KEY_BYTES, SessionKey};
use crate::{Label, PublicKey, SealError, SealedValue, base64};

/// Length of a stable key, and of an OAEP seed with SHA-256.
const KEY_BYTES: usize = 32;

/// Separates this use of HKDF from every other, and this construction from its successors.
const SALT: &[u8] = b"waxseal.dev/stable-sealing/v1";

/// The secret that makes sealing stable: 32 random bytes, shared by those who seal. Wiped on drop.
///
/// It opens nothing. Whoever has it, and a sealed value, can check a guess of the plaintext.
#[derive(Clone)]
pub struct StableKey(Zeroizing<[u8; KEY_BYTES]>);

impl StableKey {
    /// A fresh key from the operating system's randomness.
    pub fn generate() -> Result<Self, SealError> {
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        SysRng.try_fill_bytes(bytes.as_mut_slice()).map_err(|_| SealError::Randomness)?;
        Ok(Self(bytes))
    }

    /// Reads standard base64 with padding; white space around it is skipped.
    pub fn from_base64(text: &str) -> Result<Self, StableKeyError> {
        let bytes = base64::decode(text.trim()).map(Zeroizing::new).ok_or(StableKeyError::NotBase64)?;
        let key = bytes.as_slice().try_into().map_err(|_| StableKeyError::Length { bytes: bytes.len() })?;
        Ok(Self(Zeroizing::new(key)))
    }

    /// The key as the holder keeps it.
    pub fn expose_base64(&self) -> Zeroizing<String> {
        Zeroizing::new(base64::encode(self.0.as_slice()))
    }
}

/// Why a text is no stable key. Nothing of the text is part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StableKeyError {
    /// Not base64.
    #[error("is not base64; a stable key is 32 random bytes as base64")]
    NotBase64,
    /// Not 32 bytes.
    #[error("holds {bytes} bytes; a stable key has 32")]
    Length {
        /// How many there are.
        bytes: usize,
    },
}

impl PublicKey {
    /// Seals `plaintext` as the value of the data key `name` such that it opens under `label` only. The same key,
    /// place, name and plaintext give the same bytes; any other gives bytes that look fresh.
    pub fn seal_stable(
        &self,
        stable: &StableKey,
        label: &Label,
        name: &str,
        plaintext: &[u8],
    ) -> Result<SealedValue, SealError> {
        let fields = [self.fingerprint().as_bytes().as_slice(), label.as_bytes(), name.as_bytes(), plaintext];
        let mut derived = Zeroizing::new([0; SESSION_KEY_BYTES + KEY_BYTES]);
        derive(stable, &fields, derived.as_mut_slice())?;

        let (session_key, seed) = derived.split_at(SESSION_KEY_BYTES);
        let session_key = SessionKey::new(session_key.try_into().map_err(|_| SealError::Rsa)?);
        let rsa_ciphertext =
            self.encrypt_with(&mut Seed::new(seed), label.as_bytes(), session_key.as_slice()).ok_or(SealError::Rsa)?;
        SealedValue::seal_payload(&rsa_ciphertext, &session_key, plaintext)
    }
}

/// HKDF-SHA-256 (RFC 5869) with every field behind its length, so that no two lists of fields read alike.
fn derive(stable: &StableKey, fields: &[&[u8]], output: &mut [u8]) -> Result<(), SealError> {
    let lengths: Vec<_> = fields.iter().map(|field| (field.len() as u64).to_be_bytes()).collect();
    let info: Vec<&[u8]> = lengths.iter().zip(fields).flat_map(|(length, field)| [&length[..], field]).collect();
    // It fails only where more than 255 hashes are asked for.
    Hkdf::<Sha256>::new(Some(SALT), stable.0.as_slice())
        .expand_multi_info(&info, output)
        .map_err(|_| SealError::TooLong { bytes: output.len() })
}

/// Stands in for a random generator and gives the OAEP seed, once.
struct Seed {
    bytes: Zeroizing<[u8; KEY_BYTES]>,
    taken: usize,
}

impl Seed {
    fn new(seed: &[u8]) -> Self {
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        bytes.copy_from_slice(seed);
        Self { bytes, taken: 0 }
    }
}

impl TryRng for Seed {
    type Error = Exhausted;

    fn try_next_u32(&mut self) -> Result<u32, Exhausted> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Exhausted> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, target: &mut [u8]) -> Result<(), Exhausted> {
        let end = self.taken + target.len();
        target.copy_from_slice(self.bytes.get(self.taken..end).ok_or(Exhausted)?);
        self.bytes[self.taken..end].zeroize();
        self.taken = end;
        Ok(())
    }
}

impl TryCryptoRng for Seed {}

/// The seed is used up: whoever wanted more than OAEP takes must not get a predictable answer.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the OAEP seed is used up")]
struct Exhausted;

#[cfg(test)]
mod tests {
    use super::*;

    /// RSA-OAEP asks for bytes; whatever else the `rsa` crate may ask for one day comes from the same seed.
    #[test]
    fn a_seed_gives_each_of_its_bytes_once_however_it_is_asked() {
        let mut seed = Seed::new(&std::array::from_fn::<u8, KEY_BYTES, _>(|at| u8::try_from(at).unwrap()));
        assert_eq!(seed.try_next_u32().unwrap(), 0x0302_0100);
        assert_eq!(seed.try_next_u64().unwrap(), 0x0b0a_0908_0706_0504);
        let mut rest = [0; 20];
        seed.try_fill_bytes(&mut rest).unwrap();
        assert_eq!((rest[0], rest[19]), (12, 31));
        assert!(seed.try_next_u32().is_err() && seed.try_fill_bytes(&mut [0]).is_err());
        assert_eq!(seed.bytes.as_slice(), [0; KEY_BYTES], "what was given is wiped");
    }
}
