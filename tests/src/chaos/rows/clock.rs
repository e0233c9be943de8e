//! The API server's clock, which all replicas go by, jumps.

use std::time::Duration;

use anyhow::ensure;
use rustix::process::Signal;
use waxseal_crypto::Certificate;

use crate::chaos::{Dice, Dose, Report, Stage};
use crate::cluster::Cluster;
use crate::wait::{SOON, holds_for, wait_for};

const DAY: i64 = 24 * 60 * 60;
const YEAR: i64 = 365 * DAY;

pub(super) async fn run(dose: Dose) -> Report {
    let steps = dose.pick(40, 3);
    let mut stage = Stage::new(Cluster::shared().await, 1, &["--key-renew-period=720h"], dose.seed).await;
    let mut dice = Dice::new(dose.seed);
    stage.apply("first").await;
    stage.quiet().await;

    // A year ahead, a key is due, and one is made.
    jump(&stage, YEAR).await;
    wait_for(SOON, "the key that is due", async || {
        ensure!(stage.keys().await == 2, "{} keys", stage.keys().await);
        Ok(())
    })
    .await;
    let newest = wait_for(SOON, "the newest certificate", async || {
        let newest = served(&stage).await;
        ensure!(
            newest.validity().not_before().as_second() > jiff::Timestamp::now().as_second() + YEAR - DAY,
            "not yet"
        );
        Ok(newest)
    })
    .await;

    // Back, a year back, and wherever the dice fall: no other key, and the newest stays it.
    let wild: Vec<i64> = (0..steps).map(|_| i64::try_from(dice.below(730)).unwrap_or(0) * DAY - YEAR).collect();
    for seconds in [0, -YEAR].iter().chain(&wild) {
        jump(&stage, *seconds).await;
        holds_for(Duration::from_millis(700), "there are two keys and the newest is served", async || {
            let keys = stage.keys().await;
            ensure!(keys == 2, "{keys} keys at {seconds} s");
            ensure!(served(&stage).await.fingerprint() == newest.fingerprint(), "another certificate at {seconds} s");
            Ok(())
        })
        .await;
    }

    // A key that somebody asks for while the newest lies in the future is newer still.
    jump(&stage, -YEAR).await;
    stage.first().controller.signal(Signal::USR1);
    let asked = wait_for(SOON, "the key that was asked for", async || {
        let asked = served(&stage).await;
        ensure!(asked.fingerprint() != newest.fingerprint(), "not yet");
        Ok(asked)
    })
    .await;
    assert!(asked.validity().not_before() > newest.validity().not_before(), "the newest key is not the newest");
    assert_eq!(stage.keys().await, 3);
    stage.fetch_certificate().await;
    stage.apply("second").await;
    stage.quiet().await;
    stage.search().await;

    let mut report = Report::default();
    report.injected_by(&stage.first().proxy);
    report.observed(
        "1 key for the year ahead, none for any other jump, 1 that was asked for, each newer than the one before",
    );
    report
}

/// A restart looks at the clock at once, and not within ten minutes.
async fn jump(stage: &Stage, seconds: i64) {
    stage.first().proxy.shift_clock(seconds);
    stage.first().controller.restart().await;
}

async fn served(stage: &Stage) -> Certificate {
    Certificate::from_pem(stage.first().controller.certificate().await.as_bytes()).expect("a certificate")
}
