//! Pieces of Markdown: text that is nothing but text, code, destinations.

use pulldown_cmark::Alignment;

/// Characters that a source file, or the reader of one, had better not meet; line ends made `\n`.
pub(super) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    text.chars().filter(|char| is_harmless(*char)).collect()
}

/// Neither a control character, nor one that turns the direction of writing or hides, nor no character at all.
pub(in crate::emit) fn is_harmless(char: char) -> bool {
    match char {
        '\n' | '\t' => true,
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' => false,
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' => false,
        '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e007f}' => false,
        char => !char.is_control() && u32::from(char) & 0xfffe != 0xfffe,
    }
}

/// Text with every character escaped that could be markup, and with its web addresses as links if asked.
pub(super) fn text(text: &str, links: bool) -> String {
    let text = clean(text);
    let mut written = String::with_capacity(text.len() + 8);
    let mut rest = text.as_str();
    while links && let Some((before, address, after)) = next_address(rest) {
        plain(before, &mut written);
        written.push_str(&format!("<{address}>"));
        rest = after;
    }
    plain(rest, &mut written);
    written
}

fn plain(text: &str, written: &mut String) {
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((index, char)) = chars.next() {
        let is_word = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
        let escaped = match char {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
            '_' => !(is_word(before) && is_word(chars.peek().map(|(_, next)| *next))),
            '&' => text.get(index + 1..).is_some_and(is_entity),
            // Rustdoc makes one dash of several hyphens.
            '-' => before == Some('-'),
            _ => false,
        };
        if escaped {
            written.push('\\');
        }
        written.push(char);
        before = Some(char);
    }
}

/// Whether what follows an ampersand makes it a character reference.
fn is_entity(rest: &str) -> bool {
    let name = rest.trim_start_matches(|char: char| char.is_ascii_alphanumeric() || char == '#');
    name.starts_with(';') && name.len() < rest.len()
}

/// The first web address in a text, and what stands before and after it.
fn next_address(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find("http")?;
        let found = text.get(start..)?;
        let host = found.strip_prefix("https://").or_else(|| found.strip_prefix("http://"));
        let is_end = |char: char| char.is_whitespace() || matches!(char, '<' | '>' | '"' | '`' | '|' | '\\');
        if let Some(host) = host
            && let address = host.split(is_end).next().unwrap_or_default()
            && let length = trim(address).len()
            && length > 0
        {
            let end = start + found.len() - host.len() + length;
            return Some((text.get(..start)?, text.get(start..end)?, text.get(end..)?));
        }
        from = start + "http".len();
    }
}

/// An address without the punctuation of the sentence around it.
fn trim(address: &str) -> &str {
    let pairs = [('(', ')'), ('[', ']'), ('{', '}')];
    let count = |char: char| address.matches(char).count();
    let mut unopened = pairs.map(|(open, close)| count(close).saturating_sub(count(open)));
    let mut end = address.len();
    for (index, char) in address.char_indices().rev() {
        match pairs.iter().position(|(_, close)| *close == char) {
            Some(pair) if unopened[pair] > 0 => unopened[pair] -= 1,
            None if ".,;:!?'*_~".contains(char) => {}
            _ => break,
        }
        end = index;
    }
    address.get(..end).unwrap_or_default()
}

/// A code span.
pub(super) fn code(code: &str) -> String {
    let code = clean(code).replace(['\n', '\t'], " ");
    if code.trim().is_empty() {
        return String::new();
    }
    let ticks = "`".repeat(longest_run(&code) + 1);
    let padded =
        code.starts_with('`') || code.ends_with('`') || (code.starts_with(' ') && code.ends_with(' '));
    if padded { format!("{ticks} {code} {ticks}") } else { format!("{ticks}{code}{ticks}") }
}

/// A code block in a language that nothing compiles.
pub(super) fn code_block(code: &str) -> String {
    let code = clean(code).replace('\t', "    ");
    let fence = "`".repeat((longest_run(&code) + 1).max(3));
    let lines: Vec<&str> = code.trim_end().lines().map(str::trim_end).collect();
    format!("{fence}text\n{}\n{fence}", lines.join("\n"))
}

fn longest_run(code: &str) -> usize {
    code.split(|char| char != '`').map(str::len).max().unwrap_or_default()
}

/// The destination of a link that may stay: an absolute one to the web or to a mailbox.
pub(super) fn destination(text: &str) -> Option<String> {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let scheme = ["https://", "http://", "mailto:"].into_iter().find(|scheme| lower.starts_with(scheme))?;
    let mut written = String::with_capacity(text.len());
    for (index, char) in text.char_indices().filter(|(_, char)| is_harmless(*char)) {
        match char {
            ' ' | '\n' | '"' | '\'' | '(' | ')' | '<' | '>' | '\\' | '`' | '|' | '*' => {
                written.push_str(&format!("%{:02X}", u32::from(char)));
            }
            '&' if text.get(index + 1..).is_some_and(is_entity) => written.push_str("&amp;"),
            char if char.is_whitespace() => {}
            char => written.push(char),
        }
    }
    (written.len() > scheme.len()).then_some(written)
}

/// The lines of a piece of HTML: apart at each `<br>`, and without comments.
pub(super) fn html_lines(html: &str) -> Vec<String> {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        text.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    let mut parts = text.split('<');
    let mut lines = vec![parts.next().unwrap_or_default().to_owned()];
    for part in parts {
        let is_break = |tag: &str| tag.trim_end_matches(['/', ' ']).eq_ignore_ascii_case("br");
        match (part.split_once('>'), lines.last_mut()) {
            (Some((tag, after)), _) if is_break(tag) => lines.push(after.to_owned()),
            (_, Some(line)) => line.extend(["<", part]),
            (_, None) => {}
        }
    }
    lines
}

/// The row under the head of a table.
pub(super) fn delimiters(columns: &[Alignment]) -> String {
    let cells = columns.iter().map(|alignment| match alignment {
        Alignment::None => "| --- ",
        Alignment::Left => "| :-- ",
        Alignment::Center => "| :-: ",
        Alignment::Right => "| --: ",
    });
    cells.collect::<String>() + "|"
}
