//! Running a program: all alternatives at once, in their order of preference.

use super::Places;
use super::compile::{Inst, Program};
use super::parse::Assertion;
use crate::go::utf8;
use crate::limits::Meter;
use crate::reason::{Reason, Res};

/// No place.
const NONE: usize = usize::MAX;

/// The most places that the alternatives may note together.
const MAX_PLACES: usize = 1 << 18;

/// The threads of one place in the text, the preferred one first, each with the places that it has noted.
struct Threads {
    order: Vec<usize>,
    /// For each instruction its index in `order`, if it is there.
    index: Vec<usize>,
    places: Vec<usize>,
}

impl Threads {
    fn new(size: usize, slots: usize) -> Self {
        Self { order: Vec::with_capacity(size), index: vec![0; size], places: vec![NONE; size * slots] }
    }

    fn contains(&self, pc: usize) -> bool {
        self.order.get(self.index[pc]) == Some(&pc)
    }

    fn insert(&mut self, pc: usize) {
        self.index[pc] = self.order.len();
        self.order.push(pc);
    }
}

/// What is left to do while a thread is followed to the instructions that read a character.
enum Task {
    Visit(usize),
    Restore(usize, usize),
}

struct Machine<'a> {
    meter: &'a Meter,
    program: &'a Program,
    text: &'a [u8],
    slots: usize,
    tasks: Vec<Task>,
    /// The places of the thread that is being followed.
    current: Vec<usize>,
    steps: usize,
}

/// The first match from `start` on, with the first `slots` places: none are needed to know that there is one.
pub(super) fn search(meter: &Meter, program: &Program, text: &[u8], start: usize, slots: usize) -> Res<Option<Places>> {
    if program.anchored && start > 0 {
        return Ok(None);
    }
    let size = program.code.len();
    if size.saturating_mul(slots) > MAX_PLACES {
        return Err(Reason::RegexTooLarge);
    }
    // The memory is given back after each search, so it counts as work and not as memory.
    meter.work(1 + size * (slots + 2) / 16)?;
    let mut machine = Machine { meter, program, text, slots, tasks: Vec::new(), current: vec![NONE; slots], steps: 0 };
    let places = machine.run(start)?;
    Ok(places.map(|places| places.into_iter().map(|place| (place != NONE).then_some(place)).collect()))
}

impl Machine<'_> {
    fn run(&mut self, start: usize) -> Res<Option<Vec<usize>>> {
        let size = self.program.code.len();
        let (mut now, mut next) = (Threads::new(size, self.slots), Threads::new(size, self.slots));
        let mut matched: Option<Vec<usize>> = None;
        let mut at = start;
        loop {
            if now.order.is_empty() && (matched.is_some() || (self.program.anchored && at > start)) {
                break;
            }
            if matched.is_none() && (!self.program.anchored || at == 0) {
                self.current.fill(NONE);
                self.follow(&mut now, self.program.start, at);
            }
            let (rune, width) = utf8::first(&self.text[at..]);
            next.order.clear();
            for index in 0..now.order.len() {
                let pc = now.order[index];
                self.steps += 1;
                match &self.program.code[pc] {
                    Inst::Set(set, target) if width > 0 && set.contains(rune) => {
                        self.current.copy_from_slice(&now.places[pc * self.slots..(pc + 1) * self.slots]);
                        self.follow(&mut next, *target, at + width);
                    }
                    Inst::Match => {
                        matched = Some(now.places[pc * self.slots..(pc + 1) * self.slots].to_vec());
                        if self.slots == 0 {
                            return Ok(matched);
                        }
                        // What is less preferred is given up.
                        break;
                    }
                    _ => {}
                }
            }
            self.meter.work(1 + self.steps * (self.slots + 4) / 16)?;
            self.steps = 0;
            if width == 0 {
                break;
            }
            std::mem::swap(&mut now, &mut next);
            at += width;
        }
        Ok(matched)
    }

    /// Adds the instructions that can be reached from `pc` without reading a character.
    fn follow(&mut self, threads: &mut Threads, pc: usize, at: usize) {
        self.tasks.push(Task::Visit(pc));
        while let Some(task) = self.tasks.pop() {
            let mut pc = match task {
                Task::Visit(pc) => pc,
                Task::Restore(slot, place) => {
                    self.current[slot] = place;
                    continue;
                }
            };
            while !threads.contains(pc) {
                self.steps += 1;
                threads.insert(pc);
                match &self.program.code[pc] {
                    Inst::Split(first, second) => {
                        self.tasks.push(Task::Visit(*second));
                        pc = *first;
                    }
                    Inst::Save(slot, target) => {
                        if *slot < self.slots {
                            self.tasks.push(Task::Restore(*slot, self.current[*slot]));
                            self.current[*slot] = at;
                        }
                        pc = *target;
                    }
                    Inst::Assertion(assertion, target) => {
                        if !self.holds(*assertion, at) {
                            break;
                        }
                        pc = *target;
                    }
                    Inst::Set(..) | Inst::Match => {
                        threads.places[pc * self.slots..(pc + 1) * self.slots].copy_from_slice(&self.current);
                        break;
                    }
                }
            }
        }
    }

    fn holds(&self, assertion: Assertion, at: usize) -> bool {
        let before = (at > 0).then(|| utf8::last(&self.text[..at]).0);
        let after = (at < self.text.len()).then(|| utf8::first(&self.text[at..]).0);
        let is_word = |c: Option<char>| c.is_some_and(|c| c == '_' || c.is_ascii_alphanumeric());
        match assertion {
            Assertion::BeginText => before.is_none(),
            Assertion::EndText => after.is_none(),
            Assertion::BeginLine => before.is_none_or(|c| c == '\n'),
            Assertion::EndLine => after.is_none_or(|c| c == '\n'),
            Assertion::WordBoundary => is_word(before) != is_word(after),
            Assertion::NoWordBoundary => is_word(before) == is_word(after),
        }
    }
}
