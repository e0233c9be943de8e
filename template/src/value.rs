//! What a template computes with: the values of Go that its functions can give, each with its Go type.

pub(crate) mod collection;
pub(crate) mod ty;

use std::rc::Rc;

pub(crate) use collection::{Dict, List};
pub(crate) use ty::{Elem, IntKind, Kind, Ty, UintKind};

use crate::certificate::Certificate;
use crate::semver::Version;
use crate::text::Text;
use crate::time::{Moment, Zone};

/// A value, as Go's reflection sees it.
#[derive(Clone)]
pub(crate) enum Value {
    /// No value at all: a missing key. Prints as `<no value>`.
    Invalid,
    /// The nil of an `interface{}`. Prints as `<nil>`.
    Nil,
    Bool(bool),
    Int(IntKind, i64),
    Uint(UintKind, u64),
    Float(f64),
    Complex(f64, f64),
    Text(Text),
    List(List),
    Dict(Dict),
    Moment(Rc<Moment>),
    /// `*time.Location`
    Zone(Rc<Zone>),
    /// `*semver.Version`
    VersionPointer(Rc<Version>),
    /// `semver.Version`
    Version(Rc<Version>),
    Certificate(Rc<Certificate>),
}

impl Value {
    pub(crate) fn int(number: i64) -> Self {
        Self::Int(IntKind::Int, number)
    }

    pub(crate) fn int64(number: i64) -> Self {
        Self::Int(IntKind::Int64, number)
    }

    /// Its Go type; None for no value and for nil.
    pub(crate) fn ty(&self) -> Option<Ty> {
        Some(match self {
            Self::Invalid | Self::Nil => return None,
            Self::Bool(_) => Ty::Bool,
            Self::Int(kind, _) => Ty::Int(*kind),
            Self::Uint(kind, _) => Ty::Uint(*kind),
            Self::Float(_) => Ty::Float,
            Self::Complex(..) => Ty::Complex,
            Self::Text(_) => Ty::Text,
            Self::List(list) => Ty::List(list.elem()),
            Self::Dict(dict) => Ty::Dict(dict.elem()),
            Self::Moment(_) => Ty::Moment,
            Self::Zone(_) => Ty::Zone,
            Self::VersionPointer(_) => Ty::VersionPointer,
            Self::Version(_) => Ty::Version,
            Self::Certificate(_) => Ty::Certificate,
        })
    }

    pub(crate) fn kind(&self) -> Kind {
        self.ty().map_or(Kind::Invalid, Ty::kind)
    }

    /// Whether there is nothing: no value, or nil.
    pub(crate) fn is_nil(&self) -> bool {
        matches!(self, Self::Invalid | Self::Nil)
    }

    /// What `if` makes of it.
    pub(crate) fn truth(&self) -> bool {
        match self {
            Self::Invalid | Self::Nil => false,
            Self::Bool(value) => *value,
            Self::Int(_, value) => *value != 0,
            Self::Uint(_, value) => *value != 0,
            Self::Float(value) => *value != 0.0,
            Self::Complex(real, imaginary) => *real != 0.0 || *imaginary != 0.0,
            Self::Text(text) => !text.is_empty(),
            Self::List(list) => !list.is_empty(),
            Self::Dict(dict) => !dict.is_empty(),
            Self::Moment(_) | Self::Zone(_) | Self::VersionPointer(_) | Self::Version(_) | Self::Certificate(_) => true,
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<Text> for Value {
    fn from(value: Text) -> Self {
        Self::Text(value)
    }
}

impl From<List> for Value {
    fn from(value: List) -> Self {
        Self::List(value)
    }
}

impl From<Dict> for Value {
    fn from(value: Dict) -> Self {
        Self::Dict(value)
    }
}
