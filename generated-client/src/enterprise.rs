//! Where GitHub Enterprise Server has its two servers.

use crate::ClientBuilder;

impl ClientBuilder {
    /// Uses a GitHub Enterprise Server, given by its origin, such as `https://github.example.com`: the API is at
    /// `{origin}/api/v3`, and uploads go to `{origin}/api/uploads`. The address of its API, as GitHub Actions has it in
    /// `GITHUB_API_URL`, will do as well.
    ///
    /// An origin that is no URL is an error of [`build`](Self::build). The addresses are those of
    /// [GitHub's documentation](https://docs.github.com/enterprise-server@latest/rest/releases/assets).
    pub fn enterprise_server(self, origin: &str) -> Self {
        let origin = origin.trim_end_matches('/');
        let origin = origin.strip_suffix("/api/v3").unwrap_or(origin);
        self.base_url(format!("{origin}/api/v3")).uploads_url(format!("{origin}/api/uploads"))
    }
}

#[cfg(test)]
mod tests {
    use crate::{Client, ErrorKind, is_not_found, test_server::answering};

    #[tokio::test]
    async fn both_servers_are_below_the_origin() {
        both(|origin| format!("{origin}/")).await;
        both(|origin| format!("{origin}/api/v3")).await;
    }

    async fn both(given: impl Fn(&str) -> String) {
        let (origin, server) = answering(vec![(404, ""), (404, "")]);
        let client = Client::builder().enterprise_server(&given(&origin)).build().unwrap();
        assert!(is_not_found(&client.get_release_asset("octo", "demo", 7).await.unwrap_err()));
        assert!(is_not_found(&client.upload_release_asset("octo", "demo", 1, "a+b", "").await.unwrap_err()));
        assert_eq!(
            server.join().unwrap(),
            [
                "GET /api/v3/repos/octo/demo/releases/assets/7 HTTP/1.1",
                "POST /api/uploads/repos/octo/demo/releases/1/assets?name=a%2Bb HTTP/1.1",
            ]
        );
    }

    #[test]
    fn what_is_no_origin_is_an_error_of_build() {
        let error = Client::builder().enterprise_server("github.example.com").build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
    }
}
