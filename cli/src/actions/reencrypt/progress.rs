//! How far it is: a bar on a terminal, a line for each file in a log.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::summary::values;
use crate::printer::Printer;

/// Fewer files than this are done before a bar could be looked at.
const WORTH_A_BAR: usize = 16;

/// Shows how far it is.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    pub(super) fn new(files: usize) -> Self {
        let target = ProgressDrawTarget::stderr();
        if target.is_hidden() || files < WORTH_A_BAR {
            return Self { bar: None };
        }
        let bar = ProgressBar::with_draw_target(Some(files as u64), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} files, {eta} left") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar: Some(bar) }
    }

    /// One more file is done, and so many of its values are sealed anew; `None` where nothing is written.
    pub(super) fn done(&self, file: &str, changed: Option<usize>, printer: Printer) {
        match (&self.bar, changed) {
            (Some(bar), _) => bar.inc(1),
            (None, Some(changed)) if changed > 0 => {
                printer.talk(format_args!("{file}: re-encrypted: {}", values(changed)));
            }
            _ => {}
        }
    }

    pub(super) fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
