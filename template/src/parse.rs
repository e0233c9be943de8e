//! From source to tree.

pub(crate) mod control;
pub(crate) mod lex;
pub(crate) mod literal;
pub(crate) mod pipeline;
pub(crate) mod tree;

use std::collections::{BTreeMap, HashMap};

use crate::funcs::{self, Func};
use crate::limits::Meter;
use crate::reason::Reason;
use crate::text::Text;
use lex::{Lexer, Token, TokenKind};
use tree::{Node, Templates};

/// Where in the source parsing ended, and why.
#[derive(Debug, PartialEq)]
pub(crate) struct SyntaxError {
    pub(crate) at: usize,
    pub(crate) reason: Reason,
    /// The function that does not exist.
    pub(crate) function: Option<String>,
}

pub(crate) type Parsed<T> = Result<T, SyntaxError>;

/// Without a place; the parser adds the place of the token at hand.
impl From<Reason> for SyntaxError {
    fn from(reason: Reason) -> Self {
        Self { at: usize::MAX, reason, function: None }
    }
}

/// Functions that do not exist, with their places.
pub(crate) type Unknown = Vec<(usize, String)>;

/// Parses a template by the name of `name`, and all that it defines. A function that does not exist ends that, as it
/// does in Go, unless there is a place to collect such functions.
pub(crate) fn parse(meter: &Meter, name: &str, source: &str, unknown: Option<&mut Unknown>) -> Parsed<Templates> {
    if source.len() > meter.limits().source {
        return fail(0, Reason::SourceTooLong);
    }
    let mut parser = Parser {
        meter,
        lexer: Lexer::new(source),
        pending: Vec::new(),
        at: 0,
        scope: Scope::default(),
        templates: BTreeMap::new(),
        unknown,
    };
    let result = parser.top_level().and_then(|root| {
        let name = Text::new(meter, name.as_bytes())?;
        parser.define(name, root)
    });
    match result {
        Ok(()) => Ok(parser.templates),
        Err(error) if error.at == usize::MAX => Err(SyntaxError { at: parser.at, ..error }),
        Err(error) => Err(error),
    }
}

/// What belongs to one template: its variables and the loops around the place at hand.
#[derive(Default)]
struct Scope {
    variables: Vec<Text>,
    /// How often each variable is declared at present.
    declared: HashMap<Vec<u8>, usize>,
    ranges: usize,
}

impl Scope {
    fn declare(&mut self, name: Text) {
        *self.declared.entry(name.bytes().to_vec()).or_default() += 1;
        self.variables.push(name);
    }

    fn is_declared(&self, name: &[u8]) -> bool {
        name == b"$" || self.declared.contains_key(name)
    }

    fn forget_down_to(&mut self, length: usize) {
        for name in self.variables.drain(length..) {
            if let Some(count) = self.declared.get_mut(name.bytes()) {
                *count -= 1;
                if *count == 0 {
                    self.declared.remove(name.bytes());
                }
            }
        }
    }
}

struct Parser<'s, 'm, 'u> {
    meter: &'m Meter,
    lexer: Lexer<'s>,
    /// Tokens that were looked at and put back, the next one last.
    pending: Vec<Token<'s>>,
    /// The place of the last token.
    at: usize,
    scope: Scope,
    templates: Templates,
    unknown: Option<&'u mut Unknown>,
}

impl<'s> Parser<'s, '_, '_> {
    fn next(&mut self) -> Parsed<Token<'s>> {
        self.meter.work(1)?;
        let token = match self.pending.pop() {
            Some(token) => token,
            None => self.lexer.next_token()?,
        };
        self.at = token.at;
        Ok(token)
    }

    fn back(&mut self, token: Token<'s>) {
        self.pending.push(token);
    }

    fn peek(&mut self) -> Parsed<Token<'s>> {
        let token = self.next()?;
        self.back(token);
        Ok(token)
    }

    fn next_non_space(&mut self) -> Parsed<Token<'s>> {
        loop {
            let token = self.next()?;
            if token.kind != TokenKind::Space {
                return Ok(token);
            }
        }
    }

    fn peek_non_space(&mut self) -> Parsed<Token<'s>> {
        let token = self.next_non_space()?;
        self.back(token);
        Ok(token)
    }

    fn expect(&mut self, kind: TokenKind) -> Parsed<Token<'s>> {
        let token = self.next_non_space()?;
        if token.kind == kind { Ok(token) } else { fail(token.at, Reason::UnexpectedToken) }
    }

    fn text(&self, bytes: &[u8]) -> Parsed<Text> {
        Ok(Text::new(self.meter, bytes)?)
    }

    /// The function of that name. Where unknown ones are collected, one stands for it that is never called.
    fn function(&mut self, at: usize, name: &str) -> Parsed<&'static Func> {
        if let Some(function) = funcs::find(name) {
            return Ok(function);
        }
        if let Some(unknown) = &mut self.unknown {
            unknown.push((at, name.to_owned()));
            return Ok(&funcs::UNKNOWN);
        }
        Err(SyntaxError { at, reason: Reason::UndefinedFunction, function: Some(name.to_owned()) })
    }

    /// Files a template under its name. One that is empty replaces nothing.
    fn define(&mut self, name: Text, body: Vec<Node>) -> Parsed<()> {
        match self.templates.get(&name) {
            Some(existing) if !tree::is_empty(existing) => {
                if tree::is_empty(&body) {
                    Ok(())
                } else {
                    Err(Reason::MultipleDefinition.into())
                }
            }
            _ => {
                self.templates.insert(name, body);
                Ok(())
            }
        }
    }
}

fn fail<T>(at: usize, reason: Reason) -> Parsed<T> {
    Err(SyntaxError { at, reason, function: None })
}
