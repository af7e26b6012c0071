//! Schemas that others build on: which type a value is decoded into, and that nothing of it is lost.

use emitted::parents::{Client, types::*};
use serde_json::{Value, json};

use crate::echo::{Answer, Echo};

const PETS: &str = r#"[{"kind":"Puppy","weeks":3,"friend":{"kind":"kitten","meows":true}}]"#;

fn pet(value: Value) -> Pet {
    serde_json::from_value(value).unwrap()
}

#[tokio::test]
async fn the_tag_of_a_parent_leads_to_what_builds_on_it() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let text = r#"{"kind":"Puppy","friend":{"kind":"kitten","meows":true},"weeks":3}"#;
    let puppy = serde_json::from_str(text).unwrap();
    echo.answer(Answer("200 OK", &["content-type: application/json"], PETS));
    echo.body(client.pets(&puppy), "application/json", text).await;
    echo.answer(Answer("200 OK", &["content-type: application/json"], PETS));
    let pets = client.pets(&puppy).await.unwrap();
    let [Pet::Puppy(puppy)] = pets.as_slice() else { panic!("{pets:?}") };
    assert_eq!(puppy.weeks, 3);
    let Some(Pet::Cat(cat)) = puppy.friend.as_deref() else { panic!("{puppy:?}") };
    assert_eq!(cat.meows, Some(true));
    echo.done();
}

#[test]
fn a_parent_itself_and_what_nobody_knows_have_variants_too() {
    assert!(matches!(pet(json!({"kind": "any", "name": "a"})), Pet::Pet(itself) if itself.kind == "any"));
    assert!(matches!(pet(json!({"kind": "Parrot"})), Pet::Parrot(_)), "nothing of its own");
    for unknown in [json!({"kind": "newt"}), json!({"kind": "Pet"}), json!({"kind": "Dog"}), json!({})] {
        assert!(matches!(pet(unknown.clone()), Pet::Unknown(value) if value == unknown));
    }
}

#[test]
fn a_parent_can_be_a_variant_of_its_own_parent() {
    let machine = |value: Value| serde_json::from_value::<Machine>(value).unwrap();
    let running = machine(json!({"type": "Engine", "fuel": "Diesel", "liters": 2.5}));
    assert!(matches!(running, Machine::Engine(Engine::Diesel(diesel)) if diesel.liters == Some(2.5)));
    let plain = machine(json!({"type": "Engine", "fuel": "Engine"}));
    assert!(matches!(plain, Machine::Engine(Engine::Engine(_))));
    assert!(matches!(machine(json!({"type": "Diesel"})), Machine::Diesel(_)));
    assert!(matches!(machine(json!({"type": "Machine"})), Machine::Unknown(_)));
}

#[test]
fn an_option_that_builds_on_its_union_does_not_hold_it() {
    let shape: Shape = serde_json::from_value(json!({"type": "Circle", "radius": 1.5})).unwrap();
    assert!(matches!(shape, Shape::Circle(circle) if circle.radius == Some(1.5)));
}

#[test]
fn the_only_text_that_a_schema_allows_as_its_tag_leads_to_it_too() {
    let event = |tag: &str| serde_json::from_value::<Event>(json!({"type": tag, "commits": 2})).unwrap();
    for tag in ["push.v1", "Push"] {
        assert!(matches!(event(tag), Event::Push(push) if push.commits == Some(2)), "{tag}");
    }
    assert!(matches!(event("TwinA"), Event::TwinA(_)));
    assert!(matches!(event("twin"), Event::Unknown(_)), "two schemas say so");
}
