//! Diagnostics as text, each with the source line that it speaks of.

mod excerpt;

use std::collections::BTreeMap;

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Message, Origin, Renderer, Snippet, Title,
};
use generator::diagnostic::shortened;
use generator::pointer::Pointer;
use generator::{Diagnostic, Diagnostics, Location, Severity, Source};

use excerpt::Excerpt;

/// How many errors of one code [`render_some`] shows, and how many warnings.
pub const SHOWN_OF_ONE_CODE: usize = 5;

/// Renders all diagnostics in the order given, followed by a line that counts them.
///
/// Gives an empty text when there are none. With `color`, the text holds ANSI escapes.
pub fn render(diagnostics: &Diagnostics, sources: &[Source], color: bool) -> String {
    render_up_to(usize::MAX, diagnostics, sources, color)
}

/// Like [`render`], but shows only the first few errors and warnings of each code and counts the others.
pub fn render_some(diagnostics: &Diagnostics, sources: &[Source], color: bool) -> String {
    render_up_to(SHOWN_OF_ONE_CODE, diagnostics, sources, color)
}

fn render_up_to(limit: usize, diagnostics: &Diagnostics, sources: &[Source], color: bool) -> String {
    if diagnostics.0.is_empty() {
        return String::new();
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut seen: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    let mut text = String::new();
    for diagnostic in &diagnostics.0 {
        let count = seen.entry((diagnostic.severity, diagnostic.code)).or_default();
        *count += 1;
        if *count <= limit {
            text.push_str(&renderer.render(&groups(diagnostic, sources)));
            text.push_str("\n\n");
        }
    }
    for ((severity, code), count) in seen {
        if let Some(hidden @ 1..) = count.checked_sub(limit) {
            let noun = plural(hidden, noun(severity));
            text.push_str(&format!("… and {hidden} more {noun} of kind {code} (--verbose shows all)\n"));
        }
    }
    text.push_str(&summary(diagnostics));
    text.push('\n');
    text
}

/// Counts the errors and warnings: `2 errors, 1 warning`.
fn summary(diagnostics: &Diagnostics) -> String {
    [Severity::Error, Severity::Warning]
        .into_iter()
        .map(|severity| (severity, diagnostics.0.iter().filter(|it| it.severity == severity).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| format!("{count} {}", plural(count, noun(severity))))
        .collect::<Vec<_>>()
        .join(", ")
}

fn noun(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { noun.to_owned() } else { format!("{noun}s") }
}

/// What is said of the diagnostic's own place, then of each place that it is related to.
fn groups<'a>(diagnostic: &'a Diagnostic, sources: &[Source]) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.clone().primary_title(&diagnostic.message).id(diagnostic.code);
    let help = diagnostic.help.as_ref().map(|help| Level::HELP.message(help));
    let notes = at(&diagnostic.pointer).into_iter().chain(help).collect();
    let shown = snippet(diagnostic.location.as_ref(), sources, AnnotationKind::Primary);
    let mut groups = place(title, level, shown, notes);
    for related in &diagnostic.related {
        let title = Level::NOTE.secondary_title(&related.message);
        let notes = at(&related.pointer).into_iter().collect();
        let shown = snippet(related.location.as_ref(), sources, AnnotationKind::Context);
        groups.extend(place(title, Level::NOTE, shown, notes));
    }
    groups
}

/// The pointer as a note, unless it is the whole document.
fn at(pointer: &Pointer) -> Option<Message<'_>> {
    (!pointer.as_str().is_empty())
        .then(|| Level::NOTE.with_name("at").message(shortened(pointer.to_string())))
}

/// A place to show: where it is when the excerpt cannot tell, and the source line when it is at hand.
type Shown<'a> = (Option<Origin<'a>>, Option<Snippet<'a, Annotation<'a>>>);

fn snippet<'a>(location: Option<&'a Location>, sources: &[Source], kind: AnnotationKind) -> Shown<'a> {
    let Some(location) = location else { return (None, None) };
    let origin = Origin::path(&location.source).line(location.line).char_column(location.column);
    let Some(source) = sources.iter().find(|source| source.name == location.source) else {
        return (Some(origin), None);
    };
    let Excerpt { text, highlighted, is_cut } =
        excerpt::around(&source.text, location.offset, location.length);
    let snippet = Snippet::source(text).line_start(location.line).annotation(kind.span(highlighted));
    if is_cut { (Some(origin), Some(snippet)) } else { (None, Some(snippet.path(&location.source))) }
}

/// One group, or two where the place has to be told apart from the excerpt: within one group the renderer
/// would take the two for two places.
fn place<'a>(
    title: Title<'a>,
    level: Level<'a>,
    (origin, snippet): Shown<'a>,
    notes: Vec<Message<'a>>,
) -> Vec<Group<'a>> {
    let titled = Group::with_title(title);
    match (origin, snippet) {
        (Some(origin), Some(snippet)) => {
            vec![titled.element(origin), Group::with_level(level).element(snippet).elements(notes)]
        }
        (origin, snippet) => vec![titled.elements(origin).elements(snippet).elements(notes)],
    }
}

#[cfg(test)]
mod tests;
