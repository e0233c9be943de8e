//! Secrets that are made of several values, and the way in which the first version of the API held them.

use serde_json::json;

use crate::place::Place;

#[tokio::test]
async fn a_template_makes_a_file_of_sealed_values_and_leaves_out_what_it_is_told_to() {
    let place = Place::new().await;
    let [password, token] = [place.canary(), place.canary()];
    let secret = place.secret("app", &[("password", &password), ("token", &token), ("user", "alice")]);
    let mut sealed = place.seal_to_value(&secret, &[]).await;
    sealed["spec"]["template"]["data"] = json!({
        "app.ini": "[database]\nuser = {{ .user }}\npassword = {{ .password | quote }}\n",
        "url": "postgres://{{ .user | upper }}:{{ index . \"password\" }}@db/{{ .port }}",
        "port": "5432",
        "token": "not this: what is sealed wins",
        "password": null,
    });
    place.apply_server_side(&sealed.to_string()).await;
    let ini = format!("[database]\nuser = alice\npassword = \"{password}\"\n");
    let url = format!("postgres://ALICE:{password}@db/5432");
    let values = [("app.ini", &*ini), ("url", &url), ("port", "5432"), ("token", &token), ("user", "alice")];
    place.has("app", &values).await;

    sealed["spec"]["template"]["data"] = json!({ "greeting": "Hello {{ .user }}" });
    place.apply_server_side(&sealed.to_string()).await;
    let values = [("greeting", "Hello alice"), ("password", &*password), ("token", &token), ("user", "alice")];
    place.has("app", &values).await;
    place.end().await;
}

#[tokio::test]
async fn a_template_that_fails_is_told_by_its_position_and_never_by_the_value_in_hand() {
    let place = Place::new().await;
    let value = place.canary();
    place.put("app", &[("password", &value)]).await;
    place.has("app", &[("password", &value)]).await;
    for template in [
        "{{ fail .password }}",
        "{{ .password | mustToDate \"2006-01-02\" }}",
        "{{ index .password .password }}",
        "{{ template .password }}",
        "{{ .password.user }}",
        "{{ range .password }}{{ end",
    ] {
        let mut sealed = place.seal_to_value(&place.secret("app", &[("password", &value)]), &[]).await;
        sealed["spec"]["template"]["data"] = json!({ "app.ini": format!("# settings\n{template}") });
        place.apply(&sealed.to_string()).await;
        let message = place.fails("app").await;
        assert!(message.contains("app.ini") && message.contains("line 2, column "), "{template}: {message}");
        // What was there before stays.
        assert_eq!(place.secrets(&place.home).get("app").await.unwrap().data.unwrap().len(), 1);
    }
    place.end().await;
}

#[tokio::test]
async fn a_whole_secret_that_was_sealed_as_one_value_still_opens() {
    let place = Place::new().await;
    let value = place.canary();
    let (home, mut whole) = (&*place.home, place.secret("old", &[("password", &value)]));
    whole["metadata"]["labels"] = json!({ "app": "web" });
    whole["data"] = json!({ "user": "YWxpY2U=" });
    let raw = place.waxseal(&["raw", "--name", "old", "--namespace", home]);
    let sealed = raw.stdin(whole.to_string()).run().await.success().stdout_text();
    let object = json!({ "apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret",
        "metadata": { "name": "old", "namespace": home },
        "spec": { "data": sealed.trim_end(), "encryptedData": {} } });
    place.apply(&object.to_string()).await;
    place.has("old", &[("user", "alice"), ("password", &value)]).await;
    place.end().await;
}
