//! Text, actions and blocks.

use super::lex::{Token, TokenKind};
use super::tree::{Branch, Call, Node};
use super::{Parsed, Parser, fail};
use crate::go::quote::unquote;
use crate::reason::Reason;
use crate::text::Text;

/// What ended a list of nodes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    End,
    Else,
}

/// A node, or what ends the list that it would stand in.
enum Item {
    Node(Node),
    Ending(Ending),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    If,
    With,
    Range,
}

/// What a node takes in memory, roughly.
const NODE_SIZE: usize = 96;

impl<'s> Parser<'s, '_, '_> {
    /// The whole source: nodes and definitions.
    pub(super) fn top_level(&mut self) -> Parsed<Vec<Node>> {
        let mut nodes = Vec::new();
        loop {
            let token = self.peek()?;
            if token.kind == TokenKind::Eof {
                return Ok(nodes);
            }
            if token.kind == TokenKind::LeftDelim {
                let delimiter = self.next()?;
                let keyword = self.next_non_space()?;
                if keyword.kind == TokenKind::Define {
                    self.definition()?;
                    continue;
                }
                self.back(keyword);
                self.back(delimiter);
            }
            match self.text_or_action()? {
                Item::Node(node) => nodes.push(node),
                Item::Ending(_) => return fail(self.at, Reason::UnexpectedEnd),
            }
        }
    }

    /// The rest of `{{define "name"}} … {{end}}`.
    fn definition(&mut self) -> Parsed<()> {
        let name = self.template_name()?;
        self.expect(TokenKind::RightDelim)?;
        let body = self.separate_body()?;
        self.define(name, body)
    }

    /// A body with variables and loops of its own, up to its `{{end}}`.
    fn separate_body(&mut self) -> Parsed<Vec<Node>> {
        let outer = std::mem::take(&mut self.scope);
        let list = self.list();
        self.scope = outer;
        let (body, ending) = list?;
        if ending == Ending::End { Ok(body) } else { fail(self.at, Reason::UnexpectedEnd) }
    }

    fn template_name(&mut self) -> Parsed<Text> {
        let token = self.next_non_space()?;
        if token.kind == TokenKind::Quoted {
            Ok(unquote(self.meter, token.text)?)
        } else {
            fail(token.at, Reason::UnexpectedToken)
        }
    }

    /// Nodes up to `{{end}}` or `{{else}}`.
    fn list(&mut self) -> Parsed<(Vec<Node>, Ending)> {
        let meter = self.meter;
        meter.nested(|| {
            let mut nodes = Vec::new();
            while self.peek_non_space()?.kind != TokenKind::Eof {
                match self.text_or_action()? {
                    Item::Node(node) => nodes.push(node),
                    Item::Ending(ending) => return Ok((nodes, ending)),
                }
            }
            fail(self.at, Reason::MissingEnd)
        })
    }

    fn text_or_action(&mut self) -> Parsed<Item> {
        self.meter.take(NODE_SIZE)?;
        let token = self.next_non_space()?;
        match token.kind {
            TokenKind::Text => Ok(Item::Node(Node::Text(self.text(token.text.as_bytes())?))),
            TokenKind::LeftDelim => self.action(),
            _ => fail(token.at, Reason::UnexpectedToken),
        }
    }

    fn action(&mut self) -> Parsed<Item> {
        let token = self.next_non_space()?;
        let node = match token.kind {
            TokenKind::Block => self.block(token)?,
            TokenKind::Break => self.jump(token, Node::Break, Reason::BreakOutsideRange)?,
            TokenKind::Continue => self.jump(token, Node::Continue, Reason::ContinueOutsideRange)?,
            TokenKind::Else => return self.otherwise(),
            TokenKind::End => {
                self.expect(TokenKind::RightDelim)?;
                return Ok(Item::Ending(Ending::End));
            }
            TokenKind::If => self.control(token, Block::If)?,
            TokenKind::Range => self.control(token, Block::Range)?,
            TokenKind::With => self.control(token, Block::With)?,
            TokenKind::Template => self.template(token)?,
            _ => {
                self.back(token);
                Node::Action(self.pipeline(TokenKind::RightDelim, false)?)
            }
        };
        Ok(Item::Node(node))
    }

    /// The rest of `{{break}}` or `{{continue}}`.
    fn jump(&mut self, token: Token<'s>, node: Node, outside: Reason) -> Parsed<Node> {
        self.expect(TokenKind::RightDelim)?;
        if self.scope.ranges == 0 { fail(token.at, outside) } else { Ok(node) }
    }

    /// The rest of `{{else}}`; an `if` or `with` that follows stays where it is.
    fn otherwise(&mut self) -> Parsed<Item> {
        let next = self.peek_non_space()?;
        if !matches!(next.kind, TokenKind::If | TokenKind::With) {
            self.expect(TokenKind::RightDelim)?;
        }
        Ok(Item::Ending(Ending::Else))
    }

    /// The rest of `{{if pipeline}} … {{else}} … {{end}}` and its like.
    fn control(&mut self, token: Token<'s>, block: Block) -> Parsed<Node> {
        let meter = self.meter;
        meter.nested(|| {
            let variables = self.scope.variables.len();
            let branch = self.branch(token, block);
            self.scope.forget_down_to(variables);
            let branch = Box::new(branch?);
            Ok(match block {
                Block::If => Node::If(branch),
                Block::With => Node::With(branch),
                Block::Range => Node::Range(branch),
            })
        })
    }

    fn branch(&mut self, token: Token<'s>, block: Block) -> Parsed<Branch> {
        let pipe = self.pipeline(TokenKind::RightDelim, block == Block::Range)?;
        self.scope.ranges += usize::from(block == Block::Range);
        let list = self.list();
        self.scope.ranges -= usize::from(block == Block::Range);
        let (body, ending) = list?;
        let otherwise = if ending == Ending::Else { Some(self.else_body(block)?) } else { None };
        Ok(Branch { at: token.at, pipe, body, otherwise })
    }

    fn else_body(&mut self, block: Block) -> Parsed<Vec<Node>> {
        // `{{else if}}` is `{{else}}{{if}}` with one `{{end}}` for both; the same for `{{else with}}`.
        let next = self.peek()?;
        let chained = matches!((block, next.kind), (Block::If, TokenKind::If) | (Block::With, TokenKind::With));
        if chained {
            let token = self.next()?;
            return Ok(vec![self.control(token, block)?]);
        }
        match self.list()? {
            (body, Ending::End) => Ok(body),
            (_, Ending::Else) => fail(self.at, Reason::UnexpectedEnd),
        }
    }

    /// The rest of `{{block "name" pipeline}} … {{end}}`: a definition and its use.
    fn block(&mut self, token: Token<'s>) -> Parsed<Node> {
        let name = self.template_name()?;
        let pipe = self.pipeline(TokenKind::RightDelim, false)?;
        let body = self.separate_body()?;
        self.define(name.clone(), body)?;
        Ok(Node::Template(Box::new(Call { at: token.at, name, pipe: Some(pipe) })))
    }

    /// The rest of `{{template "name" pipeline}}`.
    fn template(&mut self, token: Token<'s>) -> Parsed<Node> {
        let name = self.template_name()?;
        let next = self.next_non_space()?;
        let pipe = if next.kind == TokenKind::RightDelim {
            None
        } else {
            self.back(next);
            Some(self.pipeline(TokenKind::RightDelim, false)?)
        };
        Ok(Node::Template(Box::new(Call { at: token.at, name, pipe })))
    }
}
