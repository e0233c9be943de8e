//! What is to be done about one SealedSecret: pure functions of what is known.

use crate::flags::Drift;
use crate::observed::{Owner, SecretState, StatusState, Version};

/// What is known of a SealedSecret and of the Secret of its name.
#[derive(Clone, Copy)]
pub(crate) struct Observed<'a> {
    /// The SealedSecret's uid.
    pub(crate) uid: &'a str,
    /// Its generation: a number that grows with each change of the spec.
    pub(crate) generation: i64,
    /// What its status says.
    pub(crate) status: &'a StatusState,
    /// Whether every key that opened it, as far as its status says, is still in the ring.
    pub(crate) keys_there: bool,
    /// The Secret.
    pub(crate) secret: Secret<'a>,
}

/// What is known of the Secret.
#[derive(Clone, Copy)]
pub(crate) enum Secret<'a> {
    /// Secrets are not watched here.
    Unknown,
    /// There is none.
    Absent,
    /// It is there.
    Present(&'a SecretState),
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// Nothing: all is as the status says.
    Rest,
    /// To say that the Secret is somebody else's.
    Refuse,
    /// To open the values and create the Secret.
    Create,
    /// To open the values and write them over what the Secret of this version holds.
    Overwrite {
        /// The version that was seen; if it is another by now, nothing is written.
        version: Version,
    },
    /// To open the values and merge them into the Secret.
    Merge,
    /// To open the values, to read the Secret, and to write what differs.
    Look {
        /// Whether it was as it should be when it was last written, so that what differs is somebody else's doing.
        drift: bool,
    },
}

/// What a Secret is to the SealedSecret of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// It is its own.
    Own,
    /// It may be overwritten, and becomes its own.
    Adopt,
    /// It may be merged into.
    Merge {
        /// Whether it becomes its own as well.
        adopt: bool,
    },
    /// Nobody owns it, and it was written from here before: it is ours if the template wants no owner.
    Unowned,
    /// It is somebody else's.
    Foreign,
}

/// What is to be done.
pub(crate) fn plan(observed: &Observed<'_>, drift: Drift) -> Plan {
    let status = observed.status;
    // The last reconcile saw this generation and the keys that it needs, and left things as they should be.
    let accepted = status.synced || (status.drifted && drift == Drift::Report);
    let done = accepted && status.observed_generation == Some(observed.generation) && observed.keys_there;
    let secret = match observed.secret {
        Secret::Unknown if done => return Plan::Rest,
        // To create it shows whether it is there.
        Secret::Unknown | Secret::Absent => return Plan::Create,
        Secret::Present(secret) => secret,
    };

    let written = status.secret.as_ref().filter(|(uid, _)| *uid == secret.uid);
    let unchanged = written.is_some_and(|(_, version)| drift == Drift::Ignore || *version == secret.version);
    let claim = claim(secret, observed.uid, written.is_some());
    match claim {
        Claim::Foreign => Plan::Refuse,
        _ if done && unchanged && !is_stale(secret, observed.uid) => Plan::Rest,
        // Somebody has changed it, or put another in its place.
        _ if done && status.secret.is_some() => Plan::Look { drift: true },
        Claim::Own => Plan::Overwrite { version: secret.version.clone() },
        Claim::Merge { adopt: false } => Plan::Merge,
        Claim::Adopt | Claim::Merge { adopt: true } | Claim::Unowned => Plan::Look { drift: false },
    }
}

/// What `secret` is to the SealedSecret with `uid`, which has written it before or not.
pub(crate) fn claim(secret: &SecretState, uid: &str, written: bool) -> Claim {
    let stale = is_stale(secret, uid);
    match &secret.owner {
        Owner::SealedSecret { .. } if !stale => {
            if secret.patch {
                Claim::Merge { adopt: false }
            } else {
                Claim::Own
            }
        }
        _ if stale || secret.managed => {
            if secret.patch {
                Claim::Merge { adopt: true }
            } else {
                Claim::Adopt
            }
        }
        _ if secret.patch => Claim::Merge { adopt: false },
        Owner::Nobody if written => Claim::Unowned,
        _ => Claim::Foreign,
    }
}

/// Whether the owner is a SealedSecret of the same name that is gone: it was deleted and applied again, or etcd was
/// restored. The garbage collector would take the Secret.
fn is_stale(secret: &SecretState, uid: &str) -> bool {
    matches!(&secret.owner, Owner::SealedSecret { uid: owner } if **owner != *uid)
}

#[cfg(test)]
mod tests;
