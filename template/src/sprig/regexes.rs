//! Regular expressions.

use super::split::list_of_texts;
use crate::env::Env;
use crate::funcs::{Args, Func, fixed};
use crate::reason::{Reason, Res};
use crate::regex::{Regex, group, quote_meta, replace_all, replace_all_literal};
use crate::value::{Elem, List, Ty, Value};

const TEXTS: &[Ty] = &[Ty::Text, Ty::Text];
const TEXTS_INT: &[Ty] = &[Ty::Text, Ty::Text, Ty::INT];
const THREE_TEXTS: &[Ty] = &[Ty::Text, Ty::Text, Ty::Text];

pub(super) const FUNCS: &[Func] = &[
    fixed("regexMatch", TEXTS, |env, args| match matches(env, args) {
        // What is no expression matches nothing.
        Err(Reason::BadRegex) => Ok(Value::Bool(false)),
        matched => matched,
    }),
    fixed("mustRegexMatch", TEXTS, matches),
    fixed("regexFind", TEXTS, find),
    fixed("mustRegexFind", TEXTS, find),
    fixed("regexFindAll", TEXTS_INT, find_all),
    fixed("mustRegexFindAll", TEXTS_INT, find_all),
    fixed("regexReplaceAll", THREE_TEXTS, replace),
    fixed("mustRegexReplaceAll", THREE_TEXTS, replace),
    fixed("regexReplaceAllLiteral", THREE_TEXTS, replace_literal),
    fixed("mustRegexReplaceAllLiteral", THREE_TEXTS, replace_literal),
    fixed("regexSplit", TEXTS_INT, split),
    fixed("mustRegexSplit", TEXTS_INT, split),
    fixed("regexQuoteMeta", &[Ty::Text], |env, args| Ok(quote_meta(env, args.bytes(0)?)?.into())),
];

fn regex(env: &Env, args: &Args) -> Res<Regex> {
    Regex::new(env.meter, args.bytes(0)?)
}

fn matches(env: &Env, args: &Args) -> Res<Value> {
    Ok(Value::Bool(regex(env, args)?.is_match(env.meter, args.bytes(1)?)?))
}

fn find(env: &Env, args: &Args) -> Res<Value> {
    let text = args.bytes(1)?;
    env.text(regex(env, args)?.find(env.meter, text)?.map_or(b"", |range| &text[range]))
}

fn find_all(env: &Env, args: &Args) -> Res<Value> {
    let text = args.bytes(1)?;
    let mut found = Vec::new();
    for places in regex(env, args)?.find_all(env.meter, text, args.int(2)?)? {
        found.push(env.copy(&text[group(&places, 0).ok_or(Reason::Internal)?])?);
    }
    // Go has no list where nothing was found.
    if found.is_empty() { Ok(List::nil(Elem::Text).into()) } else { list_of_texts(env, found) }
}

fn replace(env: &Env, args: &Args) -> Res<Value> {
    Ok(replace_all(env, &regex(env, args)?, args.bytes(1)?, args.bytes(2)?)?.into())
}

fn replace_literal(env: &Env, args: &Args) -> Res<Value> {
    Ok(replace_all_literal(env, &regex(env, args)?, args.bytes(1)?, args.bytes(2)?)?.into())
}

fn split(env: &Env, args: &Args) -> Res<Value> {
    let regex = regex(env, args)?;
    let count = args.int(2)?;
    if count == 0 {
        return Ok(List::nil(Elem::Text).into());
    }
    let parts = regex.split(env.meter, args.bytes(1)?, count)?;
    let texts = parts.into_iter().map(|part| env.copy(part)).collect::<Res<_>>()?;
    list_of_texts(env, texts)
}
