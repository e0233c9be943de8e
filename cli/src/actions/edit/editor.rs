//! The editor that a person has chosen.

use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io::{self, IsTerminal as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use signal_hook::consts::SIGINT;
use signal_hook::flag::register_conditional_default;
use zeroize::Zeroizing;

use super::hideout::Hideout;
use crate::failure::{Failure, Result, plain};
use crate::inputs::read_file;
use crate::printer::Printer;

/// What POSIX systems have.
const LAST_RESORT: &str = "vi";

/// The text as somebody left it. It lies in a file for as long as the editor runs, and no longer.
pub(super) fn edit(text: &[u8], printer: Printer) -> Result<Zeroizing<Vec<u8>>> {
    let hideout = Hideout::new(printer)?;
    let path = hideout.path().join("values.yaml");
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)
        .and_then(|mut file| file.write_all(text));
    written.map_err(|error| Failure::input(format_args!("{}: {}", path.display(), plain(&error))))?;
    let editor = chosen();
    let shown = editor.to_string_lossy().into_owned();
    // Through the shell, as Git does it, for the sake of arguments and quotes in the variable.
    let mut script = editor.clone();
    script.push(" \"$@\"");
    let ended = {
        let _patient = Patience::with_interrupts();
        Command::new("sh").arg("-c").arg(script).arg(&editor).arg(&path).status()
    };
    let remedy = "VISUAL and EDITOR say which editor is run";
    match ended {
        Ok(status) if status.success() => read_file(&path),
        Ok(status) => Err(Failure::input(format_args!("the editor {shown:?} failed: {status}")).remedy(remedy)),
        Err(error) => {
            Err(Failure::input(format_args!("the editor {shown:?} did not start: {}", plain(&error))).remedy(remedy))
        }
    }
}

fn chosen() -> OsString {
    let named = |name| std::env::var_os(name).filter(|editor| !editor.is_empty());
    named("VISUAL").or_else(|| named("EDITOR")).unwrap_or_else(|| LAST_RESORT.into())
}

/// Whether Ctrl-C ends the program; `None` where the system refuses to be asked, so that it always does.
static ENDS: OnceLock<Option<Arc<AtomicBool>>> = OnceLock::new();

/// While it lives, Ctrl-C is the editor's business. Without a terminal it is nobody's, and ends the program; the guard
/// then wipes what it leaves.
struct Patience(Option<&'static AtomicBool>);

impl Patience {
    fn with_interrupts() -> Self {
        if !io::stdin().is_terminal() {
            return Self(None);
        }
        let ends = ENDS.get_or_init(|| {
            let ends = Arc::new(AtomicBool::new(false));
            register_conditional_default(SIGINT, Arc::clone(&ends)).ok().map(|_| ends)
        });
        let ends = ends.as_deref();
        if let Some(ends) = ends {
            ends.store(false, Ordering::SeqCst);
        }
        Self(ends)
    }
}

impl Drop for Patience {
    fn drop(&mut self) {
        if let Some(ends) = self.0 {
            ends.store(true, Ordering::SeqCst);
        }
    }
}
