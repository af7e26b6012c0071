//! Request URLs: base URLs, path templates and hypermedia templates.

use url::Url;

/// A base URL that paths can be appended to.
pub(crate) fn base(text: &str) -> Result<Url, String> {
    let url = absolute(text)?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err("a base URL has no query and no fragment".to_owned());
    }
    Ok(url)
}

/// An absolute `http` or `https` URL without credentials. Errors do not show it: it can hold a signature.
pub(crate) fn absolute(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    check(&url)?;
    Ok(url)
}

/// Whether a request may go to a URL at all.
pub(crate) fn check(url: &Url) -> Result<(), String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("the scheme must be http or https, not {}", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("a URL must not hold credentials".to_owned());
    }
    Ok(())
}

/// A URL as errors show it: without its query, which can hold a signature or a key.
pub(crate) fn shown(url: &Url) -> String {
    format!("{}{}", url.origin().ascii_serialization(), url.path())
}

/// Fills a path template with expanded parameters.
///
/// Whatever a value holds, it stays inside its segment: a segment `.` or `..` would be taken out of the path
/// on its way (RFC 3986, 5.2.4) and an empty one would name another resource, so neither is sent.
pub(crate) fn expand(template: &str, values: &[(&str, String)]) -> Result<String, String> {
    let segments = template.strip_prefix('/').unwrap_or(template).split('/');
    let filled = segments.map(|segment| Ok(format!("/{}", fill(segment, values)?)));
    filled.collect()
}

/// Fills one segment of a path template.
fn fill(segment: &str, values: &[(&str, String)]) -> Result<String, String> {
    let mut filled = String::new();
    let mut names = Vec::new();
    let mut rest = segment;
    while let Some((literal, after)) = rest.split_once('{') {
        let (name, after) =
            after.split_once('}').ok_or_else(|| format!("{segment}: a brace is not closed"))?;
        let value = values.iter().find(|(set, _)| *set == name);
        let (_, value) = value.ok_or_else(|| format!("path parameter {name} is empty"))?;
        filled.push_str(literal);
        filled.push_str(value);
        names.push(name);
        rest = after;
    }
    filled.push_str(rest);
    // A list that is empty and has a style with a sign of its own leaves nothing of its segment.
    if filled.is_empty() {
        return Ok(filled);
    }
    // A value that is several segments holds slashes.
    match filled.split('/').find(|part| matches!(*part, "." | "..") || part.is_empty() && !names.is_empty()) {
        Some(part) => Err(format!("path parameter {}: {part:?} is not a name in a path", names.join(", "))),
        None => Ok(filled),
    }
}

/// Appends an expanded path and a query to a base URL.
pub(crate) fn join(base: &Url, path: &str, query: &str) -> Result<Url, String> {
    let mut text = base.as_str().trim_end_matches('/').to_owned();
    text.push_str(path);
    let url = absolute(&text)?;
    // What was encoded is what travels: nothing may have been normalised away or encoded again.
    match url.as_str() == text {
        true => Ok(with_query(url, query)),
        false => Err(format!("the path {path} cannot be sent as it is")),
    }
}

/// Makes a URL of a hypermedia template (RFC 6570) such as `https://host/assets{?name,label}`. What may be
/// left out at its end is left out; the query is appended.
pub(crate) fn from_template(template: &str, query: &str) -> Result<Url, String> {
    let end = template.find('{').unwrap_or(template.len());
    let (literal, mut rest) = template.split_at(end);
    while let Some(expression) = rest.strip_prefix('{') {
        rest = match expression.split_once('}') {
            Some((inside, after)) if inside.starts_with(['?', '&', '/', ';', '.', '#']) => after,
            _ => break,
        };
    }
    if !rest.is_empty() {
        return Err(format!("the expression {} cannot be filled", rest.split('?').next().unwrap_or(rest)));
    }
    let mut url = absolute(literal)?;
    url.set_fragment(None);
    Ok(with_query(url, query))
}

/// Appends an encoded query to the query that a URL has.
pub(crate) fn with_query(mut url: Url, query: &str) -> Url {
    if !query.is_empty() {
        let joined = match url.query().filter(|own| !own.is_empty()) {
            Some(own) => format!("{own}&{query}"),
            None => query.to_owned(),
        };
        url.set_query(Some(&joined));
    }
    url
}
