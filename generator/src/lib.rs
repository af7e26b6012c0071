//! Turns a description of an HTTP API into the source of a Rust client crate.
//!
//! A pure library: text in, files or diagnostics out; no file system, environment, clock or output.
#![forbid(unsafe_code)]

pub mod diagnostic;
pub mod diff;
pub mod document;
pub mod edit;
pub mod pointer;
pub mod surface;
pub mod sync;
pub mod upstream;

pub mod ir;
pub mod names;

mod bundle;
mod conform;
mod emit;
mod load;
mod lower;
mod overlay;
mod parallel;
mod pattern;
mod print;
mod resolve;

use std::collections::{BTreeMap, BTreeSet};

use document::Document;
use pointer::Pointer;
use resolve::{Chains, Resolver};

pub use bundle::{Files, wanted_files};
pub use diagnostic::{Diagnostic, Diagnostics, Location, Severity};
pub use document::Source;
pub use emit::MARKER;
pub use load::parse;

/// What to generate from.
#[derive(Debug, Clone)]
pub struct Input {
    /// The description, OpenAPI 3.0 or 3.1 in YAML or JSON.
    pub spec: Source,
    /// Overlays to apply to it, in order.
    pub overlays: Vec<Source>,
    /// The other files of the description, as [`wanted_files`] names them; nothing for one in a single file.
    pub files: Files,
    /// How to generate.
    pub options: Options,
}

impl Input {
    /// All texts, the description first, then its overlays and its other files.
    pub fn sources(&self) -> Vec<Source> {
        let files = self.files.texts.values().filter_map(|text| text.as_ref().ok());
        std::iter::once(&self.spec).chain(&self.overlays).chain(files).cloned().collect()
    }
}

/// How to generate.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The name of the generated crate, as in its `Cargo.toml`; the examples in its docs use it.
    pub crate_name: String,
    /// Patterns (`*` and `?`) of the operation ids to keep; all when empty.
    pub include: Vec<String>,
    /// A prefix of operation ids that method names leave out, such as `repos/`.
    pub strip_prefix: Option<String>,
    /// Whether names that collide are numbered in the order of the description instead of refused.
    pub number_collisions: bool,
    /// Whether each name that was numbered is told.
    pub tell_collisions: bool,
    /// Whether there is a feature for each tag, if there are several, that compiles the operations that have it.
    pub tag_features: bool,
    /// Whether the schemas that no operation reaches become types too.
    pub all_schemas: bool,
    /// Names decided by hand: what is named (an operation id, `ID#bytes`, or a JSON pointer) → its Rust name.
    pub names: BTreeMap<String, String>,
}

/// A file of the generated crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The path with `/`, relative to `src/generated`.
    pub path: String,
    /// The whole text.
    pub contents: String,
}

/// An operation that the client has a method for, or several where it answers in several ways.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Endpoint {
    /// The path as it is sent, with its `{variables}`.
    pub path: String,
    /// The HTTP method in capitals.
    pub http_method: String,
    /// Where the operation stands.
    pub pointer: Pointer,
}

/// What a run gives.
#[derive(Debug, Clone, Default)]
pub struct Output {
    /// The title of the API, for the scaffolded crate's description; empty when there are errors.
    pub title: String,
    /// The features of the crate, each with the tags whose operations it compiles.
    pub features: Vec<ir::Feature>,
    /// How many named schemas have no type, because no operation reaches them.
    pub unreached: usize,
    /// How many types stand in one another at most, which a large crate's recursion limit has to allow.
    pub depth: usize,
    /// The files, sorted by path; empty when there are errors.
    pub files: Vec<File>,
    /// The IR in outline: a readable summary for snapshots; empty when there are errors.
    pub outline: String,
    /// The public types by the JSON pointers of their schemas, each as its path in `src/generated`, such as `types::Pet`.
    pub types: BTreeMap<String, String>,
    /// The operations that the client has methods for; empty when there are errors.
    pub operations: BTreeSet<Endpoint>,
    /// Errors and warnings, located, in the order of their places.
    pub diagnostics: Diagnostics,
}

/// How much stack a run has, in bytes: enough for what nests as deep as the parsers and the limits of `lower` allow.
const STACK: usize = 64 * 1024 * 1024;

/// Runs the whole pipeline, on a thread of its own because the caller's stack may be small.
pub fn generate(input: &Input) -> Output {
    parallel::with_stack(|| pipeline(input))
}

/// The public API of what [`generate`] gives, as [`surface::surface`] lists it for the files, and what was found on
/// the way; empty when there are errors. Nothing is printed for it, so it takes less time.
pub fn api_surface(input: &Input) -> (String, Diagnostics) {
    parallel::with_stack(|| {
        let mut text = String::new();
        let diagnostics = run(input, |api| {
            text = surface::of_api(&api, &input.options.crate_name)?;
            Ok(())
        });
        (text, diagnostics)
    })
}

fn pipeline(input: &Input) -> Output {
    let mut output = Output::default();
    output.diagnostics = run(input, |api| {
        output.files = emit::emit(&api, &input.options.crate_name)?;
        output.outline = ir::outline::outline(&api);
        output.unreached = api.unreached;
        output.depth = ir::depth::depth(&api);
        output.types = api.type_paths();
        output.title = emit::plain(&api.title);
        output.operations = api.operations.iter().map(endpoint).collect();
        output.features = api.features;
        Ok(())
    });
    output
}

fn endpoint(operation: &ir::Operation) -> Endpoint {
    let ir::Operation { path, http_method, pointer, .. } = operation;
    Endpoint { path: path.clone(), http_method: http_method.clone(), pointer: pointer.clone() }
}

/// Comes to the IR, hands it on if there are no errors, and says what was found, with where it was.
fn run(input: &Input, finish: impl FnOnce(ir::Api) -> Result<(), Diagnostic>) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let (document, api) = lowered(input, &mut diagnostics);
    let api = api.filter(|_| !diagnostics.has_errors());
    let located = |diagnostics: &Diagnostics| {
        let mut diagnostics = diagnostics.clone();
        if let Some(document) = &document {
            document.locate(&mut diagnostics);
        }
        diagnostics
    };
    let finish = |mut api| {
        ir::sharing::share(&mut api);
        finish(api)
    };
    // To find the places, a large text is read once more.
    let (mut found, finished) = parallel::beside(|| located(&diagnostics), || api.map_or(Ok(()), finish));
    if let Err(diagnostic) = finished {
        found.push(diagnostic);
        found = located(&found);
    }
    found
}

/// The description with its overlays, and the IR that it comes to.
fn lowered(input: &Input, diagnostics: &mut Diagnostics) -> (Option<Document>, Option<ir::Api>) {
    let root = match parse(&input.spec) {
        Ok(root) => root,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            return (None, None);
        }
    };
    let mut document = Document::new(root, input.spec.clone());
    for source in &input.overlays {
        overlay::apply(&mut document, source.clone(), diagnostics);
    }
    if !diagnostics.has_errors() {
        bundle::bundle(&mut document, &input.files, input.options.number_collisions, diagnostics);
    }
    if diagnostics.has_errors() || !conform::conform(&mut document.root, &mut document.origins, diagnostics) {
        return (Some(document), None);
    }
    let chains = Chains::default();
    let resolver = Resolver::new(&document.root, &chains).with_unresolved(&document.unresolved);
    let api = lower::lower(resolver, &input.options, diagnostics);
    if !diagnostics.has_errors() {
        for broken in ir::check::check(&api) {
            diagnostics.push(Diagnostic::error(&Pointer::root(), "internal", broken));
        }
    }
    (Some(document), Some(api))
}
