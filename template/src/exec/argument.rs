//! From an operand to an argument of the type that a parameter has.

use super::{Run, State, located};
use crate::parse::tree::{Number, Operand, Term};
use crate::reason::{Reason, Res};
use crate::value::{Dict, IntKind, List, Ty, UintKind, Value};

impl State<'_, '_> {
    /// The operand's value as a `ty`.
    pub(super) fn argument(&mut self, dot: &Value, ty: Ty, operand: &Operand) -> Run<Value> {
        self.meter().work(1)?;
        let result = match &operand.term {
            Term::Dot => Ok(dot.clone()),
            Term::Nil => return located(operand.at, nil_of(ty).ok_or_else(|| Reason::NilArgument.into())),
            Term::Field(names) => self.fields(dot, dot.clone(), names, &[], None),
            Term::Variable(name, names) => self.variable_fields(dot, name, names, &[], None),
            Term::Pipe(pipe) => {
                let meter = self.meter();
                meter.nested(|| self.pipeline(dot, pipe))
            }
            Term::Function(function) => self.call(dot, function, &[], None),
            Term::Chain(inner, names) => self.chain(dot, inner, names, &[], None),
            Term::Bool(_) | Term::Number(_) | Term::Text(_) => {
                return located(operand.at, constant(&operand.term, ty).map_err(Into::into));
            }
        };
        located(operand.at, result.and_then(|value| Ok(assignable(value, ty)?)))
    }
}

/// The value as a `ty`, if Go would assign it.
pub(super) fn assignable(value: Value, ty: Ty) -> Res<Value> {
    match (&value, ty) {
        (Value::Invalid, _) => nil_of(ty).ok_or(Reason::NilArgument),
        (_, Ty::Any | Ty::Reflect) => Ok(value),
        _ if value.ty() == Some(ty) => Ok(value),
        // One dereference happens by itself.
        (Value::VersionPointer(version), Ty::Version) => Ok(Value::Version(version.clone())),
        _ => Err(Reason::ArgumentType),
    }
}

/// The nil of a type that has one.
fn nil_of(ty: Ty) -> Option<Value> {
    match ty {
        Ty::Reflect => Some(Value::Invalid),
        Ty::Dict(_) => Some(Value::Dict(Dict::nil())),
        Ty::List(elem) => Some(Value::List(List::nil(elem))),
        Ty::Any | Ty::Zone | Ty::VersionPointer => Some(Value::Nil),
        _ => None,
    }
}

/// A constant as a `ty`.
fn constant(term: &Term, ty: Ty) -> Res<Value> {
    let converted = match (term, ty) {
        (Term::Number(number), Ty::Any | Ty::Reflect) => return ideal(number),
        (Term::Bool(value), Ty::Any | Ty::Reflect | Ty::Bool) => Some(Value::Bool(*value)),
        (Term::Text(text), Ty::Any | Ty::Reflect | Ty::Text) => Some(Value::Text(text.clone())),
        (Term::Number(number), Ty::Int(kind)) => number.int.map(|n| Value::Int(kind, n)),
        (Term::Number(number), Ty::Uint(kind)) => number.uint.map(|n| Value::Uint(kind, truncated(kind, n))),
        (Term::Number(number), Ty::Float) => number.float.map(Value::Float),
        _ => None,
    };
    converted.ok_or(Reason::ArgumentType)
}

/// Go stores a constant in an unsigned parameter without a check of its range.
fn truncated(kind: UintKind, number: u64) -> u64 {
    match kind {
        UintKind::Uint8 => number & 0xFF,
        UintKind::Uint32 => number & 0xFFFF_FFFF,
        UintKind::Uint64 => number,
    }
}

/// What a number is where nothing says which type is wanted.
pub(super) fn ideal(number: &Number) -> Res<Value> {
    if let Some((real, imaginary)) = number.complex {
        return Ok(Value::Complex(real, imaginary));
    }
    match number {
        Number { float: Some(float), looks_like_float: true, .. } => Ok(Value::Float(*float)),
        Number { int: Some(int), .. } => Ok(Value::Int(IntKind::Int, *int)),
        _ => Err(Reason::IntegerOverflow),
    }
}
