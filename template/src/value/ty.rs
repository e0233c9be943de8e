//! The Go types that values and parameters have.

/// A signed integer type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IntKind {
    Int,
    Int64,
    Duration,
    Month,
    Weekday,
}

/// An unsigned integer type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UintKind {
    Uint8,
    Uint32,
    Uint64,
}

/// What a list or dict holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Elem {
    /// `interface{}`
    Any,
    Text,
    Int,
    /// `[]interface{}`
    List,
}

/// A Go type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ty {
    /// `interface{}`, of parameters only.
    Any,
    /// `reflect.Value`, of the parameters of built-in functions: takes everything, even no value.
    Reflect,
    Bool,
    Int(IntKind),
    Uint(UintKind),
    Float,
    Complex,
    Text,
    List(Elem),
    Dict(Elem),
    Moment,
    Zone,
    VersionPointer,
    Version,
    Certificate,
}

/// A Go kind: what is left of a type without its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Invalid,
    Bool,
    Int,
    Uint,
    Float,
    Complex,
    Text,
    List,
    Dict,
    Struct,
    Pointer,
}

impl Ty {
    pub(crate) const INT: Self = Self::Int(IntKind::Int);
    pub(crate) const ANY_DICT: Self = Self::Dict(Elem::Any);
    pub(crate) const ANY_LIST: Self = Self::List(Elem::Any);

    /// The name that `%T` shows.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Any => "interface {}",
            Self::Reflect => "reflect.Value",
            Self::Bool => "bool",
            Self::Int(IntKind::Int) => "int",
            Self::Int(IntKind::Int64) => "int64",
            Self::Int(IntKind::Duration) => "time.Duration",
            Self::Int(IntKind::Month) => "time.Month",
            Self::Int(IntKind::Weekday) => "time.Weekday",
            Self::Uint(UintKind::Uint8) => "uint8",
            Self::Uint(UintKind::Uint32) => "uint32",
            Self::Uint(UintKind::Uint64) => "uint64",
            Self::Float => "float64",
            Self::Complex => "complex128",
            Self::Text => "string",
            Self::List(Elem::Any) => "[]interface {}",
            Self::List(Elem::Text) => "[]string",
            Self::List(Elem::Int) => "[]int",
            Self::List(Elem::List) => "[][]interface {}",
            Self::Dict(Elem::Text) => "map[string]string",
            Self::Dict(_) => "map[string]interface {}",
            Self::Moment => "time.Time",
            Self::Zone => "*time.Location",
            Self::VersionPointer => "*semver.Version",
            Self::Version => "semver.Version",
            Self::Certificate => "sprig.certificate",
        }
    }

    pub(crate) fn kind(self) -> Kind {
        match self {
            Self::Any | Self::Reflect => Kind::Invalid,
            Self::Bool => Kind::Bool,
            Self::Int(_) => Kind::Int,
            Self::Uint(_) => Kind::Uint,
            Self::Float => Kind::Float,
            Self::Complex => Kind::Complex,
            Self::Text => Kind::Text,
            Self::List(_) => Kind::List,
            Self::Dict(_) => Kind::Dict,
            Self::Moment | Self::Version | Self::Certificate => Kind::Struct,
            Self::Zone | Self::VersionPointer => Kind::Pointer,
        }
    }

    /// The name that `kindOf` shows.
    pub(crate) fn kind_name(self) -> &'static str {
        match self {
            Self::Int(IntKind::Int | IntKind::Month | IntKind::Weekday) => "int",
            Self::Int(IntKind::Int64 | IntKind::Duration) => "int64",
            _ => match self.kind() {
                Kind::Invalid => "invalid",
                Kind::List => "slice",
                Kind::Dict => "map",
                Kind::Struct => "struct",
                Kind::Pointer => "ptr",
                _ => self.name(),
            },
        }
    }
}
