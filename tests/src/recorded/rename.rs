//! Renaming a repository: the answers that the client meets when somebody did so, played to the runtime.

use client_runtime::{
    Api, Client, Method, Operation, Request, Response, SecurityKind, SecurityScheme, Server, Value,
};
use serde_json::json;

use super::scenario::{ACCEPT, Scenario, TOKEN};

static API: Api = Api {
    user_agent: "recorded",
    servers: &[Server { name: "default", url: "" }],
    headers: &[("X-GitHub-Api-Version", "2026-03-10")],
    security: &[SecurityScheme { name: "bearer", kind: SecurityKind::Bearer }],
};

const fn operation(id: &'static str, method: Method) -> Operation {
    Operation { id, method, path: "/repos/{owner}/{repo}", server: 0, accept: ACCEPT, security: &[&[0]] }
}

static GET: Operation = operation("repos/get", Method::Get);
static UPDATE: Operation = operation("repos/update", Method::Patch);

/// Sends a request about the repository by its old name.
async fn send(client: &Client, operation: &'static Operation, body: Option<Value>) -> Response<Value> {
    let mut request = Request::new(client, operation);
    request.path("owner", "octokit-fixture-org");
    request.path("repo", "rename-repository");
    if let Some(body) = body {
        request.json("application/json; charset=utf-8", &body);
    }
    request.send_json().await.unwrap()
}

#[tokio::test]
#[ignore = "it needs the server that `cargo xtask ci --recorded` starts"]
async fn rename_repository() {
    let scenario = Scenario::load("rename-repository").await;
    let builder = Client::builder(&API).server(0, scenario.api()).bearer(0, TOKEN).auth_scheme("token");
    let client = builder.build().unwrap();
    let new_name = "rename-repository-newname";
    let renamed = send(&client, &UPDATE, Some(json!({ "name": new_name }))).await;
    assert_eq!(renamed.value()["name"], new_name);
    // The old address answers 301 to a GET, and the token and the Accept header go along.
    let found = send(&client, &GET, None).await;
    assert_eq!((found.status(), &found.value()["name"]), (200, &json!(new_name)));
    // It answers 307 to a PATCH, and the method and the body go along too.
    let changes = json!({ "name": new_name, "description": "test description" });
    let changed = send(&client, &UPDATE, Some(changes)).await;
    assert_eq!(changed.value()["description"], "test description");
    scenario.is_over().await;
}
