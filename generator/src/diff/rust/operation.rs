//! Operations: those that come or go as a whole, and values that turn from setters into arguments or back.

use super::listing::TypePath;
use super::member::Members;
use super::reach::Reach;
use super::spelling::{code, counted};
use super::{Draft, Side, method_name};
use crate::diff::Impact;

impl<'a> Side<'a> {
    /// The types of the operation that a method of the client calls, where the other side has none of them.
    pub(super) fn whole_operation(&self, path: &str, there: &Side<'_>) -> Option<Vec<TypePath<'a>>> {
        let (request, module) = self.reach.request(method_name(path))?;
        let types = self.listing.of_module(&format!("operations::{module}"));
        let is_gone = |path: &TypePath<'_>| !there.listing.types.contains_key(path);
        let has_request = types.iter().any(|path| path.name == request);
        (has_request && types.iter().all(is_gone)).then(|| types.to_vec())
    }

    /// What belongs to an operation, in words: ", with 3 setters and the type `X`".
    pub(super) fn contents(&self, types: &[TypePath<'_>]) -> String {
        let is_request = |path: &&TypePath<'_>| self.reach.method_of(path.name).is_some();
        let blocks = types.iter().filter(is_request).filter_map(|path| self.listing.types.get(path));
        let setters: usize = blocks.map(|block| Members::read(block).setters()).sum();
        let others: Vec<&TypePath<'_>> = types.iter().filter(|path| !is_request(path)).collect();
        let setters = (setters > 0).then(|| counted(setters, "setter"));
        let others = match others.as_slice() {
            [] => None,
            [one] => Some(format!("the type {}", code(one.name))),
            more => Some(counted(more.len(), "type")),
        };
        match (setters, others) {
            (None, None) => String::new(),
            (Some(part), None) | (None, Some(part)) => format!(", with {part}"),
            (Some(setters), Some(others)) => format!(", with {setters} and {others}"),
        }
    }
}

/// Says in one change that a setter became an argument, or an argument a setter.
pub(super) fn join_setters(changes: &mut Vec<Draft>, reach: &Reach<'_>) {
    let mut index = 0;
    while index < changes.len() {
        match changes.get(index).and_then(|draft| joined(changes, draft, reach)) {
            Some((method, from, to)) => {
                changes.remove(index);
                let method = if index < method { method - 1 } else { method };
                if let Some(Draft(change)) = changes.get_mut(method) {
                    change.message = change.message.replacen(&from, &to, 1);
                }
            }
            None => index += 1,
        }
    }
}

/// The change of the method that a change of a setter belongs to, and what to say there instead.
fn joined(changes: &[Draft], Draft(setter): &Draft, reach: &Reach<'_>) -> Option<(usize, String, String)> {
    let (request, name) = setter.item.trim_end_matches("(…)").trim_end_matches("()").split_once("::")?;
    let method = format!("Client::{}(", reach.method_of(request)?);
    let name = name.trim_start_matches("r#");
    let start = format!("argument `{name}: ");
    let (end, note): (&str, &dyn Fn(&str) -> String) = match setter.code {
        "rust-setter-removed" => ("added", &|argument| format!("{argument} added, which was a setter,")),
        "rust-setter-added" => {
            ("is gone", &|argument| format!("{argument} became the setter {}", code(&setter.item)))
        }
        _ => return None,
    };
    let is_method =
        |Draft(change): &Draft| change.impact == Impact::Breaking && change.item.starts_with(&method);
    changes.iter().enumerate().filter(|(_, draft)| is_method(draft)).find_map(|(index, Draft(change))| {
        let from = change.message.split("; ").find(|part| part.starts_with(&start))?;
        let argument = from.split_once(&format!("` {end}")).map(|(argument, _)| format!("{argument}`"))?;
        let from = format!("{argument} {end}");
        Some((index, from, note(&argument)))
    })
}
