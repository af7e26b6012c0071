//! The model of the client to emit: plain data, every decision already made.
//!
//! No tokens and no OpenAPI in here. Everything is sorted by Rust name, and says by a JSON pointer
//! where in the description it came from.

pub mod check;
pub mod outline;
pub(crate) mod recursion;
pub(crate) mod specificity;

use serde::Serialize;

use crate::names::{FieldName, MethodName, ModuleName, TypeName, VariantName};
use crate::pointer::Pointer;

/// A whole client.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Api {
    /// The title of the API.
    pub title: String,
    /// The version that the description gives.
    pub version: String,
    /// What the description says of the whole.
    pub docs: Docs,
    /// Where the API is; the first is the default of every operation.
    pub servers: Vec<Server>,
    /// Headers of every request.
    pub headers: Vec<ClientHeader>,
    /// Ways to authenticate.
    pub security: Vec<SecurityScheme>,
    /// The operations, sorted by method name.
    pub operations: Vec<Operation>,
    /// The types, sorted by name.
    pub types: Vec<TypeDef>,
}

/// Text for a reader.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Docs {
    /// One line.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// A page that says more.
    pub url: Option<String>,
    /// Short facts, such as a default or a maximum, in Markdown of our own.
    pub facts: Vec<String>,
}

/// A place where the API is served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Server {
    /// What errors call it: `default`, or a name such as `uploads`.
    pub name: String,
    /// The builder's setter of its URL.
    pub setter: MethodName,
    /// The absolute URL without a trailing slash; empty when the description leaves it open.
    pub url: String,
    /// What it is.
    pub docs: Docs,
}

/// A header that the client sends with every request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClientHeader {
    /// Its name on the wire.
    pub wire: String,
    /// Its value unless the user sets another.
    pub default: String,
    /// The builder's setter.
    pub setter: MethodName,
    /// What it is.
    pub docs: Docs,
}

/// A way to authenticate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecurityScheme {
    /// Its name in the description.
    pub name: String,
    /// The builder's setter.
    pub setter: MethodName,
    /// How the credential travels.
    pub kind: SecurityKind,
    /// What it is.
    pub docs: Docs,
}

/// How a credential travels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum SecurityKind {
    /// `Authorization: Bearer …`.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// A header of its own.
    Header(String),
    /// A query parameter.
    Query(String),
    /// A cookie.
    Cookie(String),
}

/// A call that the API offers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Operation {
    /// Where it stands.
    pub pointer: Pointer,
    /// The operation id; two operations share one when one id answers in two ways.
    pub id: String,
    /// The file it is emitted to.
    pub module: ModuleName,
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

/// A setter that takes a URL template from an earlier response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UrlTemplate {
    /// The setter.
    pub setter: MethodName,
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
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
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
    /// A URL-encoded form of a type.
    Form(Type),
    /// Text.
    Text,
    /// Bytes of a media type that the caller may choose.
    Bytes,
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

/// A named type.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TypeDef {
    /// Where it stands.
    pub pointer: Pointer,
    /// Its name.
    pub name: TypeName,
    /// The file it is emitted to.
    pub home: Home,
    /// What it is made of.
    pub kind: TypeKind,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// What it is.
    pub docs: Docs,
}

/// The file of a type: the one of the named schema or of the operation that it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Home {
    /// Under `types`.
    Types(ModuleName),
    /// Under `operations`.
    Operations(ModuleName),
}

/// What a type is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum TypeKind {
    /// Fields with names.
    Struct(Struct),
    /// Known texts, and any other.
    Enum(Vec<EnumVariant>),
    /// One of several types.
    Union(Union),
    /// Another name of a type.
    Alias(Type),
    /// A type of its own around another one, where an alias would contain itself.
    Newtype(Type),
}

/// Fields with names.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Struct {
    /// The fields in the order of the description.
    pub fields: Vec<Field>,
    /// Parts whose members stand beside the fields: a union, or a map of all other members.
    pub flattened: Vec<Flattened>,
}

/// A field whose members stand beside the other fields.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Flattened {
    /// The field.
    pub name: FieldName,
    /// A union, or a map.
    pub ty: Type,
    /// What it is.
    pub docs: Docs,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    /// Where it stands.
    pub pointer: Pointer,
    /// Its name on the wire.
    pub wire: String,
    /// Its name.
    pub name: FieldName,
    /// Its type when it is there and not null.
    pub ty: Type,
    /// Whether it can be missing or null.
    pub presence: Presence,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// What it is.
    pub docs: Docs,
}

/// Whether a value can be missing or null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Presence {
    /// Always there.
    Required,
    /// There, perhaps null.
    Nullable,
    /// Perhaps missing.
    Optional,
    /// Perhaps missing, perhaps null; the two differ.
    OptionalNullable,
}

impl Presence {
    /// The presence of a value that is or is not required and nullable.
    pub fn new(required: bool, nullable: bool) -> Self {
        match (required, nullable) {
            (true, false) => Self::Required,
            (true, true) => Self::Nullable,
            (false, false) => Self::Optional,
            (false, true) => Self::OptionalNullable,
        }
    }
}

/// A known text of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EnumVariant {
    /// The text on the wire; `None` is the variant of every other text.
    pub wire: Option<String>,
    /// The variant.
    pub name: VariantName,
}

/// One of several types.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Union {
    /// The member that tells which, if one does.
    pub tag: Option<String>,
    /// The types, in the order they are tried.
    pub variants: Vec<UnionVariant>,
    /// The variant of any other value.
    pub other: VariantName,
}

/// A type of a union.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnionVariant {
    /// The variant.
    pub name: VariantName,
    /// The type.
    pub ty: Type,
    /// The values of the tag that mean this variant.
    pub tags: Vec<String>,
}

/// A type of a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// 32 bits, signed.
    I32,
    /// 64 bits, signed.
    I64,
    /// 64 bits, unsigned.
    U64,
    /// 32-bit floating point.
    F32,
    /// 64-bit floating point.
    F64,
    /// Text.
    String,
    /// A point in time (RFC 3339), kept as its text.
    DateTime,
    /// Bytes as base64 text (RFC 4648).
    Base64,
    /// Any JSON.
    Any,
    /// A list.
    Array(Box<Type>),
    /// An object with any keys.
    Map(Box<Type>),
    /// A value that can be null, where no field says so.
    Nullable(Box<Type>),
    /// A named type.
    Named(TypeName),
    /// A value behind a pointer, where a type would otherwise contain itself.
    Boxed(Box<Type>),
}
