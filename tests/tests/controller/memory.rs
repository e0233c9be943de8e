//! What the controller leaves in its memory.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use e2e::canary;
use e2e::memory::places;

use crate::home::Home;

#[tokio::test]
async fn no_value_is_in_its_memory_once_the_secrets_are_written() {
    let home = Home::new(&[]).await;
    // Behind a few bytes, because the allocator writes over the first ones of what is freed.
    let values: Vec<String> =
        (0..20).map(|at| format!("{}{}{}", ".".repeat(18), canary::fresh(), "x".repeat(at * 700))).collect();
    for (at, value) in values.iter().enumerate() {
        home.apply_values(&format!("login-{at}"), &[("password", value)]).await;
    }
    for (at, value) in values.iter().enumerate() {
        home.has_values(&format!("login-{at}"), &[("password", value)]).await;
        home.synced(&format!("login-{at}"), "True").await;
    }

    let pid = home.controller.pid();
    let found = |needle: &[u8]| places(pid, needle).expect("the memory of the controller");
    assert!(!found(home.namespace.as_bytes()).is_empty(), "the search does not find what is there");
    for value in &values {
        let length = value.len();
        assert_eq!(found(&value.as_bytes()[18..48]), Vec::<String>::new(), "a value of {length} bytes");
        // As the API server was sent it.
        assert_eq!(found(&STANDARD.encode(value).as_bytes()[24..64]), Vec::<String>::new(), "{length} bytes in base64");
    }
}
