//! A new key, asked for.

use jiff::Timestamp;

use super::{of_cluster, sealing_key};
use crate::cluster::Connection;
use crate::exit::Exit;
use crate::failure::Result;
use crate::printer::Printer;

/// On the newest key Secret: when somebody asked for a newer one.
const ROTATE_REQUESTED: &str = "waxseal.dev/rotate-requested";

/// Asks the controller for a new key.
pub(crate) struct Rotate {
    pub(crate) connection: Connection,
}

impl Rotate {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let keys = of_cluster(&self.connection, printer)?;
        let newest = sealing_key(&keys)?;
        let namespace = &self.connection.controller.namespace;
        // To the second, in the zone that RFC 3339 calls Z.
        let now = Timestamp::now().strftime("%FT%TZ").to_string();
        self.connection.cluster()?.annotate_secret(namespace, newest.name(), ROTATE_REQUESTED, &now)?;
        printer.talk(format_args!(
            "Asked for a key after {namespace}/{}. `waxseal keys list` shows it once the controller has made it; \
             old values go on opening.",
            newest.name()
        ));
        Ok(Exit::Done)
    }
}
