//! Which field of which OpenAPI object holds what; data only.
//!
//! Fields that the generator does not read are left out, and so never complained of.

use crate::pointer::Pointer;

/// A kind of object in a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Description,
    Info,
    Components,
    Server,
    ServerVariable,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Header,
    Schema,
    Discriminator,
    SecurityScheme,
    ExternalDocs,
}

/// What a field may hold.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    Text,
    Flag,
    List(&'static Shape),
    Map(&'static Shape),
    Object(Kind),
    ObjectOrFlag(Kind),
}

use Shape::{Flag, List, Map, Object, ObjectOrFlag, Text};

/// The kind of object that stands at a pointer, where a description has one there.
pub(crate) fn kind_at(pointer: &Pointer) -> Option<Kind> {
    let mut shape = &Object(Kind::Description);
    for part in pointer.parts() {
        shape = match shape {
            List(item) | Map(item) => item,
            Object(Kind::Responses) => &Object(Kind::Response),
            Object(kind) | ObjectOrFlag(kind) => &fields(*kind).iter().find(|(field, _)| *field == part)?.1,
            Text | Flag => return None,
        };
    }
    match shape {
        Object(kind) | ObjectOrFlag(kind) => Some(*kind),
        _ => None,
    }
}

type Fields = &'static [(&'static str, Shape)];

/// The fields of a kind of object.
pub(crate) fn fields(kind: Kind) -> Fields {
    match kind {
        Kind::Description => &[
            ("info", Object(Kind::Info)),
            ("servers", List(&Object(Kind::Server))),
            ("security", List(&Map(&List(&Text)))),
            ("components", Object(Kind::Components)),
            ("paths", Map(&Object(Kind::PathItem))),
            ("externalDocs", Object(Kind::ExternalDocs)),
        ],
        Kind::Info => &[("title", Text), ("version", Text), ("description", Text)],
        Kind::Components => &[
            ("schemas", Map(&Object(Kind::Schema))),
            ("responses", Map(&Object(Kind::Response))),
            ("parameters", Map(&Object(Kind::Parameter))),
            ("requestBodies", Map(&Object(Kind::RequestBody))),
            ("headers", Map(&Object(Kind::Header))),
            ("securitySchemes", Map(&Object(Kind::SecurityScheme))),
            ("pathItems", Map(&Object(Kind::PathItem))),
        ],
        Kind::Server => {
            &[("url", Text), ("description", Text), ("variables", Map(&Object(Kind::ServerVariable)))]
        }
        Kind::ServerVariable => &[("default", Text), ("enum", List(&Text)), ("description", Text)],
        Kind::PathItem => PATH_ITEM,
        Kind::Operation => OPERATION,
        Kind::Parameter => PARAMETER,
        Kind::RequestBody => {
            &[("description", Text), ("required", Flag), ("content", Map(&Object(Kind::MediaType)))]
        }
        Kind::MediaType => &[("schema", Object(Kind::Schema)), ("encoding", Map(&Object(Kind::Encoding)))],
        Kind::Encoding => &[
            ("contentType", Text),
            ("style", Text),
            ("explode", Flag),
            ("allowReserved", Flag),
            ("headers", Map(&Object(Kind::Header))),
        ],
        Kind::Responses => &[],
        Kind::Response => &[
            ("description", Text),
            ("headers", Map(&Object(Kind::Header))),
            ("content", Map(&Object(Kind::MediaType))),
        ],
        Kind::Header => &[
            ("description", Text),
            ("required", Flag),
            ("deprecated", Flag),
            ("schema", Object(Kind::Schema)),
            ("content", Map(&Object(Kind::MediaType))),
        ],
        Kind::Schema => SCHEMA,
        Kind::Discriminator => &[("propertyName", Text), ("mapping", Map(&Text))],
        Kind::SecurityScheme => {
            &[("type", Text), ("scheme", Text), ("in", Text), ("name", Text), ("description", Text)]
        }
        Kind::ExternalDocs => &[("url", Text), ("description", Text)],
    }
}

const PATH_ITEM: Fields = &[
    ("summary", Text),
    ("description", Text),
    ("servers", List(&Object(Kind::Server))),
    ("parameters", List(&Object(Kind::Parameter))),
    ("get", Object(Kind::Operation)),
    ("put", Object(Kind::Operation)),
    ("post", Object(Kind::Operation)),
    ("delete", Object(Kind::Operation)),
    ("options", Object(Kind::Operation)),
    ("head", Object(Kind::Operation)),
    ("patch", Object(Kind::Operation)),
    ("trace", Object(Kind::Operation)),
];

const OPERATION: Fields = &[
    ("tags", List(&Text)),
    ("summary", Text),
    ("description", Text),
    ("externalDocs", Object(Kind::ExternalDocs)),
    ("operationId", Text),
    ("parameters", List(&Object(Kind::Parameter))),
    ("requestBody", Object(Kind::RequestBody)),
    ("responses", Object(Kind::Responses)),
    ("deprecated", Flag),
    ("security", List(&Map(&List(&Text)))),
    ("servers", List(&Object(Kind::Server))),
];

const PARAMETER: Fields = &[
    ("name", Text),
    ("in", Text),
    ("description", Text),
    ("required", Flag),
    ("deprecated", Flag),
    ("style", Text),
    ("explode", Flag),
    ("allowReserved", Flag),
    ("allowEmptyValue", Flag),
    ("schema", Object(Kind::Schema)),
    ("content", Map(&Object(Kind::MediaType))),
];

const SCHEMA: Fields = &[
    ("title", Text),
    ("description", Text),
    ("type", Text),
    ("format", Text),
    ("pattern", Text),
    ("nullable", Flag),
    ("readOnly", Flag),
    ("writeOnly", Flag),
    ("deprecated", Flag),
    ("uniqueItems", Flag),
    ("exclusiveMinimum", Flag),
    ("exclusiveMaximum", Flag),
    ("required", List(&Text)),
    ("properties", Map(&Object(Kind::Schema))),
    ("additionalProperties", ObjectOrFlag(Kind::Schema)),
    ("items", Object(Kind::Schema)),
    ("allOf", List(&Object(Kind::Schema))),
    ("oneOf", List(&Object(Kind::Schema))),
    ("anyOf", List(&Object(Kind::Schema))),
    ("not", Object(Kind::Schema)),
    ("$defs", Map(&Object(Kind::Schema))),
    ("definitions", Map(&Object(Kind::Schema))),
    ("discriminator", Object(Kind::Discriminator)),
    ("externalDocs", Object(Kind::ExternalDocs)),
];
