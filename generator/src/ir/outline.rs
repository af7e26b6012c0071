//! The IR as an outline for people: what a snapshot of a fixture shows.

use std::fmt::Write;

use super::{
    Api, Case, Content, CookieStyle, ErrorVariant, Field, HeaderStyle, Operation, Parameter, Part, PartKind,
    Place, Presence, SecurityKind, Shape, Status, Success, Type, TypeDef, TypeKind,
};

/// The outline of a client, a line per decision.
pub fn outline(api: &Api) -> String {
    let mut text = String::new();
    for (index, server) in api.servers.iter().enumerate() {
        line(
            &mut text,
            0,
            &format!("server {index} {} = {:?} (setter {})", server.name, server.url, server.setter),
        );
    }
    for header in &api.headers {
        line(&mut text, 0, &format!("header {}: {} (setter {})", header.wire, header.default, header.setter));
    }
    for scheme in &api.security {
        line(
            &mut text,
            0,
            &format!("security {} = {} (setter {})", scheme.name, kind(&scheme.kind), scheme.setter),
        );
    }
    for feature in &api.features {
        line(&mut text, 0, &format!("feature {} = {}", feature.name, feature.tags.join(", ")));
    }
    api.operations.iter().for_each(|one| operation(&mut text, one));
    api.types.iter().for_each(|def| type_def(&mut text, def));
    text
}

fn line(text: &mut String, depth: usize, content: &str) {
    // Writing to a string cannot fail.
    let _written = writeln!(text, "{:indent$}{content}", "", indent = depth * 2);
}

fn kind(kind: &SecurityKind) -> String {
    match kind {
        SecurityKind::Bearer => "bearer".to_owned(),
        SecurityKind::Basic => "basic".to_owned(),
        SecurityKind::Header(name) => format!("header {name}"),
        SecurityKind::Query(name) => format!("query {name}"),
        SecurityKind::Cookie(name) => format!("cookie {name}"),
    }
}

fn operation(text: &mut String, operation: &Operation) {
    let deprecated = if operation.deprecated { " deprecated" } else { "" };
    line(
        text,
        0,
        &format!("operation {} = {} {}{deprecated}", operation.method, operation.http_method, operation.path),
    );
    line(
        text,
        1,
        &format!(
            "server {}, security {:?}, accept {:?}",
            operation.server, operation.security, operation.accept
        ),
    );
    operation.parameters.iter().for_each(|one| parameter(text, 1, one));
    if let Some(accept) = &operation.accept_setter {
        line(text, 1, &format!("setter {} of the Accept header", accept.name));
    }
    if let Some(template) = &operation.url_template {
        line(text, 1, &format!("setter {} of the URL", template.setter));
    }
    if let Some(body) = &operation.body {
        let required = if body.required { "required" } else { "optional" };
        line(text, 1, &format!("body {required} {} {}", body.media_type, content(&body.content)));
        if !body.choices.is_empty() {
            line(text, 2, &format!("setter content_type: {}", body.choices.join(" | ")));
        }
        if let Content::Multipart(parts) = &body.content {
            parts.iter().for_each(|one| part(text, one));
        }
    }
    match &operation.success {
        Success::One(one) => {
            let pages = if operation.pages { ", in pages" } else { "" };
            line(text, 1, &format!("gives {}{pages}", shape(one)));
        }
        Success::Several { name, cases } => {
            line(text, 1, &format!("gives {name}"));
            for Case { status, variant, shape: one, .. } in cases {
                line(text, 2, &format!("{} {variant}: {}", status_text(*status), shape(one)));
            }
        }
    }
    if let Some(headers) = &operation.headers {
        line(text, 1, &format!("headers {}", headers.name));
        headers.fields.iter().for_each(|one| field(text, 2, one));
    }
    for ErrorVariant { status, variant, body, .. } in
        operation.errors.iter().flat_map(|errors| &errors.variants)
    {
        let body = body.as_ref().map_or_else(|| "nothing".to_owned(), type_text);
        line(text, 1, &format!("error {} {variant}: {body}", status_text(*status)));
    }
}

fn parameter(text: &mut String, depth: usize, parameter: &Parameter) {
    let place = match parameter.place {
        Place::Path(style, explode) => format!("path {style:?}{}", if explode { " exploded" } else { "" }),
        Place::Query(style, explode) => format!("query {style:?}{}", if explode { " exploded" } else { "" }),
        Place::ReservedQuery(style, explode) => {
            format!("query {style:?}{} with reserved characters", if explode { " exploded" } else { "" })
        }
        Place::Header(HeaderStyle::Json, _) => "header Json".to_owned(),
        Place::Header(_, explode) => format!("header{}", if explode { " exploded" } else { "" }),
        Place::Cookie(CookieStyle::Json, _) => "cookie Json".to_owned(),
        Place::Cookie(_, explode) => format!("cookie{}", if explode { "" } else { " not exploded" }),
        Place::PartHeader => "the headers of the part".to_owned(),
    };
    let role = if parameter.required { "argument" } else { "setter" };
    let file_name = if parameter.file_name { ", a file name" } else { "" };
    let ty = type_text(&parameter.ty);
    line(
        text,
        depth,
        &format!("{role} {}: {ty} = {:?} in {place}{file_name}", parameter.name, parameter.wire),
    );
}

fn part(text: &mut String, part: &Part) {
    let kind = match &part.kind {
        PartKind::File => "file".to_owned(),
        PartKind::Files => "files".to_owned(),
        PartKind::Value(ty) => type_text(ty),
        PartKind::Styled(ty, style, explode) => {
            format!("{} {style:?}{}", type_text(ty), if *explode { " exploded" } else { "" })
        }
    };
    let role = if part.required { "argument" } else { "setter" };
    let types = if part.media_types.is_empty() { String::new() } else { format!(" as {}", part.media_types) };
    line(text, 2, &format!("{role} {}: {kind} = {:?}{types}", part.name, part.wire));
    part.headers.iter().for_each(|one| parameter(text, 3, one));
}

fn content(content: &Content) -> String {
    match content {
        Content::Json(ty) => type_text(ty),
        Content::JsonFields(name) => format!("the fields of {name}"),
        Content::Form(ty, fields) => {
            let own = fields.iter().map(|field| {
                let explode = if field.explode { " exploded" } else { "" };
                let reserved = if field.reserved { " with reserved characters" } else { "" };
                format!(", {:?} {:?}{explode}{reserved}", field.wire, field.style)
            });
            format!("form of {}{}", type_text(ty), own.collect::<String>())
        }
        Content::Multipart(_) => "of parts".to_owned(),
        Content::AnyParts => "of any parts".to_owned(),
        Content::Text => "text".to_owned(),
        Content::Bytes => "bytes".to_owned(),
    }
}

fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Json(ty) => type_text(ty),
        Shape::Text => "text".to_owned(),
        Shape::Bytes => "bytes".to_owned(),
        Shape::Items(ty) => format!("a stream of {}", type_text(ty)),
        Shape::Events(ty) => format!("a stream of events of {}", type_text(ty)),
        Shape::Empty => "nothing".to_owned(),
    }
}

fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}

fn type_def(text: &mut String, def: &TypeDef) {
    let deprecated = if def.deprecated { " deprecated" } else { "" };
    let name = &def.name;
    match &def.kind {
        TypeKind::Struct(def) => {
            line(text, 0, &format!("struct {name}{deprecated}"));
            def.fields.iter().for_each(|one| field(text, 1, one));
            for part in &def.flattened {
                line(text, 1, &format!("{}: {} beside the other members", part.name, type_text(&part.ty)));
            }
        }
        TypeKind::Enum(variants) => {
            line(text, 0, &format!("enum {name}{deprecated}"));
            for variant in variants {
                let wire = variant
                    .wire
                    .as_ref()
                    .map_or_else(|| "any other text".to_owned(), |wire| format!("{wire:?}"));
                line(text, 1, &format!("{} = {wire}", variant.name));
            }
        }
        TypeKind::Union(union) => {
            let tag = union.tag.as_ref().map(|tag| format!(" by {tag:?}")).unwrap_or_default();
            line(text, 0, &format!("union {name}{tag}{deprecated}"));
            for variant in &union.variants {
                let tags =
                    if variant.tags.is_empty() { String::new() } else { format!(" = {:?}", variant.tags) };
                line(text, 1, &format!("{}: {}{tags}", variant.name, type_text(&variant.ty)));
            }
            line(text, 1, &format!("{}: any other value", union.other));
        }
        TypeKind::Alias(ty) => line(text, 0, &format!("alias {name} = {}{deprecated}", type_text(ty))),
        TypeKind::Newtype(ty) => line(text, 0, &format!("newtype {name} = {}{deprecated}", type_text(ty))),
    }
}

fn field(text: &mut String, depth: usize, field: &Field) {
    let presence = match field.presence {
        Presence::Required => "required",
        Presence::Nullable => "nullable",
        Presence::Optional => "optional",
        Presence::OptionalNullable => "optional and nullable",
    };
    let wire = if field.name.as_str().trim_start_matches("r#") == field.wire {
        String::new()
    } else {
        format!(" = {:?}", field.wire)
    };
    let deprecated = if field.deprecated { ", deprecated" } else { "" };
    line(text, depth, &format!("{}: {}{wire}, {presence}{deprecated}", field.name, type_text(&field.ty)));
}

/// A type as it is written in an outline.
pub fn type_text(ty: &Type) -> String {
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::I32 => "i32".to_owned(),
        Type::I64 => "i64".to_owned(),
        Type::U64 => "u64".to_owned(),
        Type::F32 => "f32".to_owned(),
        Type::F64 => "f64".to_owned(),
        Type::String => "string".to_owned(),
        Type::DateTime => "date-time".to_owned(),
        Type::Base64 => "base64".to_owned(),
        Type::Any => "any".to_owned(),
        Type::Array(inner) => format!("[{}]", type_text(inner)),
        Type::Map(inner) => format!("map of {}", type_text(inner)),
        Type::Nullable(inner) => format!("{} or null", type_text(inner)),
        Type::Named(name) => name.to_string(),
        Type::Boxed(inner) => format!("box of {}", type_text(inner)),
    }
}
