//! The `Link` header (RFC 8288).

use crate::Headers;

/// The target of the first link with a relation, as written.
pub(crate) fn target(headers: &Headers, relation: &str) -> Option<String> {
    headers.get_all("link").find_map(|value| {
        let mut rest = value;
        while let Some((link, after)) = link(rest) {
            if link.is(relation) {
                return Some(link.target.to_owned());
            }
            rest = after;
        }
        None
    })
}

struct Link<'a> {
    target: &'a str,
    /// Separated by spaces.
    relations: String,
}

impl Link<'_> {
    fn is(&self, relation: &str) -> bool {
        self.relations.split_whitespace().any(|own| own.eq_ignore_ascii_case(relation))
    }
}

/// Takes the first link off a header value. What stands between links, and what is malformed, is skipped.
fn link(value: &str) -> Option<(Link<'_>, &str)> {
    let (target, mut rest) = value.split_once('<')?.1.split_once('>')?;
    let (mut rel, mut is_elsewhere) = (None, false);
    while let Some(after) = rest.trim_start().strip_prefix(';') {
        let (name, value, after) = parameter(after);
        match name.to_ascii_lowercase().as_str() {
            // Only the first `rel` counts.
            "rel" => rel = rel.or(Some(value)),
            // The link is one of another resource.
            "anchor" => is_elsewhere = true,
            _ => {}
        }
        rest = after;
    }
    let relations = rel.filter(|_| !is_elsewhere).unwrap_or_default();
    Some((Link { target: target.trim(), relations }, rest))
}

/// Reads `name`, `name=token` or `name="quoted"`; gives the name, the value and what comes after.
fn parameter(text: &str) -> (&str, String, &str) {
    let end = text.find(['=', ';', ',']).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let Some(value) = rest.strip_prefix('=').map(str::trim_start) else {
        return (name.trim(), String::new(), rest);
    };
    let Some(quoted) = value.strip_prefix('"') else {
        let (value, rest) = value.split_at(value.find([';', ',']).unwrap_or(value.len()));
        return (name.trim(), value.trim().to_owned(), rest);
    };
    let mut content = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (name.trim(), content, &quoted[at + 1..]),
            '\\' => content.extend(characters.next().map(|(_, escaped)| escaped)),
            character => content.push(character),
        }
    }
    (name.trim(), content, "")
}
