//! What is listed, how, and in which order.

use super::surface;
use crate::File;

fn listed(files: &[(&str, &str)]) -> Vec<String> {
    let file =
        |(path, contents): &(&str, &str)| File { path: (*path).to_owned(), contents: (*contents).to_owned() };
    let files: Vec<File> = files.iter().map(file).collect();
    surface(&files).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn items_are_listed_with_their_paths() {
    let code = "
        //! Docs.
        /// Docs.
        #[derive(Debug, Clone)]
        #[derive(serde::Serialize)]
        #[non_exhaustive]
        pub struct Asset<T: Clone = u8> where T: Copy { /// Docs.
            pub id: i64, #[deprecated] pub r#type: Option<Vec<T>>, secret: u8 }
        pub struct Pair(pub u8, u8);
        #[non_exhaustive] pub enum State { Open, Other(String), Both { a: u8, b: &'static str } }
        pub const LIMIT: usize = 3;
        pub static NAME: &str = \"x\";
        pub type Page = crate::Page<Asset>;
        pub trait Source: Send { const N: usize; type Item; fn next(&mut self) -> Option<Self::Item>; }
        #[must_use] pub fn make<'a, T>(name: &'a str, _: impl Fn(u8) -> T) -> Box<dyn Source<Item = T> + 'a> where T: 'a { todo!() }
        pub mod inner { pub struct Deep; }
    ";
    let expected = "\
derive Debug, Clone, Serialize for types::asset::Asset
pub const types::asset::LIMIT: usize
pub static types::asset::NAME: &str
pub type types::asset::Page = crate::Page<Asset>
pub struct types::asset::Pair
pub types::asset::Pair::0: u8
pub trait types::asset::Source: Send
const types::asset::Source::N: usize
type types::asset::Source::Item
fn types::asset::Source::next(&mut self) -> Option<Self::Item>
#[non_exhaustive] pub enum types::asset::State
pub types::asset::State::Open
pub types::asset::State::Other(String)
pub types::asset::State::Both { a: u8, b: &'static str }
pub mod types::asset::inner
pub struct types::asset::inner::Deep
#[must_use] pub fn types::asset::make<'a, T>(name: &'a str, _: impl Fn(u8) -> T) -> Box<dyn Source<Item = T> + 'a> where T: 'a";
    let asset = "\
#[non_exhaustive] pub struct types::asset::Asset<T: Clone = u8> where T: Copy
pub types::asset::Asset::id: i64
#[deprecated] pub types::asset::Asset::r#type: Option<Vec<T>>
";
    let expected = format!("{asset}{expected}");
    assert_eq!(listed(&[("types/asset.rs", code)]), expected.lines().collect::<Vec<_>>());
}

#[test]
fn methods_and_implementations_stand_under_their_type() {
    let code = "
        use std::fmt;
        use crate::Client;
        use super::types::{self, Asset as Item};
        pub struct Upload<'c>(&'c u8);
        struct Hidden;
        impl<'c> Upload<'c> {
            /// Docs.
            pub async fn send(self) -> Result<types::ReleaseAsset, Error> { x() }
            fn private(&self) {}
            pub(crate) fn internal(&self) {}
            #[doc(hidden)] pub fn hidden(&self) {}
            pub const KIND: u8 = 1;
        }
        impl Client { #[deprecated = \"x\"] pub fn upload_release_asset(&self, owner: impl Into<String>, repository: impl Into<String>, body: Body) -> Upload<'_> { x() } }
        impl fmt::Display for Upload<'_> { fn fmt(&self) {} }
        impl<T: Into<Item>> From<T> for Item where T: Send { fn from(t: T) -> Item { x() } }
        impl Hidden { pub fn x() {} }
        impl Clone for Hidden {}
    ";
    let expected = "\
#[deprecated] pub fn Client::upload_release_asset(&self, owner: impl Into<String>, repository: impl Into<String>, body: Body) -> Upload<'_>
pub struct api::upload::Upload<'c>
impl<'c> api::upload::Upload<'c>
pub async fn api::upload::Upload<'c>::send(self) -> Result<types::ReleaseAsset, Error>
pub const api::upload::Upload<'c>::KIND: u8
impl fmt::Display for api::upload::Upload<'_>
impl<T: Into<Item>> From<T> for api::types::Asset where T: Send";
    let mut lines = listed(&[("api/upload.rs", code)]);
    lines.sort_by_key(|line| line.contains("api::types"));
    assert_eq!(lines, expected.lines().collect::<Vec<_>>());
}

#[test]
fn plain_and_unusual_signatures_are_spelt_as_they_stand() {
    let signatures = [
        "fn a()",
        "async fn a(mut self, b: &mut [u8], c: (u8, i8), d: ()) -> Vec<Option<&'static str>>",
        "fn a(self: Box<Self>, b: (u8,), c: [u8; 4], d: fn(u8) -> u8)",
        "const unsafe fn a(&mut self, b: &dyn Send, c: <u8 as Into<u16>>::X, d: ::std::vec::Vec<u8>)",
        "fn a(&'a self, b: impl for<'b> Fn(&'b u8) + Send, c: impl ?Sized, d: Iter<Item = u8>)",
        "extern \"C\" fn a(mut b: *const u8, _: !, [c, d]: [u8; 2]) -> impl Into<X<'a, u8>>",
    ];
    for signature in signatures {
        let code = format!("impl B {{ pub {signature} {{}} }}");
        assert_eq!(
            listed(&[("lib.rs", &code)]),
            [format!("pub {}", signature.replacen("fn a", "fn B::a", 1))]
        );
    }
    let heads =
        ["impl X for B", "impl<T> X<T> for B", "unsafe impl X for B", "impl !X for B", "impl ::x::X for B"];
    for head in heads {
        assert_eq!(listed(&[("lib.rs", &format!("{head} {{}}"))]), [head]);
    }
}

#[test]
fn what_is_private_hidden_or_a_test_is_left_out() {
    let code = "
        fn a() {}
        pub(crate) struct B;
        #[doc(hidden)] pub struct C; impl Clone for C {} impl C { pub fn new() {} }
        #[cfg(test)] pub mod tests { pub fn d() {} }
        mod e { pub struct F; }
        use g::H;
        macro_rules! i { () => {} }
        pub enum J { #[doc(hidden)] K, L }
    ";
    assert_eq!(listed(&[("lib.rs", code)]), ["pub enum J", "pub J::L"]);
}

#[test]
fn files_are_listed_in_the_order_of_their_modules() {
    let lines = listed(&[
        ("b.rs", "pub struct X;"),
        ("lib.rs", "pub use a::{self as z, Y, c::*}; #[deprecated] pub use b::X;"),
        ("a/mod.rs", "pub struct Y;"),
        ("a/c.rs", "pub struct Z;"),
    ]);
    let expected = [
        "pub use * = a::c::*",
        "#[deprecated] pub use X = b::X",
        "pub use Y = a::Y",
        "pub use z = a",
        "pub struct a::Y",
        "pub struct a::c::Z",
        "pub struct b::X",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn an_error_names_the_file() {
    let file = File { path: "a/b.rs".to_owned(), contents: "pub struct".to_owned() };
    assert!(surface(&[file]).unwrap_err().to_string().starts_with("a/b.rs: "));
}
