//! Addresses to listen on, as Go writes them.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use tokio::net::{TcpListener, TcpSocket};

/// Connections that the kernel holds until they are accepted.
const BACKLOG: u32 = 1024;

/// `HOST:PORT`, where an empty host is every address of the machine, IPv4 and IPv6: `:8080`, `127.0.0.1:0`, `[::]:8080`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListenAddr {
    host: Host,
    port: u16,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Host {
    Every,
    Address(IpAddr),
    Name(String),
}

impl ListenAddr {
    /// A socket that listens there.
    pub(super) async fn bind(&self) -> io::Result<TcpListener> {
        match &self.host {
            Host::Every => match listen((Ipv6Addr::UNSPECIFIED, self.port).into()) {
                // A kernel without IPv6.
                Err(_) => listen((Ipv4Addr::UNSPECIFIED, self.port).into()),
                listener => listener,
            },
            Host::Address(address) => listen((*address, self.port).into()),
            Host::Name(name) => {
                let mut result = Err(io::ErrorKind::NotFound.into());
                for address in tokio::net::lookup_host((name.as_str(), self.port)).await? {
                    result = listen(address);
                    if result.is_ok() {
                        break;
                    }
                }
                result
            }
        }
    }
}

impl FromStr for ListenAddr {
    type Err = ParseListenAddrError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (host, port) = text.rsplit_once(':').ok_or(ParseListenAddrError)?;
        let port = port.parse().map_err(|_| ParseListenAddrError)?;
        let host = match host.strip_prefix('[') {
            Some(rest) => {
                let address = rest.strip_suffix(']').and_then(|inside| inside.parse::<Ipv6Addr>().ok());
                Host::Address(address.ok_or(ParseListenAddrError)?.into())
            }
            None if host.is_empty() => Host::Every,
            None => match host.parse::<Ipv4Addr>() {
                Ok(address) => Host::Address(address.into()),
                Err(_) if is_host_name(host) => Host::Name(host.to_owned()),
                Err(_) => return Err(ParseListenAddrError),
            },
        };
        Ok(Self { host, port })
    }
}

impl fmt::Display for ListenAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            Host::Every => write!(f, ":{}", self.port),
            Host::Address(address) => SocketAddr::new(*address, self.port).fmt(f),
            Host::Name(name) => write!(f, "{name}:{}", self.port),
        }
    }
}

/// The text is no address to listen on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an address to listen on; expected HOST:PORT, such as :8080, 127.0.0.1:8080 or [::1]:8080")]
pub(crate) struct ParseListenAddrError;

fn is_host_name(host: &str) -> bool {
    host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => {
            let socket = TcpSocket::new_v6()?;
            if address.ip().is_unspecified() {
                rustix::net::sockopt::set_ipv6_v6only(&socket, false)?;
            }
            socket
        }
    };
    // Without it, a restart fails for as long as connections of the process before linger.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_read_as_go_reads_them_and_print_as_they_were() {
        for text in [":8080", "127.0.0.1:0", "[::]:8080", "[::1]:65535", "0.0.0.0:80", "localhost:8080"] {
            assert_eq!(text.parse::<ListenAddr>().unwrap().to_string(), text);
        }
        for wrong in ["", "8080", ":", ":http", ":65536", ":-1", "::1:80", "[::1]", "[::1:80", "[1.2.3.4]:80", "a b:1"]
        {
            assert_eq!(wrong.parse::<ListenAddr>(), Err(ParseListenAddrError), "{wrong:?}");
        }
    }

    #[tokio::test]
    async fn without_a_host_it_listens_on_ipv4_too() {
        let listener = ":0".parse::<ListenAddr>().unwrap().bind().await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.unwrap();
    }

    #[tokio::test]
    async fn an_address_in_use_is_an_error() {
        let listener = "localhost:0".parse::<ListenAddr>().unwrap().bind().await.unwrap();
        let taken = listener.local_addr().unwrap().to_string();
        assert!(taken.parse::<ListenAddr>().unwrap().bind().await.is_err());
    }
}
