//! What there is to do on a page, in order.

/// Something that a reader does.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// The line of the page that it begins in, from 1.
    pub(crate) line: usize,
    /// The heading of the second level that it stands under; empty above the first.
    pub(crate) section: String,
    pub(crate) action: Action,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Saves a block to a file.
    Save { file: String, text: String },
    /// Types the commands of a block.
    Run(Commands),
    /// Nothing: the page says why its commands are not run by the test.
    LeaveOut,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Commands {
    pub(crate) script: String,
    /// The exit code that the page promises.
    pub(crate) exit: i32,
    /// Whether they are typed again until they do what the page promises.
    pub(crate) repeat: bool,
    /// What they print, where the page says so.
    pub(crate) prints: Option<String>,
}

/// A fenced block.
struct Block {
    line: usize,
    section: String,
    info: String,
    text: String,
    /// Whether only blank lines are between it and the block before.
    follows: bool,
}

/// The steps of a page. Fails on a block that could be commands but does not say it in the one way that is checked.
pub(crate) fn steps(page: &str) -> Result<Vec<Step>, String> {
    let mut steps: Vec<Step> = Vec::new();
    for block in blocks(page)? {
        let (language, attributes) = block.info.split_once(' ').unwrap_or((&block.info, ""));
        let action = match language {
            "sh" => commands(block.text, attributes.trim()).map_err(|error| format!("line {}: {error}", block.line))?,
            "bash" | "shell" | "console" | "zsh" => {
                return Err(format!("line {}: commands stand in a block of the language sh", block.line));
            }
            "text" if block.follows && attributes.is_empty() => {
                if let Some(Step { action: Action::Run(commands), .. }) = steps.last_mut() {
                    commands.prints = Some(block.text);
                }
                continue;
            }
            _ => match attributes.trim().strip_prefix("file=") {
                Some(file) => Action::Save { file: file.to_owned(), text: block.text },
                None => continue,
            },
        };
        steps.push(Step { line: block.line, section: block.section, action });
    }
    Ok(steps)
}

fn commands(script: String, attributes: &str) -> Result<Action, String> {
    if let Some(reason) = attributes.strip_prefix("not-run:") {
        return if reason.trim().is_empty() { Err("not-run needs a reason".into()) } else { Ok(Action::LeaveOut) };
    }
    let mut commands = Commands { script, exit: 0, repeat: false, prints: None };
    for attribute in attributes.split_whitespace() {
        match attribute.split_once('=') {
            None if attribute == "repeat" => commands.repeat = true,
            Some(("exit", code)) => commands.exit = code.parse().map_err(|_| format!("{code} is no exit code"))?,
            _ => return Err(format!("{attribute} says nothing")),
        }
    }
    Ok(Action::Run(commands))
}

fn blocks(page: &str) -> Result<Vec<Block>, String> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut section = String::new();
    let mut follows = false;
    let mut lines = page.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        if let Some(info) = line.trim_start().strip_prefix("```") {
            let indent = line.len() - line.trim_start().len();
            let mut text = String::new();
            loop {
                let Some((_, inner)) = lines.next() else { return Err(format!("line {}: no end", index + 1)) };
                if inner.trim() == "```" {
                    break;
                }
                text.push_str(inner.get(indent.min(inner.len() - inner.trim_start().len())..).unwrap_or_default());
                text.push('\n');
            }
            blocks.push(Block {
                line: index + 1,
                section: section.clone(),
                info: info.trim().to_owned(),
                text,
                follows,
            });
            follows = true;
        } else if !line.trim().is_empty() {
            follows = false;
            if let Some(heading) = line.strip_prefix("## ") {
                heading.trim().clone_into(&mut section);
            }
        }
    }
    Ok(blocks)
}

/// Whether what was printed is what the page shows. There, `...` stands for anything within a line, and alone on a line
/// for any number of lines.
pub(crate) fn shows(page: &str, printed: &str) -> bool {
    let lines = |text: &str| text.trim_end().lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
    all_lines(&lines(page), &lines(printed))
}

fn all_lines(page: &[String], printed: &[String]) -> bool {
    match page.split_first() {
        None => printed.is_empty(),
        Some((first, rest)) if first.trim() == "..." => {
            (0..=printed.len()).any(|skipped| all_lines(rest, &printed[skipped..]))
        }
        Some((first, rest)) => {
            printed.split_first().is_some_and(|(line, after)| one_line(first, line) && all_lines(rest, after))
        }
    }
}

pub(crate) fn one_line(page: &str, printed: &str) -> bool {
    match page.split_once("...") {
        None => page == printed,
        Some((before, after)) => {
            let Some(rest) = printed.strip_prefix(before) else { return false };
            rest.char_indices().map(|(index, _)| index).chain([rest.len()]).any(|index| one_line(after, &rest[index..]))
        }
    }
}

#[test]
fn commands_files_and_what_is_printed_are_told_apart() {
    let page = "# Title\n\n## One\n\n1. Type:\n   ```sh exit=1\n   a\n     b\n   ```\n\n   ```text\n   out\n   ```\n\
        Not printed:\n\n```text\nx\n```\n```yaml file=a/b.yaml\nk: v\n```\n```sh not-run: no cloud\nz\n```\n```yaml\n```\n";
    let steps = steps(page).unwrap();
    let commands = Commands { script: "a\n  b\n".into(), exit: 1, repeat: false, prints: Some("out\n".into()) };
    assert_eq!(steps[0], Step { line: 6, section: "One".into(), action: Action::Run(commands) });
    assert_eq!(steps[1].action, Action::Save { file: "a/b.yaml".into(), text: "k: v\n".into() });
    assert_eq!(steps[2].action, Action::LeaveOut);
    assert_eq!(steps.len(), 3);
}

#[test]
fn commands_that_would_not_be_run_by_mistake_are_refused() {
    for page in
        ["```bash\nls\n```", "```console\n$ ls\n```", "```sh not-run:\nls\n```", "```sh exit=x\nls\n```", "```sh\n"]
    {
        assert!(steps(page).is_err(), "{page}");
    }
}

#[test]
fn dots_stand_for_what_varies_and_nothing_else_does() {
    for (page, printed, expected) in [
        ("a\nb", "a\nb\n", true),
        ("a ... c", "a b c", true),
        ("a ... c", "a b d", false),
        ("a\n...\nz", "a\nz", true),
        ("a\n...\nz", "a\nb\nc\nz", true),
        ("a\n...", "b\nz", false),
        ("a", "a\nb", false),
        ("", "a", false),
    ] {
        assert_eq!(shows(page, printed), expected, "{page:?} {printed:?}");
    }
}
