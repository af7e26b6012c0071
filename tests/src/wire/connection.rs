//! What an HTTP client of one's own brings along: a proxy, and certificates.

use github_release_assets::{Client, reqwest};

use super::{Server, TOKEN, asset, ok};

fn http() -> reqwest::ClientBuilder {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none())
}

#[tokio::test]
async fn a_proxy_is_asked_for_the_whole_url() {
    let proxy = Server::with([ok(&asset())]).await;
    let http = http().proxy(reqwest::Proxy::http(proxy.url("")).unwrap()).build().unwrap();
    let client = Client::builder().base_url("http://github.example.com/api/v3").token(TOKEN);
    let client = client.http_client(http).build().unwrap();
    client.get_release_asset("octo", "demo", 7).await.unwrap();
    let got = proxy.only();
    assert_eq!(got.target(), "http://github.example.com/api/v3/repos/octo/demo/releases/assets/7");
    assert_eq!(got.header("host"), Some("github.example.com"));
}

#[test]
fn a_certificate_of_ones_own_is_taken() {
    // A root that signs itself; nobody has its key.
    const ROOT: &str = "-----BEGIN CERTIFICATE-----
MIIBgjCCASegAwIBAgIUBCh6o/6c5asb4Yz58YvWGXyHCGQwCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKRXhhbXBsZSBDQTAgFw0yNjExMjEwMTE5MjJaGA8yMTI2MTAy
ODAxMTkyMlowFTETMBEGA1UEAwwKRXhhbXBsZSBDQTBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABL5z5qO+xVg+NuJUVGYHeUOdWVvnrOM8CZncbLafDy8A6HhLsgZJ
PeyQSVwQKfRsaVNBPHGIy+a8ZGbx3jd53BejUzBRMB0GA1UdDgQWBBTYKOYIQo92
NGv/NuV8uKxpCM3fgjAfBgNVHSMEGDAWgBTYKOYIQo92NGv/NuV8uKxpCM3fgjAP
BgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQCqOcpJIUzd1a9xq3C9
sXQ8023tyNp72DHbVdRgWYRk8AIhAIWP2mBsEgWJG57v8kh2FDh3T/ASH9POKYRO
yZCVfcL7
-----END CERTIFICATE-----
";
    let root = reqwest::Certificate::from_pem(ROOT.as_bytes()).unwrap();
    let http = http().tls_certs_merge([root]).build().unwrap();
    Client::builder().http_client(http).build().unwrap();
}
