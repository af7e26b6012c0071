//! The texts that references lead into, and what a reference means in each.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::Files;
use super::path::{self, Refusal};
use super::scan::{self, Anchor};
use super::walk::Spot;
use crate::conform::Version;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Origins, Source};
use crate::load;
use crate::pointer::Pointer;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Target {
    /// The index of the text; the first is the description.
    pub(super) text: usize,
    pub(super) pointer: Pointer,
}

/// Why a reference leads nowhere.
#[derive(Debug, Clone)]
pub(super) enum Problem {
    /// The code, message and help of an error of the reference.
    Here(&'static str, String, String),
    /// An error of the text that it leads to.
    There(Box<Diagnostic>),
}

impl Problem {
    /// The error of a reference at a place.
    pub(super) fn at(self, at: &Pointer) -> Diagnostic {
        match self {
            Self::Here(code, message, help) => Diagnostic::error(at, code, message).help(help),
            Self::There(diagnostic) => *diagnostic,
        }
    }
}

/// A text that was read.
#[derive(Debug)]
pub(super) struct Text {
    path: String,
    /// Its index among the sources of the document.
    source: usize,
    value: Value,
    anchors: HashMap<String, Vec<Anchor>>,
}

/// The description and the files that were read so far.
pub(super) struct Texts<'a> {
    files: &'a Files,
    version: Version,
    texts: Vec<Text>,
    /// The indexes of the texts by their paths, or why one cannot be read.
    by_path: HashMap<String, Result<usize, Problem>>,
    /// The parts of texts that have an identifier.
    ids: HashMap<String, Target>,
    sources: &'a mut Vec<Source>,
    origins: &'a mut Origins,
}

impl<'a> Texts<'a> {
    /// The description alone.
    pub(super) fn new(files: &'a Files, version: Version, document: &'a mut Document) -> Self {
        let value = std::mem::take(&mut document.root);
        let (sources, origins) = (&mut document.sources, &mut document.origins);
        let by_path = HashMap::new();
        let mut texts =
            Self { files, version, texts: Vec::new(), by_path, ids: HashMap::new(), sources, origins };
        texts.add(files.description.clone(), 0, value);
        texts
    }

    fn add(&mut self, path: String, source: usize, value: Value) -> usize {
        let text = self.texts.len();
        let names = if self.version == Version::V31 { scan::names(&value) } else { scan::Names::default() };
        let mut anchors: HashMap<String, Vec<Anchor>> = HashMap::new();
        for (name, anchor) in names.anchors {
            anchors.entry(name).or_default().push(anchor);
        }
        for (id, pointer) in names.ids {
            self.ids.entry(id).or_insert(Target { text, pointer });
        }
        self.by_path.insert(path.clone(), Ok(text));
        self.texts.push(Text { path, source, value, anchors });
        text
    }

    /// The path of a text.
    pub(super) fn path(&self, text: usize) -> &str {
        self.texts.get(text).map_or("", |text| text.path.as_str())
    }

    /// The value of a part, as it was read.
    pub(super) fn value(&self, target: &Target) -> Option<&Value> {
        self.texts.get(target.text)?.value.pointer(target.pointer.as_str())
    }

    /// Notes where a part of the document came from.
    pub(super) fn note_origin(&mut self, at: Pointer, target: &Target) {
        match self.texts.get(target.text) {
            Some(text) if target.text > 0 => self.origins.set(at, text.source, target.pointer.clone()),
            _ => self.origins.derive(at, &target.pointer),
        }
    }

    /// The spot of a part of a text that stands somewhere in the document.
    pub(super) fn spot(&self, at: Pointer, target: &Target) -> Spot {
        let mut spot = Spot::of_text(target.text, at.clone());
        let root = self.texts.get(target.text).map(|text| &text.value);
        let mut parts = target.pointer.parts();
        loop {
            let value = root.and_then(|root| root.pointer(spot.from.as_str()));
            let id = value.and_then(|value| value.get("$id")).and_then(Value::as_str);
            if let Some(id) = id.filter(|_| self.version == Version::V31) {
                spot = spot.identified(id);
            }
            match parts.next() {
                Some(part) => spot = spot.join(part),
                None => return Spot { at, ..spot },
            }
        }
    }

    /// What a reference at a spot leads to.
    pub(super) fn resolve(&mut self, spot: &Spot, reference: &str) -> Result<Target, Problem> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let known = || self.ids.get(&scan::join(&spot.id, uri)).filter(|_| self.version == Version::V31);
        let base = if uri.is_empty() {
            Target { text: spot.text, pointer: spot.base.clone() }
        } else if let Some(known) = known() {
            known.clone()
        } else {
            let path =
                path::file_of(self.path(spot.text), uri).map_err(|refusal| refused(reference, refusal))?;
            Target { text: self.read(&path.unwrap_or_default())?, pointer: Pointer::root() }
        };
        let fragment = percent_decode_str(fragment).decode_utf8_lossy();
        if let Some(pointer) = Pointer::parse(&fragment) {
            return Ok(self.within(base, pointer));
        }
        match self.anchors(base.text, &fragment) {
            [first, ..] if self.version == Version::V31 => {
                let mut all = self.anchors(base.text, &fragment).iter();
                let anchor = all.find(|anchor| anchor.base == base.pointer).unwrap_or(first);
                Ok(Target { pointer: anchor.pointer.clone(), ..base })
            }
            _ if self.version == Version::V30 => {
                let message = format!("the reference `{reference}` is not a JSON pointer");
                let help = "write it like `#/components/schemas/NAME`".to_owned();
                Err(Problem::Here("reference-syntax", message, help))
            }
            _ => {
                let message = format!("the reference `{reference}` points to nothing");
                let help = format!("no schema there has `$anchor: {fragment}`; a pointer starts with `#/`");
                Err(Problem::Here("dangling-reference", message, help))
            }
        }
    }

    /// What has a name in a text.
    pub(super) fn anchors(&self, text: usize, name: &str) -> &[Anchor] {
        self.texts.get(text).and_then(|text| text.anchors.get(name)).map_or(&[], Vec::as_slice)
    }

    /// What a pointer in a reference names: a part of what has an identifier of its own, as JSON Schema says, or of
    /// the whole text, as most authors mean it.
    fn within(&self, base: Target, pointer: Pointer) -> Target {
        let inner = Target { pointer: base.pointer.append(&pointer), ..base };
        let whole = Target { pointer, ..base };
        if self.value(&inner).is_none() && self.value(&whole).is_some() { whole } else { inner }
    }

    /// The index of the text with a path, which is read the first time that it is needed.
    fn read(&mut self, path: &str) -> Result<usize, Problem> {
        if let Some(known) = self.by_path.get(path) {
            return known.clone();
        }
        let read = self.read_anew(path);
        self.by_path.insert(path.to_owned(), read.clone());
        read
    }

    fn read_anew(&mut self, path: &str) -> Result<usize, Problem> {
        let unread = |reason: &str| {
            let message = format!("the file `{path}` cannot be read: {reason}");
            let help = "a path is relative to the file with the reference; correct it, or add the file";
            Err(Problem::Here("unreadable-file", message, help.to_owned()))
        };
        let source = match self.files.texts.get(path) {
            Some(Ok(source)) => source,
            Some(Err(reason)) => return unread(reason),
            None => return unread("it was not given to the generator"),
        };
        self.sources.push(source.clone());
        let value = load::parse(source).map_err(|diagnostic| Problem::There(Box::new(diagnostic)))?;
        Ok(self.add(path.to_owned(), self.sources.len() - 1, value))
    }
}

fn refused(reference: &str, refusal: Refusal) -> Problem {
    let (message, help) = match refusal {
        Refusal::Elsewhere => (
            format!(
                "the reference `{reference}` leads to another place than a file; nothing is fetched for it"
            ),
            "put a copy beside the description, and refer to that",
        ),
        Refusal::Outside => (
            format!("the reference `{reference}` leaves the folder that references stay in"),
            "keep the files in or below the folder of the description, or name a folder around all with `--root`",
        ),
    };
    Problem::Here("external-reference", message, help.to_owned())
}
