//! Signatures as a reader wants them: without the paths that say nothing.

/// A type or signature without the modules before its names; those of the runtime keep `rt::`, so that they are
/// not taken for types of the API.
pub(super) fn plain(text: &str) -> String {
    without_modules(text, |module| module == "rt")
}

/// A type or signature as it is shown: [`plain`], and without `rt::`.
pub(super) fn shown(text: &str) -> String {
    without_modules(text, |_| false)
}

/// Only modules are taken off, which start with a small letter: `ReleaseAsset::digest` stays.
fn without_modules(text: &str, keep: impl Fn(&str) -> bool) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_word) {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        rest = &rest[end..];
        let is_module = rest.starts_with("::") && !word.starts_with(|c: char| c.is_uppercase());
        if is_module && !keep(word) {
            rest = &rest[2..];
        } else {
            plain.push_str(word);
            if let (true, Some(next)) = (is_module, rest.strip_prefix("::")) {
                plain.push_str("::");
                rest = next;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// Text as a span of code.
pub(super) fn code(text: &str) -> String {
    format!("`{text}`")
}

/// A word with its number: `1 field`, `2 fields`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || "_#".contains(c)
}
