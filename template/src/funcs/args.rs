//! The arguments of a call.

use std::rc::Rc;

use crate::certificate::Certificate;
use crate::reason::{Reason, Res};
use crate::semver::Version;
use crate::text::Text;
use crate::time::{Moment, Zone};
use crate::value::{Dict, List, Value};

/// The arguments of a call, already of the parameters' types. Asking for another type is a bug and an error.
pub(crate) struct Args(Vec<Value>);

impl Args {
    pub(crate) fn new(values: Vec<Value>) -> Self {
        Self(values)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn any(&self, index: usize) -> Res<&Value> {
        self.0.get(index).ok_or(Reason::Internal)
    }

    /// The arguments from `index` on.
    pub(crate) fn from(&self, index: usize) -> &[Value] {
        self.0.get(index..).unwrap_or_default()
    }

    pub(crate) fn text(&self, index: usize) -> Res<&Text> {
        match self.any(index)? {
            Value::Text(text) => Ok(text),
            _ => Err(Reason::Internal),
        }
    }

    pub(crate) fn bytes(&self, index: usize) -> Res<&[u8]> {
        Ok(self.text(index)?.bytes())
    }

    pub(crate) fn int(&self, index: usize) -> Res<i64> {
        match self.any(index)? {
            Value::Int(_, number) => Ok(*number),
            _ => Err(Reason::Internal),
        }
    }

    pub(crate) fn uint(&self, index: usize) -> Res<u64> {
        match self.any(index)? {
            Value::Uint(_, number) => Ok(*number),
            _ => Err(Reason::Internal),
        }
    }

    pub(crate) fn float(&self, index: usize) -> Res<f64> {
        match self.any(index)? {
            Value::Float(number) => Ok(*number),
            _ => Err(Reason::Internal),
        }
    }

    pub(crate) fn bool(&self, index: usize) -> Res<bool> {
        match self.any(index)? {
            Value::Bool(value) => Ok(*value),
            _ => Err(Reason::Internal),
        }
    }

    pub(crate) fn list(&self, index: usize) -> Res<&List> {
        match self.any(index)? {
            Value::List(list) => Ok(list),
            _ => Err(Reason::Internal),
        }
    }

    pub(crate) fn dict(&self, index: usize) -> Res<&Dict> {
        match self.any(index)? {
            Value::Dict(dict) => Ok(dict),
            _ => Err(Reason::Internal),
        }
    }

    pub(crate) fn moment(&self, index: usize) -> Res<&Rc<Moment>> {
        match self.any(index)? {
            Value::Moment(moment) => Ok(moment),
            _ => Err(Reason::Internal),
        }
    }

    pub(crate) fn zone(&self, index: usize) -> Res<&Rc<Zone>> {
        match self.any(index)? {
            Value::Zone(zone) => Ok(zone),
            _ => Err(Reason::NilArgument),
        }
    }

    pub(crate) fn version(&self, index: usize) -> Res<&Rc<Version>> {
        match self.any(index)? {
            Value::VersionPointer(version) | Value::Version(version) => Ok(version),
            _ => Err(Reason::NilArgument),
        }
    }

    pub(crate) fn certificate(&self, index: usize) -> Res<&Rc<Certificate>> {
        match self.any(index)? {
            Value::Certificate(certificate) => Ok(certificate),
            _ => Err(Reason::Internal),
        }
    }
}
