//! Files as people have them: a SealedSecret `team-a/res-strict`, written in every way that reads.

use std::path::Path;

use crate::read_vector;

/// The keys of the vector's values. `@password@` in a file below stands for its value; `@password:1@` and `@password:2@`
/// for the halves of it.
const KEYS: [&str; 3] = ["password", "token", "username"];

/// The files. No key of a SealedSecret sorts behind `z-new`, and none of them is called so.
pub(crate) const FILES: [(&str, &str); 18] = [
    (
        "crlf.yaml",
        "# head\r\n---\r\napiVersion: bitnami.com/v1alpha1\r\nkind: SealedSecret\r\nmetadata: {name: res-strict, namespace: 'team-a'} # flow\r\nspec:\r\n  encryptedData:\r\n    token: \"@token@\"   # quoted\r\n\r\n    password: '@password@'",
    ),
    (
        "folded.yaml",
        "kind: SealedSecret\napiVersion: \"bitnami.com/v1alpha1\"\nspec:\n    encryptedData:\n        password: >-\n            @password@\n        # about the token\n        token: |-\n            @token@\n    template:\n        metadata: &m {name: res-strict}\n        data: {\"x\": \"{{ .token }}\"}\nmetadata:\n    name: res-strict\n    namespace: team-a\n\n\n",
    ),
    (
        "list.yaml",
        "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: a}\n  data: {k: yes}\n-   apiVersion: bitnami.com/v1alpha1\n    kind: SealedSecret\n    metadata:\n      name: res-strict\n      namespace: team-a\n    spec:\n      encryptedData:\n        username: @username@\n# end",
    ),
    (
        "documents.yaml",
        "--- # first\na: &x [1,   2]\nb: *x\n...\n---\n# Source: chart/x.yaml\napiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: res-strict\n  namespace: team-a\n  labels:\n    'helm.sh/chart':   x\nspec:\n  encryptedData:\n    username:   @username@\n---\n---\n# nothing\n",
    ),
    (
        "object.json",
        "{\"apiVersion\":\"bitnami.com/v1alpha1\",\"kind\":\"SealedSecret\",\n\t\"metadata\": {\"namespace\":\"team-a\" , \"name\":\"res-strict\"},\n\t\"spec\":{ \"encryptedData\": {\"token\" :\"@token@\",\n\"password\":\"@password@\"}}, \"x\": 1.50}",
    ),
    (
        "bom.yaml",
        "\u{feff}# Owned by the database team\n\napiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  creationTimestamp: null\n  name: res-strict\n  namespace: team-a\nspec:\n  encryptedData:\n    token: @token@\n  template:\n    metadata:\n      creationTimestamp: null\n      name: res-strict\nstatus: {}\n",
    ),
    (
        "tabs.yaml",
        "apiVersion: bitnami.com/v1alpha1\t# a tab before, and\tin here\nkind: SealedSecret \t \nmetadata:\n  name: res-strict\t\n  namespace: team-a \t# tabs\t\nspec:\n  encryptedData:\n    token: @token@\t\t# \tafter the value\t\n    #\tbefore the next\n    username: @username@  \n",
    ),
    (
        "anchors.yaml",
        "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: &name res-strict\n  namespace: team-a\n  labels: &labels\n    app: *name\n    \"tier\": 'db'   # odd spacing\n  annotations: {note: &note \"a # no comment\"}\nspec:\n  encryptedData: &values\n    password: &unused @password@\n    token: !!str @token@\n  template:\n    metadata:\n      labels: *labels\n      annotations:\n        <<: {a: b}\n        note: *note\n",
    ),
    (
        "directive.yaml",
        "%YAML 1.1\n# between\n---\n\n\napiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: res-strict,\n  namespace: team-a, # in flow\n  }\nspec: { encryptedData: {\n    token: \"@token@\",\n    password: @password@ ,\n  } }\n...\n# behind the end\n",
    ),
    (
        "helm.yaml",
        "{{- if .Values.sealed }}\n---\n# Source: app/templates/sealed.yaml\napiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: res-strict\n  namespace: team-a\n  labels:\n    app.kubernetes.io/managed-by: Helm\n    helm.sh/chart: \"app-1.2.3\"\n  annotations:\n    \"helm.sh/hook\": pre-install,pre-upgrade\n    \"helm.sh/hook-weight\": \"-5\"\nspec:\n  encryptedData:\n    username: \"@username@\"\n  template:\n    data:\n      config.yaml: |\n        user: {{ .username }}\n\n        # not a comment\n        {{- if .x }}\n        x: 1\n        {{- end }}\n---\n{{- end }}\n",
    ),
    (
        "wrapped.yaml",
        "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: res-strict\n  namespace: team-a\nspec:\n  encryptedData:\n    # as `fold` wraps it\n    password: |\n      @password:1@\n      @password:2@\n\n    # as some emitters wrap it\n    token: \"@token:1@\\\n      @token:2@\"\n    username: >\n      @username@\n  template: {type: Opaque}\n",
    ),
    (
        "quoted.yaml",
        "\"apiVersion\": 'bitnami.com/v1alpha1'\n'kind': \"SealedSecret\"\n\"metadata\" :\n  \"name\"  : res-strict\n  'namespace': \"team-a\"\n\"spec\":\n  \"encryptedData\":\n     'token' : '@token@'\n\n\n     # three columns more, and far apart\n     \"username\":      \"@username@\"\n",
    ),
    (
        "own-line.yaml",
        "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name:\n    res-strict\n  namespace: team-a\nspec:\n  encryptedData:\n    password:\n      @password@\n    token: # the value is below\n      \"@token@\"\n",
    ),
    (
        "list.json",
        "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[{\"kind\":\"Service\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"},\"spec\":{\"ports\":[{\"port\":8.0e1}]}},   {\"kind\":\"SealedSecret\",\"apiVersion\":\"bitnami.com/v1alpha1\",\"metadata\":{\"name\":\"res-strict\",\"namespace\":\"team-a\",\"annotations\":{\"note\":\"\\u0061\\/b\"}},\"spec\":{\"encryptedData\":{\"username\":\"@username@\"},\"template\":null}}]}",
    ),
    (
        "windows.json",
        "{\r\n\t\"apiVersion\" : \"bitnami.com/v1alpha1\",\r\n\t\"kind\"\t: \"SealedSecret\",\r\n\r\n\t\"metadata\" : { \"name\" : \"res-strict\",\t\"namespace\" : \"team-a\" },\r\n\t\"spec\" :\r\n\t{\r\n\t\t\"encryptedData\" :\r\n\t\t{\r\n\t\t\t\"password\" : \"@password@\",\r\n\t\t\t\"token\" : \"@token@\"\r\n\t\t}\r\n\t}\r\n}\r\n\r\n",
    ),
    (
        "objects.json",
        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}}\n\n  {\"kind\":\"SealedSecret\",\"apiVersion\":\"bitnami.com/v1alpha1\",\"metadata\":{\"name\":\"res-strict\",\"namespace\":\"team-a\"},\n\"spec\":{\"encryptedData\":{\"token\":\"@token@\"}}}",
    ),
    (
        "mixed.yaml",
        "# mixed line ends\r\napiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\r\nmetadata:\n  name: res-strict\r\n  namespace: team-a\nspec:\r\n  encryptedData:\n    token: @token@\r\n    username: @username@\n",
    ),
    (
        "comments.yaml",
        "#!/usr/bin/env -S kubectl apply -f\n#\n# ---- not a document ----\n--- # the first\n# of it\napiVersion: bitnami.com/v1alpha1 #v\nkind: SealedSecret\n\n# metadata\nmetadata: # here\n  # name\n  name: res-strict # is it\n\n  namespace: team-a\n  # end of metadata\n# spec\nspec:\n # odd\n  encryptedData: # values\n\n  # less indented\n    token: @token@ # token\n      # more indented\n    username: @username@\n# end\n\n\n--- # the second\n# ---\nkind: ConfigMap\napiVersion: v1\nmetadata: {name: x}\ndata:\n  text: |\n    --- no document\n    kind: SealedSecret\n",
    ),
];

/// The sealed values of the vector, in the order of their keys.
pub(crate) fn values() -> [String; 3] {
    let text = read_vector("res-strict.sealed.yaml");
    KEYS.map(|key| {
        let line = text.lines().find(|line| line.trim_start().starts_with(&format!("{key}: "))).unwrap();
        line.split_once(": ").unwrap().1.to_owned()
    })
}

/// The file with values in their places.
pub(crate) fn filled(text: &str) -> String {
    KEYS.iter().zip(values()).fold(text.to_owned(), |text, (key, value)| {
        let (first, second) = value.split_at(value.len() / 2);
        text.replace(&format!("@{key}@"), &value)
            .replace(&format!("@{key}:1@"), first)
            .replace(&format!("@{key}:2@"), second)
    })
}

/// The file with one mark for each value, however it was written.
pub(crate) fn marked(text: &str) -> String {
    KEYS.iter().fold(text.to_owned(), |text, key| {
        let (first, second) = (format!("@{key}:1@"), format!("@{key}:2@"));
        let text = text.replace(&format!("{first}\n      {second}\n\n"), "@\n\n");
        text.replace(&format!("{first}\\\n      {second}"), "@").replace(&format!("@{key}@"), "@")
    })
}

/// A text that came of one of the files, with a mark in place of each sealed value; and the values.
pub(crate) fn unmarked(text: &str) -> (String, Vec<String>) {
    let is_sealed = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
    let values: Vec<String> =
        text.split(|c| !is_sealed(c)).filter(|word| word.len() > 300).map(str::to_owned).collect();
    (values.iter().fold(text.to_owned(), |text, value| text.replace(value, "@")), values)
}

/// Writes all of them into a directory.
pub(crate) fn write_all(directory: &Path) {
    for (name, text) in FILES {
        std::fs::write(directory.join(name), filled(text)).unwrap();
    }
}
