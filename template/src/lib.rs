//! Go's `text/template` with sprig's functions, as Bitnami Sealed Secrets renders `spec.template.data`.
//!
//! [`render`] gives the bytes that Go gives, or an error in the cases in which Go gives one. [`check`] looks at a
//! template without rendering it. Source and data are hostile: a render is held to [`Limits`], errors come from a
//! fixed set and never contain a value, and what was computed is wiped.
//!
//! ```
//! use std::collections::BTreeMap;
//! use waxseal_template::{Limits, render};
//!
//! let data = BTreeMap::from([("password".to_owned(), b"s3cret".to_vec())]);
//! let out = render("app.env", "PASSWORD={{ .password | quote }}\n", &data, &Limits::default())?;
//! assert_eq!(&out[..], b"PASSWORD=\"s3cret\"\n");
//! # Ok::<(), waxseal_template::RenderError>(())
//! ```

mod builtin;
mod certificate;
mod check;
mod clock;
mod der;
mod env;
mod error;
mod exec;
mod fmt;
mod funcs;
mod go;
mod json;
mod keys;
mod limits;
mod methods;
mod parse;
mod pem;
mod reason;
mod regex;
mod semver;
mod sprig;
mod text;
mod time;
mod value;
mod x509;

use std::collections::BTreeMap;

use zeroize::Zeroizing;

pub use check::{Finding, FindingKind, check};
pub use error::{Failure, Position, RenderError};
pub use limits::Limits;
pub use reason::Reason;

use env::Env;
use limits::Meter;
use text::Text;
use value::{Elem, Value};

/// Renders `source` on `data`, which the template sees as a `map[string]string`. `name` is the template's name, by
/// which it may call itself and which errors carry: the key of `template.data`.
pub fn render<V: AsRef<[u8]>>(
    name: &str,
    source: &str,
    data: &BTreeMap<String, V>,
    limits: &Limits,
) -> Result<Zeroizing<Vec<u8>>, RenderError> {
    let meter = Meter::new(limits.clone());
    let error = |syntax: bool, at: usize, function: Option<String>, reason: Reason| {
        let position = Position::of(source, at);
        RenderError::new(syntax, Failure { template: name.to_owned(), position, function, reason })
    };
    let templates = parse::parse(&meter, name, source, None)
        .map_err(|failed| error(true, failed.at, failed.function, failed.reason))?;
    let env = Env::new(&meter);
    let run = || {
        let mut values = BTreeMap::new();
        for (key, value) in data {
            values.insert(env.copy(key.as_bytes())?, env.text(value.as_ref())?);
        }
        let data = Value::Dict(env.dict_of(Elem::Text, values)?);
        exec::run(&env, &templates, &Text::new(&meter, name.as_bytes())?, &data)
    };
    match run() {
        Ok(out) => Ok(out.into_bytes()),
        Err(fault) => {
            let at = if fault.at == usize::MAX { 0 } else { fault.at };
            Err(error(false, at, fault.function.map(str::to_owned), fault.reason))
        }
    }
}
