//! The tree of a template.

use std::collections::BTreeMap;

use crate::funcs::Func;
use crate::text::Text;

/// All templates of one source by name.
pub(crate) type Templates = BTreeMap<Text, Vec<Node>>;

/// A piece of a template.
pub(crate) enum Node {
    Text(Text),
    Action(Pipe),
    If(Box<Branch>),
    With(Box<Branch>),
    Range(Box<Branch>),
    Template(Box<Call>),
    Break,
    Continue,
}

/// A block with a condition.
pub(crate) struct Branch {
    pub(crate) at: usize,
    pub(crate) pipe: Pipe,
    pub(crate) body: Vec<Node>,
    pub(crate) otherwise: Option<Vec<Node>>,
}

/// `{{template "name" pipeline}}`
pub(crate) struct Call {
    pub(crate) at: usize,
    pub(crate) name: Text,
    pub(crate) pipe: Option<Pipe>,
}

/// Commands, each of which passes its value to the next, and the variables that take the last value.
pub(crate) struct Pipe {
    pub(crate) variables: Vec<Text>,
    /// `=` rather than `:=`.
    pub(crate) assigns: bool,
    pub(crate) commands: Vec<Command>,
}

/// An operand and its arguments.
pub(crate) struct Command {
    pub(crate) operand: Operand,
    pub(crate) arguments: Vec<Operand>,
}

/// A term with its place.
pub(crate) struct Operand {
    pub(crate) at: usize,
    pub(crate) term: Term,
}

pub(crate) enum Term {
    Dot,
    Nil,
    Bool(bool),
    Number(Box<Number>),
    Text(Text),
    /// `.a.b`
    Field(Vec<Text>),
    /// `$x.a.b`
    Variable(Text, Vec<Text>),
    Function(&'static Func),
    Pipe(Box<Pipe>),
    /// `(pipeline).a.b` or `function.a.b`
    Chain(Box<Operand>, Vec<Text>),
}

/// A constant under all the types that can hold it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Number {
    pub(crate) int: Option<i64>,
    pub(crate) uint: Option<u64>,
    pub(crate) float: Option<f64>,
    pub(crate) complex: Option<(f64, f64)>,
    /// What it is where nothing says which type is wanted.
    pub(crate) looks_like_float: bool,
}

/// Whether there is nothing but white space and definitions.
pub(crate) fn is_empty(nodes: &[Node]) -> bool {
    nodes.iter().all(|node| match node {
        Node::Text(text) => crate::go::utf8::runes(text.bytes()).all(|(_, rune)| crate::go::chars::is_space(rune)),
        _ => false,
    })
}
