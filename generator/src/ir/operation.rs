//! Operations: what goes into a request, and what comes out of it.

use serde::Serialize;

use super::{Docs, Field, Gate, Type};
use crate::names::{FieldName, MethodName, ModuleName, TypeName, VariantName};
use crate::pointer::Pointer;

/// A call that the API offers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Operation {
    /// Where it stands.
    pub pointer: Pointer,
    /// The operation id; methods share one when one operation can be called in several ways.
    pub id: String,
    /// The file it is emitted to.
    pub module: ModuleName,
    /// When it is compiled.
    pub gate: Gate,
    /// The client's method.
    pub method: MethodName,
    /// The request builder.
    pub request: TypeName,
    /// The HTTP method in capitals.
    pub http_method: String,
    /// The path template.
    pub path: String,
    /// The index of its server.
    pub server: usize,
    /// The `Accept` header; empty when anything will do.
    pub accept: String,
    /// Whether the `Accept` header can be set; not where the answer's shape depends on it.
    pub accept_setter: Option<Parameter>,
    /// The parameters in the order of the description, required and optional ones.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// What it gives.
    pub success: Success,
    /// The errors it documents, if any.
    pub errors: Option<Errors>,
    /// The headers that its success documents, if any.
    pub headers: Option<ResponseHeaders>,
    /// Whether it is one page of a list that continues in a `Link` header.
    pub pages: bool,
    /// A setter for a URL template that the API hands out in place of server and path.
    pub url_template: Option<UrlTemplate>,
    /// Alternatives of indices into the client's security schemes.
    pub security: Vec<Vec<usize>>,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// What it does.
    pub docs: Docs,
}

impl Operation {
    /// All types that it is made of, by name.
    pub fn names(&self) -> impl Iterator<Item = &TypeName> {
        self.sent_names().chain(self.received_names())
    }

    /// The types that requests are made of, by name.
    pub(crate) fn sent_names(&self) -> impl Iterator<Item = &TypeName> {
        let fields = self.body.iter().filter_map(|body| match &body.content {
            Content::JsonFields(name) => Some(name),
            _ => None,
        });
        fields.chain(self.sent().into_iter().filter_map(Type::innermost_name))
    }

    /// The types that responses are made of, by name.
    pub(crate) fn received_names(&self) -> impl Iterator<Item = &TypeName> {
        self.received().into_iter().filter_map(Type::innermost_name)
    }

    /// The types that it mentions itself; not that of a body whose fields are arguments and setters.
    pub fn types(&self) -> Vec<&Type> {
        [self.sent(), self.received()].concat()
    }

    fn sent(&self) -> Vec<&Type> {
        let mut types: Vec<&Type> = self.parameters.iter().map(|parameter| &parameter.ty).collect();
        match self.body.as_ref().map(|body| &body.content) {
            Some(Content::Json(ty) | Content::Form(ty, _)) => types.push(ty),
            Some(Content::Multipart(parts)) => types.extend(parts.iter().flat_map(Part::types)),
            Some(Content::JsonFields(_) | Content::AnyParts | Content::Text | Content::Bytes) | None => {}
        }
        types
    }

    fn received(&self) -> Vec<&Type> {
        let shapes: Vec<&Shape> = match &self.success {
            Success::One(shape) => vec![shape],
            Success::Several { cases, .. } => cases.iter().map(|case| &case.shape).collect(),
        };
        let mut types: Vec<&Type> = Vec::new();
        types.extend(shapes.into_iter().filter_map(|shape| match shape {
            Shape::Json(ty) | Shape::Items(ty) | Shape::Events(ty) => Some(ty),
            Shape::Text | Shape::Bytes | Shape::Empty => None,
        }));
        let errors = self.errors.iter().flat_map(|errors| &errors.variants);
        types.extend(errors.filter_map(|variant| variant.body.as_ref()));
        types.extend(self.headers.iter().flat_map(|headers| &headers.fields).map(|field| &field.ty));
        types
    }
}

/// The documented headers of a response.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResponseHeaders {
    /// The struct.
    pub name: TypeName,
    /// Its fields, none of which has to be there.
    pub fields: Vec<Field>,
}

/// A setter that takes a URL template from an earlier response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UrlTemplate {
    /// The setter.
    pub setter: FieldName,
    /// What it is.
    pub docs: Docs,
}

/// A parameter outside the body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parameter {
    /// Where it stands.
    pub pointer: Pointer,
    /// Its name on the wire.
    pub wire: String,
    /// The argument or setter.
    pub name: FieldName,
    /// Where and how it travels.
    pub place: Place,
    /// Whether it is an argument, not a setter.
    pub required: bool,
    /// Its type.
    pub ty: Type,
    /// Whether its value is a file name that tells the media type of the body.
    pub file_name: bool,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// What it is.
    pub docs: Docs,
}

/// Where a parameter travels, and how its value is written there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Place {
    /// In the path.
    Path(PathStyle, bool),
    /// In the query.
    Query(QueryStyle, bool),
    /// In the query, where reserved characters stay as they are.
    ReservedQuery(QueryStyle, bool),
    /// In a header.
    Header(HeaderStyle, bool),
    /// In a cookie.
    Cookie(CookieStyle, bool),
    /// In a header of a part of the body.
    PartHeader,
}

/// How a path parameter is written (RFC 6570); a place's flag says whether it explodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum PathStyle {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;x=a;x=b`
    Matrix,
    /// `a/b`, whose slashes separate segments.
    Segments,
    /// The value as JSON text.
    Json,
}

/// How a header is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum HeaderStyle {
    /// `a,b`
    Simple,
    /// The value as JSON text.
    Json,
}

/// How a cookie is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum CookieStyle {
    /// `x=a,b`, or a cookie for each item.
    Form,
    /// The value as JSON text.
    Json,
}

/// How a query parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum QueryStyle {
    /// `x=a&x=b`, or `x=a,b`
    Form,
    /// `x=a%20b`
    SpaceDelimited,
    /// `x=a|b`
    PipeDelimited,
    /// `x[a]=b`
    DeepObject,
    /// The value as JSON text.
    Json,
}

/// A request body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Body {
    /// Where it stands.
    pub pointer: Pointer,
    /// Whether a request without it is wrong.
    pub required: bool,
    /// Its media type; for bytes the one to fall back to.
    pub media_type: String,
    /// The media types among which the caller may choose, if there are several.
    pub choices: Vec<String>,
    /// What it holds.
    pub content: Content,
    /// The argument or setter, unless its fields are.
    pub name: FieldName,
    /// What it is.
    pub docs: Docs,
}

/// What a request body holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Content {
    /// JSON of a type.
    Json(Type),
    /// JSON of a struct whose required fields are arguments and whose other fields are setters.
    JsonFields(TypeName),
    /// A URL-encoded form of a type, some of whose fields are written in a way of their own.
    Form(Type, Vec<FormField>),
    /// Parts, each an argument or a setter of its own.
    Multipart(Vec<Part>),
    /// Parts of which nothing is known.
    AnyParts,
    /// Text.
    Text,
    /// Bytes of a media type that the caller may choose.
    Bytes,
}

/// How a field of a form is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormField {
    /// Its name on the wire.
    pub wire: String,
    /// How its value is written.
    pub style: QueryStyle,
    /// Whether a list or an object becomes several pairs.
    pub explode: bool,
    /// Whether reserved characters stay as they are.
    pub reserved: bool,
}

/// A part of a body of several parts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// Where it stands.
    pub pointer: Pointer,
    /// Its name on the wire.
    pub wire: String,
    /// The argument or setter.
    pub name: FieldName,
    /// What it holds.
    pub kind: PartKind,
    /// Whether it is an argument, not a setter.
    pub required: bool,
    /// The media types that it can have, as a list; empty where they follow from what it holds.
    pub media_types: String,
    /// The headers that can be set on it.
    pub headers: Vec<Parameter>,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// What it is.
    pub docs: Docs,
}

impl Part {
    /// The types that it mentions.
    pub fn types(&self) -> Vec<&Type> {
        let headers = self.headers.iter().map(|header| &header.ty);
        let value = match &self.kind {
            PartKind::Value(ty) | PartKind::Styled(ty, ..) => Some(ty),
            PartKind::File | PartKind::Files => None,
        };
        value.into_iter().chain(headers).collect()
    }
}

/// What a part of a body holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum PartKind {
    /// A file.
    File,
    /// A part for each file.
    Files,
    /// A value: a text, or JSON; a part for each item of a list.
    Value(Type),
    /// A value as a query would hold it, a part for each pair; the flag says whether it explodes.
    Styled(Type, QueryStyle, bool),
}

/// What an operation gives when it succeeds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Success {
    /// One shape whatever the status.
    One(Shape),
    /// A shape for each status.
    Several {
        /// The enum.
        name: TypeName,
        /// Its variants, by status.
        cases: Vec<Case>,
    },
}

/// A status with its own shape.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Case {
    /// The status or range.
    pub status: Status,
    /// The variant.
    pub variant: VariantName,
    /// The shape of the body.
    pub shape: Shape,
    /// What it means.
    pub docs: Docs,
}

/// The shape of a response body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Shape {
    /// JSON of a type.
    Json(Type),
    /// Text.
    Text,
    /// Bytes, streamed.
    Bytes,
    /// JSON values of a type, one after the other, streamed.
    Items(Type),
    /// Events whose data is JSON of a type, or text where it is a text, streamed.
    Events(Type),
    /// Nothing.
    Empty,
}

/// A status of the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Status {
    /// One status.
    Code(u16),
    /// A hundred statuses, by the first digit.
    Range(u16),
    /// Any other status.
    Default,
}

/// The errors that an operation documents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Errors {
    /// The enum.
    pub name: TypeName,
    /// Its variants, by status.
    pub variants: Vec<ErrorVariant>,
}

/// A documented error.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ErrorVariant {
    /// The status or range.
    pub status: Status,
    /// The variant.
    pub variant: VariantName,
    /// The type of its JSON body, if it has one.
    pub body: Option<Type>,
    /// What it means.
    pub docs: Docs,
}
