//! Flags as the Go package `pflag` parses them, which differs from the habits of other parsers in many small ways:
//! `--flag=value` and `--flag value`, `-o value`, `-ovalue` and `-o=value`, `--switch=false` but never `--switch false`,
//! single letters in clusters, flags after arguments, no abbreviations, `--` ends the flags.

mod value;

use std::collections::HashMap;
use std::ffi::OsString;

use crate::failure::Failure;
pub(super) use value::Kind;

/// One flag.
pub(super) struct Flag {
    pub(super) name: &'static str,
    pub(super) short: Option<char>,
    pub(super) kind: Kind,
    /// What it is without being set, as the usage shows it.
    pub(super) default: &'static str,
    pub(super) usage: &'static str,
    /// Whether it may come from the environment.
    pub(super) environment: bool,
    /// What to use instead.
    pub(super) deprecated: Option<&'static str>,
}

/// Why parsing ended early.
pub(super) enum Stop {
    /// `-h`, which is no flag of its own.
    Help,
    /// Something that is no flag, or no value of one.
    Wrong(Failure),
}

/// The values of the flags that were set. Arguments that belong to no flag are not looked at, as upstream has it.
#[derive(Default)]
pub(super) struct Values {
    set: HashMap<&'static str, Entry>,
    /// The deprecated flags that were used.
    pub(super) deprecated: Vec<&'static str>,
}

struct Entry {
    values: Vec<String>,
    from_environment: bool,
}

impl Values {
    /// Sets a flag from the environment; the command line replaces it.
    pub(super) fn set_from_environment(&mut self, flag: &Flag, text: &str) -> Result<(), String> {
        let values = flag.kind.read(text)?;
        self.set.insert(flag.name, Entry { values, from_environment: true });
        Ok(())
    }

    fn set(&mut self, flag: &Flag, text: &str) -> Result<(), String> {
        let values = flag.kind.read(text)?;
        let entry = self.set.entry(flag.name).or_insert(Entry { values: Vec::new(), from_environment: false });
        if entry.from_environment || !flag.kind.accumulates() {
            entry.values.clear();
            entry.from_environment = false;
        }
        entry.values.extend(values);
        if flag.deprecated.is_some() {
            self.deprecated.push(flag.name);
        }
        Ok(())
    }

    /// The value, unless it is not set or empty, which is the same to kubeseal.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let entry = self.set.get(name)?;
        entry.values.last().map(String::as_str).filter(|text| !text.is_empty())
    }

    /// All values of a flag that takes several.
    pub(super) fn list(&self, name: &str) -> &[String] {
        self.set.get(name).map(|entry| entry.values.as_slice()).unwrap_or_default()
    }

    /// Whether a switch is on.
    pub(super) fn is(&self, name: &str) -> bool {
        self.switch(name).unwrap_or_default()
    }

    /// Whether a switch was set, and how.
    pub(super) fn switch(&self, name: &str) -> Option<bool> {
        self.text(name).map(|text| text == "true")
    }
}

/// Reads the arguments into `values`.
pub(super) fn parse(flags: &[Flag], arguments: &[OsString], values: &mut Values) -> Result<(), Stop> {
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let text = utf8(argument)?;
        if text == "--" {
            break;
        }
        if let Some(long) = text.strip_prefix("--") {
            long_flag(flags, long, &mut arguments, values)?;
        } else if let Some(letters) = text.strip_prefix('-').filter(|letters| !letters.is_empty()) {
            short_flags(flags, letters, &mut arguments, values)?;
        }
    }
    Ok(())
}

type Arguments<'a> = std::slice::Iter<'a, OsString>;

fn long_flag(flags: &[Flag], text: &str, rest: &mut Arguments<'_>, values: &mut Values) -> Result<(), Stop> {
    let (name, attached) = match text.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (text, None),
    };
    if name.is_empty() || name.starts_with('-') {
        return Err(wrong(format!("bad flag syntax: --{text}")));
    }
    let Some(flag) = flags.iter().find(|flag| flag.name == name) else {
        return Err(unknown(flags, name));
    };
    let value = match (attached, flag.kind.without_value()) {
        (Some(value), _) | (None, Some(value)) => value,
        (None, None) => match rest.next() {
            Some(next) => utf8(next)?,
            None => return Err(wrong(format!("flag needs an argument: --{text}"))),
        },
    };
    set(flag, value, values)
}

fn short_flags(flags: &[Flag], letters: &str, rest: &mut Arguments<'_>, values: &mut Values) -> Result<(), Stop> {
    let mut letters = letters;
    while let Some(letter) = letters.chars().next() {
        let after = &letters[letter.len_utf8()..];
        let Some(flag) = flags.iter().find(|flag| flag.short == Some(letter)) else {
            if letter == 'h' {
                return Err(Stop::Help);
            }
            return Err(wrong(format!("unknown shorthand flag: {letter:?} in -{letters}")));
        };
        let value = match (after.strip_prefix('='), flag.kind.without_value()) {
            (Some(value), _) if !value.is_empty() => value,
            (_, Some(value)) => {
                set(flag, value, values)?;
                letters = after;
                continue;
            }
            _ if !after.is_empty() => after,
            _ => match rest.next() {
                Some(next) => utf8(next)?,
                None => return Err(wrong(format!("flag needs an argument: {letter:?} in -{letters}"))),
            },
        };
        return set(flag, value, values);
    }
    Ok(())
}

fn set(flag: &Flag, value: &str, values: &mut Values) -> Result<(), Stop> {
    values.set(flag, value).map_err(|reason| {
        let name = match flag.short {
            Some(short) => format!("-{short}, --{}", flag.name),
            None => format!("--{}", flag.name),
        };
        // A password that was given to the wrong flag is not repeated.
        wrong(format!("invalid argument for \"{name}\" flag: {reason}"))
    })
}

fn unknown(flags: &[Flag], name: &str) -> Stop {
    let failure = Failure::usage(format_args!("unknown flag: --{name}"));
    let close = |flag: &Flag| strsim::jaro_winkler(flag.name, name);
    let closest = flags.iter().max_by(|a, b| close(a).total_cmp(&close(b))).filter(|flag| close(flag) > 0.85);
    Stop::Wrong(match closest {
        Some(flag) => failure.remedy(format!("did you mean --{}?", flag.name)),
        None => failure.remedy("kubeseal --help lists the flags"),
    })
}

fn wrong(what: String) -> Stop {
    Stop::Wrong(Failure::usage(what).remedy("kubeseal --help lists the flags"))
}

fn utf8(argument: &OsString) -> Result<&str, Stop> {
    argument.to_str().ok_or_else(|| wrong("an argument is not UTF-8".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::flags::FLAGS;
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<Values, String> {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        let mut values = Values::default();
        match parse(FLAGS, &arguments, &mut values) {
            Ok(()) => Ok(values),
            Err(Stop::Help) => Err("help".to_owned()),
            Err(Stop::Wrong(failure)) => Err(failure.what().to_owned()),
        }
    }

    #[test]
    fn values_may_be_attached_or_follow() {
        for arguments in [
            &["--format=yaml"][..],
            &["--format", "yaml"],
            &["-oyaml"],
            &["-o=yaml"],
            &["-o", "yaml"],
            &["-o", "x", "-oyaml"],
        ] {
            assert_eq!(parsed(arguments).ok().unwrap().text("format"), Some("yaml"), "{arguments:?}");
        }
        // With nothing after it, `=` is the value.
        assert_eq!(parsed(&["-o="]).ok().unwrap().text("format"), Some("="));
    }

    #[test]
    fn a_switch_takes_a_value_only_when_it_is_attached() {
        assert!(parsed(&["--raw"]).ok().unwrap().is("raw"));
        assert!(!parsed(&["--raw=false"]).ok().unwrap().is("raw"));
        assert!(parsed(&["--raw", "false"]).ok().unwrap().is("raw"));
        assert!(parsed(&["--raw=T"]).ok().unwrap().is("raw"));
    }

    #[test]
    fn lists_are_split_at_commas_and_go_on_when_repeated() {
        let values = parsed(&["--recovery-private-key=a,b", "--recovery-private-key", "\"c,d\""]).ok().unwrap();
        assert_eq!(values.list("recovery-private-key"), ["a", "b", "c,d"]);
        let values = parsed(&["--as-group", "a,b", "--as-group=c"]).ok().unwrap();
        assert_eq!(values.list("as-group"), ["a,b", "c"]);
    }

    #[test]
    fn arguments_may_stand_anywhere_and_two_dashes_end_the_flags() {
        let values = parsed(&["x", "--raw", "-", "--", "--validate"]).ok().unwrap();
        assert!(values.is("raw") && !values.is("validate"));
    }

    #[test]
    fn what_is_wrong_is_named_as_pflag_names_it() {
        for (arguments, message) in [
            (&["--bogus"][..], "unknown flag: --bogus"),
            (&["--cer", "x"], "unknown flag: --cer"),
            (&["-z"], "unknown shorthand flag: 'z' in -z"),
            (&["-v3z"], "invalid argument for \"-v, --v\" flag: strconv.ParseInt: invalid syntax"),
            (&["--cert"], "flag needs an argument: --cert"),
            (&["-o"], "flag needs an argument: 'o' in -o"),
            (&["--=x"], "bad flag syntax: --=x"),
            (&["---x"], "bad flag syntax: ---x"),
            (&["--raw=maybe"], "invalid argument for \"--raw\" flag: strconv.ParseBool: invalid syntax"),
            (
                &["--scope=x"],
                "invalid argument for \"--scope\" flag: must be one of: strict, namespace-wide, cluster-wide",
            ),
            (&["-h"], "help"),
        ] {
            assert_eq!(parsed(arguments).err().as_deref(), Some(message), "{arguments:?}");
        }
    }

    #[test]
    fn the_command_line_replaces_what_the_environment_says() {
        let flag = FLAGS.iter().find(|flag| flag.name == "recovery-private-key").unwrap();
        let mut values = Values::default();
        values.set_from_environment(flag, "a,b").unwrap();
        parse(FLAGS, &["--recovery-private-key=c".into(), "--recovery-private-key=d".into()], &mut values)
            .ok()
            .unwrap();
        assert_eq!(values.list("recovery-private-key"), ["c", "d"]);
    }
}
