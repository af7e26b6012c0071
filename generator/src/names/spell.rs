//! Any text as words that an identifier can be made of.

use super::alphabet::Alphabet;

/// The text with every character that no identifier can hold spelled out or turned into a space.
///
/// A sign counts where it carries meaning: `+1` and `-1`, or `>=`; elsewhere punctuation separates words.
pub(super) fn words(raw: &str) -> String {
    if raw.is_empty() {
        return "empty".to_owned();
    }
    let symbols_only = !raw.chars().any(char::is_alphanumeric);
    let alphabet = Alphabet::of(raw);
    let chars: Vec<char> = raw.chars().collect();
    let mut words = String::new();
    for (index, &char) in chars.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| chars.get(index)).copied();
        let after = chars.get(index + 1).copied();
        if alphabet.keeps(char) {
            words.push(char);
        } else if symbols_only || is_sign(before, char, after) {
            words.push_str(&format!(" {} ", spelled(char)));
        } else if char.is_ascii() || char.is_whitespace() {
            words.push(' ');
        } else {
            words.push_str(&format!(" u{:x} ", u32::from(char)));
        }
    }
    if words.trim().is_empty() { "empty".to_owned() } else { words }
}

/// The text with the signs spelled out that tell it from a text without them, such as `@id` from `id`.
pub(super) fn with_signs(raw: &str) -> Option<String> {
    let is_telling =
        |(index, char): (usize, char)| "<>=!@$#*~%&|^".contains(char) || char == '_' && index == 0;
    if !raw.char_indices().any(is_telling) {
        return None;
    }
    let spell = |(index, char): (usize, char)| match is_telling((index, char)) {
        true => format!(" {} ", spelled(char)),
        false => char.to_string(),
    };
    Some(raw.char_indices().map(spell).collect())
}

/// Whether a sign belongs to what follows: `+` always does, `-` at the start or before a number that no word precedes.
fn is_sign(before: Option<char>, char: char, after: Option<char>) -> bool {
    match char {
        '+' => true,
        '-' => {
            before.is_none() && after.is_some_and(char::is_alphanumeric)
                || before.is_some_and(|before| !before.is_alphanumeric())
                    && after.is_some_and(|after| after.is_ascii_digit())
        }
        _ => false,
    }
}

fn spelled(char: char) -> String {
    let word = match char {
        '+' => "plus",
        '-' => "minus",
        '*' => "asterisk",
        '/' => "slash",
        '=' => "eq",
        '!' => "not",
        '<' => "lt",
        '>' => "gt",
        '≤' => "le",
        '≥' => "ge",
        '≠' => "ne",
        '~' => "tilde",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '.' => "dot",
        ',' => "comma",
        '_' => "underscore",
        '@' => "at",
        '$' => "dollar",
        '#' => "hash",
        '?' => "question",
        ':' => "colon",
        ';' => "semicolon",
        '^' => "caret",
        ' ' => "space",
        '"' => "quote",
        '\'' => "apostrophe",
        '(' => "open",
        ')' => "close",
        other => return format!("u{:x}", u32::from(other)),
    };
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::words;

    fn compact(raw: &str) -> String {
        words(raw).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn signs_that_mean_something_are_spelled() {
        assert_eq!(compact("+1"), "plus 1");
        assert_eq!(compact("-1"), "minus 1");
        assert_eq!(compact("reactions-+1"), "reactions plus 1");
        assert_eq!(compact("reactions--1"), "reactions minus 1");
        assert_eq!(compact("-created_at"), "minus created_at");
        assert_eq!(compact("x-1"), "x 1");
    }

    #[test]
    fn symbols_alone_are_spelled() {
        assert_eq!(compact(">="), "gt eq");
        assert_eq!(compact(""), "empty");
        assert_eq!(compact("_"), "_");
        assert_eq!(compact("👍"), "u1f44d");
    }
}
