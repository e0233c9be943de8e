//! Ports and network namespaces.

mod forward;
mod netns;
mod port;

pub(crate) use forward::Forward;
pub use netns::Netns;
pub(crate) use netns::remove_namespace;
pub use port::Port;
