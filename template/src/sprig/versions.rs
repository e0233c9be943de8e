//! Versions and their constraints.

use std::rc::Rc;

use crate::funcs::{Func, fixed};
use crate::reason::Reason;
use crate::semver::{Version, constraint::Constraints};
use crate::value::{Ty, Value};

pub(super) const FUNCS: &[Func] = &[
    fixed("semver", &[Ty::Text], |env, args| {
        env.meter.take(4 * args.bytes(0)?.len())?;
        let text = std::str::from_utf8(args.bytes(0)?).map_err(|_| Reason::BadVersion)?;
        Ok(Value::VersionPointer(Rc::new(Version::parse(text)?)))
    }),
    fixed("semverCompare", &[Ty::Text, Ty::Text], |env, args| {
        let constraints = Constraints::parse(env.meter, args.bytes(0)?)?;
        let text = std::str::from_utf8(args.bytes(1)?).map_err(|_| Reason::BadVersion)?;
        env.meter.read(text.len())?;
        Ok(Value::Bool(constraints.allow(&Version::parse(text)?)))
    }),
];
