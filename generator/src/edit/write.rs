//! Values as YAML, in block style: plain where every reader sees a string, otherwise in double quotes.

use serde_json::{Map, Value};

/// How new lines are written, after the habits of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Habits {
    /// How much deeper than its key a mapping is indented.
    pub(super) step: usize,
    /// How much deeper than its key the dashes of a sequence stand.
    pub(super) dash: usize,
    pub(super) line_break: &'static str,
    /// Whether text of several lines is written on several lines.
    pub(super) literals: bool,
}

impl Habits {
    /// What stands behind the colon of a key at a column.
    pub(super) fn after_colon(self, value: &Value, column: usize) -> String {
        match value {
            Value::Object(members) if !members.is_empty() => {
                let column = column + self.step;
                format!("{}{}", self.new_line(column), self.members(members, column))
            }
            Value::Array(items) if !items.is_empty() => {
                let column = column + self.dash;
                format!("{}{}", self.new_line(column), self.items(items, column))
            }
            _ => self.leaf(value, column + self.step),
        }
    }

    /// What stands behind the dash at a column.
    pub(super) fn after_dash(self, value: &Value, column: usize) -> String {
        match value {
            Value::Object(members) if !members.is_empty() => {
                format!(" {}", self.members(members, column + 2))
            }
            Value::Array(items) if !items.is_empty() => format!(" {}", self.items(items, column + 2)),
            _ => self.leaf(value, column + 2),
        }
    }

    /// A member whose key stands at a column, from its key on.
    pub(super) fn member(self, key: &str, value: &Value, column: usize) -> String {
        format!("{}:{}", string(key, false), self.after_colon(value, column))
    }

    pub(super) fn members(self, members: &Map<String, Value>, column: usize) -> String {
        let lines: Vec<String> = members.iter().map(|(key, value)| self.member(key, value, column)).collect();
        lines.join(&self.new_line(column))
    }

    fn items(self, items: &[Value], column: usize) -> String {
        let lines: Vec<String> =
            items.iter().map(|item| format!("-{}", self.after_dash(item, column))).collect();
        lines.join(&self.new_line(column))
    }

    fn leaf(self, value: &Value, column: usize) -> String {
        match value.as_str().filter(|_| self.literals).and_then(literal) {
            Some((header, lines)) => {
                let line = |line: &str| match line {
                    "" => self.line_break.to_owned(),
                    line => format!("{}{line}", self.new_line(column)),
                };
                format!(" {header}{}", lines.lines().map(line).collect::<String>())
            }
            None => {
                format!(" {}", value.as_str().map_or_else(|| flow(value, ""), |text| string(text, false)))
            }
        }
    }

    pub(super) fn new_line(self, column: usize) -> String {
        format!("{}{}", self.line_break, " ".repeat(column))
    }
}

/// A value on one line; `padding` stands within the brackets.
pub(super) fn flow(value: &Value, padding: &str) -> String {
    let bracketed = |open: &str, parts: Vec<String>, close: &str| {
        let padding = if parts.is_empty() { "" } else { padding };
        format!("{open}{padding}{}{padding}{close}", parts.join(", "))
    };
    match value {
        Value::Object(members) => {
            let member =
                |(key, value): (&String, &Value)| format!("{}: {}", string(key, true), flow(value, padding));
            bracketed("{", members.iter().map(member).collect(), "}")
        }
        Value::Array(items) => bracketed("[", items.iter().map(|item| flow(item, padding)).collect(), "]"),
        Value::String(text) => string(text, true),
        Value::Number(number) => float(number.to_string()),
        Value::Null | Value::Bool(_) => value.to_string(),
    }
}

/// A number as YAML 1.1 reads one: with a point and a sign where it has an exponent.
fn float(text: String) -> String {
    let Some((digits, exponent)) = text.split_once('e') else {
        return text;
    };
    let point = if digits.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with(['+', '-']) { "" } else { "+" };
    format!("{digits}{point}e{sign}{exponent}")
}

/// The header and lines of a text that a block scalar can hold as it is.
fn literal(text: &str) -> Option<(&'static str, &str)> {
    let (header, lines) = match text.strip_suffix('\n') {
        Some(lines) => ("|", lines),
        None => ("|-", text),
    };
    let holds = text.contains('\n')
        && !lines.is_empty()
        && !lines.starts_with([' ', '\t', '\n'])
        && !lines.ends_with('\n')
        && lines.split('\n').all(|line| line.is_empty() || !line.trim().is_empty())
        && text.chars().all(|char| char == '\n' || char == '\t' || is_printable(char));
    holds.then_some((header, lines))
}

/// A text as a plain scalar if every reader takes it for a string, or else in double quotes.
fn string(text: &str, in_flow: bool) -> String {
    if is_plain(text) && !(in_flow && text.contains([',', '[', ']', '{', '}'])) {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for char in text.chars() {
        match char {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            char if is_printable(char) => quoted.push(char),
            char if u32::from(char) <= 0xff => quoted.push_str(&format!("\\x{:02x}", u32::from(char))),
            char => quoted.push_str(&format!("\\u{:04x}", u32::from(char))),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether a character may stand in YAML as it is and breaks no line.
fn is_printable(char: char) -> bool {
    !char.is_control() && !matches!(char, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    text.chars().all(is_printable)
        && text.trim() == text
        && !text.starts_with(INDICATORS)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
        && !(matches!(first, '0'..='9' | '.') && text.chars().all(|char| NUMERIC.contains(char)))
}

/// What begins something else than plain text, or a number.
const INDICATORS: [char; 22] = [
    '-', '+', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`', '=',
    '~',
];

/// Words that are no strings to some readers. A merge key is one to a description's reader.
const WORDS: [&str; 12] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", ".inf", ".nan", "<<"];

/// What numbers, dates and times are made of, in all the bases and notations.
const NUMERIC: &str = "0123456789abcdefABCDEFxXoO_.:+-tTzZ ";
