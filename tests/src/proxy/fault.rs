//! What is to be done to which requests.

use std::time::Duration;

use hyper::Method;

use crate::chaos::Dice;

/// Something that goes wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The API server never sees it; the answer is a Status with this code.
    Answer(u16),
    /// It takes so much longer.
    Delay(Duration),
    /// The API server never sees it; the connection ends.
    Cut,
    /// The API server carries it out; the connection ends before the answer comes.
    Lost,
    /// The connection ends after so many bytes of the answer's body.
    CutAfter(usize),
    /// The answer's body ends after so many bytes, as if that were all.
    Truncated(usize),
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Often {
    /// For the next so many requests that fit.
    Times(u32),
    /// For one in so many, as the dice fall.
    OneIn(u32),
}

/// Which requests meet which fault, and how often.
#[derive(Debug, Clone)]
pub struct Rule {
    method: Option<Method>,
    path: &'static str,
    watches: bool,
    often: Often,
    fault: Fault,
}

impl Rule {
    /// For requests other than watches.
    pub fn new(fault: Fault, often: Often) -> Self {
        Self { method: None, path: "", watches: false, often, fault }
    }

    /// For watches and nothing else.
    #[must_use]
    pub fn on_watches(mut self) -> Self {
        self.watches = true;
        self
    }

    /// For this method only.
    #[must_use]
    pub fn method(mut self, method: Method) -> Self {
        self.method = Some(method);
        self
    }

    /// For paths with this in them only.
    #[must_use]
    pub fn path(mut self, part: &'static str) -> Self {
        self.path = part;
        self
    }

    /// The fault, if the rule fits the request and this is one of those times.
    pub(super) fn apply(&mut self, method: &Method, path: &str, watch: bool, dice: &mut Dice) -> Option<Fault> {
        let fits =
            watch == self.watches && self.method.as_ref().is_none_or(|own| own == method) && path.contains(self.path);
        if !fits {
            return None;
        }
        match &mut self.often {
            Often::Times(0) => None,
            Often::Times(left) => {
                *left -= 1;
                Some(self.fault)
            }
            Often::OneIn(sides) => (dice.below(u64::from(*sides)) == 0).then_some(self.fault),
        }
    }
}

impl Fault {
    /// What the table of a run calls it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Answer(409) => "answered 409",
            Self::Answer(410) => "answered 410",
            Self::Answer(429) => "answered 429",
            Self::Answer(500) => "answered 500",
            Self::Answer(_) => "answered with an error",
            Self::Delay(_) => "delayed",
            Self::Cut => "cut before the request",
            Self::Lost => "carried out and not answered",
            Self::CutAfter(_) => "cut in mid-answer",
            Self::Truncated(_) => "truncated",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_meets_what_it_names_and_as_often_as_it_says() {
        let mut dice = Dice::new(1);
        let mut rule = Rule::new(Fault::Cut, Often::Times(2)).method(Method::POST).path("/secrets");
        let mut meets = |method: &Method, path: &str, watch| rule.apply(method, path, watch, &mut dice).is_some();
        assert!(!meets(&Method::GET, "/api/v1/secrets", false));
        assert!(!meets(&Method::POST, "/api/v1/events", false));
        assert!(!meets(&Method::POST, "/api/v1/secrets", true));
        assert!(meets(&Method::POST, "/api/v1/secrets", false));
        assert!(meets(&Method::POST, "/api/v1/secrets", false));
        assert!(!meets(&Method::POST, "/api/v1/secrets", false));
    }
}
