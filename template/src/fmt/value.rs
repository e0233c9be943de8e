//! Values of any type, and what is inside them.

use super::integer::Integer;
use super::{Printer, Subject};
use crate::methods;
use crate::reason::Res;
use crate::text::Text;
use crate::value::{Dict, Kind, List, Ty, Value};

impl Printer<'_, '_> {
    /// An argument of a format.
    pub(super) fn argument(&mut self, value: &Value, verb: char) -> Res<()> {
        self.env.meter.work(1)?;
        self.subject = Subject::Argument(value.clone());
        let Some(ty) = value.ty() else {
            return match verb {
                'T' | 'v' => self.pad(b"<nil>"),
                _ => self.bad_verb(verb),
            };
        };
        match verb {
            'T' => self.text(ty.name().as_bytes(), 's'),
            'p' => self.pointer(value, verb),
            _ if self.by_method(value, verb)? => Ok(()),
            _ => self.plain(value, verb, 0),
        }
    }

    /// A value inside an argument.
    fn inner(&mut self, value: &Value, verb: char, depth: usize) -> Res<()> {
        self.env.meter.work(1)?;
        self.subject = Subject::Argument(value.clone());
        if self.by_method(value, verb)? {
            return Ok(());
        }
        self.subject = Subject::Inner(value.clone());
        self.plain(value, verb, depth)
    }

    /// Values that have a method for it format themselves.
    fn by_method(&mut self, value: &Value, verb: char) -> Res<bool> {
        if self.erroring {
            return Ok(false);
        }
        if verb == 'w' {
            self.bad_verb(verb)?;
            return Ok(true);
        }
        let text = match verb {
            _ if self.flags.sharp_v => methods::go_string(self.env, value)?,
            'v' | 's' | 'x' | 'X' | 'q' => methods::string(self.env, value)?,
            _ => None,
        };
        let Some(text) = text else { return Ok(false) };
        let verb = if self.flags.sharp_v { 's' } else { verb };
        self.text(text.bytes(), verb)?;
        Ok(true)
    }

    fn plain(&mut self, value: &Value, verb: char, depth: usize) -> Res<()> {
        match value {
            Value::Invalid | Value::Nil if self.flags.sharp_v => self.write("interface {}(nil)"),
            Value::Invalid | Value::Nil => self.write("<nil>"),
            Value::Bool(value) if matches!(verb, 't' | 'v') => self.pad(if *value { b"true" } else { b"false" }),
            Value::Bool(_) => self.bad_verb(verb),
            Value::Int(_, number) => self.integer(Integer { bits: number.cast_unsigned(), signed: true }, verb),
            Value::Uint(_, number) => self.integer(Integer { bits: *number, signed: false }, verb),
            Value::Float(number) => self.float(*number, verb),
            Value::Complex(real, imaginary) => self.complex(*real, *imaginary, verb),
            Value::Text(text) => self.text(text.bytes(), verb),
            Value::List(list) => self.list(list, verb, depth),
            Value::Dict(dict) => self.dict(dict, verb, depth),
            Value::Certificate(certificate) => {
                let fields = certificate.fields().map(|(name, text)| (name, Value::Text(text.clone())));
                self.structure(value, &fields, verb, depth)
            }
            Value::Version(version) | Value::VersionPointer(version) => {
                if value.kind() == Kind::Pointer {
                    self.write("&")?;
                }
                let fields = version.fields(self.env)?;
                self.structure(&Value::Version(version.clone()), &fields, verb, depth)
            }
            Value::Moment(_) | Value::Zone(_) => self.write("?"),
        }
    }

    fn list(&mut self, list: &List, verb: char, depth: usize) -> Res<()> {
        let meter = self.env.meter;
        meter.nested(|| {
            if self.flags.sharp_v {
                self.write(Ty::List(list.elem()).name())?;
                if list.is_nil() {
                    return self.write("(nil)");
                }
            }
            self.out.byte(if self.flags.sharp_v { b'{' } else { b'[' })?;
            let mut index = 0;
            while let Some(value) = list.get(index) {
                if index > 0 {
                    self.write(if self.flags.sharp_v { ", " } else { " " })?;
                }
                self.inner(&value, verb, depth + 1)?;
                index += 1;
            }
            self.out.byte(if self.flags.sharp_v { b'}' } else { b']' })
        })
    }

    fn dict(&mut self, dict: &Dict, verb: char, depth: usize) -> Res<()> {
        let meter = self.env.meter;
        meter.nested(|| {
            if self.flags.sharp_v {
                self.write(Ty::Dict(dict.elem()).name())?;
                if dict.is_nil() {
                    return self.write("(nil)");
                }
                self.out.byte(b'{')?;
            } else {
                self.write("map[")?;
            }
            for (index, (key, value)) in dict.entries(meter)?.iter().enumerate() {
                if index > 0 {
                    self.write(if self.flags.sharp_v { ", " } else { " " })?;
                }
                self.inner(&Value::Text(Text::clone(key)), verb, depth + 1)?;
                self.out.byte(b':')?;
                self.inner(value, verb, depth + 1)?;
            }
            self.out.byte(if self.flags.sharp_v { b'}' } else { b']' })
        })
    }

    fn structure(&mut self, value: &Value, fields: &[(&str, Value)], verb: char, depth: usize) -> Res<()> {
        if self.flags.sharp_v {
            self.write(value.ty().map_or("", Ty::name))?;
        }
        self.out.byte(b'{')?;
        for (index, (name, field)) in fields.iter().enumerate() {
            if index > 0 {
                self.write(if self.flags.sharp_v { ", " } else { " " })?;
            }
            if self.flags.plus_v || self.flags.sharp_v {
                self.write(name)?;
                self.out.byte(b':')?;
            }
            self.inner(field, verb, depth + 1)?;
        }
        self.out.byte(b'}')
    }

    /// `%p`: an address, which nothing may depend on; it is the same for all values here.
    fn pointer(&mut self, value: &Value, verb: char) -> Res<()> {
        match value.kind() {
            Kind::List | Kind::Dict | Kind::Pointer => {
                let sharp = self.flags.sharp;
                self.flags.sharp = !sharp;
                let result = self.integer(Integer { bits: 0xC0_0000_0000, signed: false }, 'x');
                self.flags.sharp = sharp;
                result
            }
            _ => self.bad_verb(verb),
        }
    }

    /// `%!d(string=text)`
    pub(super) fn bad_verb(&mut self, verb: char) -> Res<()> {
        let erroring = std::mem::replace(&mut self.erroring, true);
        self.write("%!")?;
        self.out.char(verb)?;
        self.out.byte(b'(')?;
        match self.subject.clone() {
            Subject::Argument(value) => match value.ty() {
                Some(ty) => {
                    self.write(ty.name())?;
                    self.out.byte(b'=')?;
                    self.argument(&value, 'v')?;
                }
                None => self.write("<nil>")?,
            },
            Subject::Inner(value) => match value.ty() {
                Some(ty) => {
                    self.write(ty.name())?;
                    self.out.byte(b'=')?;
                    self.plain(&value, 'v', 0)?;
                }
                None => self.write("<nil>")?,
            },
        }
        self.erroring = erroring;
        self.out.byte(b')')
    }
}
