//! What others say of the API: documentation pages and official descriptions, read into one form.
//!
//! Knows how sources are written, and nothing of our own description; comparing the two is `sync`.

mod endpoint;
mod official;
mod page;
pub(crate) mod prose;
mod text;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::document::Source;
use crate::pointer::Pointer;

/// The form that a source is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A page of GitHub's REST reference, in Markdown.
    ReferencePage,
    /// A page of Octokit about one endpoint, in Markdown with front matter.
    EndpointPage,
    /// An OpenAPI description.
    Description,
}

/// The extension of a path parameter that a source's path names and its list does not, so that its schema is a guess.
pub(crate) const UNLISTED: &str = "x-unlisted";

/// One source, read.
#[derive(Debug, Clone)]
pub struct Upstream {
    /// The text that was read, under the name that the caller gave.
    pub source: Source,
    /// The form that it is written in.
    pub kind: Kind,
    /// What it calls itself.
    pub title: String,
    /// What it says, as a description of OpenAPI 3.0. What it does not say is not in it: see [`Kind`] and `sync`.
    pub document: Value,
    /// Where in the text the parts of the document stand. A part without an entry stands where the nearest part
    /// around it does. Empty for a description, whose places are looked up when they are needed.
    pub places: BTreeMap<Pointer, Location>,
    /// The words about each operation.
    pub prose: Vec<Prose>,
    /// What could not be read (errors), and what was read by an assumption (warnings).
    pub diagnostics: Diagnostics,
}

/// Reads a source of whichever form.
///
/// A text of no known form gives an empty document and an error.
pub fn read(source: &Source) -> Upstream {
    if endpoint::is_endpoint_page(source) {
        endpoint::read(source)
    } else if page::is_page(source) {
        page::read(source)
    } else if official::is_description(source) {
        official::read(source)
    } else {
        unknown(source)
    }
}

fn unknown(source: &Source) -> Upstream {
    let message = "this is neither a reference page, an endpoint page nor an OpenAPI description";
    let error = Diagnostic::error(&Pointer::root(), "unknown-source", message)
        .help("a reference page has an endpoint such as `GET /path` in a fence of its own below a heading; an endpoint page has a `route:` in its front matter; a description begins with `openapi:`")
        .at(text::Text::new(source).location(&(0..0)));
    Upstream {
        source: source.clone(),
        kind: Kind::Description,
        title: String::new(),
        document: Value::Null,
        places: BTreeMap::new(),
        prose: Vec::new(),
        diagnostics: Diagnostics(vec![error]),
    }
}

impl Upstream {
    /// The name of its file without the folders, by which it is known later.
    pub fn name(&self) -> &str {
        self.source.name.rsplit(['/', '\\']).next().unwrap_or_default()
    }
}

/// The words of a source about one operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    /// The method, in capitals.
    pub method: String,
    /// The path, as the source writes it.
    pub path: String,
    /// The sentences in their order: of the operation, its parameters and its statuses.
    pub sentences: Vec<Sentence>,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its words, with single spaces between them.
    pub text: String,
    /// Where it begins.
    pub location: Location,
}
