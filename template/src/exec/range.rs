//! Loops.

use super::{Flow, Run, State};
use crate::parse::tree::Branch;
use crate::reason::{Reason, Res};
use crate::value::{IntKind, Value};

impl State<'_, '_> {
    pub(super) fn range(&mut self, dot: &Value, branch: &Branch) -> Run<Flow> {
        let mark = self.variables.len();
        let subject = self.pipeline(dot, &branch.pipe)?;
        let looped = self.iterate(branch, &subject)?;
        let flow = match (&branch.otherwise, looped) {
            // A `break` here leaves this loop and none around it, a `continue` goes to the one around it.
            (Some(otherwise), false) => match self.walk_list(dot, otherwise)? {
                Flow::Continue => Flow::Continue,
                Flow::Next | Flow::Break => Flow::Next,
            },
            _ => Flow::Next,
        };
        self.variables.truncate(mark);
        Ok(flow)
    }

    /// Runs the body for each element; false if there was none.
    fn iterate(&mut self, branch: &Branch, subject: &Value) -> Run<bool> {
        let meter = self.meter();
        match subject {
            Value::Int(kind, count) => self.count(branch, *count, |i| Value::Int(*kind, i)),
            Value::Uint(kind, count) => {
                let count = i64::try_from(*count).unwrap_or(i64::MAX);
                self.count(branch, count, |i| Value::Uint(*kind, i.unsigned_abs()))
            }
            Value::List(list) => {
                let mut index = 0;
                // The list may change while it is iterated, as a Go slice may.
                while let Some(value) = list.get(index) {
                    let number = i64::try_from(index).map_err(|_| Reason::Internal)?;
                    if self.iteration(branch, Value::Int(IntKind::Int, number), &value)? == Flow::Break {
                        break;
                    }
                    index += 1;
                }
                Ok(!list.is_empty())
            }
            Value::Dict(dict) => {
                let entries = dict.entries(meter)?;
                let any = !entries.is_empty();
                for (key, value) in entries {
                    if self.iteration(branch, Value::Text(key), &value)? == Flow::Break {
                        break;
                    }
                }
                Ok(any)
            }
            Value::Invalid | Value::Nil => Ok(false),
            _ => Err(Reason::CannotRange.into()),
        }
    }

    fn count(&mut self, branch: &Branch, count: i64, number: impl Fn(i64) -> Value) -> Run<bool> {
        if branch.pipe.variables.len() > 1 {
            return Err(Reason::CannotRange.into());
        }
        for i in 0..count {
            if self.iteration(branch, Value::Invalid, &number(i))? == Flow::Break {
                break;
            }
        }
        Ok(count > 0)
    }

    fn iteration(&mut self, branch: &Branch, index: Value, element: &Value) -> Run<Flow> {
        self.meter().work(2)?;
        self.bind(branch, index, element)?;
        let mark = self.variables.len();
        let flow = self.walk_list(element, &branch.body)?;
        self.variables.truncate(mark);
        Ok(if flow == Flow::Break { Flow::Break } else { Flow::Next })
    }

    /// Sets the loop's variables: the element, or index and element.
    fn bind(&mut self, branch: &Branch, index: Value, element: &Value) -> Res<()> {
        let bound: &[Value] = match branch.pipe.variables.len() {
            0 => &[],
            1 => std::slice::from_ref(element),
            _ => &[index, element.clone()],
        };
        for (name, value) in branch.pipe.variables.iter().zip(bound) {
            self.variable(name)?.value = value.clone();
        }
        Ok(())
    }
}
