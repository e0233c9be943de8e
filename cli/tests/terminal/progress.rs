//! Long work shows how far it is.

use crate::session::Session;
use crate::vector;

const FILES: usize = 64;

#[test]
fn a_terminal_sees_a_bar_where_a_log_gets_a_line_for_each_file() {
    let directory = tempfile::tempdir().unwrap();
    for at in 0..FILES {
        std::fs::copy(vector("res-strict.sealed.yaml"), directory.path().join(format!("{at}.yaml"))).unwrap();
    }
    let (key, cert) = (vector("a.key"), vector("b.crt"));
    let arguments = ["reencrypt", ".", "-k", key.to_str().unwrap(), "--cert", cert.to_str().unwrap()];
    let (code, shown) = Session::start(directory.path(), &arguments, &[]).ends();
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains(&format!("/{FILES} files")), "{shown}");
    assert!(!shown.contains("re-encrypted: 3 values"), "{shown}");
    assert!(shown.ends_with("values           192      0       0\n"), "{shown}");
}
