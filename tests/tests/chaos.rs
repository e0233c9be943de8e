//! What must hold when things break, at a strength that fits into a test run; `cargo xtask chaos` runs the same at full
//! strength. Needs a control plane; the row of the full disk needs root.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "what a row observed, for --nocapture")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use e2e::chaos::{Dose, Row};
use e2e::{Cluster, Controller, Program};

async fn holds(row: &str) {
    let report = (Row::named(row).unwrap().run)(Dose::SMALL).await;
    println!("{row}: {}: {}", report.faults(), report.observations());
    assert!(!report.faults().is_empty(), "nothing was injected");
}

#[tokio::test]
async fn all_converge_after_the_api_server_was_away_and_nothing_is_made_twice() {
    holds("outage").await;
}

#[tokio::test]
async fn a_watch_that_is_told_410_gone_misses_no_change_of_the_gap() {
    holds("compaction").await;
}

#[tokio::test]
async fn what_a_concurrent_editor_writes_beside_a_merged_secret_survives() {
    holds("conflict").await;
}

#[tokio::test]
async fn a_leader_of_three_that_is_killed_paused_cut_off_or_stopped_is_followed_and_no_secret_is_lost() {
    holds("leaders").await;
}

#[tokio::test]
async fn a_clock_that_jumps_makes_no_storm_of_keys() {
    holds("clock").await;
}

#[tokio::test]
async fn after_etcd_was_restored_secrets_are_adopted_and_none_is_collected() {
    holds("restore").await;
}

#[tokio::test]
async fn what_people_do_to_secrets_by_hand_is_put_back_and_a_namespace_that_goes_makes_no_storm() {
    holds("hands").await;
}

#[tokio::test]
async fn a_sealed_secret_that_is_deleted_during_its_reconcile_leaves_no_secret_behind() {
    holds("deletion").await;
}

#[tokio::test]
async fn sigterm_and_sigkill_between_two_calls_leave_nothing_half_done() {
    holds("stop").await;
}

#[tokio::test]
async fn all_converge_through_bad_weather() {
    holds("weather").await;
}

#[tokio::test]
async fn a_flood_of_clients_neither_fills_the_memory_nor_keeps_the_certificate_from_anybody() {
    holds("flood").await;
}

#[tokio::test]
async fn a_file_is_whole_after_a_full_disk_and_after_a_kill_in_mid_write() {
    holds("disk").await;
}

#[tokio::test]
async fn neither_program_leaves_a_core_dump_of_what_it_knows() {
    let cluster = Cluster::shared().await;
    let namespace = cluster.namespace().await;
    let controller = Controller::of(&cluster).only_namespace(&namespace).flag("--key-size=2048").start().await;
    let limits = fs::read_to_string(format!("/proc/{}/limits", controller.pid())).unwrap();
    let line = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(line.split_whitespace().skip(4).collect::<Vec<_>>(), ["0", "0", "bytes"], "{line}");

    // What the command line starts has its limits.
    let folder = tempfile::tempdir().unwrap();
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    fs::copy(vectors.join("res-strict.sealed.yaml"), folder.path().join("a.yaml")).unwrap();
    let editor = folder.path().join("editor");
    fs::write(&editor, "#!/bin/sh\ncd \"$(dirname \"$0\")\"\n(ulimit -S -c; ulimit -H -c) > limits\n").unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o700)).unwrap();
    let edit = Program::waxseal().folder(folder.path()).env("EDITOR", &editor).args(["edit", "a.yaml", "-k"]);
    edit.args([vectors.join("a.key")]).args(["--cert"]).args([vectors.join("a.crt")]).run().await;
    assert_eq!(fs::read_to_string(folder.path().join("limits")).unwrap(), "0\n0\n");
}
