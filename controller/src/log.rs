//! The log: for people or for machines.

use std::io;

use tracing::level_filters::LevelFilter;
use tracing::{Level, Metadata};
use tracing_subscriber::filter::{FilterFn, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::writer::MakeWriterExt as _;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{Layer as _, Registry, fmt};

use crate::flags::{Flags, LogFormat};

/// What the crate of this controller is called in the log.
const OURS: &str = "waxseal_controller";

/// Logs from here on, as the flags ask.
pub(crate) fn start(flags: &Flags) {
    let level = LevelFilter::from_level(flags.log_level);
    if flags.log_info_stdout {
        start_with(level, flags.log_format, io::stderr.with_max_level(Level::WARN).or_else(io::stdout));
    } else {
        start_with(level, flags.log_format, io::stderr);
    }
}

fn start_with<W>(level: LevelFilter, format: LogFormat, writer: W)
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let layer = fmt::layer::<Registry>().with_writer(writer).with_ansi(false).with_target(false);
    let layer = match format {
        LogFormat::Text => layer.boxed(),
        LogFormat::Json => layer.json().flatten_event(true).with_current_span(false).with_span_list(false).boxed(),
    };
    tracing_subscriber::registry().with(layer.with_filter(level).with_filter(ours())).init();
}

/// Nothing but what this crate says: kube repeats an answer that it cannot read, and that may be a Secret.
fn ours() -> FilterFn<impl Fn(&Metadata<'_>) -> bool> {
    filter_fn(|metadata| metadata.target().starts_with(OURS))
}
