//! Running a template.

mod argument;
mod call;
mod field;
mod range;

use crate::env::Env;
use crate::fmt::print;
use crate::limits::Meter;
use crate::parse::tree::{Call, Command, Node, Operand, Pipe, Templates, Term};
use crate::reason::{Reason, Res};
use crate::text::{Buf, Text};
use crate::value::Value;

/// Where in the source the render ended, in which function, and why.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) at: usize,
    pub(crate) function: Option<&'static str>,
    pub(crate) reason: Reason,
}

/// Boxed, so that the many results of nested evaluation stay small on the stack.
pub(crate) type Run<T> = Result<T, Box<Fault>>;

/// Without a place; whoever evaluates an operand adds its place.
impl From<Reason> for Box<Fault> {
    fn from(reason: Reason) -> Self {
        Box::new(Fault { at: usize::MAX, function: None, reason })
    }
}

/// Adds the place to a failure that has none.
fn located<T>(at: usize, result: Run<T>) -> Run<T> {
    result.map_err(|mut fault| {
        if fault.at == usize::MAX {
            fault.at = at;
        }
        fault
    })
}

/// Runs the template `name` of `templates` on `data`.
pub(crate) fn run<'m>(env: &Env<'m>, templates: &Templates, name: &Text, data: &Value) -> Run<Buf<'m>> {
    let body = templates.get(name).ok_or(Reason::UndefinedTemplate)?;
    let mut state = State {
        env,
        templates,
        out: env.buf(),
        variables: vec![Variable { name: env.copy(b"$")?, value: data.clone() }],
        floor: 0,
    };
    state.walk_list(data, body)?;
    Ok(state.out)
}

struct Variable {
    name: Text,
    value: Value,
}

/// Whether a loop goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    Next,
    Break,
    Continue,
}

struct State<'a, 'm> {
    env: &'a Env<'m>,
    templates: &'a Templates,
    out: Buf<'m>,
    /// The variables of all templates on the way here, the innermost last.
    variables: Vec<Variable>,
    /// Where the variables of the template at hand begin. It sees no others.
    floor: usize,
}

impl<'m> State<'_, 'm> {
    fn meter(&self) -> &'m Meter {
        self.env.meter
    }

    fn walk_list(&mut self, dot: &Value, nodes: &[Node]) -> Run<Flow> {
        self.meter().nested(|| {
            for node in nodes {
                let flow = self.walk(dot, node)?;
                if flow != Flow::Next {
                    return Ok(flow);
                }
            }
            Ok(Flow::Next)
        })
    }

    fn walk(&mut self, dot: &Value, node: &Node) -> Run<Flow> {
        self.meter().work(1)?;
        match node {
            Node::Text(text) => self.write(text.bytes())?,
            Node::Action(pipe) => {
                let value = self.pipeline(dot, pipe)?;
                if pipe.variables.is_empty() {
                    let at = pipe.commands.first().map_or(usize::MAX, |command| command.operand.at);
                    located(at, self.print(&value))?;
                }
            }
            Node::If(branch) => {
                let mark = self.variables.len();
                let truth = self.pipeline(dot, &branch.pipe)?.truth();
                let body = if truth { Some(&branch.body) } else { branch.otherwise.as_ref() };
                let flow = body.map_or(Ok(Flow::Next), |body| self.walk_list(dot, body))?;
                self.variables.truncate(mark);
                return Ok(flow);
            }
            Node::With(branch) => {
                let mark = self.variables.len();
                let value = self.pipeline(dot, &branch.pipe)?;
                let flow = if value.truth() {
                    self.walk_list(&value, &branch.body)?
                } else {
                    branch.otherwise.as_ref().map_or(Ok(Flow::Next), |body| self.walk_list(dot, body))?
                };
                self.variables.truncate(mark);
                return Ok(flow);
            }
            Node::Range(branch) => return located(branch.at, self.range(dot, branch)),
            Node::Template(call) => located(call.at, self.call_template(dot, call))?,
            Node::Break => return Ok(Flow::Break),
            Node::Continue => return Ok(Flow::Continue),
        }
        Ok(Flow::Next)
    }

    fn write(&mut self, bytes: &[u8]) -> Res<()> {
        if self.out.len().saturating_add(bytes.len()) > self.meter().limits().output {
            return Err(Reason::OutputTooLong);
        }
        self.out.push(bytes)
    }

    fn print(&mut self, value: &Value) -> Run<()> {
        match value {
            Value::Text(text) => self.write(text.bytes())?,
            Value::Invalid | Value::Nil => self.write(b"<no value>")?,
            _ => {
                let printed = print::sprint(self.env, std::slice::from_ref(value))?;
                self.write(printed.bytes())?;
            }
        }
        Ok(())
    }

    fn call_template(&mut self, dot: &Value, call: &Call) -> Run<()> {
        let templates = self.templates;
        let body = templates.get(&call.name).ok_or(Reason::UndefinedTemplate)?;
        let dot = match &call.pipe {
            Some(pipe) => self.pipeline(dot, pipe)?,
            None => Value::Invalid,
        };
        let (mark, floor) = (self.variables.len(), self.floor);
        self.push(self.env.copy(b"$")?, dot.clone())?;
        self.floor = mark;
        self.walk_list(&dot, body)?;
        self.floor = floor;
        self.variables.truncate(mark);
        Ok(())
    }

    fn push(&mut self, name: Text, value: Value) -> Res<()> {
        self.meter().take(size_of::<Variable>())?;
        self.variables.push(Variable { name, value });
        Ok(())
    }

    /// The innermost variable of that name.
    fn variable(&mut self, name: &Text) -> Res<&mut Variable> {
        let meter = self.env.meter;
        for (passed, variable) in self.variables[self.floor..].iter_mut().rev().enumerate() {
            if variable.name == *name {
                meter.work(passed / 8)?;
                return Ok(variable);
            }
        }
        Err(Reason::UndefinedVariable)
    }

    fn pipeline(&mut self, dot: &Value, pipe: &Pipe) -> Run<Value> {
        let mut value = None;
        for command in &pipe.commands {
            // An interface that holds nil is no value from here on.
            value = match self.command(dot, command, value)? {
                Value::Nil => Some(Value::Invalid),
                value => Some(value),
            };
        }
        let value = value.ok_or(Reason::Internal)?;
        for name in &pipe.variables {
            if pipe.assigns {
                self.variable(name)?.value = value.clone();
            } else {
                self.push(name.clone(), value.clone())?;
            }
        }
        Ok(value)
    }

    fn command(&mut self, dot: &Value, command: &Command, last: Option<Value>) -> Run<Value> {
        self.meter().work(1)?;
        let Operand { at, term } = &command.operand;
        let arguments = &command.arguments;
        let result = match term {
            Term::Field(names) => self.fields(dot, dot.clone(), names, arguments, last),
            Term::Chain(inner, names) => self.chain(dot, inner, names, arguments, last),
            Term::Function(function) => self.call(dot, function, arguments, last),
            Term::Variable(name, names) => self.variable_fields(dot, name, names, arguments, last),
            _ if !arguments.is_empty() || last.is_some() => Err(Reason::NotAFunction.into()),
            Term::Pipe(pipe) => {
                let meter = self.meter();
                meter.nested(|| self.pipeline(dot, pipe))
            }
            Term::Dot => Ok(dot.clone()),
            Term::Nil => Err(Reason::NilCommand.into()),
            Term::Bool(value) => Ok(Value::Bool(*value)),
            Term::Text(text) => Ok(Value::Text(text.clone())),
            Term::Number(number) => argument::ideal(number).map_err(Into::into),
        };
        located(*at, result)
    }

    fn variable_fields(
        &mut self,
        dot: &Value,
        name: &Text,
        names: &[Text],
        arguments: &[Operand],
        last: Option<Value>,
    ) -> Run<Value> {
        let value = self.variable(name)?.value.clone();
        if names.is_empty() {
            if !arguments.is_empty() || last.is_some() {
                return Err(Reason::NotAFunction.into());
            }
            return Ok(value);
        }
        self.fields(dot, value, names, arguments, last)
    }

    /// `(pipeline).a.b` and `function.a.b`
    fn chain(
        &mut self,
        dot: &Value,
        inner: &Operand,
        names: &[Text],
        arguments: &[Operand],
        last: Option<Value>,
    ) -> Run<Value> {
        let meter = self.meter();
        let receiver = match &inner.term {
            Term::Pipe(pipe) => meter.nested(|| self.pipeline(dot, pipe))?,
            Term::Function(function) => self.call(dot, function, &[], None)?,
            _ => return Err(Reason::Internal.into()),
        };
        self.fields(dot, receiver, names, arguments, last)
    }
}
