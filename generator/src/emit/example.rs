//! The compiled example of each method: its arguments by type.

use super::Emitter;
use super::request::Argument;
use crate::ir::{Body, Content, Field, Operation, Presence, Shape, Success, Type, TypeKind};

/// The example of a method; none where an argument is too complicated for one.
pub(super) fn method(emitter: &Emitter<'_>, operation: &Operation, arguments: &[Argument]) -> Vec<String> {
    let Some(values) =
        arguments.iter().map(|argument| argument.example.clone()).collect::<Option<Vec<String>>>()
    else {
        return Vec::new();
    };
    let crate_name = &emitter.crate_name;
    let method = &operation.method;
    let result = match &operation.success {
        Success::One(Shape::Empty) => String::new(),
        Success::One(Shape::Bytes) => "let mut stream = ".to_owned(),
        Success::One(Shape::Items(_) | Shape::Events(_)) => "let mut items = ".to_owned(),
        Success::One(Shape::Json(ty)) => format!("let {} = ", variable(emitter, ty)),
        _ => "let value = ".to_owned(),
    };
    let mut lines: Vec<String> = ["", "# Example", "", "```no_run"].map(str::to_owned).to_vec();
    lines.push(format!(
        "# async fn example(client: {crate_name}::Client) -> Result<(), {crate_name}::Error> {{"
    ));
    let setter = first_setter(emitter, operation).unwrap_or_default();
    lines.push(format!("{result}client.{method}({}){setter}.await?;", values.join(", ")));
    if let Success::One(Shape::Bytes) = operation.success {
        lines.push("while let Some(bytes) = stream.chunk().await? {".to_owned());
        lines.push("    println!(\"{} bytes\", bytes.len());".to_owned());
        lines.push("}".to_owned());
    }
    if let Success::One(Shape::Items(_) | Shape::Events(_)) = operation.success {
        lines.push("while let Some(item) = items.next().await {".to_owned());
        lines.push("    println!(\"{:?}\", item?);".to_owned());
        lines.push("}".to_owned());
    }
    if operation.pages {
        lines.push("// Or all pages, each fetched when it is needed:".to_owned());
        lines.push(format!("let mut items = client.{method}({}).items();", values.join(", ")));
        lines.push("while let Some(item) = items.next().await {".to_owned());
        lines.push("    println!(\"{:?}\", item?);".to_owned());
        lines.push("}".to_owned());
    }
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// A call of the first setter of a body that would otherwise hold nothing.
fn first_setter(emitter: &Emitter<'_>, operation: &Operation) -> Option<String> {
    let fields = super::request::fields(emitter, operation.body.as_ref()?)?;
    let first = fields.fields.first().filter(|_| !fields.fields.iter().any(Field::is_required))?;
    Some(format!(".{}({})", first.name, field(emitter, first)?))
}

/// The name of a value in an example: the last word of its type.
fn variable(emitter: &Emitter<'_>, ty: &Type) -> String {
    let name = match emitter.resolved(ty) {
        Type::Named(name) => name.as_str(),
        _ => return "value".to_owned(),
    };
    let last = name.rfind(char::is_uppercase).and_then(|start| name.get(start..)).unwrap_or(name);
    let word = last.to_lowercase();
    // What parses as an identifier is no keyword.
    let is_plain = word.len() > 3 && word.is_ascii() && syn::parse_str::<syn::Ident>(&word).is_ok();
    if is_plain { word } else { "value".to_owned() }
}

/// The example of an argument.
pub(super) fn argument(emitter: &Emitter<'_>, ty: &Type, name: &str) -> Option<String> {
    match emitter.resolved(ty) {
        Type::String => Some(format!("{:?}", plain(name))),
        Type::Any => Some(format!("{:?}", plain(name))),
        Type::Array(_) => Some("[]".to_owned()),
        other => value(emitter, other, name),
    }
}

/// The example of a field of a body.
pub(super) fn field(emitter: &Emitter<'_>, field: &Field) -> Option<String> {
    if field.presence == Presence::Nullable {
        return Some("None".to_owned());
    }
    argument(emitter, &field.ty, &field.wire)
}

/// The example of a body that is one argument.
pub(super) fn body(emitter: &Emitter<'_>, body: &Body) -> Option<String> {
    match &body.content {
        Content::Bytes | Content::Text => Some("\"content\"".to_owned()),
        Content::Json(ty) | Content::Form(ty, _) => {
            value(emitter, emitter.resolved(ty), "body").map(|value| format!("&{value}"))
        }
        Content::AnyParts => {
            let crate_name = &emitter.crate_name;
            Some(format!("{crate_name}::runtime::Multipart::new().field(\"name\", \"value\")"))
        }
        Content::JsonFields(_) | Content::Multipart(_) => None,
    }
}

/// A value of exactly this type.
fn value(emitter: &Emitter<'_>, ty: &Type, name: &str) -> Option<String> {
    let crate_name = &emitter.crate_name;
    match ty {
        Type::Bool => Some("true".to_owned()),
        Type::I32 | Type::I64 | Type::U64 => Some("1".to_owned()),
        Type::F32 | Type::F64 => Some("1.0".to_owned()),
        Type::String => Some(format!("{:?}.to_owned()", plain(name))),
        Type::Any => Some(format!("{crate_name}::Value::Null")),
        Type::Array(_) => Some("vec![]".to_owned()),
        Type::Map(_) => Some("Default::default()".to_owned()),
        Type::Nullable(_) => Some("None".to_owned()),
        Type::Named(name) => match &emitter.def(name)?.kind {
            TypeKind::Enum(variants) => {
                variants.iter().find_map(|variant| variant.wire.as_ref()).map(|wire| format!("{wire:?}"))
            }
            _ => None,
        },
        Type::DateTime | Type::Base64 | Type::Boxed(_) => None,
    }
}

/// A parameter's name as an example of its value.
fn plain(name: &str) -> String {
    name.chars().filter(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-' | '.')).collect()
}
