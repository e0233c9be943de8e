//! From an expression to a program.

use super::parse::{Assertion, Node};
use super::set::Set;
use crate::limits::Meter;
use crate::reason::{Reason, Res};

/// An instruction, with the index of the next one.
#[derive(Debug)]
pub(super) enum Inst {
    Set(Set, usize),
    Assertion(Assertion, usize),
    /// Notes the place in a slot.
    Save(usize, usize),
    /// Tries the first, then the second.
    Split(usize, usize),
    Match,
}

/// A compiled expression.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) code: Vec<Inst>,
    pub(super) start: usize,
    /// Whether it can only match at the beginning of the text.
    pub(super) anchored: bool,
}

/// The most instructions of a program.
const MAX_SIZE: usize = 20_000;

pub(super) fn compile(meter: &Meter, node: &Node) -> Res<Program> {
    let mut compiler = Compiler { meter, code: Vec::new() };
    let end = compiler.push(Inst::Match)?;
    let close = compiler.push(Inst::Save(1, end))?;
    let body = compiler.node(node, close)?;
    let start = compiler.push(Inst::Save(0, body))?;
    let anchored = begins_with_text(node);
    Ok(Program { code: compiler.code, start, anchored })
}

fn begins_with_text(node: &Node) -> bool {
    match node {
        Node::Assertion(Assertion::BeginText) => true,
        Node::Concat(nodes) => nodes.first().is_some_and(begins_with_text),
        Node::Group(_, node) => begins_with_text(node),
        _ => false,
    }
}

/// Whether the expression can match the empty string, as far as that shows from its parts.
fn is_nullable(node: &Node) -> bool {
    match node {
        Node::Empty | Node::Assertion(_) => true,
        Node::Set(_) => false,
        Node::Group(_, node) => is_nullable(node),
        Node::Concat(nodes) => nodes.iter().all(is_nullable),
        Node::Alternate(nodes) => nodes.iter().any(is_nullable),
        Node::Repeat { node, min, .. } => *min == 0 || is_nullable(node),
    }
}

struct Compiler<'m> {
    meter: &'m Meter,
    code: Vec<Inst>,
}

impl Compiler<'_> {
    fn push(&mut self, inst: Inst) -> Res<usize> {
        if self.code.len() >= MAX_SIZE {
            return Err(Reason::RegexTooLarge);
        }
        let ranges = if let Inst::Set(set, _) = &inst { set.ranges().len() } else { 0 };
        self.meter.take(size_of::<Inst>() + 8 * ranges)?;
        self.code.push(inst);
        Ok(self.code.len() - 1)
    }

    /// Code that matches `node` and goes on at `next`; its entry.
    fn node(&mut self, node: &Node, next: usize) -> Res<usize> {
        match node {
            Node::Empty => Ok(next),
            Node::Set(set) => self.push(Inst::Set(set.clone(), next)),
            Node::Assertion(assertion) => self.push(Inst::Assertion(*assertion, next)),
            Node::Group(index, node) => {
                let close = self.push(Inst::Save(2 * index + 1, next))?;
                let body = self.node(node, close)?;
                self.push(Inst::Save(2 * index, body))
            }
            Node::Concat(nodes) => nodes.iter().rev().try_fold(next, |next, node| self.node(node, next)),
            Node::Alternate(nodes) => {
                let mut entries = Vec::with_capacity(nodes.len());
                for node in nodes {
                    entries.push(self.node(node, next)?);
                }
                let last = entries.pop().ok_or(Reason::Internal)?;
                entries.into_iter().rev().try_fold(last, |second, first| self.push(Inst::Split(first, second)))
            }
            Node::Repeat { node, min, max, greedy } => self.repeat(node, *min, *max, *greedy, next),
        }
    }

    fn repeat(&mut self, node: &Node, min: u32, max: Option<u32>, greedy: bool, next: usize) -> Res<usize> {
        let mut entry = next;
        let copies = match max {
            Some(max) => {
                // `x{2,5}` is `xx(x(x(x)?)?)?`, of which each `?` leads to what follows all.
                for _ in min..max {
                    let body = self.node(node, entry)?;
                    entry = self.split(body, next, greedy)?;
                }
                min
            }
            None if min == 0 && !is_nullable(node) => {
                entry = self.cycle(node, next, greedy)?.0;
                0
            }
            None => {
                // `x{3,}` is `xxx+`. What can be empty is repeated as `(x+)?`, which keeps the order of preference.
                let body = self.cycle(node, next, greedy)?.1;
                entry = if min == 0 { self.split(body, next, greedy)? } else { body };
                min.saturating_sub(1)
            }
        };
        for _ in 0..copies {
            entry = self.node(node, entry)?;
        }
        Ok(entry)
    }

    fn split(&mut self, body: usize, next: usize, greedy: bool) -> Res<usize> {
        self.push(if greedy { Inst::Split(body, next) } else { Inst::Split(next, body) })
    }

    /// A loop around `node`: where it decides to go on, and where its body begins.
    fn cycle(&mut self, node: &Node, next: usize, greedy: bool) -> Res<(usize, usize)> {
        let decision = self.split(next, next, greedy)?;
        let body = self.node(node, decision)?;
        self.code[decision] = if greedy { Inst::Split(body, next) } else { Inst::Split(next, body) };
        Ok((decision, body))
    }
}
