//! A scenario on the server, and the requests of it that the client has no operation for.

use std::env;

use github_release_assets::{Client, ClientBuilder, reqwest};
use serde_json::{Value, from_slice, json};

pub(super) const TOKEN: &str = "0000000000000000000000000000000000000001";
pub(super) const ACCEPT: &str = "application/vnd.github.v3+json";

pub(super) struct Scenario {
    origin: String,
    id: String,
    http: reqwest::Client,
}

impl Scenario {
    /// Tells the server to play a scenario.
    pub(super) async fn load(name: &str) -> Self {
        let origin = env::var("RECORDED_SERVER").expect("run this by `cargo xtask ci --recorded`");
        let http = reqwest::Client::new();
        let request = http.post(format!("{origin}/fixtures")).header("content-type", "application/json");
        let response = request.body(json!({ "scenario": name }).to_string()).send().await.unwrap();
        let loaded: Value = from_slice(&response.bytes().await.unwrap()).unwrap();
        Self { id: loaded["id"].as_str().unwrap_or_else(|| panic!("{loaded}")).to_owned(), origin, http }
    }

    /// Where the server is.
    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// What stands for `https://api.github.com`.
    pub(super) fn api(&self) -> String {
        format!("{}/api.github.com/{}", self.origin, self.id)
    }

    /// What stands for `https://uploads.github.com`.
    pub(super) fn uploads(&self) -> String {
        format!("{}/uploads.github.com/{}", self.origin, self.id)
    }

    /// A client that sends what was recorded.
    pub(super) fn builder(&self) -> ClientBuilder {
        let builder = Client::builder().base_url(self.api()).uploads_url(self.uploads());
        builder.token(TOKEN).auth_scheme("token").accept(ACCEPT)
    }

    /// The release that the scenario begins with.
    pub(super) async fn release(&self, repo: &str) -> Value {
        let url = format!("{}/repos/octokit-fixture-org/{repo}/releases/tags/v1.0.0", self.api());
        let request = self.http.get(url).header("accept", ACCEPT);
        let response = request.header("authorization", format!("token {TOKEN}")).send().await.unwrap();
        assert_eq!(response.status(), 200);
        from_slice(&response.bytes().await.unwrap()).unwrap()
    }

    /// Makes sure that every request was made: the server forgets a scenario after its last one.
    pub(super) async fn is_over(&self) {
        let response = self.http.get(self.api() + "/").header("accept", ACCEPT).send().await.unwrap();
        let text = String::from_utf8(response.bytes().await.unwrap().to_vec()).unwrap();
        assert!(text.contains(&format!(r#"Fixture \"{}\" not found"#, self.id)), "{text}");
    }
}
