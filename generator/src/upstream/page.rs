//! Pages of GitHub's REST reference, in Markdown, read into a description.
//!
//! Knows how such a page is written. What a page does not say is not in the description; what it says in a form that
//! is not known is an error with the line.

mod block;
mod body;
mod component;
mod constraint;
mod document;
mod example;
mod kind;
mod list;
mod note;
mod operation;
mod parameter;
mod response;
mod schema;
mod section;
mod server;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::Source;
use crate::pointer::Pointer;

use super::text::{Span, Text};
use super::{Kind, Upstream};

/// Whether a text is such a page: an endpoint stands below one of its headings of level two.
pub(crate) fn is_page(source: &Source) -> bool {
    let text = Text::new(source);
    let parts = block::parts(&text);
    parts.iter().any(|part| section::endpoint(&text, part).is_some())
}

/// Reads such a page.
pub(crate) fn read(source: &Source) -> Upstream {
    let mut reader = Reader { text: Text::new(source), diagnostics: Diagnostics::default() };
    let parts = block::parts(&reader.text);
    let sections = section::sections(&mut reader, &parts);
    let note = note::read(&reader.text, sections.before);
    let mut operations: Vec<_> =
        sections.endpoints.iter().map(|endpoint| operation::read(&mut reader, endpoint)).collect();
    operation::name(&mut reader, &mut operations);
    let components = component::components(&mut reader, &mut operations);
    let title = note.title.as_ref().map(|(title, _)| title.clone()).unwrap_or_default();
    let (document, places) = document::write(&mut reader, &note, &operations, &components);
    let prose = operations.iter().map(|operation| operation.prose(&reader.text)).collect();
    reader.diagnostics.0.sort_by_key(|diagnostic| diagnostic.location.as_ref().map(|place| place.offset));
    Upstream {
        source: source.clone(),
        kind: Kind::ReferencePage,
        title,
        document,
        places,
        prose,
        diagnostics: reader.diagnostics,
    }
}

/// What all parts of the reader share.
struct Reader<'a> {
    text: Text<'a>,
    diagnostics: Diagnostics,
}

impl Reader<'_> {
    /// Reports a line that does not fit.
    fn unreadable(&mut self, span: &Span, help: &str) {
        let line = self.text.slice(span).lines().next().unwrap_or_default().trim();
        self.error("unreadable-line", span, format!("this line could not be read: {line}")).help(help);
    }

    fn error(&mut self, code: &'static str, span: &Span, message: impl Into<String>) -> Reported<'_> {
        let diagnostic = Diagnostic::error(&Pointer::root(), code, message);
        self.report(diagnostic, span)
    }

    fn warning(&mut self, code: &'static str, span: &Span, message: impl Into<String>) -> Reported<'_> {
        let diagnostic = Diagnostic::warning(&Pointer::root(), code, message);
        self.report(diagnostic, span)
    }

    fn report(&mut self, diagnostic: Diagnostic, span: &Span) -> Reported<'_> {
        self.diagnostics.0.push(diagnostic.at(self.text.location(span)));
        Reported(self.diagnostics.0.last_mut())
    }
}

/// A diagnostic that was just reported.
struct Reported<'a>(Option<&'a mut Diagnostic>);

impl Reported<'_> {
    /// Adds what to do about it.
    fn help(self, help: impl Into<String>) {
        if let Some(diagnostic) = self.0 {
            diagnostic.help = Some(help.into());
        }
    }
}

#[cfg(test)]
mod tests;
