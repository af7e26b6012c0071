//! Functions and methods: reading a signature, and comparing two one argument at a time.

use super::spelling::{code, plain, shown};
use crate::diff::Impact;

/// A function or method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Function {
    pub(super) is_async: bool,
    /// How it takes what it is a method of: `&self`, `self`; empty for a function.
    receiver: String,
    /// What is generic, and the bounds.
    generics: String,
    pub(super) arguments: Vec<Argument>,
    /// What it gives; empty for nothing.
    pub(super) output: String,
}

/// An argument of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) ty: String,
}

impl Function {
    /// Reads a line without attributes; `None` when it is no function.
    pub(super) fn read(bare: &str) -> Option<Self> {
        let rest = bare.strip_prefix("pub ").unwrap_or(bare);
        let (is_async, rest) = match rest.strip_prefix("async ") {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let rest = rest.strip_prefix("fn ")?;
        let open = top_level(rest, '(').next()?;
        let close = open + 1 + closing(&rest[open + 1..])?;
        let (name, arguments) = (&rest[..open], &rest[open + 1..close]);
        let generics = name.split_once('<').filter(|_| name.ends_with('>')).map_or("", |(_, rest)| rest);
        let (output, bounds) = match rest[close + 1..].trim().split_once("where ") {
            Some((output, bounds)) => (output.trim(), bounds),
            None => (rest[close + 1..].trim(), ""),
        };
        let mut function = Self {
            is_async,
            receiver: String::new(),
            generics: plain(&format!("{generics}{bounds}")),
            arguments: Vec::new(),
            output: plain(output.strip_prefix("-> ").unwrap_or(output)),
        };
        for part in split(arguments) {
            match part.split_once(": ") {
                Some((name, ty)) => {
                    let name = name.trim().trim_start_matches("mut ").trim_start_matches("r#");
                    function.arguments.push(Argument { name: name.to_owned(), ty: plain(ty) });
                }
                // Whether a method changes its own copy is its own business.
                None => function.receiver = part.trim_start_matches("mut ").to_owned(),
            }
        }
        Some(function)
    }

    /// Whether it sets something optional of a request: it takes the request and gives it back.
    pub(super) fn is_setter(&self) -> bool {
        self.receiver == "self" && self.output == "Self"
    }

    /// How it differs from what it was, and what that does to callers; `None` when callers see no difference.
    pub(super) fn compare(&self, new: &Self) -> Option<(Impact, String)> {
        let mut breaks = Vec::new();
        let mut notes = Vec::new();
        if self.is_async != new.is_async {
            breaks.push(if new.is_async { "is async now" } else { "is not async any more" }.to_owned());
        }
        if self.receiver != new.receiver {
            let word =
                |receiver: &str| if receiver.is_empty() { "nothing".to_owned() } else { code(receiver) };
            breaks.push(format!("takes {} instead of {}", word(&new.receiver), word(&self.receiver)));
        }
        self.compare_arguments(new, &mut breaks, &mut notes);
        if self.output != new.output {
            let word =
                |output: &str| if output.is_empty() { "nothing".to_owned() } else { code(&shown(output)) };
            breaks.push(format!("gives {} instead of {}", word(&new.output), word(&self.output)));
        }
        if self.generics != new.generics {
            breaks.push("has other generic parameters or bounds".to_owned());
        }
        let impact = if breaks.is_empty() { Impact::Note } else { Impact::Breaking };
        breaks.append(&mut notes);
        (!breaks.is_empty()).then(|| (impact, breaks.join("; ")))
    }

    fn compare_arguments(&self, new: &Self, breaks: &mut Vec<String>, notes: &mut Vec<String>) {
        let (old, new) = (&self.arguments, &new.arguments);
        let names = |arguments: &[Argument]| -> Vec<String> {
            arguments.iter().map(|argument| argument.name.clone()).collect()
        };
        let is_in = |list: &[Argument], name: &str| list.iter().any(|argument| argument.name == name);
        let same_types = old.len() == new.len() && old.iter().zip(new).all(|(old, new)| old.ty == new.ty);
        let renamed: Vec<(&Argument, &Argument)> = old
            .iter()
            .zip(new)
            .filter(|(a, b)| a.name != b.name && !is_in(new, &a.name) && !is_in(old, &b.name))
            .collect();
        if same_types && renamed.len() == old.iter().zip(new).filter(|(a, b)| a.name != b.name).count() {
            // Callers do not name arguments.
            let told = renamed
                .iter()
                .map(|(a, b)| format!("argument {} is called {} now", code(&a.name), code(&b.name)));
            notes.extend(told);
            return;
        }
        for gone in old.iter().filter(|argument| !is_in(new, &argument.name)) {
            breaks.push(format!("argument {} is gone", gone.shown()));
        }
        for (index, argument) in new.iter().enumerate() {
            match old.iter().find(|old| old.name == argument.name) {
                None => breaks.push(format!("argument {} added {}", argument.shown(), place(new, index))),
                Some(old) if old.ty != argument.ty => breaks.push(format!(
                    "argument {} takes {} instead of {}",
                    code(&argument.name),
                    code(&shown(&argument.ty)),
                    code(&shown(&old.ty))
                )),
                Some(_) => {}
            }
        }
        let kept = |list: &[Argument], other: &[Argument]| -> Vec<String> {
            names(list).into_iter().filter(|name| is_in(other, name)).collect()
        };
        if kept(old, new) != kept(new, old) {
            let order: Vec<String> = new.iter().map(|argument| code(&argument.name)).collect();
            breaks.push(format!("the arguments have another order: {}", order.join(", ")));
        }
    }
}

impl Argument {
    /// `name: &str` as code.
    pub(super) fn shown(&self) -> String {
        code(&format!("{}: {}", self.name, shown(&self.ty)))
    }
}

/// Where an argument stands among the others.
fn place(arguments: &[Argument], index: usize) -> String {
    match index.checked_sub(1).and_then(|before| arguments.get(before)) {
        Some(before) => format!("after {}", code(&before.name)),
        None if arguments.len() == 1 => "as the only one".to_owned(),
        None => "in the first place".to_owned(),
    }
}

/// The parts between the commas that stand in no bracket.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for comma in top_level(text, ',') {
        parts.push(text[start..comma].trim());
        start = comma + 1;
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// The offset of the bracket that closes the one before the text.
fn closing(text: &str) -> Option<usize> {
    top_level(text, ')').next()
}

/// The offsets of a sign where it stands in no bracket; the `>` of an arrow is none.
fn top_level(text: &str, wanted: char) -> impl Iterator<Item = usize> + '_ {
    let mut depth = 0usize;
    let mut before = ' ';
    text.char_indices().filter_map(move |(offset, c)| {
        let is_arrow = c == '>' && before == '-';
        before = c;
        let found = depth == 0 && c == wanted;
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' if !is_arrow => depth = depth.saturating_sub(1),
            _ => {}
        }
        found.then_some(offset)
    })
}
