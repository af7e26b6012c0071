use super::*;

const MINIMAL: &str = "spec = \"api.yaml\"\noutput = \"../client\"\ncrate = \"client\"\n";

fn error(text: &str) -> (String, usize, usize) {
    let error = Config::parse("spec/codegen.toml", text.to_owned()).unwrap_err();
    let location = error.diagnostic.location.unwrap();
    assert_eq!(location.source, "spec/codegen.toml");
    (error.diagnostic.message, location.line, location.column)
}

#[test]
fn paths_are_relative_to_the_file() {
    let text = format!("{MINIMAL}overlays = [\"./overlay.yaml\", \"a/../../b.yaml\", \"../../c.yaml\"]\n");
    let config = Config::parse("spec/codegen.toml", text).unwrap();
    assert_eq!(config.spec, Path::new("spec/api.yaml"));
    assert_eq!(config.output, Path::new("client"));
    let overlays: Vec<&Path> = config.overlays.iter().map(PathBuf::as_path).collect();
    assert_eq!(overlays, [Path::new("spec/overlay.yaml"), Path::new("b.yaml"), Path::new("../c.yaml")]);
}

#[test]
fn every_key_is_read() {
    let text = format!(
        "{MINIMAL}strip-prefix = \"repos/\"\ninclude = [\"repos/*\"]\nnumber-collisions = true\n[names]\n\"/components/schemas/a\" = \"Letter\"\n"
    );
    let config = Config::parse("codegen.toml", text).unwrap();
    assert_eq!(config.crate_name, "client");
    assert_eq!(config.strip_prefix.as_deref(), Some("repos/"));
    assert_eq!(config.include, ["repos/*"]);
    assert!(config.number_collisions);
    assert_eq!(config.names["/components/schemas/a"], "Letter");
}

#[test]
fn errors_have_a_place() {
    let (message, line, column) = error(&format!("{MINIMAL}stripprefix = \"repos/\"\n"));
    assert!(message.starts_with("unknown field `stripprefix`"), "{message}");
    assert_eq!((line, column), (4, 1));

    let (message, line, column) = error(&format!("{MINIMAL}overlays = [\"é\", 7]\n"));
    assert!(message.contains("invalid type: integer `7`"), "{message}");
    assert_eq!((line, column), (4, 18));

    let (_, line, _) = error(&format!("{MINIMAL}include = [\n"));
    assert!(line >= 4, "{line}");

    let (message, ..) = error("spec = \"api.yaml\"\n");
    assert_eq!(message, "missing field `output`");
}

#[test]
fn only_utf_8_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("api.yaml");
    fs::write(&path, b"\xef\xbb\xbfopenapi: 3.0.3").unwrap();
    assert_eq!(read(&path).unwrap(), "openapi: 3.0.3");

    fs::write(&path, b"openapi: \xff").unwrap();
    assert!(
        read(&path)
            .unwrap_err()
            .to_string()
            .ends_with("api.yaml is not UTF-8: byte 10 is odd; save it as UTF-8")
    );
    assert!(format!("{:#}", read(&folder.path().join("no")).unwrap_err()).contains("cannot read"));
}
