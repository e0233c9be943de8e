//! From source to tokens.

use super::{Parsed, SyntaxError};
use crate::go::chars;
use crate::reason::Reason;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Text,
    LeftDelim,
    RightDelim,
    Space,
    Assign,
    Declare,
    Pipe,
    LeftParen,
    RightParen,
    /// Any other sign.
    Sign,
    Bool,
    Character,
    Complex,
    Number,
    Quoted,
    Field,
    Variable,
    Identifier,
    Dot,
    Nil,
    Block,
    Break,
    Continue,
    Define,
    Else,
    End,
    If,
    Range,
    Template,
    With,
    Eof,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Token<'s> {
    pub(crate) kind: TokenKind,
    pub(crate) at: usize,
    pub(crate) text: &'s str,
}

pub(crate) struct Lexer<'s> {
    source: &'s str,
    /// Where the next token begins.
    at: usize,
    inside: bool,
    parens: usize,
}

/// What Go's templates call space.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

fn is_alphanumeric(c: char) -> bool {
    c == '_' || chars::is_letter(c) || chars::is_digit(c)
}

/// Whether an action begins with `- `.
fn trims_left(after_delimiter: &str) -> bool {
    matches!(after_delimiter.as_bytes(), [b'-', b' ' | b'\t' | b'\r' | b'\n', ..])
}

/// Whether `text` begins with ` -}}`.
fn is_trimming_end(text: &str) -> bool {
    text.starts_with(is_space) && text[1..].starts_with("-}}")
}

impl<'s> Lexer<'s> {
    pub(crate) fn new(source: &'s str) -> Self {
        Self { source, at: 0, inside: false, parens: 0 }
    }

    pub(crate) fn next_token(&mut self) -> Parsed<Token<'s>> {
        if self.inside { self.action() } else { self.outside() }
    }

    fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    /// A token of `length` bytes, which is passed.
    fn token(&mut self, kind: TokenKind, length: usize) -> Token<'s> {
        let token = Token { kind, at: self.at, text: &self.source[self.at..self.at + length] };
        self.at += length;
        token
    }

    fn fail<T>(&self, reason: Reason) -> Parsed<T> {
        Err(SyntaxError { at: self.at, reason, function: None })
    }

    /// Text up to the next action; comments are skipped.
    fn outside(&mut self) -> Parsed<Token<'s>> {
        loop {
            let Some(length) = self.rest().find("{{") else {
                let length = self.rest().len();
                return Ok(self.token(if length > 0 { TokenKind::Text } else { TokenKind::Eof }, length));
            };
            let (text, action) = self.rest().split_at(length);
            let trimmed = trims_left(&action[2..]);
            let kept = if trimmed { text.trim_end_matches(is_space) } else { text };
            if !kept.is_empty() {
                let token = self.token(TokenKind::Text, kept.len());
                self.at += length - kept.len();
                return Ok(token);
            }
            self.at += length;
            let marker = if trimmed { 2 } else { 0 };
            if action[2 + marker..].starts_with("/*") {
                self.comment(2 + marker)?;
                continue;
            }
            let token = self.token(TokenKind::LeftDelim, 2);
            self.at += marker;
            self.inside = true;
            self.parens = 0;
            return Ok(token);
        }
    }

    /// Passes the comment that begins `offset` bytes from here.
    fn comment(&mut self, offset: usize) -> Parsed<()> {
        let comment = &self.rest()[offset..];
        let Some(length) = comment[2..].find("*/") else { return self.fail(Reason::UnclosedComment) };
        let after = &comment[length + 4..];
        let after = if is_trimming_end(after) {
            after[4..].trim_start_matches(is_space)
        } else if let Some(after) = after.strip_prefix("}}") {
            after
        } else {
            return self.fail(Reason::CommentBeforeDelimiter);
        };
        self.at = self.source.len() - after.len();
        Ok(())
    }

    fn right_delimiter(&mut self) -> Token<'s> {
        let trims = is_trimming_end(self.rest());
        if trims {
            self.at += 2;
        }
        let token = self.token(TokenKind::RightDelim, 2);
        if trims {
            self.at = self.source.len() - self.rest().trim_start_matches(is_space).len();
        }
        self.inside = false;
        token
    }

    fn action(&mut self) -> Parsed<Token<'s>> {
        let rest = self.rest();
        if rest.starts_with("}}") || is_trimming_end(rest) {
            return if self.parens == 0 { Ok(self.right_delimiter()) } else { self.fail(Reason::UnclosedParen) };
        }
        let mut characters = rest.chars();
        let Some(first) = characters.next() else { return self.fail(Reason::UnclosedAction) };
        let second = characters.next();
        Ok(match first {
            _ if is_space(first) => self.space(),
            '=' => self.token(TokenKind::Assign, 1),
            ':' if second == Some('=') => self.token(TokenKind::Declare, 2),
            ':' => return self.fail(Reason::ExpectedDeclaration),
            '|' => self.token(TokenKind::Pipe, 1),
            '"' => return self.quoted('"', TokenKind::Quoted, Reason::UnterminatedString),
            '\'' => return self.quoted('\'', TokenKind::Character, Reason::UnterminatedCharacter),
            '`' => match rest[1..].find('`') {
                Some(length) => self.token(TokenKind::Quoted, length + 2),
                None => return self.fail(Reason::UnterminatedString),
            },
            '$' => return self.word(TokenKind::Variable),
            '.' if !second.is_some_and(|c| c.is_ascii_digit()) => return self.word(TokenKind::Field),
            '.' | '+' | '-' | '0'..='9' => return self.number(),
            _ if is_alphanumeric(first) => return self.word(TokenKind::Identifier),
            '(' => {
                self.parens += 1;
                self.token(TokenKind::LeftParen, 1)
            }
            ')' => {
                let Some(parens) = self.parens.checked_sub(1) else { return self.fail(Reason::UnexpectedParen) };
                self.parens = parens;
                self.token(TokenKind::RightParen, 1)
            }
            ' '..='~' => self.token(TokenKind::Sign, 1),
            _ => return self.fail(Reason::BadCharacter),
        })
    }

    /// A run of spaces; the last one may belong to ` -}}`.
    fn space(&mut self) -> Token<'s> {
        let rest = self.rest();
        let length = rest.len() - rest.trim_start_matches(is_space).len();
        if is_trimming_end(&rest[length - 1..]) {
            if length == 1 {
                return self.right_delimiter();
            }
            return self.token(TokenKind::Space, length - 1);
        }
        self.token(TokenKind::Space, length)
    }

    fn quoted(&mut self, quote: char, kind: TokenKind, unterminated: Reason) -> Parsed<Token<'s>> {
        let mut characters = self.rest().char_indices().skip(1);
        while let Some((at, c)) = characters.next() {
            if c == quote {
                return Ok(self.token(kind, at + 1));
            }
            let ends = c == '\n' || (c == '\\' && characters.next().is_none_or(|(_, c)| c == '\n'));
            if ends {
                break;
            }
        }
        self.fail(unterminated)
    }

    /// A field, a variable, or a word: one leading character and then letters, digits and underscores.
    fn word(&mut self, kind: TokenKind) -> Parsed<Token<'s>> {
        let rest = self.rest();
        // `.` and `$` are one byte long; an identifier begins with its first letter.
        let mark = usize::from(kind != TokenKind::Identifier);
        let name = &rest[mark..];
        let length = mark + name.find(|c| !is_alphanumeric(c)).unwrap_or(name.len());
        if !at_terminator(&rest[length..]) {
            return self.fail(Reason::BadCharacter);
        }
        let kind = match (kind, &rest[..length]) {
            (TokenKind::Field, ".") => TokenKind::Dot,
            (TokenKind::Identifier, word) => keyword(word),
            _ => kind,
        };
        Ok(self.token(kind, length))
    }

    fn number(&mut self) -> Parsed<Token<'s>> {
        let rest = self.rest();
        let Some(mut length) = number_length(rest) else { return self.fail(Reason::BadNumber) };
        if rest[length..].starts_with(['+', '-']) {
            // Complex: 1+2i. No spaces, must end in 'i'.
            let Some(imaginary) = number_length(&rest[length..]) else { return self.fail(Reason::BadNumber) };
            length += imaginary;
            if !rest[..length].ends_with('i') {
                return self.fail(Reason::BadNumber);
            }
            return Ok(self.token(TokenKind::Complex, length));
        }
        Ok(self.token(TokenKind::Number, length))
    }
}

/// Whether a word may end here.
fn at_terminator(rest: &str) -> bool {
    rest.is_empty()
        || rest.starts_with(|c| is_space(c) || matches!(c, '.' | ',' | '|' | ':' | ')' | '('))
        || rest.starts_with("}}")
}

/// How long the number at the start is. Generous: what is wrong with it shows when it is read.
fn number_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let accept = |at: &mut usize, set: &[u8]| {
        let found = bytes.get(*at).is_some_and(|byte| set.contains(byte));
        *at += usize::from(found);
        found
    };
    let run = |at: &mut usize, set: &[u8]| while accept(at, set) {};
    accept(&mut at, b"+-");
    let mut digits: &[u8] = b"0123456789_";
    let mut exponent: &[u8] = b"eE";
    if accept(&mut at, b"0") {
        if accept(&mut at, b"xX") {
            (digits, exponent) = (b"0123456789abcdefABCDEF_", b"pP");
        } else if accept(&mut at, b"oO") {
            (digits, exponent) = (b"01234567_", b"");
        } else if accept(&mut at, b"bB") {
            (digits, exponent) = (b"01_", b"");
        }
    }
    run(&mut at, digits);
    if accept(&mut at, b".") {
        run(&mut at, digits);
    }
    if accept(&mut at, exponent) {
        accept(&mut at, b"+-");
        run(&mut at, b"0123456789_");
    }
    accept(&mut at, b"i");
    (!text[at..].starts_with(is_alphanumeric)).then_some(at)
}

fn keyword(word: &str) -> TokenKind {
    match word {
        "true" | "false" => TokenKind::Bool,
        "nil" => TokenKind::Nil,
        "block" => TokenKind::Block,
        "break" => TokenKind::Break,
        "continue" => TokenKind::Continue,
        "define" => TokenKind::Define,
        "else" => TokenKind::Else,
        "end" => TokenKind::End,
        "if" => TokenKind::If,
        "range" => TokenKind::Range,
        "template" => TokenKind::Template,
        "with" => TokenKind::With,
        _ => TokenKind::Identifier,
    }
}
