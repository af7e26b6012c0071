//! Types: structs, enums, unions and what they are made of.

use serde::Serialize;

use super::{Docs, Gate};
use crate::names::{FieldName, ModuleName, TypeName, VariantName};
use crate::pointer::Pointer;

/// A named type.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TypeDef {
    /// Where it stands.
    pub pointer: Pointer,
    /// Its name.
    pub name: TypeName,
    /// The file it is emitted to.
    pub home: Home,
    /// When it is compiled.
    pub gate: Gate,
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
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
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

impl TypeKind {
    /// The types that it is made of.
    pub fn parts(&self) -> Vec<&Type> {
        match self {
            Self::Struct(body) => {
                let fields = body.fields.iter().map(|field| &field.ty);
                fields.chain(body.flattened.iter().map(|part| &part.ty)).collect()
            }
            Self::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Self::Alias(ty) | Self::Newtype(ty) => vec![ty],
            Self::Enum(_) => Vec::new(),
        }
    }

    /// The types that it is made of, to change them.
    pub(crate) fn parts_mut(&mut self) -> Vec<&mut Type> {
        match self {
            Self::Struct(body) => {
                let fields = body.fields.iter_mut().map(|field| &mut field.ty);
                fields.chain(body.flattened.iter_mut().map(|part| &mut part.ty)).collect()
            }
            Self::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            Self::Alias(ty) | Self::Newtype(ty) => vec![ty],
            Self::Enum(_) => Vec::new(),
        }
    }
}

/// Fields with names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Struct {
    /// The fields in the order of the description.
    pub fields: Vec<Field>,
    /// Parts whose members stand beside the fields: a union, or a map of all other members.
    pub flattened: Vec<Flattened>,
}

/// A field whose members stand beside the other fields.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Flattened {
    /// The field.
    pub name: FieldName,
    /// A union, or a map.
    pub ty: Type,
    /// What it is.
    pub docs: Docs,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
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
    /// Whether only requests or only responses have it.
    pub access: Access,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// What it is.
    pub docs: Docs,
}

impl Field {
    /// Whether the object is not complete without it; it may still be null.
    pub fn is_required(&self) -> bool {
        matches!(self.presence, Presence::Required | Presence::Nullable)
    }
}

/// Whether a value can be missing or null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
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

    /// The same for a value that can also be missing.
    pub(crate) fn or_missing(self) -> Self {
        match self {
            Self::Required | Self::Optional => Self::Optional,
            Self::Nullable | Self::OptionalNullable => Self::OptionalNullable,
        }
    }
}

/// Which way a member goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
pub enum Access {
    /// It can be in requests and in responses.
    #[default]
    Both,
    /// No request needs it.
    ReadOnly,
    /// No response has it.
    WriteOnly,
}

impl Access {
    /// The access to a member that is or is not read-only and write-only; both at once says nothing.
    pub(crate) fn new(read_only: bool, write_only: bool) -> Self {
        match (read_only, write_only) {
            (true, false) => Self::ReadOnly,
            (false, true) => Self::WriteOnly,
            _ => Self::Both,
        }
    }
}

/// A known text of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct EnumVariant {
    /// The text on the wire; `None` is the variant of every other text.
    pub wire: Option<String>,
    /// The variant.
    pub name: VariantName,
}

/// One of several types.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Union {
    /// The member that tells which, if one does.
    pub tag: Option<String>,
    /// The types, in the order they are tried.
    pub variants: Vec<UnionVariant>,
    /// The variant of any other value.
    pub other: VariantName,
}

/// A type of a union.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct UnionVariant {
    /// The variant.
    pub name: VariantName,
    /// The type.
    pub ty: Type,
    /// The values of the tag that mean this variant.
    pub tags: Vec<String>,
    /// Where no tag tells the variants apart: members that have one value only here, if they are there.
    pub constants: Vec<(String, Constant)>,
}

/// The only value of a member.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub enum Constant {
    /// A text.
    Text(String),
    /// An integer.
    Integer(i64),
    /// `true` or `false`.
    Bool(bool),
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

impl Type {
    /// The named type that it is, or is a list, a map, an option or a box of.
    pub fn innermost_name(&self) -> Option<&TypeName> {
        match self {
            Self::Named(name) => Some(name),
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.innermost_name()
            }
            _ => None,
        }
    }

    /// The type in all lists, maps, options and boxes, to change it.
    pub(crate) fn innermost_mut(&mut self) -> &mut Self {
        match self {
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.innermost_mut()
            }
            _ => self,
        }
    }
}

/// Whether a pointer is that of a named schema.
pub(crate) fn is_component(pointer: &Pointer) -> bool {
    pointer.as_str().strip_prefix("/components/schemas/").is_some_and(|name| !name.contains('/'))
}
