//! What stands inside an action.

use super::lex::{Token, TokenKind};
use super::literal;
use super::tree::{Command, Operand, Pipe, Term};
use super::{Parsed, Parser, fail};
use crate::go::quote::unquote;
use crate::reason::Reason;
use crate::text::Text;

/// What an operand takes in memory, roughly.
const OPERAND_SIZE: usize = 96;

impl<'s> Parser<'s, '_, '_> {
    /// A pipeline up to `end`, which is passed.
    pub(super) fn pipeline(&mut self, end: TokenKind, range: bool) -> Parsed<Pipe> {
        let mut pipe = Pipe { variables: Vec::new(), assigns: false, commands: Vec::new() };
        self.declarations(&mut pipe, range)?;
        loop {
            let token = self.next_non_space()?;
            if token.kind == end {
                break;
            }
            if !begins_operand(token.kind) {
                return fail(token.at, Reason::UnexpectedToken);
            }
            self.back(token);
            pipe.commands.push(self.command()?);
        }
        if pipe.commands.is_empty() {
            return fail(self.at, Reason::MissingValue);
        }
        for later in &pipe.commands[1..] {
            let constant =
                matches!(later.operand.term, Term::Bool(_) | Term::Dot | Term::Nil | Term::Number(_) | Term::Text(_));
            if constant {
                return fail(later.operand.at, Reason::NonExecutable);
            }
        }
        Ok(pipe)
    }

    /// `$x :=`, `$x =` and, in a range, `$i, $x :=`.
    fn declarations(&mut self, pipe: &mut Pipe, range: bool) -> Parsed<()> {
        loop {
            let variable = self.peek_non_space()?;
            if variable.kind != TokenKind::Variable {
                return Ok(());
            }
            self.next()?;
            let after = self.peek()?;
            let next = self.next_non_space()?;
            match next.kind {
                TokenKind::Assign | TokenKind::Declare => {
                    pipe.assigns = next.kind == TokenKind::Assign;
                    self.declare(pipe, variable)?;
                    return Ok(());
                }
                TokenKind::Sign if next.text == "," => {
                    self.declare(pipe, variable)?;
                    if !range || pipe.variables.len() > 1 {
                        return fail(next.at, Reason::TooManyDeclarations);
                    }
                    let following = self.peek_non_space()?;
                    let continues =
                        matches!(following.kind, TokenKind::Variable | TokenKind::RightDelim | TokenKind::RightParen);
                    if !continues {
                        return fail(following.at, Reason::UnexpectedToken);
                    }
                }
                _ => {
                    // An argument after all. The space after it separates it from the next.
                    self.back(next);
                    if after.kind == TokenKind::Space {
                        self.back(after);
                    }
                    self.back(variable);
                    return Ok(());
                }
            }
        }
    }

    fn declare(&mut self, pipe: &mut Pipe, variable: Token<'s>) -> Parsed<()> {
        let name = self.text(variable.text.as_bytes())?;
        self.scope.declare(name.clone());
        pipe.variables.push(name);
        Ok(())
    }

    /// Operands up to `|` or the end of the pipeline.
    fn command(&mut self) -> Parsed<Command> {
        let mut operands = Vec::new();
        loop {
            self.peek_non_space()?;
            if let Some(operand) = self.operand()? {
                operands.push(operand);
            }
            let token = self.next()?;
            match token.kind {
                TokenKind::Space => {}
                TokenKind::RightDelim | TokenKind::RightParen => {
                    self.back(token);
                    break;
                }
                TokenKind::Pipe => break,
                _ => return fail(token.at, Reason::UnexpectedToken),
            }
        }
        if operands.is_empty() {
            return fail(self.at, Reason::MissingValue);
        }
        let arguments = operands.split_off(1);
        let operand = operands.pop().ok_or(Reason::Internal)?;
        Ok(Command { operand, arguments })
    }

    /// A term and the fields after it.
    fn operand(&mut self) -> Parsed<Option<Operand>> {
        self.meter.take(OPERAND_SIZE)?;
        let Some(Operand { at, term }) = self.term()? else { return Ok(None) };
        let mut fields = Vec::new();
        while self.peek()?.kind == TokenKind::Field {
            let token = self.next()?;
            fields.push(self.text(&token.text.as_bytes()[1..])?);
        }
        if fields.is_empty() {
            return Ok(Some(Operand { at, term }));
        }
        let term = match term {
            Term::Field(mut names) => {
                names.extend(fields);
                Term::Field(names)
            }
            Term::Variable(name, mut names) => {
                names.extend(fields);
                Term::Variable(name, names)
            }
            Term::Bool(_) | Term::Text(_) | Term::Number(_) | Term::Nil | Term::Dot => {
                return fail(at, Reason::FieldOfConstant);
            }
            Term::Function(_) | Term::Pipe(_) | Term::Chain(..) => Term::Chain(Box::new(Operand { at, term }), fields),
        };
        Ok(Some(Operand { at, term }))
    }

    fn term(&mut self) -> Parsed<Option<Operand>> {
        let token = self.next_non_space()?;
        let term = match token.kind {
            TokenKind::Identifier => Term::Function(self.function(token.at, token.text)?),
            TokenKind::Dot => Term::Dot,
            TokenKind::Nil => Term::Nil,
            TokenKind::Variable => {
                if !self.scope.is_declared(token.text.as_bytes()) {
                    return fail(token.at, Reason::UndefinedVariable);
                }
                Term::Variable(self.text(token.text.as_bytes())?, Vec::new())
            }
            TokenKind::Field => Term::Field(vec![self.text(&token.text.as_bytes()[1..])?]),
            TokenKind::Bool => Term::Bool(token.text == "true"),
            TokenKind::Character | TokenKind::Complex | TokenKind::Number => {
                Term::Number(Box::new(literal::number(token.kind, token.text)?))
            }
            TokenKind::LeftParen => {
                let meter = self.meter;
                Term::Pipe(Box::new(meter.nested(|| self.pipeline(TokenKind::RightParen, false))?))
            }
            TokenKind::Quoted => Term::Text(self.quoted(token)?),
            _ => {
                self.back(token);
                return Ok(None);
            }
        };
        Ok(Some(Operand { at: token.at, term }))
    }

    fn quoted(&self, token: Token<'s>) -> Parsed<Text> {
        Ok(unquote(self.meter, token.text)?)
    }
}

fn begins_operand(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Bool
            | TokenKind::Character
            | TokenKind::Complex
            | TokenKind::Dot
            | TokenKind::Field
            | TokenKind::Identifier
            | TokenKind::Number
            | TokenKind::Nil
            | TokenKind::Quoted
            | TokenKind::Variable
            | TokenKind::LeftParen
    )
}
