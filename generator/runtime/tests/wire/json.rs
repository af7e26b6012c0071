//! Emitted types as JSON: what the runtime's macros read and write.

use std::collections::BTreeMap;

use client_runtime::{FromJson, Maybe, ToJson, Value};
use serde_json::{from_str, from_value, json, to_string, to_value};

#[derive(Debug, Clone, PartialEq)]
struct Parcel {
    id: i64,
    weight: Option<f32>,
    sender: Option<String>,
    note: Maybe<String>,
    inner: Option<Box<Parcel>>,
}

client_runtime::object! {
    Parcel {
        id required "@id",
        weight optional "weight",
        sender required "sender",
        note required "note",
        inner optional "inner",
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Shape {
    Number(f64),
    Parcel(Parcel),
    Texts(Vec<String>),
    Other(Value),
}

client_runtime::union!(Shape { Number, Parcel, Texts } else Other);

#[derive(Debug, Clone, PartialEq)]
enum Pet {
    Cat(Cat),
    Else(Value),
}

client_runtime::union!(Pet by "kind" { Cat "cat" | "kitten" } else Else);

#[derive(Debug, Clone, PartialEq)]
struct Cat {
    kind: String,
    lives: u64,
}

client_runtime::object!(Cat { kind required "kind", lives required "lives" });

#[derive(Debug, Clone, PartialEq)]
struct Shelter {
    name: String,
    guest: Pet,
    more: BTreeMap<String, i64>,
}

client_runtime::object!(Shelter { name required "name" } rest guest rest more);

#[derive(Debug, Clone, PartialEq)]
struct Nested(Vec<Nested>);

client_runtime::newtype!(Nested);

#[derive(Debug, Clone, PartialEq)]
struct Nothing {}

client_runtime::object!(Nothing {});

/// Reads a text, expects the same JSON back, and gives the value.
fn round<T: FromJson + ToJson + serde::Serialize + serde::de::DeserializeOwned>(json: Value) -> T {
    let value: T = from_value(json.clone()).unwrap();
    assert_eq!(to_value(&value).unwrap(), json);
    value
}

#[test]
fn the_four_states_of_a_member_survive() {
    let full = json!({ "@id": 1, "weight": 0.5, "sender": null, "note": null, "inner": { "@id": 2, "sender": "x" } });
    let parcel: Parcel = round(full);
    assert_eq!((parcel.sender, parcel.note), (None, Maybe::Null));
    let inner = parcel.inner.unwrap();
    assert_eq!((inner.weight, inner.note), (None, Maybe::Absent));
    // What must be there and can be null is null when it is missing; what is optional is missing when it is null.
    let lenient: Parcel = from_str(r#"{ "@id": 1.0, "weight": null, "unknown": 1 }"#).unwrap();
    assert_eq!(to_string(&lenient).unwrap(), r#"{"@id":1,"sender":null}"#);
}

#[test]
fn members_are_written_in_the_order_of_the_description() {
    let text = r#"{"@id":7,"weight":0.1,"sender":"a\"b","note":"n"}"#;
    assert_eq!(to_string(&from_str::<Parcel>(text).unwrap()).unwrap(), text);
}

#[test]
fn a_union_takes_the_first_type_that_fits_and_keeps_what_none_does() {
    assert_eq!(round::<Shape>(json!(1.5)), Shape::Number(1.5));
    assert!(matches!(round::<Shape>(json!({ "@id": 1, "sender": null })), Shape::Parcel(_)));
    assert_eq!(round::<Shape>(json!(["a"])), Shape::Texts(vec!["a".to_owned()]));
    assert_eq!(round::<Shape>(json!([1, "a"])), Shape::Other(json!([1, "a"])));
}

#[derive(Debug, Clone, PartialEq)]
struct Left {
    x: Option<i64>,
    both: Option<Value>,
}

client_runtime::object!(Left { x optional "x", both optional "both" });

#[derive(Debug, Clone, PartialEq)]
struct Right {
    y: Option<i64>,
    both: Option<Value>,
}

client_runtime::object!(Right { y optional "y", both optional "both" });

#[derive(Debug, Clone, PartialEq)]
enum Side {
    Left(Left),
    Right(Right),
    Unknown(Value),
}

client_runtime::union!(Side { Left, Right } else Unknown);

#[test]
fn a_union_of_objects_takes_the_one_that_loses_nothing() {
    assert!(matches!(round::<Side>(json!({ "x": 1, "both": null })), Side::Left(_)));
    assert!(matches!(round::<Side>(json!({ "y": 1, "both": [null] })), Side::Right(_)));
    assert!(matches!(round::<Side>(json!({})), Side::Left(_)));
    assert!(matches!(from_value(json!({ "z": 1 })).unwrap(), Side::Left(Left { x: None, both: None })));
}

#[test]
fn a_tag_decides_and_an_unknown_one_keeps_the_value() {
    assert!(matches!(round::<Pet>(json!({ "kind": "kitten", "lives": 9 })), Pet::Cat(Cat { lives: 9, .. })));
    assert!(matches!(round::<Pet>(json!({ "kind": "dog", "lives": 1 })), Pet::Else(_)));
    let error = from_value::<Vec<Pet>>(json!([{ "kind": "cat", "lives": -1 }])).unwrap_err().to_string();
    assert_eq!(error, "lives: expected an integer that is not negative, found -1");
}

#[test]
fn shared_members_go_to_the_first_part_that_writes_them() {
    let shelter: Shelter = round(json!({ "name": "n", "kind": "cat", "lives": 3, "rooms": 2 }));
    assert_eq!(shelter.more, BTreeMap::from([("rooms".to_owned(), 2)]));
}

#[test]
fn what_has_nothing_in_it_works_too() {
    assert_eq!(round::<Nothing>(json!({})), Nothing {});
    assert_eq!(round::<Nested>(json!([[], [[]]])).0.len(), 2);
}

#[test]
fn a_mismatch_says_where() {
    let cases = [
        (json!([]), "expected an object, found a list"),
        (json!({}), "the member \"@id\" is missing"),
        (json!({ "@id": "x" }), "@id: expected an integer, found the text \"x\""),
        (json!({ "@id": 1.5 }), "@id: expected an integer, found 1.5"),
        (json!({ "@id": 1, "inner": { "@id": null } }), "inner.@id: expected an integer, found null"),
    ];
    for (json, expected) in cases {
        assert_eq!(Parcel::from_json(&json).unwrap_err().to_string(), expected);
    }
    let lists = json!({ "a": [[1], [true]] });
    let error = BTreeMap::<String, Vec<Vec<i32>>>::from_json(&lists).unwrap_err();
    assert_eq!(
        (error.path().as_str(), error.reason()),
        ("a[1][0]", "expected an integer of 32 bits, found true")
    );
    assert!(i32::from_json(&json!(3_000_000_000_u64)).is_err() && u64::from_json(&json!(u64::MAX)).is_ok());
}
