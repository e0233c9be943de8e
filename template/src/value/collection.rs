//! Lists and dicts: Go's slices and maps, shared by reference as in Go.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use super::{Elem, Value};
use crate::limits::Meter;
use crate::reason::{Reason, Res};
use crate::text::Text;

/// A Go slice: a window on items that other slices may share.
#[derive(Clone)]
pub(crate) struct List {
    items: Rc<Items>,
    start: usize,
    end: usize,
}

struct Items {
    elem: Elem,
    /// Go's nil slice, which is empty and prints as `null` in JSON.
    nil: bool,
    values: RefCell<Vec<Value>>,
}

/// What one item takes in memory, with some room for the collection's own structure.
const ITEM_SIZE: usize = 48;

impl List {
    pub(crate) fn new(meter: &Meter, elem: Elem, values: Vec<Value>) -> Res<Self> {
        meter.take(ITEM_SIZE + ITEM_SIZE * values.len())?;
        let end = values.len();
        Ok(Self { items: Rc::new(Items { elem, nil: false, values: RefCell::new(values) }), start: 0, end })
    }

    pub(crate) fn nil(elem: Elem) -> Self {
        Self { items: Rc::new(Items { elem, nil: true, values: RefCell::default() }), start: 0, end: 0 }
    }

    pub(crate) fn elem(&self) -> Elem {
        self.items.elem
    }

    pub(crate) fn is_nil(&self) -> bool {
        self.items.nil
    }

    pub(crate) fn len(&self) -> usize {
        self.end - self.start
    }

    /// How far the window could reach: Go's `cap` without spare room.
    pub(crate) fn capacity(&self) -> usize {
        self.items.values.borrow().len() - self.start
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.start == self.end
    }

    pub(crate) fn get(&self, index: usize) -> Option<Value> {
        let at = self.start.checked_add(index).filter(|&at| at < self.end)?;
        self.items.values.borrow().get(at).cloned()
    }

    /// A copy of the items.
    pub(crate) fn values(&self, meter: &Meter) -> Res<Vec<Value>> {
        meter.take(ITEM_SIZE * self.len())?;
        Ok(self.items.values.borrow().get(self.start..self.end).map(<[Value]>::to_vec).unwrap_or_default())
    }

    /// A narrower window on the same items.
    pub(crate) fn window(&self, start: usize, end: usize) -> Option<Self> {
        (start <= end && end <= self.capacity()).then(|| Self {
            items: Rc::clone(&self.items),
            start: self.start + start,
            end: self.start + end,
        })
    }

    /// Puts `values` in place of the items, for all who share them.
    pub(crate) fn overwrite(&self, values: Vec<Value>) {
        let mut items = self.items.values.borrow_mut();
        for (slot, value) in items.iter_mut().skip(self.start).zip(values) {
            *slot = value;
        }
    }

    /// Whether both are the same window on the same items.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.items, &other.items) && self.start == other.start && self.end == other.end
    }
}

/// A Go map with string keys, in the order of its keys.
#[derive(Clone)]
pub(crate) struct Dict(Rc<Entries>);

struct Entries {
    elem: Elem,
    nil: bool,
    values: RefCell<BTreeMap<Text, Value>>,
}

impl Dict {
    pub(crate) fn new(dicts: &Dicts, meter: &Meter, elem: Elem, values: BTreeMap<Text, Value>) -> Res<Self> {
        meter.take(2 * ITEM_SIZE + 2 * ITEM_SIZE * values.len())?;
        let entries = Rc::new(Entries { elem, nil: false, values: RefCell::new(values) });
        dicts.0.borrow_mut().push(Rc::downgrade(&entries));
        Ok(Self(entries))
    }

    pub(crate) fn nil() -> Self {
        Self(Rc::new(Entries { elem: Elem::Any, nil: true, values: RefCell::default() }))
    }

    pub(crate) fn elem(&self) -> Elem {
        self.0.elem
    }

    pub(crate) fn is_nil(&self) -> bool {
        self.0.nil
    }

    pub(crate) fn len(&self) -> usize {
        self.0.values.borrow().len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn get(&self, key: &[u8]) -> Option<Value> {
        self.0.values.borrow().get(key).cloned()
    }

    pub(crate) fn contains(&self, key: &[u8]) -> bool {
        self.0.values.borrow().contains_key(key)
    }

    pub(crate) fn set(&self, meter: &Meter, key: Text, value: Value) -> Res<()> {
        if self.is_nil() {
            return Err(Reason::NilDict);
        }
        meter.take(2 * ITEM_SIZE)?;
        // What is replaced is dropped after the borrow ends.
        let replaced = self.0.values.borrow_mut().insert(key, value);
        drop(replaced);
        Ok(())
    }

    pub(crate) fn remove(&self, key: &[u8]) {
        let removed = self.0.values.borrow_mut().remove(key);
        drop(removed);
    }

    /// A copy of the entries, in the order of the keys.
    pub(crate) fn entries(&self, meter: &Meter) -> Res<Vec<(Text, Value)>> {
        meter.take(2 * ITEM_SIZE * self.len())?;
        Ok(self.0.values.borrow().iter().map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// All dicts of one render. A template can put a dict into itself; emptying all of them at the end frees such cycles.
#[derive(Default)]
pub(crate) struct Dicts(RefCell<Vec<Weak<Entries>>>);

impl Drop for Dicts {
    fn drop(&mut self) {
        for entries in self.0.take().iter().filter_map(Weak::upgrade) {
            drop(entries.values.take());
        }
    }
}

/// Frees without recursion: a template can nest lists and dicts deeper than the stack would bear.
fn free(mut values: Vec<Value>) {
    while let Some(value) = values.pop() {
        match value {
            Value::List(list) => {
                if let Some(mut items) = Rc::into_inner(list.items) {
                    values.append(items.values.get_mut());
                }
            }
            Value::Dict(dict) => {
                if let Some(mut entries) = Rc::into_inner(dict.0) {
                    values.extend(std::mem::take(entries.values.get_mut()).into_values());
                }
            }
            _ => {}
        }
    }
}

impl Drop for Items {
    fn drop(&mut self) {
        free(std::mem::take(self.values.get_mut()));
    }
}

impl Drop for Entries {
    fn drop(&mut self) {
        free(std::mem::take(self.values.get_mut()).into_values().collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn a_list_nested_very_deeply_is_freed() {
        let meter = Meter::new(Limits { memory: usize::MAX, steps: u64::MAX, ..Limits::default() });
        let mut list = List::nil(Elem::Any);
        for _ in 0..200_000 {
            list = List::new(&meter, Elem::Any, vec![list.into()]).unwrap();
        }
        drop(list);
    }

    #[test]
    fn a_dict_that_contains_itself_is_freed_with_the_render() {
        let meter = Meter::new(Limits::default());
        let dicts = Dicts::default();
        let dict = Dict::new(&dicts, &meter, Elem::Any, BTreeMap::new()).unwrap();
        let weak = Rc::downgrade(&dict.0);
        dict.set(&meter, Text::new(&meter, b"self").unwrap(), dict.clone().into()).unwrap();
        drop(dict);
        assert!(weak.upgrade().is_some());
        drop(dicts);
        assert!(weak.upgrade().is_none());
    }

    #[test]
    fn windows_share_their_items() {
        let meter = Meter::new(Limits::default());
        let list = List::new(&meter, Elem::Int, (0..4).map(Value::int).collect()).unwrap();
        let window = list.window(1, 3).unwrap();
        window.overwrite(vec![Value::int(7), Value::int(8)]);
        assert!(matches!(list.get(1), Some(Value::Int(_, 7))));
        assert!(window.get(2).is_none());
        assert!(list.window(2, 5).is_none());
    }
}
