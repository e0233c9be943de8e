//! Fields, dict entries and methods.

use super::{Run, State};
use crate::funcs::Args;
use crate::methods;
use crate::parse::tree::Operand;
use crate::reason::Reason;
use crate::text::Text;
use crate::value::Value;

impl State<'_, '_> {
    /// `receiver.a.b.c`; arguments go to the last one if it is a method.
    pub(super) fn fields(
        &mut self,
        dot: &Value,
        mut receiver: Value,
        names: &[Text],
        arguments: &[Operand],
        mut last: Option<Value>,
    ) -> Run<Value> {
        for (index, name) in names.iter().enumerate() {
            let is_last = index + 1 == names.len();
            let arguments = if is_last { arguments } else { &[] };
            let last = if is_last { last.take() } else { None };
            receiver = self.field(dot, &receiver, name, arguments, last)?;
        }
        Ok(receiver)
    }

    fn field(
        &mut self,
        dot: &Value,
        receiver: &Value,
        name: &Text,
        arguments: &[Operand],
        last: Option<Value>,
    ) -> Run<Value> {
        self.meter().work(1)?;
        match receiver {
            Value::Invalid => return Ok(Value::Invalid),
            Value::Nil => return Err(Reason::FieldOfNil.into()),
            _ => {}
        }
        if let Some(method) = methods::find(receiver, name.bytes()) {
            let count = arguments.len() + usize::from(last.is_some());
            if count != method.params.len() {
                return Err(Reason::ArgumentCount.into());
            }
            let mut values = vec![receiver.clone()];
            for (operand, ty) in arguments.iter().zip(method.params) {
                values.push(self.argument(dot, *ty, operand)?);
            }
            if let (Some(last), Some(ty)) = (last, method.params.last()) {
                values.push(super::argument::assignable(last, *ty)?);
            }
            return Ok((method.run)(self.env, &Args::new(values))?);
        }
        let has_arguments = !arguments.is_empty() || last.is_some();
        let found = match receiver {
            Value::Dict(_) if has_arguments => return Err(Reason::NotAFunction.into()),
            Value::Dict(dict) => return Ok(dict.get(name.bytes()).unwrap_or(Value::Invalid)),
            Value::Certificate(certificate) => certificate.field(name.bytes()),
            _ => None,
        };
        match found {
            Some(_) if has_arguments => Err(Reason::NotAFunction.into()),
            Some(text) => Ok(Value::Text(text.clone())),
            None => Err(Reason::NoSuchField.into()),
        }
    }
}
