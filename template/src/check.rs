//! Looking at a template without rendering it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use crate::error::{Position, Positions};
use crate::funcs::{self, Func};
use crate::limits::{Limits, Meter};
use crate::parse;
use crate::parse::tree::{Branch, Call, Command, Node, Operand, Pipe, Templates, Term};
use crate::reason::Reason;
use crate::text::Text;

/// Something about a template that will keep it from rendering, or from rendering as meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The place in the template.
    pub position: Position,
    /// What is there.
    pub kind: FindingKind,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FindingKind {
    /// The template does not parse. Nothing after that place was looked at.
    Syntax(Reason),
    /// A function that does not exist. The template does not parse.
    UnknownFunction(String),
    /// A call with more or fewer arguments than the function takes. The render fails when it comes there.
    ArgumentCount(String),
    /// A template that is called and not defined. The render fails when it comes there.
    UnknownTemplate(String),
    /// A key that no data has. It renders as `<no value>`, or as what `default` says.
    UnknownField(String),
    /// A field of a value of the data, which is a string and has none. The render fails when it comes there.
    FieldOfText(String),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.position)?;
        match &self.kind {
            FindingKind::Syntax(reason) => write!(f, "{reason}"),
            FindingKind::UnknownFunction(name) if funcs::REMOVED.contains(&name.as_str()) => {
                write!(f, "function {name:?} is not available: it would read the controller's environment or network")
            }
            FindingKind::UnknownFunction(name) => write!(f, "function {name:?} is not defined"),
            FindingKind::ArgumentCount(name) => write!(f, "wrong number of arguments for function {name:?}"),
            FindingKind::UnknownTemplate(name) => write!(f, "template {name:?} is not defined"),
            FindingKind::UnknownField(name) => write!(f, "no data has the key {name:?}"),
            FindingKind::FieldOfText(name) => {
                write!(f, "field {name:?} of a value, which is a string and has no fields")
            }
        }
    }
}

/// Looks for what will keep a template from rendering, with the places of all of it. With `known_keys`, the keys of
/// the data, also for fields that the data will not have.
pub fn check(name: &str, source: &str, known_keys: Option<&BTreeSet<String>>) -> Vec<Finding> {
    // Nothing waits for a check as the controller waits for a render.
    let meter = Meter::new(Limits { time: Duration::from_secs(1), ..Limits::default() });
    let mut unknown = Vec::new();
    let parsed = parse::parse(&meter, name, source, Some(&mut unknown));
    let mut places: Vec<(usize, FindingKind)> =
        unknown.into_iter().map(|(at, name)| (at, FindingKind::UnknownFunction(name))).collect();
    match &parsed {
        Err(error) => places.push((error.at, FindingKind::Syntax(error.reason))),
        Ok(templates) => {
            let mut checker = Checker {
                templates,
                known_keys,
                places,
                seen: BTreeSet::new(),
                called: Vec::new(),
                variables: Variables::default(),
            };
            if let Some((name, body)) = templates.get_key_value(name.as_bytes()) {
                checker.template(name, body, Subject::Data);
            }
            // Templates that nothing calls can still have wrong calls in them.
            for (name, body) in templates {
                checker.template(name, body, Subject::Other);
            }
            places = checker.places;
        }
    }
    places.sort();
    places.dedup();
    let mut positions = Positions::new(source);
    places.into_iter().map(|(at, kind)| Finding { position: positions.of(at), kind }).collect()
}

/// What a value is, as far as that shows without rendering.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    /// All of the data.
    Data,
    Other,
}

struct Checker<'a> {
    templates: &'a Templates,
    known_keys: Option<&'a BTreeSet<String>>,
    places: Vec<(usize, FindingKind)>,
    /// Templates that were looked at, by what they were called with.
    seen: BTreeSet<(&'a Text, Subject)>,
    /// Templates that calls were found of and that are to be looked at: calls can be nested deeper than the stack is.
    called: Vec<(&'a Text, &'a [Node], Subject)>,
    variables: Variables<'a>,
}

/// The variables in sight, each with what it holds.
#[derive(Default)]
struct Variables<'a> {
    /// In the order of their declarations.
    names: Vec<&'a Text>,
    /// What each name stands for, last of all the declaration that is in force.
    subjects: BTreeMap<&'a Text, Vec<Subject>>,
}

impl<'a> Variables<'a> {
    fn declare(&mut self, name: &'a Text, subject: Subject) {
        self.names.push(name);
        self.subjects.entry(name).or_default().push(subject);
    }

    fn get(&self, name: &Text) -> Option<Subject> {
        self.subjects.get(name)?.last().copied()
    }

    /// Forgets all declarations but the first `count`.
    fn truncate(&mut self, count: usize) {
        for name in self.names.drain(count..) {
            if let Some(subjects) = self.subjects.get_mut(name) {
                subjects.pop();
            }
        }
    }
}

impl<'a> Checker<'a> {
    /// Looks at a template and at those that it calls.
    fn template(&mut self, name: &'a Text, body: &'a [Node], dot: Subject) {
        self.called.push((name, body, dot));
        while let Some((name, body, dot)) = self.called.pop() {
            // What was looked at as called with the data needs no second look.
            if !self.seen.contains(&(name, Subject::Data)) && self.seen.insert((name, dot)) {
                self.variables = Variables::default();
                self.list(body, dot, dot);
            }
        }
    }

    fn list(&mut self, nodes: &'a [Node], dot: Subject, root: Subject) {
        for node in nodes {
            match node {
                Node::Text(_) | Node::Break | Node::Continue => {}
                Node::Action(pipe) => {
                    self.pipe(pipe, dot, root);
                }
                Node::If(branch) => self.branch(branch, dot, root, |_| dot),
                Node::With(branch) => self.branch(branch, dot, root, |subject| subject),
                Node::Range(branch) => self.branch(branch, dot, root, |_| Subject::Other),
                Node::Template(call) => self.call(call, dot, root),
            }
        }
    }

    fn branch(&mut self, branch: &'a Branch, dot: Subject, root: Subject, inner: impl Fn(Subject) -> Subject) {
        let mark = self.variables.names.len();
        let subject = self.pipe(&branch.pipe, dot, root);
        let inner = inner(subject);
        if inner == Subject::Other {
            // A range gives its variables other values than that of the pipeline.
            self.variables.truncate(mark);
            for name in &branch.pipe.variables {
                self.variables.declare(name, Subject::Other);
            }
        }
        self.list(&branch.body, inner, root);
        if let Some(otherwise) = &branch.otherwise {
            self.list(otherwise, dot, root);
        }
        self.variables.truncate(mark);
    }

    fn call(&mut self, call: &'a Call, dot: Subject, root: Subject) {
        let subject = call.pipe.as_ref().map_or(Subject::Other, |pipe| self.pipe(pipe, dot, root));
        match self.templates.get_key_value(&call.name) {
            Some((name, body)) => self.called.push((name, body, subject)),
            None => self.places.push((call.at, FindingKind::UnknownTemplate(call.name.lossy()))),
        }
    }

    fn pipe(&mut self, pipe: &'a Pipe, dot: Subject, root: Subject) -> Subject {
        let mut subject = Subject::Other;
        for (index, command) in pipe.commands.iter().enumerate() {
            subject = self.command(command, index > 0, dot, root);
        }
        for name in &pipe.variables {
            self.variables.declare(name, subject);
        }
        subject
    }

    fn command(&mut self, command: &'a Command, piped: bool, dot: Subject, root: Subject) -> Subject {
        let subject = self.operand(&command.operand, dot, root, command.arguments.len() + usize::from(piped));
        let arguments: Vec<Subject> =
            command.arguments.iter().map(|operand| self.operand(operand, dot, root, 0)).collect();
        if let (Term::Function(function), [Subject::Data, ..], [_, key, ..]) =
            (&command.operand.term, &arguments[..], &command.arguments[..])
            && function.name == "index"
            && let Term::Text(name) = &key.term
        {
            self.key(key.at, name);
        }
        subject
    }

    /// Looks at an operand that `arguments` arguments are given to.
    fn operand(&mut self, operand: &'a Operand, dot: Subject, root: Subject, arguments: usize) -> Subject {
        match &operand.term {
            Term::Dot => return dot,
            Term::Field(names) => self.fields(operand.at, dot, names),
            Term::Variable(name, names) => {
                let undeclared = if name.bytes() == b"$" { root } else { Subject::Other };
                let subject = self.variables.get(name).unwrap_or(undeclared);
                if names.is_empty() {
                    return subject;
                }
                self.fields(operand.at, subject, names);
            }
            Term::Function(function) => self.count(operand.at, function, arguments),
            Term::Pipe(pipe) => return self.pipe(pipe, dot, root),
            Term::Chain(inner, names) => {
                let subject = self.operand(inner, dot, root, 0);
                self.fields(operand.at, subject, names);
            }
            Term::Nil | Term::Bool(_) | Term::Number(_) | Term::Text(_) => {}
        }
        Subject::Other
    }

    fn count(&mut self, at: usize, function: &Func, count: usize) {
        let fits =
            if function.rest.is_some() { count >= function.params.len() } else { count == function.params.len() };
        if !fits {
            self.places.push((at, FindingKind::ArgumentCount(function.name.to_owned())));
        }
    }

    fn fields(&mut self, at: usize, subject: Subject, names: &[Text]) {
        if subject != Subject::Data {
            return;
        }
        let [name, rest @ ..] = names else { return };
        if self.key(at, name)
            && let Some(field) = rest.first()
        {
            self.places.push((at, FindingKind::FieldOfText(field.lossy())));
        }
    }

    /// Whether the data has the key, or may have it.
    fn key(&mut self, at: usize, name: &Text) -> bool {
        let Some(known_keys) = self.known_keys else { return false };
        let known = known_keys.contains(&name.lossy());
        if !known {
            self.places.push((at, FindingKind::UnknownField(name.lossy())));
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<String> {
        let keys = ["user", "password"].map(str::to_owned).into();
        check("t", source, Some(&keys)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_good_template_has_no_findings() {
        let source = "{{ with .user }}{{ . | upper }}{{ $.password }}{{ end }}{{ range splitList \",\" .user }}{{ .x }}{{ end }}";
        assert_eq!(found(source), Vec::<String>::new());
    }

    #[test]
    fn all_unknown_functions_and_fields_are_named_with_their_places() {
        assert_eq!(
            found("{{ .usr }}\n{{ nope .user }}{{ env \"HOME\" }}\n{{ index . \"passwd\" }}{{ $x := . }}{{ $x.y }}"),
            [
                "line 1, column 4: no data has the key \"usr\"",
                "line 2, column 4: function \"nope\" is not defined",
                "line 2, column 20: function \"env\" is not available: it would read the controller's environment or network",
                "line 3, column 12: no data has the key \"passwd\"",
                "line 3, column 39: no data has the key \"y\"",
            ]
        );
    }

    #[test]
    fn fields_are_followed_into_templates_that_get_the_data() {
        assert_eq!(
            found(
                "{{ define \"a\" }}{{ .nope }}{{ end }}{{ define \"b\" }}{{ .fine }}{{ end }}{{ template \"a\" . }}{{ template \"b\" .user }}"
            ),
            ["line 1, column 20: no data has the key \"nope\""]
        );
    }

    #[test]
    fn syntax_errors_calls_and_fields_that_must_fail_are_named() {
        assert_eq!(
            found("a\n{{ if .user }}"),
            ["line 2, column 15: unexpected end of the template, an end is missing"]
        );
        assert_eq!(found("{{ upper }}"), ["line 1, column 4: wrong number of arguments for function \"upper\""]);
        assert_eq!(found("{{ template \"x\" }}"), ["line 1, column 4: template \"x\" is not defined"]);
        assert_eq!(
            found("{{ .user.name }}"),
            ["line 1, column 4: field \"name\" of a value, which is a string and has no fields"]
        );
    }

    #[test]
    fn without_keys_fields_are_not_looked_at() {
        assert_eq!(check("t", "{{ .anything.at.all }}", None), []);
    }
}
