//! `encryptAES` and `decryptAES`: AES-256 in CBC mode, the password as the key. What upstream has, not what one should
//! use.

use ::aes::Aes256;
use cbc::cipher::{Block, BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use zeroize::Zeroizing;

use super::encoding::{base64, from_base64};
use super::random;
use crate::env::Env;
use crate::funcs::{Args, Func, fixed};
use crate::reason::{Reason, Res};
use crate::value::{Ty, Value};

const TEXTS: &[Ty] = &[Ty::Text, Ty::Text];
const BLOCK: usize = 16;

pub(super) const FUNCS: &[Func] = &[fixed("encryptAES", TEXTS, encrypt), fixed("decryptAES", TEXTS, decrypt)];

/// The password, cut or filled with zeros.
fn key(password: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    for (byte, given) in key.iter_mut().zip(password) {
        *byte = *given;
    }
    key
}

fn blocks(bytes: &mut [u8]) -> &mut [Block<Aes256>] {
    Block::<Aes256>::slice_as_chunks_mut(bytes).0
}

fn encrypt(env: &Env, args: &Args) -> Res<Value> {
    let plaintext = args.bytes(1)?;
    env.meter.read(16 * plaintext.len())?;
    let padding = BLOCK - plaintext.len() % BLOCK;
    let mut out = random::bytes(env, BLOCK)?;
    let iv: [u8; BLOCK] = out.bytes().try_into().map_err(|_| Reason::Internal)?;
    out.push(plaintext)?;
    out.repeat(u8::try_from(padding).map_err(|_| Reason::Internal)?, padding)?;
    let mut cipher = cbc::Encryptor::<Aes256>::new((&*key(args.bytes(0)?)).into(), (&iv).into());
    cipher.encrypt_blocks(blocks(&mut out.bytes_mut()[BLOCK..]));
    Ok(base64(env, out.bytes())?.into())
}

fn decrypt(env: &Env, args: &Args) -> Res<Value> {
    if args.bytes(1)?.is_empty() {
        return env.text(b"");
    }
    let Ok(encrypted) = from_base64(env, args.bytes(1)?)? else { return Err(Reason::BadBase64) };
    env.meter.read(16 * encrypted.len())?;
    let (iv, body) = encrypted.bytes().split_at_checked(BLOCK).ok_or(Reason::BadCiphertext)?;
    let iv: [u8; BLOCK] = iv.try_into().map_err(|_| Reason::Internal)?;
    if body.is_empty() || body.len() % BLOCK != 0 {
        return Err(Reason::BadCiphertext);
    }
    let mut out = env.buf();
    out.push(body)?;
    let mut cipher = cbc::Decryptor::<Aes256>::new((&*key(args.bytes(0)?)).into(), (&iv).into());
    cipher.decrypt_blocks(blocks(out.bytes_mut()));
    // The last byte says how much padding there is; nothing else about it is checked, here as in sprig.
    let padding = usize::from(out.bytes().last().copied().ok_or(Reason::Internal)?);
    let length = out.len().checked_sub(padding).ok_or(Reason::BadCiphertext)?;
    out.truncate(length);
    Ok(out.into_text()?.into())
}
