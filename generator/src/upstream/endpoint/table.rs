//! The HTML table of parameters: a name, `yes` or `no`, and a description in Markdown.

use crate::upstream::text::{Span, Text};

/// A parameter.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) is_required: bool,
    /// Where the description stands.
    pub(super) description: Span,
    /// Where the row begins.
    pub(super) place: Span,
}

/// The rows of the table, and those that cannot be read, with the reason.
pub(super) fn rows(text: &Text<'_>) -> (Vec<Row>, Vec<(Span, String)>) {
    let body = text.body();
    let start = body.find("<tbody").unwrap_or(body.len());
    let end = body.get(start..).and_then(|rest| rest.find("</tbody>")).map_or(body.len(), |end| start + end);
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for row in elements(text, &(start..end), "tr") {
        let cells = elements(text, &row, "td");
        let [name, required, description] = cells.as_slice() else {
            problems.push((row.clone(), format!("this row has {} cells and not three", cells.len())));
            continue;
        };
        let written = text.slice(name).trim().trim_matches('`');
        let place = name.start..name.end;
        let is_required = match text.slice(required).trim() {
            "yes" => true,
            "no" => false,
            other => {
                problems.push((place, format!("`{other}` does not tell whether `{written}` is required")));
                continue;
            }
        };
        rows.push(Row { name: written.to_owned(), is_required, description: description.clone(), place });
    }
    (rows, problems)
}

/// What stands between each opening and closing tag of a name.
fn elements(text: &Text<'_>, within: &Span, tag: &str) -> Vec<Span> {
    let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
    let mut elements = Vec::new();
    let mut at = within.start;
    let find =
        |from: usize, wanted: &str| text.slice(&(from..within.end)).find(wanted).map(|found| from + found);
    while let Some(start) = find(at, &open) {
        let Some(inner) = find(start, ">") else { break };
        let Some(end) = find(inner, &close) else { break };
        elements.push(inner + 1..end);
        at = end + close.len();
    }
    elements
}
