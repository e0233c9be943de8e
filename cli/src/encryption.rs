//! Backups encrypted with age: to recipients, or with a passphrase.

use std::io::{BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::secrecy::SecretString;
use age::x25519::Recipient;
use age::{Decryptor, Encryptor, IdentityFile, scrypt};
use zeroize::Zeroizing;

use crate::failure::{Failure, Result, plain};
use crate::inputs::read_file;
use crate::passphrase;

/// How an armoured file begins; the other kind begins with the format's name.
const BEGINNINGS: [&[u8]; 2] = [b"-----BEGIN AGE ENCRYPTED FILE-----", b"age-encryption.org/"];

/// Whom a backup is for.
pub(crate) enum Readers {
    /// Whoever holds the identity of one of these.
    Recipients(Vec<Recipient>),
    /// Whoever knows the passphrase.
    Passphrase,
}

pub(crate) fn is_encrypted(text: &[u8]) -> bool {
    BEGINNINGS.iter().any(|beginning| text.trim_ascii_start().starts_with(beginning))
}

/// The text, armoured.
pub(crate) fn encrypt(text: &[u8], readers: &Readers) -> Result<Vec<u8>> {
    let fail = |what: &str| Failure::key(format_args!("the backup could not be encrypted: {what}"));
    let encryptor = match readers {
        Readers::Passphrase => Encryptor::with_user_passphrase(secret(&passphrase::chosen()?)),
        Readers::Recipients(recipients) => {
            let recipients = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
            Encryptor::with_recipients(recipients).map_err(|error| fail(&error.to_string()))?
        }
    };
    let write = || -> std::io::Result<Vec<u8>> {
        let armor = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor)?;
        let mut writer = encryptor.wrap_output(armor)?;
        writer.write_all(text)?;
        writer.finish()?.finish()
    };
    write().map_err(|error| fail(&plain(&error)))
}

/// What is in an encrypted file. Without identities it takes a passphrase.
pub(crate) fn decrypt(text: &[u8], identities: &[PathBuf]) -> Result<Zeroizing<Vec<u8>>> {
    let broken = |_| Failure::key("is no whole file of age");
    let decryptor = Decryptor::new(ArmoredReader::new(text)).map_err(|error| broken(error.to_string()))?;
    let opened = if decryptor.is_scrypt() {
        let identity = scrypt::Identity::new(secret(&passphrase::known()?));
        decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity))
    } else {
        if identities.is_empty() {
            return Err(Failure::usage("is encrypted to a recipient of age")
                .remedy("name the file with your age identity: --identity FILE"));
        }
        let mut known = Vec::new();
        for path in identities {
            known.extend(identities_of(path)?);
        }
        let known: Vec<_> = known.iter().map(|identity| &**identity as &dyn age::Identity).collect();
        decryptor.decrypt(known.into_iter())
    };
    let mut reader = opened.map_err(|_| Failure::key("does not open with this passphrase or these identities"))?;
    let mut content = Zeroizing::new(Vec::with_capacity(text.len()));
    reader.read_to_end(&mut content).map_err(|error| broken(error.to_string()))?;
    Ok(content)
}

/// `age1…`, as the command line has it.
pub(crate) fn recipient(text: &str) -> Result<Recipient> {
    text.trim().parse().map_err(|_| {
        Failure::usage(format_args!("{text:?} is no recipient of age"))
            .remedy("one looks like age1 and 58 more characters; `age-keygen -y` prints yours")
    })
}

/// A file with one recipient a line; `#` begins a comment.
pub(crate) fn recipients_of(path: &Path) -> Result<Vec<Recipient>> {
    let text = read_file(path)?;
    let lines = String::from_utf8_lossy(&text).into_owned();
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(recipient).collect::<Result<_>>().map_err(|failure| failure.about(path.display()))
}

fn identities_of(path: &Path) -> Result<Vec<Box<dyn age::Identity + Send + Sync>>> {
    let no_identity = || {
        Failure::key("holds no identity of age")
            .about(path.display())
            .remedy("one is a line AGE-SECRET-KEY-1…, as `age-keygen` writes it")
    };
    let text = read_file(path)?;
    let file = IdentityFile::from_buffer(BufReader::new(text.as_slice())).map_err(|_| no_identity())?;
    file.into_identities().map_err(|_| no_identity())
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}
