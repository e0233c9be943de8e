//! An API server made of canned answers, for what the command line asks of one.

mod http;

use std::collections::HashMap;
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};

use http::{Request, Response};
use serde_json::{Value, json};

/// Answers until it is dropped; its thread goes with the test.
///
/// The namespace decides how it behaves: in `kube-system` there is a controller that publishes its certificate, in
/// `proxied` one that has to be asked, in `forbidden` nothing may be read, in `legacy` there is
/// a key from before the label, and elsewhere there is nothing.
pub(crate) struct ApiServer {
    url: String,
}

/// The Secrets of `kube-system`, by name.
type Secrets = Arc<Mutex<HashMap<String, Value>>>;

impl ApiServer {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let secrets = Secrets::default();
        let backup: Value = serde_json::from_str(&vector("keys-backup.json")).unwrap();
        for secret in backup["items"].as_array().unwrap() {
            let name = secret["metadata"]["name"].as_str().unwrap().to_owned();
            secrets.lock().unwrap().insert(name, secret.clone());
        }
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let secrets = Arc::clone(&secrets);
                std::thread::spawn(move || http::serve(stream, |request| answer(request, &secrets)));
            }
        });
        Self { url }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

fn answer(request: &Request, secrets: &Secrets) -> Response {
    let path: Vec<&str> = request.path.trim_matches('/').split('/').collect();
    match (request.method.as_str(), path.as_slice()) {
        (_, ["api", "v1", "namespaces", "forbidden", what, ..]) => {
            status(403, &format!("{what} is forbidden: User \"jane\" cannot do that in the namespace \"forbidden\""))
        }
        ("GET", ["api", "v1", "namespaces", "kube-system", "configmaps", "waxseal-certificate"]) => {
            Response::json(200, &json!({ "data": { "cert.pem": vector("a.crt") } }))
        }
        ("GET", ["api", "v1", "namespaces", "kube-system" | "proxied", "services", "sealed-secrets-controller"]) => {
            Response::json(200, &json!({ "spec": { "ports": [{ "name": "web", "port": 8080 }] } }))
        }
        (
            "GET",
            [
                "api",
                "v1",
                "namespaces",
                "proxied",
                "services",
                "http:sealed-secrets-controller:web",
                "proxy",
                "v1",
                "cert.pem",
            ],
        ) => Response::text(200, vector("b.crt")),
        (
            "POST",
            ["api", "v1", "namespaces", _, "services", "http:sealed-secrets-controller:web", "proxy", "v1", what],
        ) => controller(what, &request.body),
        ("GET", ["api", "v1", "namespaces", "kube-system", "secrets"]) => {
            let secrets = secrets.lock().unwrap();
            let mut items: Vec<_> = secrets.values().cloned().collect();
            items.sort_by_key(|item| item["metadata"]["name"].to_string());
            Response::json(200, &json!({ "kind": "SecretList", "metadata": {}, "items": items }))
        }
        ("GET", ["api", "v1", "namespaces", "legacy", "secrets"]) => {
            Response::json(200, &json!({ "kind": "SecretList", "metadata": {}, "items": [] }))
        }
        ("GET", ["api", "v1", "namespaces", "legacy", "secrets", "sealed-secrets-key"]) => {
            let mut secret = secrets.lock().unwrap()["sealed-secrets-keya"].clone();
            secret["metadata"] = json!({ "name": "sealed-secrets-key", "namespace": "legacy" });
            Response::json(200, &secret)
        }
        ("POST", ["api", "v1", "namespaces", "kube-system", "secrets"]) => {
            let secret: Value = serde_json::from_slice(&request.body).unwrap();
            secrets.lock().unwrap().insert(secret["metadata"]["name"].as_str().unwrap().to_owned(), secret.clone());
            Response::json(201, &secret)
        }
        (method, ["api", "v1", "namespaces", "kube-system", "secrets", name]) => {
            secret(method, name, &request.body, secrets)
        }
        ("GET", ["apis", "bitnami.com", "v1alpha1", "sealedsecrets"]) => {
            let sealed: Value = serde_json::from_str(&vector("../../cli/tests/fixtures/sealed.json")).unwrap();
            Response::json(200, &json!({ "metadata": {}, "items": [sealed] }))
        }
        ("GET", ["pki", what]) => web_server(what),
        _ => status(404, "the server could not find the requested resource"),
    }
}

/// A web server that has a certificate, and much else.
fn web_server(what: &str) -> Response {
    match what {
        "cert.pem" => Response::text(200, vector("b.crt")),
        "moved" => Response::redirect("/pki/cert.pem"),
        "elsewhere" => Response::redirect("http://127.0.0.2:1/cert.pem"),
        "file" => Response::redirect("file:///etc/passwd"),
        "circle" => Response::redirect("/pki/circle"),
        "huge" => Response::text(200, vec![b'x'; 2 * 1024 * 1024]),
        "page" => Response::text(200, "<html>log in first</html>"),
        _ => Response::text(404, "not here"),
    }
}

/// What the controller says depends on the name.
fn controller(what: &str, body: &[u8]) -> Response {
    let mut sealed: Value = serde_json::from_slice(body).unwrap();
    match (what, sealed["metadata"]["name"].as_str().unwrap()) {
        (_, "closed") => Response::text(409, ""),
        (_, "broken") => Response::text(500, "oops"),
        ("verify", _) => Response::text(200, ""),
        ("rotate", _) => {
            for value in sealed["spec"]["encryptedData"].as_object_mut().unwrap().values_mut() {
                *value = json!("bmV3");
            }
            sealed["metadata"]["creationTimestamp"] = Value::Null;
            Response::json(200, &sealed)
        }
        _ => status(404, "the controller knows no such thing"),
    }
}

fn secret(method: &str, name: &str, body: &[u8], secrets: &Secrets) -> Response {
    let mut secrets = secrets.lock().unwrap();
    let Some(secret) = secrets.get_mut(name) else {
        return status(404, &format!("secrets \"{name}\" not found"));
    };
    match method {
        "GET" => Response::json(200, secret),
        "PATCH" => {
            merge(secret, &serde_json::from_slice(body).unwrap());
            Response::json(200, secret)
        }
        "DELETE" => Response::json(200, &secrets.remove(name).unwrap()),
        _ => status(405, "the method is not allowed"),
    }
}

fn merge(into: &mut Value, patch: &Value) {
    for (key, value) in patch.as_object().unwrap() {
        match value {
            Value::Object(_) => {
                if !into[key].is_object() {
                    into[key] = json!({});
                }
                merge(&mut into[key], value);
            }
            _ => into[key] = value.clone(),
        }
    }
}

fn status(code: u16, message: &str) -> Response {
    Response::json(
        code,
        &json!({ "kind": "Status", "apiVersion": "v1", "status": "Failure", "message": message, "code": code }),
    )
}

fn vector(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors").join(name);
    std::fs::read_to_string(path).unwrap()
}
