//! What functions work with beside their arguments.

use std::collections::BTreeMap;

use crate::limits::Meter;
use crate::reason::Res;
use crate::text::{Buf, Text};
use crate::value::collection::Dicts;
use crate::value::{Dict, Elem, List, Value};

/// The meter and the dicts of one render.
pub(crate) struct Env<'m> {
    pub(crate) meter: &'m Meter,
    dicts: Dicts,
}

impl<'m> Env<'m> {
    pub(crate) fn new(meter: &'m Meter) -> Self {
        Self { meter, dicts: Dicts::default() }
    }

    pub(crate) fn buf(&self) -> Buf<'m> {
        Buf::new(self.meter)
    }

    pub(crate) fn copy(&self, bytes: &[u8]) -> Res<Text> {
        Text::new(self.meter, bytes)
    }

    pub(crate) fn text(&self, bytes: &[u8]) -> Res<Value> {
        Ok(Value::Text(self.copy(bytes)?))
    }

    pub(crate) fn list(&self, values: Vec<Value>) -> Res<Value> {
        Ok(Value::List(List::new(self.meter, Elem::Any, values)?))
    }

    pub(crate) fn list_of(&self, elem: Elem, values: Vec<Value>) -> Res<Value> {
        Ok(Value::List(List::new(self.meter, elem, values)?))
    }

    pub(crate) fn dict(&self, values: BTreeMap<Text, Value>) -> Res<Dict> {
        Dict::new(&self.dicts, self.meter, Elem::Any, values)
    }

    pub(crate) fn dict_of(&self, elem: Elem, values: BTreeMap<Text, Value>) -> Res<Dict> {
        Dict::new(&self.dicts, self.meter, elem, values)
    }
}
