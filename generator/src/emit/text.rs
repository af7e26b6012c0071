//! Doc attributes from what a description says.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::ir::Docs;

/// Doc attributes for lines that are safe already.
pub(super) fn attributes(lines: &[String]) -> TokenStream {
    let attributes = lines.iter().map(|line| {
        let line = if line.is_empty() { String::new() } else { format!(" {line}") };
        quote!(#[doc = #line])
    });
    quote!(#(#attributes)*)
}

/// Doc attributes for one sentence of our own.
pub(super) fn sentence(text: &str) -> TokenStream {
    attributes(&[text.to_owned()])
}

/// Everything that is said of something, or else a sentence of our own.
pub(super) fn lines(said: &Docs, otherwise: &str) -> Vec<String> {
    let mut paragraphs: Vec<Vec<String>> = Vec::new();
    paragraphs.extend(said.summary.as_deref().map(docs::lines));
    paragraphs.extend(said.description.as_deref().map(docs::lines));
    paragraphs.retain(|lines| lines.iter().any(|line| !line.trim().is_empty()));
    if paragraphs.is_empty() && !otherwise.is_empty() {
        paragraphs.push(docs::lines(otherwise));
    }
    if !said.facts.is_empty() {
        paragraphs.push(docs::lines(&said.facts.join(" ")));
    }
    if let Some(url) = &said.url {
        paragraphs.push(docs::lines(&format!("[API documentation]({url})")));
    }
    paragraphs.join(&String::new())
}

/// Doc attributes for everything that is said of something, or else for a sentence of our own.
pub(super) fn of(said: &Docs, otherwise: &str) -> TokenStream {
    attributes(&lines(said, otherwise))
}

/// A sentence of our own, and everything that is said of something after it.
pub(super) fn after(first: String, said: &Docs) -> Vec<String> {
    let said = lines(said, "");
    if said.iter().all(String::is_empty) { vec![first] } else { [vec![first], said].join(&String::new()) }
}

/// A text from the description on one line, without characters that hide or turn what stands beside them.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|char| if char.is_control() || !docs::is_harmless(char) { ' ' } else { char }).collect()
}

/// A name from the description as inline code of our own sentences.
pub(super) fn code(name: &str) -> String {
    let clean = plain(name).replace('`', " ");
    if clean.trim().is_empty() { "an empty text".to_owned() } else { format!("`{}`", clean.trim()) }
}

/// The attribute of something that should not be used any more.
pub(super) fn deprecated(deprecated: bool) -> TokenStream {
    if deprecated { quote!(#[deprecated]) } else { TokenStream::new() }
}
