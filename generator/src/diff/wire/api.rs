//! What belongs to the API as a whole: its title, servers, credentials, and the headers of every request.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::Value;

use super::comparison::{Both, Comparison};
use super::description::Part;
use super::{rules, security};

/// Compares what belongs to no single operation.
pub(super) fn compare<'a>(comparison: &mut Comparison<'a>) {
    let both = Both { old: comparison.old.root(), new: comparison.new.root() };
    if let (Some(old), Some(new)) = (both.old.get("info"), both.new.get("info")) {
        let info = Both { old, new };
        comparison.compare_words(rules::API_PROSE, "API", &["title", "description"], &info);
        let version = |part: &Part<'a>| part.text("version").unwrap_or_default();
        if version(&info.old) != version(&info.new) {
            let message = format!("version `{}` → `{}`", version(&info.old), version(&info.new));
            comparison.changed(rules::API_VERSION, "API", message, &info);
        }
    }
    compare_servers(comparison, &both);
    compare_client_headers(comparison, &both);
    security::compare_schemes(comparison);
    security::compare_root(comparison, &both);
}

fn compare_servers<'a>(comparison: &mut Comparison<'a>, both: &Both<'a>) {
    let (old, new) = (both.old.items("servers"), both.new.items("servers"));
    let (first_old, first_new) = (old.first().map(url), new.first().map(url));
    if first_old != first_new {
        let message = format!("{} → {}", shown(first_old.as_deref()), shown(first_new.as_deref()));
        comparison.found(rules::SERVER_CHANGED, "default server", message, old.first(), new.first());
    }
    let has =
        |servers: &[Part<'a>], wanted: &Part<'a>| servers.iter().any(|server| url(server) == url(wanted));
    for server in new.iter().skip(1).filter(|server| !has(&old, server)) {
        let message = format!("`{}` is described now", url(server));
        comparison.found(rules::SERVER_ADDED, "other server", message, None, Some(server));
    }
    for server in old.iter().skip(1).filter(|server| !has(&new, server)) {
        let message = format!("`{}` is no longer described", url(server));
        comparison.found(rules::SERVER_REMOVED, "other server", message, Some(server), None);
    }
}

/// The URL of a server with the defaults of its variables.
pub(super) fn url(server: &Part<'_>) -> String {
    let mut url = server.text("url").unwrap_or_default().trim().trim_end_matches('/').to_owned();
    for (name, variable) in server.members("variables") {
        url = url.replace(&format!("{{{name}}}"), variable.text("default").unwrap_or_default());
    }
    url
}

/// A URL in a message.
pub(super) fn shown(url: Option<&str>) -> String {
    match url {
        None | Some("") => "none".to_owned(),
        Some(url) => format!("`{url}`"),
    }
}

/// The headers of the extension `x-client-headers`.
fn compare_client_headers<'a>(comparison: &mut Comparison<'a>, both: &Both<'a>) {
    let (old, new) = (named(&both.old), named(&both.new));
    for (key, header) in &new {
        let subject = format!("client header `{}`", name(header));
        let Some(before) = old.get(key).cloned() else {
            comparison.found(rules::CLIENT_HEADER_ADDED, subject, "is sent now", None, Some(header));
            continue;
        };
        let pair = Both { old: before, new: header.clone() };
        for (key, rule) in
            [("default", rules::CLIENT_HEADER_DEFAULT), ("setter", rules::CLIENT_HEADER_SETTER)]
        {
            let (before, after) = (pair.old.value.get(key), pair.new.value.get(key));
            if before != after {
                let text = |value: Option<&Value>| super::annotation::shown(value);
                let message = format!("{key} {} → {}", text(before), text(after));
                comparison.changed(rule, subject.clone(), message, &pair);
            }
        }
        comparison.compare_words(rules::API_PROSE, &subject, &["description"], &pair);
    }
    for (_, header) in old.iter().filter(|(key, _)| !new.contains_key(*key)) {
        let subject = format!("client header `{}`", name(header));
        comparison.found(rules::CLIENT_HEADER_REMOVED, subject, "is no longer sent", Some(header), None);
    }
}

/// The client headers by their names, and by their places among those of one name.
fn named<'a>(root: &Part<'a>) -> IndexMap<(String, usize), Part<'a>> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let headers = root.items("x-client-headers").into_iter().map(|header| {
        let name = name(&header).to_ascii_lowercase();
        let count = counts.entry(name.clone()).or_default();
        *count += 1;
        ((name, *count), header)
    });
    headers.collect()
}

fn name<'a>(header: &Part<'a>) -> &'a str {
    header.text("name").unwrap_or_default()
}
