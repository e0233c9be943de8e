//! URLs as Go's package net/url takes them apart.

use std::net::Ipv6Addr;

use crate::reason::{Reason, Res};

/// Which part of a URL is escaped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Path,
    Host,
    /// The zone of an IPv6 address.
    Zone,
    UserPassword,
    Fragment,
}

/// A URL, taken apart and, but for the query and the opaque part, unescaped.
#[derive(Default)]
pub(crate) struct Url {
    pub(crate) scheme: Vec<u8>,
    pub(crate) opaque: Vec<u8>,
    pub(crate) user: Option<Userinfo>,
    pub(crate) host: Vec<u8>,
    pub(crate) path: Vec<u8>,
    pub(crate) query: Vec<u8>,
    pub(crate) fragment: Vec<u8>,
}

/// A user name, and a password where there is one.
pub(crate) struct Userinfo {
    name: Vec<u8>,
    password: Option<Vec<u8>>,
}

impl Userinfo {
    pub(crate) fn encoded(&self) -> Vec<u8> {
        let mut text = escape(&self.name, Mode::UserPassword);
        if let Some(password) = &self.password {
            text.push(b':');
            text.extend(escape(password, Mode::UserPassword));
        }
        text
    }

    fn parse(text: &[u8]) -> Res<Self> {
        let valid = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(byte);
        if !text.iter().all(valid) {
            return Err(Reason::BadUrl);
        }
        let (name, password) = cut(text, b':');
        Ok(Self {
            name: unescape(name, Mode::UserPassword)?,
            password: password.map(|password| unescape(password, Mode::UserPassword)).transpose()?,
        })
    }
}

/// What is before the first `mark` and what is after it.
fn cut(text: &[u8], mark: u8) -> (&[u8], Option<&[u8]>) {
    match text.iter().position(|&byte| byte == mark) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    }
}

impl Url {
    /// url.Parse
    pub(crate) fn parse(text: &[u8]) -> Res<Self> {
        let (text, fragment) = cut(text, b'#');
        let mut url = Self::without_fragment(text)?;
        url.fragment = unescape(fragment.unwrap_or_default(), Mode::Fragment)?;
        Ok(url)
    }

    fn without_fragment(text: &[u8]) -> Res<Self> {
        let mut url = Self::default();
        if text.iter().any(u8::is_ascii_control) {
            return Err(Reason::BadUrl);
        }
        if text == b"*" {
            url.path = text.to_vec();
            return Ok(url);
        }
        let (scheme, rest) = scheme(text)?;
        url.scheme = scheme.to_ascii_lowercase();
        let (rest, query) = cut(rest, b'?');
        url.query = query.unwrap_or_default().to_vec();
        if !rest.starts_with(b"/") {
            if !url.scheme.is_empty() {
                url.opaque = rest.to_vec();
                return Ok(url);
            }
            if cut(rest, b'/').0.contains(&b':') {
                return Err(Reason::BadUrl);
            }
        }
        let mut path = rest;
        if (!url.scheme.is_empty() || !rest.starts_with(b"///")) && rest.starts_with(b"//") {
            let after = &rest[2..];
            let length = after.iter().position(|&byte| byte == b'/').unwrap_or(after.len());
            path = &after[length..];
            url.authority(&after[..length])?;
        }
        url.path = unescape(path, Mode::Path)?;
        Ok(url)
    }

    fn authority(&mut self, authority: &[u8]) -> Res<()> {
        match authority.iter().rposition(|&byte| byte == b'@') {
            Some(at) => {
                self.host = host(&self.scheme, &authority[at + 1..])?;
                self.user = Some(Userinfo::parse(&authority[..at])?);
            }
            None => self.host = host(&self.scheme, authority)?,
        }
        Ok(())
    }

    /// The host without its port and brackets.
    pub(crate) fn hostname(&self) -> &[u8] {
        let colon = self.host.iter().rposition(|&byte| byte == b':').filter(|&at| is_port(&self.host[at..]));
        let host = &self.host[..colon.unwrap_or(self.host.len())];
        host.strip_prefix(b"[").and_then(|host| host.strip_suffix(b"]")).unwrap_or(host)
    }
}

/// The scheme, if there is one, and the rest.
fn scheme(text: &[u8]) -> Res<(&[u8], &[u8])> {
    for (at, &byte) in text.iter().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if at > 0 => {}
            b':' if at > 0 => return Ok((&text[..at], &text[at + 1..])),
            b':' => return Err(Reason::BadUrl),
            _ => break,
        }
    }
    Ok((b"", text))
}

/// Whether the text is empty or a colon and digits.
fn is_port(text: &[u8]) -> bool {
    match text {
        [] => true,
        [b':', digits @ ..] => digits.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

fn host(scheme: &[u8], host: &[u8]) -> Res<Vec<u8>> {
    match host.iter().rposition(|&byte| byte == b'[') {
        Some(0) => return ip_literal(host),
        Some(_) => return Err(Reason::BadUrl),
        None => {}
    }
    // Some databases take a list of hosts with ports; a web address has one.
    let web = scheme == b"http" || scheme == b"https";
    let is_colon = |&byte: &u8| byte == b':';
    let colon = if web { host.iter().position(is_colon) } else { host.iter().rposition(is_colon) };
    if colon.is_some_and(|colon| !is_port(&host[colon..])) {
        return Err(Reason::BadUrl);
    }
    unescape(host, Mode::Host)
}

/// `[fe80::1%25en0]:80`
fn ip_literal(host: &[u8]) -> Res<Vec<u8>> {
    let close = host.iter().rposition(|&byte| byte == b']').ok_or(Reason::BadUrl)?;
    let port = &host[close + 1..];
    if !is_port(port) {
        return Err(Reason::BadUrl);
    }
    let literal = &host[1..close];
    let zone = literal.windows(3).position(|window| window == b"%25");
    let name = match zone {
        Some(zone) => [unescape(&literal[..zone], Mode::Host)?, unescape(&literal[zone..], Mode::Zone)?].concat(),
        None => unescape(literal, Mode::Host)?,
    };
    let (address, zone) = cut(&name, b'%');
    let is_address = std::str::from_utf8(address).is_ok_and(|address| address.parse::<Ipv6Addr>().is_ok());
    if !is_address || zone.is_some_and(<[u8]>::is_empty) {
        return Err(Reason::BadUrl);
    }
    Ok([b"[", &name[..], b"]", port].concat())
}

fn should_escape(byte: u8, mode: Mode) -> bool {
    let allowed: &[u8] = match mode {
        Mode::Path => b"-_.~$&+,/:;=@",
        Mode::Host | Mode::Zone => b"-_.~!$&'()*+,;=:[]<>\"",
        Mode::UserPassword => b"-_.~$&+,;=",
        Mode::Fragment => b"-_.~$&+,/:;=?@!()*",
    };
    !byte.is_ascii_alphanumeric() && !allowed.contains(&byte)
}

pub(crate) fn escape(bytes: &[u8], mode: Mode) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for &byte in bytes {
        if should_escape(byte, mode) {
            out.extend(format!("%{byte:02X}").into_bytes());
        } else {
            out.push(byte);
        }
    }
    out
}

fn unescape(bytes: &[u8], mode: Mode) -> Res<Vec<u8>> {
    let hex = |byte: Option<&u8>| byte.and_then(|&byte| char::from(byte).to_digit(16));
    let is_host = matches!(mode, Mode::Host | Mode::Zone);
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte != b'%' {
            if is_host && byte.is_ascii() && should_escape(byte, mode) {
                return Err(Reason::BadUrl);
            }
            out.push(byte);
            at += 1;
            continue;
        }
        let (Some(high), Some(low)) = (hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) else {
            return Err(Reason::BadUrl);
        };
        let value = u8::try_from(high << 4 | low).map_err(|_| Reason::Internal)?;
        let allowed = match mode {
            // Only bytes beyond ASCII are escaped in a host, and the percent sign before a zone.
            Mode::Host => high >= 8 || value == b'%',
            Mode::Zone => value == b'%' || value == b' ' || !should_escape(value, Mode::Host),
            _ => true,
        };
        if !allowed {
            return Err(Reason::BadUrl);
        }
        out.push(value);
        at += 3;
    }
    Ok(out)
}
