//! Sprint and Sprintln: operands in their default form.

use super::Printer;
use crate::env::Env;
use crate::reason::Res;
use crate::text::Text;
use crate::value::{Kind, Value};

/// fmt.Sprint: a space between two operands when neither is a string.
pub(crate) fn sprint(env: &Env, values: &[Value]) -> Res<Text> {
    let mut printer = Printer::new(env);
    let mut previous_is_text = false;
    for (index, value) in values.iter().enumerate() {
        let is_text = value.kind() == Kind::Text;
        if index > 0 && !is_text && !previous_is_text {
            printer.write(" ")?;
        }
        printer.argument(value, 'v')?;
        previous_is_text = is_text;
    }
    printer.out.into_text()
}

/// fmt.Sprintln: a space between any two operands, and a newline.
pub(crate) fn sprintln(env: &Env, values: &[Value]) -> Res<Text> {
    let mut printer = Printer::new(env);
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            printer.write(" ")?;
        }
        printer.argument(value, 'v')?;
    }
    printer.write("\n")?;
    printer.out.into_text()
}
