//! Why a template was refused. A closed set of fixed texts: no variant carries anything of the template or the data.

use thiserror::Error;

/// The result of everything that can fail inside the engine.
pub(crate) type Res<T> = Result<T, Reason>;

/// Why a template was refused: one of a fixed set of texts, without a value or a piece of data.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// An action without its `}}`.
    #[error("unclosed action")]
    UnclosedAction,
    /// A comment without its `*/`.
    #[error("unclosed comment")]
    UnclosedComment,
    /// A comment that ends before the action does.
    #[error("comment ends before closing delimiter")]
    CommentBeforeDelimiter,
    /// A string without its closing quote.
    #[error("unterminated quoted string")]
    UnterminatedString,
    /// A character constant without its closing quote.
    #[error("unterminated character constant")]
    UnterminatedCharacter,
    /// A string or character constant with an escape that Go does not know.
    #[error("invalid syntax in a string or character constant")]
    BadConstant,
    /// `(` without `)`.
    #[error("unclosed left paren")]
    UnclosedParen,
    /// `)` without `(`.
    #[error("unexpected right paren")]
    UnexpectedParen,
    /// A character that no action contains.
    #[error("unrecognized character in action")]
    BadCharacter,
    /// `:` without `=`.
    #[error("expected :=")]
    ExpectedDeclaration,
    /// A number that is none.
    #[error("bad number syntax")]
    BadNumber,
    /// An integer that does not fit into 64 bits.
    #[error("integer overflow")]
    IntegerOverflow,
    /// A word or sign in a place where it means nothing.
    #[error("unexpected token")]
    UnexpectedToken,
    /// The template ends inside a block.
    #[error("unexpected end of the template, an end is missing")]
    MissingEnd,
    /// `end` or `else` outside a block, or a second `else`.
    #[error("unexpected end or else")]
    UnexpectedEnd,
    /// `break` outside `range`.
    #[error("break outside range")]
    BreakOutsideRange,
    /// `continue` outside `range`.
    #[error("continue outside range")]
    ContinueOutsideRange,
    /// A pipeline without a command.
    #[error("missing value")]
    MissingValue,
    /// A later stage of a pipeline that is no function.
    #[error("non executable command in pipeline")]
    NonExecutable,
    /// More variables than the construct takes.
    #[error("too many declarations")]
    TooManyDeclarations,
    /// `.` after a constant.
    #[error("unexpected . after term")]
    FieldOfConstant,
    /// A template defined twice.
    #[error("multiple definition of template")]
    MultipleDefinition,
    /// A function that does not exist.
    #[error("function not defined")]
    UndefinedFunction,
    /// A variable that was not declared.
    #[error("undefined variable")]
    UndefinedVariable,
    /// A named template that does not exist.
    #[error("template not defined")]
    UndefinedTemplate,

    /// More or fewer arguments than the function takes.
    #[error("wrong number of arguments")]
    ArgumentCount,
    /// An argument of another type than the function takes.
    #[error("wrong type of argument")]
    ArgumentType,
    /// A missing value where the function needs one.
    #[error("missing or nil argument")]
    NilArgument,
    /// `nil` as a command.
    #[error("nil is not a command")]
    NilCommand,
    /// Arguments after something that is no function.
    #[error("cannot give arguments to something that is not a function")]
    NotAFunction,
    /// A field of a value that has none.
    #[error("the value has no such field")]
    NoSuchField,
    /// A field of nil.
    #[error("field of a nil value")]
    FieldOfNil,
    /// `range` over a value that has no elements.
    #[error("range cannot iterate over this type")]
    CannotRange,
    /// An index outside the value, or of a wrong type.
    #[error("index out of range")]
    IndexOutOfRange,
    /// An index into something that has none.
    #[error("cannot index this type")]
    CannotIndex,
    /// A length of something that has none.
    #[error("this type has no length")]
    NoLength,
    /// A comparison of two kinds.
    #[error("incompatible types for comparison")]
    IncompatibleTypes,
    /// A comparison of a kind that has no order or equality.
    #[error("invalid type for comparison")]
    NotComparable,
    /// The template called `fail`.
    #[error("the template ends the render")]
    Fail,
    /// An argument that the function cannot use.
    #[error("invalid argument")]
    InvalidArgument,
    /// A list function on something that is no list.
    #[error("the argument is not a list")]
    NotAList,
    /// A division by zero.
    #[error("division by zero")]
    DivisionByZero,
    /// A change of a nil dict.
    #[error("assignment to a nil dict")]
    NilDict,
    /// A regular expression that Go would not compile.
    #[error("invalid regular expression")]
    BadRegex,
    /// JSON that does not parse.
    #[error("invalid JSON")]
    BadJson,
    /// A value that JSON cannot express.
    #[error("the value has no JSON form")]
    NoJson,
    /// A date or duration that does not parse.
    #[error("invalid date or duration")]
    BadDate,
    /// A version or version constraint that does not parse.
    #[error("invalid version or constraint")]
    BadVersion,
    /// A URL that does not parse.
    #[error("invalid URL")]
    BadUrl,
    /// Base64 that does not decode.
    #[error("invalid base64")]
    BadBase64,
    /// A key or certificate that does not parse.
    #[error("invalid key or certificate")]
    BadCertificate,
    /// Ciphertext that does not decrypt.
    #[error("invalid ciphertext")]
    BadCiphertext,
    /// The operating system gave no random bytes, or a key could not be made.
    #[error("key or random generation failed")]
    GenerationFailed,
    /// Something that upstream offers and this engine does not.
    #[error("not supported")]
    Unsupported,
    /// A bug in this crate.
    #[error("internal error")]
    Internal,

    /// The source is longer than [`Limits::source`](crate::Limits::source).
    #[error("the template is too long")]
    SourceTooLong,
    /// The output is longer than [`Limits::output`](crate::Limits::output).
    #[error("the output is too long")]
    OutputTooLong,
    /// More work than [`Limits::steps`](crate::Limits::steps).
    #[error("too many steps")]
    TooManySteps,
    /// More time than [`Limits::time`](crate::Limits::time).
    #[error("the render takes too long")]
    TooLong,
    /// More memory than [`Limits::memory`](crate::Limits::memory).
    #[error("the render takes too much memory")]
    TooMuchMemory,
    /// Deeper than [`Limits::depth`](crate::Limits::depth).
    #[error("nested too deeply")]
    TooDeep,
    /// More slow calls than [`Limits::slow_calls`](crate::Limits::slow_calls).
    #[error("too many slow calls")]
    TooManySlowCalls,
    /// A regular expression that compiles to too large a program.
    #[error("the regular expression is too large")]
    RegexTooLarge,
}

impl Reason {
    /// Whether a limit ended the render.
    pub fn is_limit(self) -> bool {
        matches!(
            self,
            Self::SourceTooLong
                | Self::OutputTooLong
                | Self::TooManySteps
                | Self::TooLong
                | Self::TooMuchMemory
                | Self::TooDeep
                | Self::TooManySlowCalls
                | Self::RegexTooLarge
        )
    }
}
