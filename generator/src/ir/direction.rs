//! Members that only requests or only responses have: what `required` says of them counts on that side alone.

use super::gate::Ways;
use super::{Access, Api, Operation, TypeKind};

/// Lets read-only members be missing in types that are sent, and write-only ones in types that are received (OpenAPI
/// 3.0.3, Schema Object, `readOnly` and `writeOnly`).
///
/// A type that goes both ways has one field for both, so there it can be missing.
pub(crate) fn relax(api: &mut Api) {
    // What a read-only member is made of is not sent because of it, nor the other way round.
    let sent = Ways::through(api, |field| field.access != Access::ReadOnly);
    let sent = sent.from(api.operations.iter().flat_map(Operation::sent_names));
    let received = Ways::through(api, |field| field.access != Access::WriteOnly);
    let received = received.from(api.operations.iter().flat_map(Operation::received_names));
    for (def, (is_sent, is_received)) in api.types.iter_mut().zip(sent.into_iter().zip(received)) {
        let TypeKind::Struct(body) = &mut def.kind else { continue };
        for field in &mut body.fields {
            let is_left_out = match field.access {
                Access::Both => false,
                Access::ReadOnly => is_sent,
                Access::WriteOnly => is_received,
            };
            if is_left_out {
                field.presence = field.presence.or_missing();
            }
        }
    }
}
