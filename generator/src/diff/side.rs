//! One side of a comparison: a description, read as far as it can be.

use std::collections::HashSet;

use serde_json::Value;

use super::rust::Client;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::document::Document;
use crate::ir::Api;
use crate::{Input, pattern, surface};

/// The diagnostic of a pattern that chooses nothing.
const NO_MATCH: &str = "include-no-match";

/// A description with its overlays, and the client that it comes to.
pub(super) struct Side {
    document: Option<Document>,
    api: Option<Api>,
    /// The client's public API, one signature per line.
    surface: Option<String>,
    diagnostics: Diagnostics,
}

impl Side {
    /// Runs the pipeline as far as it goes.
    pub(super) fn load(input: &Input) -> Self {
        let mut diagnostics = Diagnostics::default();
        let (mut document, api) = crate::lowered(input, &mut diagnostics);
        if let Some(document) = document.as_mut().filter(|_| !input.options.include.is_empty()) {
            keep_only(&input.options.include, &mut document.root);
        }
        Self { document, api, surface: None, diagnostics }
    }

    /// What a client can be made of, if one can.
    pub(super) fn api(&self) -> Option<&Api> {
        let is_sound = self.diagnostics.0.iter().all(|found| !is_error(found) || found.code == NO_MATCH);
        self.api.as_ref().filter(|_| is_sound)
    }

    /// Lists the client's public API, without the files of these paths.
    pub(super) fn list(&self, skipped: &HashSet<String>) -> Option<Result<String, Diagnostic>> {
        self.api().map(|api| surface::of_api_without(api, "", skipped))
    }

    /// Takes what [`Self::list`] gave.
    pub(super) fn take(&mut self, listed: Option<Result<String, Diagnostic>>) {
        match listed {
            Some(Ok(surface)) => self.surface = Some(surface),
            Some(Err(diagnostic)) => self.diagnostics.push(diagnostic),
            None => {}
        }
    }

    /// The description, unless it or an overlay cannot be read, or no operation is chosen.
    pub(super) fn root(&self) -> Option<&Value> {
        let has_choice = self.diagnostics.0.iter().all(|found| found.code != NO_MATCH);
        let document = self.document.as_ref().filter(|_| self.api.is_some() && has_choice);
        document.map(|document| &document.root)
    }

    /// The client, if there is one.
    pub(super) fn client(&self) -> Option<Client<'_>> {
        Some(Client { api: self.api.as_ref()?, surface: self.surface.as_deref()? })
    }

    /// Why there is no client; `name` says which side this is.
    pub(super) fn why_no_client(&self, name: &str) -> Option<String> {
        let error = self.diagnostics.0.iter().find(|found| is_error(found))?;
        let place = match error.pointer.as_str() {
            "" => String::new(),
            pointer => format!(", at {pointer}"),
        };
        Some(format!("no client can be generated from the {name} description: {}{place}", error.message))
    }

    /// What is wrong with the description, with the places.
    pub(super) fn located(&self) -> Diagnostics {
        let mut diagnostics = self.diagnostics.clone();
        if let Some(document) = &self.document {
            document.locate(&mut diagnostics);
        }
        diagnostics
    }
}

/// Takes back that a pattern chooses nothing where it does on the other side: operations come and go.
pub(super) fn forgive_patterns(old: &mut Side, new: &mut Side) {
    let unmatched = |side: &Side| -> HashSet<String> {
        let found = side.diagnostics.0.iter().filter(|found| found.code == NO_MATCH);
        found.map(|found| found.message.clone()).collect()
    };
    let (in_old, in_new) = (unmatched(old), unmatched(new));
    let is_nowhere = |message: &String| in_old.contains(message) && in_new.contains(message);
    for side in [old, new] {
        side.diagnostics.0.retain(|found| found.code != NO_MATCH || is_nowhere(&found.message));
    }
}

fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
}

/// Takes the operations out of a description that no pattern chooses; path items that are references stay.
fn keep_only(include: &[String], root: &mut Value) {
    let Some(Value::Object(items)) = root.get_mut("paths") else { return };
    items.retain(|path, item| {
        let Value::Object(members) = item else { return false };
        members.retain(|method, value| {
            let id = value.get("operationId").and_then(Value::as_str).map(str::trim);
            let id = id.filter(|id| !id.is_empty()).map_or_else(|| format!("{method} {path}"), str::to_owned);
            !is_operation(value) || include.iter().any(|pattern| pattern::matches(pattern, &id))
        });
        members.contains_key("$ref") || members.values().any(is_operation)
    });
}

/// Whether a member of a path item is an operation: only those have responses.
fn is_operation(value: &Value) -> bool {
    value.get("responses").is_some()
}
