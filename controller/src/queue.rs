//! Whose turn it is.
//!
//! What somebody has just applied goes before what a list has brought, and that before what failed and is tried again;
//! but each gets some of the turns, however much there is of the others. Within each, namespaces take turns, so that
//! one with ten thousand objects does not delay one with one.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Instant;

use crate::observed::Name;

/// How soon something wants its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Priority {
    /// It failed before.
    Retry,
    /// It was there when the controller came.
    Listed,
    /// It has just changed.
    Live,
}

/// In the order of [`Priority`].
const CLASSES: usize = 3;

/// The order in which the classes are asked, turn by turn: of eight turns, the fourth is for what was listed and the
/// eighth for what is tried again, if there is any.
const TURNS: [[Priority; CLASSES]; 8] = {
    use Priority::{Listed, Live, Retry};
    const LIVE: [Priority; CLASSES] = [Live, Listed, Retry];
    [LIVE, LIVE, LIVE, [Listed, Live, Retry], LIVE, LIVE, LIVE, [Retry, Listed, Live]]
};

/// Names that wait for their turn, each once.
#[derive(Default)]
pub(crate) struct Queue {
    classes: [Class; CLASSES],
    /// What waits, and in which class. A name that was moved is still in its former class, and skipped there.
    waiting: HashMap<Name, Priority>,
    /// What is to be tried again at some time.
    later: BTreeSet<(Instant, Name)>,
    later_at: HashMap<Name, Instant>,
    turn: usize,
}

impl Queue {
    /// Puts `name` in line, or moves it ahead if it is in line already.
    pub(crate) fn push(&mut self, name: Name, priority: Priority) {
        self.forget_later(&name);
        let known = self.waiting.get(&name).copied();
        if known.is_none_or(|known| known < priority) {
            self.classes[priority as usize].push(name.clone());
            self.waiting.insert(name, priority);
        }
    }

    /// Puts `name` in line at `at`, unless it is in line before that.
    pub(crate) fn push_at(&mut self, name: Name, at: Instant) {
        if self.waiting.contains_key(&name) || self.later_at.get(&name).is_some_and(|known| *known <= at) {
            return;
        }
        self.forget_later(&name);
        self.later.insert((at, name.clone()));
        self.later_at.insert(name, at);
    }

    /// Takes `name` out of the line.
    pub(crate) fn remove(&mut self, name: &Name) {
        self.forget_later(name);
        self.waiting.remove(name);
    }

    /// The next in line.
    pub(crate) fn pop(&mut self, now: Instant) -> Option<(Name, Priority)> {
        self.advance(now);
        let order = TURNS[self.turn % TURNS.len()];
        self.turn = self.turn.wrapping_add(1);
        for priority in order {
            while let Some(name) = self.classes[priority as usize].pop() {
                if self.waiting.get(&name) == Some(&priority) {
                    self.waiting.remove(&name);
                    return Some((name, priority));
                }
            }
        }
        None
    }

    /// How many wait for a turn now.
    pub(crate) fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether any waits for a turn now.
    pub(crate) fn is_ready(&mut self, now: Instant) -> bool {
        self.advance(now);
        !self.waiting.is_empty()
    }

    /// When the next of those that wait for a time gets in line.
    pub(crate) fn next_due(&self) -> Option<Instant> {
        self.later.first().map(|(at, _)| *at)
    }

    fn advance(&mut self, now: Instant) {
        while self.later.first().is_some_and(|(at, _)| *at <= now) {
            if let Some((_, name)) = self.later.pop_first() {
                self.push(name, Priority::Retry);
            }
        }
    }

    fn forget_later(&mut self, name: &Name) {
        if let Some(at) = self.later_at.remove(name) {
            self.later.remove(&(at, name.clone()));
        }
    }
}

/// Names by namespace, and the namespaces in the order of their turns.
#[derive(Default)]
struct Class {
    turns: VecDeque<Arc<str>>,
    names: HashMap<Arc<str>, VecDeque<Name>>,
}

impl Class {
    fn push(&mut self, name: Name) {
        let names = self.names.entry(name.namespace.clone()).or_default();
        if names.is_empty() {
            self.turns.push_back(name.namespace.clone());
        }
        names.push_back(name);
    }

    fn pop(&mut self) -> Option<Name> {
        let namespace = self.turns.pop_front()?;
        let names = self.names.get_mut(&namespace)?;
        let name = names.pop_front();
        if names.is_empty() {
            self.names.remove(&namespace);
        } else {
            self.turns.push_back(namespace);
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn name(text: &str) -> Name {
        let (namespace, name) = text.split_once('/').unwrap();
        Name { namespace: namespace.into(), name: name.into() }
    }

    fn drain(queue: &mut Queue) -> Vec<String> {
        let now = Instant::now();
        std::iter::from_fn(|| queue.pop(now)).map(|(name, _)| name.to_string()).collect()
    }

    #[test]
    fn namespaces_take_turns() {
        let mut queue = Queue::default();
        for text in ["a/1", "a/2", "a/3", "b/1", "c/1", "b/2"] {
            queue.push(name(text), Priority::Live);
        }
        assert_eq!(drain(&mut queue), ["a/1", "b/1", "c/1", "a/2", "b/2", "a/3"]);
    }

    #[test]
    fn a_name_waits_once_and_moves_ahead_when_it_changes() {
        let mut queue = Queue::default();
        queue.push(name("a/1"), Priority::Listed);
        queue.push(name("a/2"), Priority::Listed);
        queue.push(name("a/2"), Priority::Live);
        queue.push(name("a/1"), Priority::Retry);
        assert_eq!(queue.len(), 2);
        assert_eq!(drain(&mut queue), ["a/2", "a/1"]);
        assert_eq!(queue.len(), 0);
    }

    #[test]
    fn a_flood_of_failures_does_not_delay_what_changes_and_is_not_forgotten_either() {
        let mut queue = Queue::default();
        for index in 0..1000 {
            queue.push(name(&format!("noisy/{index}")), Priority::Retry);
            queue.push(name(&format!("live/{index}")), Priority::Live);
        }
        let now = Instant::now();
        let first: Vec<_> = std::iter::from_fn(|| queue.pop(now)).take(80).map(|(_, priority)| priority).collect();
        assert_eq!(first[0], Priority::Live);
        assert_eq!(first.iter().filter(|priority| **priority == Priority::Retry).count(), 10);
    }

    #[test]
    fn what_failed_waits_for_its_time_unless_it_changes() {
        let mut queue = Queue::default();
        let now = Instant::now();
        let later = now + Duration::from_secs(10);
        queue.push_at(name("a/1"), later);
        queue.push_at(name("a/2"), later);
        queue.push_at(name("a/2"), later + Duration::from_secs(1));
        assert_eq!((queue.pop(now), queue.next_due()), (None, Some(later)));
        queue.push(name("a/1"), Priority::Live);
        assert_eq!(queue.pop(now).unwrap().1, Priority::Live);
        assert_eq!(queue.pop(later).unwrap(), (name("a/2"), Priority::Retry));
        assert_eq!((queue.pop(later), queue.next_due()), (None, None));
    }

    #[test]
    fn what_is_gone_gets_no_turn() {
        let mut queue = Queue::default();
        queue.push(name("a/1"), Priority::Live);
        queue.push_at(name("a/2"), Instant::now());
        queue.remove(&name("a/1"));
        queue.remove(&name("a/2"));
        assert!(!queue.is_ready(Instant::now()) && drain(&mut queue).is_empty());
    }
}
