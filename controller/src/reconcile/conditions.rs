//! What the status says after a reconcile: a pure function of what it said before and of what came out.
//!
//! `Synced` is upstream's, and always the first: the columns of the CRD read it there. `Ready`, `Reconciling` and
//! `Stalled` are kstatus': a generation is `Current` when `Ready` is true, `Failed` when `Stalled` is, and in progress
//! else or while `observedGeneration` lags behind.

use jiff::Timestamp;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use waxseal_api::{Condition, SealedSecretStatus, WrittenSecret};
use waxseal_crypto::Scope;

use crate::cluster::{Written, bounded};

/// The first condition, which tells it all.
pub(crate) const SYNCED: &str = "Synced";
const READY: &str = "Ready";
const RECONCILING: &str = "Reconciling";
const STALLED: &str = "Stalled";

/// Reason of the success.
const UNSEALED: &str = "Unsealed";
/// Reason of a Secret that differs and is left so.
pub(crate) const DRIFTED: &str = "Drifted";

/// Longest message, in bytes. What a hostile object has in it must not fill the status.
const LONGEST_MESSAGE: usize = 1024;

/// What came out of a reconcile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The Secret is as the SealedSecret says.
    Synced,
    /// Somebody has changed the Secret, and it is left so.
    Drifted {
        /// What differs.
        message: String,
    },
    /// It failed.
    Failed {
        /// One word, from a closed set.
        reason: &'static str,
        /// What and why, and what to do about it. Never a value.
        message: String,
        /// Whether somebody has to do something before it can succeed.
        stalled: bool,
    },
}

/// The status after a reconcile of `generation` under `scope`, or nothing if it says all that already.
pub(crate) fn next_status(
    before: &SealedSecretStatus,
    generation: i64,
    scope: Scope,
    verdict: &Verdict,
    written: Option<&Written>,
    keys: Option<&[String]>,
    now: Timestamp,
) -> Option<SealedSecretStatus> {
    let mut after = SealedSecretStatus {
        observed_generation: Some(generation),
        conditions: conditions(verdict)
            .into_iter()
            .map(|condition| dated(condition, generation, &before.conditions, now))
            .collect(),
        secret: match written {
            Some(written) => {
                let resource_version = written.version.as_str().to_owned();
                Some(WrittenSecret { uid: written.uid.to_string(), resource_version })
            }
            // The Secret of an earlier generation stays, and so does the memory of it.
            None => before.secret.clone(),
        },
        sealing_keys: keys.map_or_else(|| before.sealing_keys.clone(), <[String]>::to_vec),
        scope: Some(scope.to_string()),
    };
    // What somebody else has put there stays, behind ours.
    let ours = |type_: &str| [SYNCED, READY, RECONCILING, STALLED].contains(&type_);
    after.conditions.extend(before.conditions.iter().filter(|condition| !ours(&condition.type_)).cloned());

    let same = after.observed_generation == before.observed_generation
        && after.secret == before.secret
        && after.sealing_keys == before.sealing_keys
        && after.scope == before.scope
        && after.conditions.len() == before.conditions.len()
        && after.conditions.iter().zip(&before.conditions).all(|(after, before)| says_the_same(after, before));
    (!same).then_some(after)
}

/// Whether `Synced` or its reason, or the generation that it speaks of, changed: what an Event is worth.
pub(crate) fn is_news(before: &SealedSecretStatus, after: &SealedSecretStatus) -> bool {
    let state = |status: &SealedSecretStatus| {
        let synced = status.conditions.iter().find(|condition| condition.type_ == SYNCED);
        let synced = synced.map(|synced| (synced.status.clone(), synced.reason.clone(), synced.message.clone()));
        (status.observed_generation, synced)
    };
    state(before) != state(after)
}

fn conditions(verdict: &Verdict) -> [Condition; 4] {
    match verdict {
        Verdict::Synced => [
            condition(SYNCED, true, UNSEALED, ""),
            condition(READY, true, UNSEALED, "the Secret is up to date"),
            condition(RECONCILING, false, UNSEALED, ""),
            condition(STALLED, false, UNSEALED, ""),
        ],
        Verdict::Drifted { message } => [
            condition(SYNCED, false, DRIFTED, message),
            condition(READY, true, DRIFTED, message),
            condition(RECONCILING, false, DRIFTED, ""),
            condition(STALLED, false, DRIFTED, ""),
        ],
        Verdict::Failed { reason, message, stalled } => [
            condition(SYNCED, false, reason, message),
            condition(READY, false, reason, message),
            condition(RECONCILING, !stalled, reason, if *stalled { "" } else { message }),
            condition(STALLED, *stalled, reason, if *stalled { message } else { "" }),
        ],
    }
}

fn condition(type_: &str, status: bool, reason: &str, message: &str) -> Condition {
    Condition {
        type_: type_.to_owned(),
        status: if status { "True" } else { "False" }.to_owned(),
        reason: Some(reason.to_owned()),
        message: Some(bounded(message, LONGEST_MESSAGE)).filter(|message| !message.is_empty()),
        observed_generation: None,
        last_update_time: None,
        last_transition_time: None,
    }
}

/// `condition` with its times: that of the transition moves only when the status does.
fn dated(mut condition: Condition, generation: i64, before: &[Condition], now: Timestamp) -> Condition {
    let now = Time(Timestamp::from_second(now.as_second()).unwrap_or(now));
    let known = before.iter().find(|known| known.type_ == condition.type_ && known.status == condition.status);
    condition.observed_generation = Some(generation);
    condition.last_transition_time =
        known.and_then(|known| known.last_transition_time.clone()).or_else(|| Some(now.clone()));
    condition.last_update_time = Some(now);
    condition
}

fn says_the_same(a: &Condition, b: &Condition) -> bool {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    a.type_ == b.type_
        && a.status == b.status
        && a.observed_generation == b.observed_generation
        && text(&a.reason) == text(&b.reason)
        && text(&a.message) == text(&b.message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observed::Version;

    const STRICT: Scope = Scope::Strict;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn failed(stalled: bool) -> Verdict {
        Verdict::Failed { reason: "UnsealFailed", message: "password does not open".into(), stalled }
    }

    fn says(status: &SealedSecretStatus) -> Vec<String> {
        status.conditions.iter().map(|condition| format!("{}={}", condition.type_, condition.status)).collect()
    }

    fn written() -> Written {
        Written { uid: "u".into(), version: Version::new("7") }
    }

    #[test]
    fn each_verdict_reads_rightly_by_upstreams_rules_and_by_those_of_kstatus() {
        for (verdict, expected) in [
            (Verdict::Synced, ["Synced=True", "Ready=True", "Reconciling=False", "Stalled=False"]),
            (failed(true), ["Synced=False", "Ready=False", "Reconciling=False", "Stalled=True"]),
            (failed(false), ["Synced=False", "Ready=False", "Reconciling=True", "Stalled=False"]),
            (
                Verdict::Drifted { message: "data".into() },
                ["Synced=False", "Ready=True", "Reconciling=False", "Stalled=False"],
            ),
        ] {
            let status = next_status(&SealedSecretStatus::default(), 1, STRICT, &verdict, None, None, at(10)).unwrap();
            assert_eq!(says(&status), expected);
            assert!(status.conditions.iter().all(|condition| condition.observed_generation == Some(1)));
        }
    }

    #[test]
    fn what_is_said_already_is_not_said_again() {
        let written = written();
        let keys = ["SHA256:k".to_owned()];
        let next = |before: &SealedSecretStatus, generation, verdict: &Verdict, now| {
            next_status(before, generation, STRICT, verdict, Some(&written), Some(&keys), at(now))
        };
        let first = next(&SealedSecretStatus::default(), 1, &Verdict::Synced, 10).unwrap();
        assert_eq!(first.secret.as_ref().unwrap().resource_version, "7");
        assert_eq!(next(&first, 1, &Verdict::Synced, 20), None);
        assert!(next(&first, 2, &Verdict::Synced, 20).is_some());
        assert!(next(&first, 1, &failed(true), 20).is_some());
    }

    #[test]
    fn a_transition_is_dated_when_the_status_moves_and_not_before() {
        let moment = |status: &SealedSecretStatus| {
            status.conditions[0].last_transition_time.as_ref().map(|time| time.0.as_second())
        };
        let first =
            next_status(&SealedSecretStatus::default(), 1, STRICT, &Verdict::Synced, None, None, at(10)).unwrap();
        let second = next_status(&first, 2, STRICT, &Verdict::Synced, None, None, at(20)).unwrap();
        assert_eq!(moment(&second), Some(10));
        let third = next_status(&second, 3, STRICT, &failed(true), None, None, at(30)).unwrap();
        assert_eq!(moment(&third), Some(30));
    }

    #[test]
    fn a_bad_update_after_a_good_one_keeps_the_memory_of_the_secret() {
        let good =
            next_status(&SealedSecretStatus::default(), 1, STRICT, &Verdict::Synced, Some(&written()), None, at(10))
                .unwrap();
        let bad = next_status(&good, 2, STRICT, &failed(true), None, None, at(20)).unwrap();
        assert_eq!(bad.observed_generation, Some(2));
        assert_eq!(bad.secret, good.secret);
        assert!(is_news(&good, &bad));
        let again = next_status(&bad, 2, STRICT, &failed(true), None, None, at(30));
        assert_eq!(again, None);
    }

    #[test]
    fn synced_comes_first_whatever_was_there_and_what_others_say_stays() {
        let other = Condition { type_: "Audited".into(), ..condition("", true, "Other", "") };
        let before = SealedSecretStatus {
            conditions: vec![other.clone(), condition(READY, true, "x", ""), condition(SYNCED, true, "x", "")],
            ..SealedSecretStatus::default()
        };
        let after = next_status(&before, 1, STRICT, &Verdict::Synced, None, None, at(10)).unwrap();
        assert_eq!(after.conditions[0].type_, SYNCED);
        assert_eq!(after.conditions.last(), Some(&other));
        assert_eq!(after.conditions.len(), 5);
    }

    #[test]
    fn a_message_is_bounded() {
        let verdict = Verdict::Failed { reason: "UnsealFailed", message: "x".repeat(100_000), stalled: true };
        let status = next_status(&SealedSecretStatus::default(), 1, STRICT, &verdict, None, None, at(10)).unwrap();
        assert!(status.conditions.iter().all(|c| c.message.as_ref().is_none_or(|m| m.len() <= LONGEST_MESSAGE)));
    }
}
