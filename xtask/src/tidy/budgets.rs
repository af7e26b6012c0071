//! How long things may be, and what each file owes its reader.

use super::File;
use super::tokens::Code;

const LINES_OF_A_FILE: usize = 400;
const LINES_OF_A_FUNCTION: usize = 60;
const LINES_OF_A_QUOTE: usize = 40;

/// A fixture shows one construct. The descriptions in `tests/corpus` are no fixtures: they have many constructs at once,
/// which is what they are there for, or come from elsewhere as they are.
const LINES_OF_A_FIXTURE: usize = 60;
const FIXTURES: [&str; 2] = ["tests/fixtures/accept/", "tests/fixtures/reject/"];

/// Macros whose insides are the code that is generated.
pub(super) const QUOTES: [&str; 4] = ["quote", "quote_spanned", "parse_quote", "parse_quote_spanned"];

/// Names that say nothing of what a module holds.
const EMPTY_NAMES: [&str; 4] = ["common", "helpers", "misc", "utils"];

/// Where the paths of somebody's machine start; written so that this line is none.
const MACHINES: [&str; 3] = [concat!("/", "work/"), concat!("/", "root/"), concat!("/", "home/")];

/// Checks what holds for every text.
pub(super) fn check_text(file: &mut File<'_>) {
    let lines = file.text.lines().count();
    if lines > LINES_OF_A_FIXTURE && FIXTURES.iter().any(|folder| file.path.starts_with(folder)) {
        let message = format!("this fixture has {lines} lines, more than {LINES_OF_A_FIXTURE}");
        file.find(LINES_OF_A_FIXTURE + 1, message);
    }
    for (index, line) in file.text.lines().enumerate() {
        for machine in MACHINES {
            if has_path(line, machine) {
                file.find(index + 1, format!("a path that starts with `{machine}` is on one machine only"));
            }
        }
    }
}

/// Whether a path in the line starts so; `a/home/b` does not.
fn has_path(line: &str, start: &str) -> bool {
    line.match_indices(start).any(|(offset, _)| {
        let before = line[..offset].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || "_-.}{)*~".contains(c))
    })
}

/// Checks what holds for every Rust source.
pub(super) fn check_code(file: &mut File<'_>, code: &Code) {
    let lines = file.text.lines().count();
    if lines > LINES_OF_A_FILE {
        file.find(LINES_OF_A_FILE + 1, format!("this file has {lines} lines, more than {LINES_OF_A_FILE}"));
    }
    if !file.text.starts_with("//!") && !is_test(file.path) {
        file.find(1, "a module starts with a `//!` line that says what lives there");
    }
    for part in file.path.split('/').map(|part| part.trim_end_matches(".rs")) {
        if EMPTY_NAMES.contains(&part) {
            file.find(1, format!("`{part}` does not say what the module holds"));
        }
    }
    for index in 0..code.len() {
        check_function(file, code, index);
        check_quote(file, code, index);
        check_module(file, code, index);
        check_allow(file, code, index);
    }
}

/// Test modules and test binaries are described by the names of their tests.
fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/") && !path.ends_with("/lib.rs")
}

fn check_function(file: &mut File<'_>, code: &Code, index: usize) {
    let is_name = |text: &str| text.starts_with(|c: char| c.is_alphabetic() || c == '_');
    if code.text(index) != "fn" || !is_name(code.text(index + 1)) {
        return;
    }
    let mut position = index + 2;
    while !["{", ";", "}", ""].contains(&code.text(position)) {
        position = code.next(position);
    }
    let Some(close) = code.close(position) else { return };
    let lines = code.line(close) + 1 - code.line(index);
    if lines > LINES_OF_A_FUNCTION {
        let name = code.text(index + 1);
        file.find(code.line(index), format!("`{name}` has {lines} lines, more than {LINES_OF_A_FUNCTION}"));
    }
}

fn check_quote(file: &mut File<'_>, code: &Code, index: usize) {
    let name = code.text(index);
    if !QUOTES.contains(&name) || code.text(index + 1) != "!" {
        return;
    }
    let Some(close) = code.close(index + 2) else { return };
    let lines = code.line(close) + 1 - code.line(index);
    if lines > LINES_OF_A_QUOTE {
        file.find(
            code.line(index),
            format!("this `{name}!` has {lines} lines, more than {LINES_OF_A_QUOTE}"),
        );
    }
}

fn check_module(file: &mut File<'_>, code: &Code, index: usize) {
    let name = code.text(index + 1);
    if code.text(index) == "mod" && EMPTY_NAMES.contains(&name) && code.text(index + 2) == "{" {
        file.find(code.line(index), format!("`{name}` does not say what the module holds"));
    }
}

fn check_allow(file: &mut File<'_>, code: &Code, index: usize) {
    let bracket = if code.text(index + 1) == "!" { index + 2 } else { index + 1 };
    if code.text(index) != "#" || code.text(bracket) != "[" {
        return;
    }
    let Some(close) = code.close(bracket) else { return };
    let name = code.text(bracket + 1);
    let has_reason = (bracket..close).any(|position| code.is_at(position, &["reason", "="]));
    if ["allow", "expect"].contains(&name) && !has_reason {
        file.find(code.line(index), format!("an `{name}` needs a `reason`"));
    }
}
