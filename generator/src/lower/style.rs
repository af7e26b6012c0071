//! How parameters travel: the styles of OpenAPI as the ones of the IR.

use openapiv3::{Parameter as Described, ParameterData, ParameterSchemaOrContent};

use super::media::{Family, family_of};
use crate::ir::{CookieStyle, HeaderStyle, PathStyle, Place, QueryStyle};

/// Where a parameter travels, and how its value is written there (OpenAPI 3.0.3, Parameter Object).
pub(super) fn place(described: &Described) -> Place {
    let data = described.parameter_data_ref();
    let is_json = is_json_content(data);
    let explode = |default: bool| data.explode.unwrap_or(default) && !is_json;
    match described {
        Described::Path { .. } if is_json => Place::Path(PathStyle::Json, false),
        Described::Path { .. } if is_set(data, "x-multi-segment") => Place::Path(PathStyle::Segments, false),
        Described::Path { style, .. } => Place::Path(of_path(style), explode(false)),
        Described::Query { style, allow_reserved, .. } => {
            let style = if is_json { QueryStyle::Json } else { of_query(style) };
            let explode = explode(explodes(style));
            if *allow_reserved { Place::ReservedQuery(style, explode) } else { Place::Query(style, explode) }
        }
        Described::Header { .. } if is_json => Place::Header(HeaderStyle::Json, false),
        Described::Header { .. } => Place::Header(HeaderStyle::Simple, explode(false)),
        Described::Cookie { .. } if is_json => Place::Cookie(CookieStyle::Json, false),
        Described::Cookie { .. } => Place::Cookie(CookieStyle::Form, explode(true)),
    }
}

/// Whether a style explodes unless it is said otherwise. `deepObject` has only one form.
pub(super) fn explodes(style: QueryStyle) -> bool {
    matches!(style, QueryStyle::Form | QueryStyle::DeepObject)
}

/// Whether an extension says yes.
pub(super) fn is_set(data: &ParameterData, extension: &str) -> bool {
    data.extensions.get(extension).is_some_and(|value| value.as_bool() == Some(true))
}

/// Whether the media type of a parameter's `content` is JSON; any other is a text.
fn is_json_content(data: &ParameterData) -> bool {
    let ParameterSchemaOrContent::Content(content) = &data.format else {
        return false;
    };
    content.first().is_some_and(|(name, content)| family_of(name, content) == Family::Json)
}

fn of_path(style: &openapiv3::PathStyle) -> PathStyle {
    match style {
        openapiv3::PathStyle::Simple => PathStyle::Simple,
        openapiv3::PathStyle::Label => PathStyle::Label,
        openapiv3::PathStyle::Matrix => PathStyle::Matrix,
    }
}

/// The style of a query parameter, or of a field of a form.
pub(super) fn of_query(style: &openapiv3::QueryStyle) -> QueryStyle {
    match style {
        openapiv3::QueryStyle::Form => QueryStyle::Form,
        openapiv3::QueryStyle::SpaceDelimited => QueryStyle::SpaceDelimited,
        openapiv3::QueryStyle::PipeDelimited => QueryStyle::PipeDelimited,
        openapiv3::QueryStyle::DeepObject => QueryStyle::DeepObject,
    }
}

/// Whether a header can have this name (RFC 9110, section 5.6.2).
pub(super) fn is_header_name(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// Whether a header says where a request goes or how long it is, which no caller can choose.
pub(super) fn is_set_by_the_client(name: &str) -> bool {
    ["host", "content-length", "transfer-encoding"].iter().any(|own| name.eq_ignore_ascii_case(own))
}
