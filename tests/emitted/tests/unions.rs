//! Unions: which of its types a value is decoded into.

use emitted::unions::types::*;
use serde_json::{Value, json};

fn message(value: Value) -> Message {
    let read: Message = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), value);
    read
}

#[test]
fn members_with_one_value_tell_types_apart() {
    assert!(matches!(message(json!({"role": "user", "content": "a"})), Message::UserMessage(_)));
    assert!(matches!(message(json!({"role": "system", "content": "a"})), Message::SystemMessage(_)));
    assert!(matches!(message(json!({"version": 2, "content": "a"})), Message::Variant3(_)));
    assert!(matches!(message(json!({"kind": "note", "level": -1})), Message::Variant4(_)));
    assert!(matches!(message(json!({"kind": "note"})), Message::Variant4(_)), "what is missing does no harm");
    assert!(matches!(message(json!({"final": true, "content": "a"})), Message::Variant5(_)));
    for unknown in [
        json!({"role": "tool"}),
        json!({"version": 3}),
        json!({"final": false}),
        json!({"kind": "note", "level": 1}),
        json!({}),
    ] {
        assert!(matches!(message(unknown.clone()), Message::Unknown(value) if value == unknown));
    }
}

#[test]
fn a_union_in_a_union_has_the_values_of_its_options() {
    let vehicle = |kind: &str| serde_json::from_value::<Vehicle>(json!({"kind": kind, "load": 1})).unwrap();
    for kind in ["small-van", "large-van"] {
        assert!(matches!(vehicle(kind), Vehicle::Car(Car::Van(van)) if van.load == Some(1)), "{kind}");
    }
    assert!(matches!(vehicle("Taxi"), Vehicle::Car(Car::Taxi(_))));
    assert!(matches!(vehicle("Boat"), Vehicle::Boat(_)));
    for unknown in ["Van", "Bike"] {
        assert!(matches!(vehicle(unknown), Vehicle::Unknown(_)), "{unknown}");
    }
}

#[test]
fn a_schema_of_parts_has_its_own_name() {
    let sign: Sign = serde_json::from_value(json!("+")).unwrap();
    assert!(matches!(sign, Sign::Plus));
    let counted: Counted = serde_json::from_value(json!({"role": "a", "b": 1})).unwrap();
    assert_eq!(counted.additional_properties["b"], 1);
}
