//! Calling functions.

use super::argument::assignable;
use super::{Run, State};
use crate::funcs::{Args, Func};
use crate::parse::tree::Operand;
use crate::reason::Reason;
use crate::value::{Ty, Value};

impl State<'_, '_> {
    /// Calls a function with the arguments and, as its last argument, the value of the pipeline so far.
    pub(super) fn call(
        &mut self,
        dot: &Value,
        function: &'static Func,
        arguments: &[Operand],
        last: Option<Value>,
    ) -> Run<Value> {
        let meter = self.meter();
        meter.nested(|| self.call_here(dot, function, arguments, last)).map_err(|mut fault| {
            // The innermost call that failed is the one to name.
            fault.function = fault.function.or(Some(function.name));
            fault
        })
    }

    fn call_here(
        &mut self,
        dot: &Value,
        function: &'static Func,
        arguments: &[Operand],
        last: Option<Value>,
    ) -> Run<Value> {
        let count = arguments.len() + usize::from(last.is_some());
        let fits =
            if function.rest.is_some() { count >= function.params.len() } else { count == function.params.len() };
        if !fits {
            return Err(Reason::ArgumentCount.into());
        }
        if matches!(function.name, "and" | "or") {
            return self.and_or(dot, function.name == "or", arguments, last);
        }
        let ty = |index: usize| function.params.get(index).copied().or(function.rest).unwrap_or(Ty::Any);
        self.meter().take(size_of::<Value>() * count)?;
        let mut values = Vec::with_capacity(count);
        for (index, operand) in arguments.iter().enumerate() {
            values.push(self.argument(dot, ty(index), operand)?);
        }
        if let Some(last) = last {
            values.push(assignable(last, ty(count - 1))?);
        }
        Ok((function.run)(self.env, &Args::new(values))?)
    }

    /// `and` and `or` evaluate no further than they must.
    fn and_or(&mut self, dot: &Value, or: bool, arguments: &[Operand], last: Option<Value>) -> Run<Value> {
        let mut value = Value::Invalid;
        for operand in arguments {
            value = self.argument(dot, Ty::Reflect, operand)?;
            if value.truth() == or {
                return Ok(value);
            }
        }
        Ok(last.unwrap_or(value))
    }
}
