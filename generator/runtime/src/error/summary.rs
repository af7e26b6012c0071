//! What an error says of a body, on one line.

use serde_json::Value;

/// How long a text in `Display` may be, in characters.
pub(super) const MAX_TEXT: usize = 400;
/// How long an excerpt of a body that says nothing by itself may be, in characters.
const MAX_EXCERPT: usize = 120;
/// How many of the entries of `errors` are shown.
const MAX_PROBLEMS: usize = 3;

/// Where APIs put the words for a person.
const MESSAGES: [&str; 6] =
    ["/message", "/error", "/error/message", "/detail", "/title", "/error_description"];

pub(super) struct Summary {
    /// The server's words.
    pub(super) message: Option<String>,
    /// What `Display` shows.
    pub(super) text: String,
}

pub(super) fn summarise(content_type: Option<&str>, body: &[u8]) -> Summary {
    let json = serde_json::from_slice(body).unwrap_or(Value::Null);
    let message = MESSAGES.iter().find_map(|place| words(json.pointer(place)?)).map(str::to_owned);
    let problems = json.get("errors").map(problems).unwrap_or_default();
    let said: Vec<&str> = message.iter().chain(&problems).map(String::as_str).collect();
    let text = if said.is_empty() { excerpt(content_type, body) } else { said.join(": ") };
    Summary { message, text }
}

/// Control characters and runs of white space become one space; what is too long is cut.
pub(super) fn one_line(text: &str, max: usize) -> String {
    let spaced = text.replace(|c: char| c.is_control() || turns_text(c), " ");
    let line = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(max) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// Whether a character changes the direction of what follows, so that a terminal shows another text than there is
/// (Unicode Standard Annex 9).
fn turns_text(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The innermost cause, which is the one that helps: "connection refused", not "error sending request".
pub(crate) fn root_cause(error: &(dyn std::error::Error + 'static)) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

fn words(value: &Value) -> Option<&str> {
    value.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// The entries of `errors`, such as `ReleaseAsset.name already_exists`.
fn problems(errors: &Value) -> Option<String> {
    let entries = errors.as_array().map_or(std::slice::from_ref(errors), Vec::as_slice);
    let mut shown: Vec<String> = entries.iter().filter_map(problem).collect();
    if shown.len() > MAX_PROBLEMS {
        let more = shown.split_off(MAX_PROBLEMS).len();
        shown.push(format!("{more} more"));
    }
    (!shown.is_empty()).then(|| shown.join("; "))
}

fn problem(entry: &Value) -> Option<String> {
    if let Some(text) = words(entry) {
        return Some(text.to_owned());
    }
    let get = |key| words(entry.get(key)?);
    let place: Vec<&str> = [get("resource"), get("field")].into_iter().flatten().collect();
    let message = get("message").or_else(|| get("detail"));
    // The code `custom` says only that the message says it.
    let code = get("code").filter(|code| *code != "custom" || message.is_none());
    let place = (!place.is_empty()).then(|| place.join("."));
    let parts: Vec<&str> = [place.as_deref(), code, message].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The content type and the beginning of a body that is not the JSON of an error.
fn excerpt(content_type: Option<&str>, body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let html = content_type.is_some_and(|it| it.contains("html")) || text.trim_start().starts_with('<');
    let text = one_line(&if html { without_tags(&text) } else { text.into_owned() }, MAX_EXCERPT);
    let media_type = content_type.map(|it| it.split(';').next().unwrap_or(it).trim());
    match (media_type, text.as_str()) {
        (_, "") => String::new(),
        (None, text) => text.to_owned(),
        (Some(media_type), text) => format!("{media_type}: {text}"),
    }
}

/// The text of an HTML page: its title if it has one, else what stands between the tags.
fn without_tags(html: &str) -> String {
    let (mut text, mut title) = (Vec::new(), None);
    let mut hidden = false;
    for (nth, part) in html.split('<').enumerate() {
        let is = |name: &str| part.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        hidden = is("style") || is("script") || hidden && !is("/style") && !is("/script");
        let after = part.split_once('>').map_or("", |(_, after)| after);
        if nth == 0 {
            text.push(part);
        } else if !hidden {
            text.push(after);
        }
        if is("title") && !hidden {
            title = title.or(Some(after));
        }
    }
    title.map_or_else(|| text.join(" "), str::to_owned)
}
