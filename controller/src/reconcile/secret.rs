//! Writes the Secret.

use waxseal_api::names;

use super::body;
use super::compare::{Difference, Mode, adopted};
use super::failure::Failure;
use super::{Done, Hand, Opened, SecretAfter, Stop, Work};
use crate::cluster::{LiveSecret, OwnerRef, PatchKind, Written};
use crate::flags::Drift;
use crate::observed::{Owner, SecretState, Version};
use crate::plan::{Claim, Plan, claim};

impl Hand {
    /// Makes the Secret what `opened` says, in the way that was planned.
    pub(super) async fn write(&self, work: &mut Work, opened: &Opened, plan: Plan) -> Result<Done, Stop> {
        match plan {
            Plan::Overwrite { version } => {
                let patch = body::overwrite(&opened.secret, version.as_str(), None).ok_or_else(unwritable)?;
                self.patch(work, opened, PatchKind::Json, patch, true).await
            }
            Plan::Merge => {
                let uid = work.planned.as_ref().map_or("", |secret| &secret.uid);
                let patch = body::merge(&opened.secret, uid, None, None).ok_or_else(unwritable)?;
                self.patch(work, opened, PatchKind::Merge, patch, false).await
            }
            Plan::Look { drift } => self.look(work, opened, drift).await,
            Plan::Rest | Plan::Refuse | Plan::Create => {
                let manifest = body::manifest(&opened.secret).ok_or_else(unwritable)?;
                match self.cluster.create_secret(&work.name.namespace, manifest).await {
                    Ok(written) => {
                        work.wrote = true;
                        remember(work, state(opened, work.uid(), &written), written);
                        Ok(Done::Synced)
                    }
                    // The watch has yet to tell of it, or Secrets are not watched.
                    Err(error) if error.is_already_exists() => self.look(work, opened, false).await,
                    Err(error) => Err(error.into()),
                }
            }
        }
    }

    /// Reads the Secret, and writes it if it is not as it should be and may be written.
    async fn look(&self, work: &mut Work, opened: &Opened, drift: bool) -> Result<Done, Stop> {
        let live = self.cluster.secret(&work.name.namespace, &work.name.name).await.map_err(Stop::on_secret)?;
        let found = live.metadata.state(&work.name.name);
        let written_before = work.object.status().secret.is_some_and(|written| *written.uid == *found.uid);
        let (mode, adopt) = match claim(&found, work.uid(), written_before) {
            Claim::Own => (Mode::Whole, false),
            Claim::Adopt => (Mode::Whole, true),
            Claim::Merge { adopt } => (Mode::Merge, adopt),
            Claim::Unowned if opened.unowned => (Mode::Whole, false),
            Claim::Unowned | Claim::Foreign => {
                work.after = SecretAfter::Is(found);
                return Err(Stop::Failed(Failure::unmanaged(&work.name.name)));
            }
        };
        let owner = opened.secret.owner.as_ref().map(|owner| OwnerRef {
            api_version: owner.api_version.clone(),
            kind: owner.kind.clone(),
            name: owner.name.clone(),
            uid: owner.uid.clone(),
            controller: true,
            block_owner_deletion: owner.block_owner_deletion,
        });
        let owners = if adopt { adopted(&live, owner.as_ref()) } else { None };
        let difference = Difference::between(&live, &opened.secret, mode);
        let described = difference.describe();
        let foreign = drift && !difference.is_none();
        let left = foreign && self.drift != Drift::Repair;
        if owners.is_none() && (left || difference.is_none()) {
            let version = found.version.clone();
            remember(work, found, Written { uid: live.metadata.uid.clone(), version });
            return Ok(if left && self.drift == Drift::Report {
                Done::LeftDrifted { difference: described }
            } else {
                Done::Synced
            });
        }

        let version = Version::new(live.metadata.resource_version.clone());
        match mode {
            Mode::Whole => {
                // A Secret that keeps its labels and annotations, the foreign ones too, when only its data was edited.
                let secret = if drift { with_foreign_metadata(opened, &live) } else { opened.secret.clone() };
                let patch = body::overwrite(&secret, version.as_str(), owners.as_deref()).ok_or_else(unwritable)?;
                work.planned = Some(found);
                self.patch(work, opened, PatchKind::Json, patch, true).await?;
            }
            Mode::Merge => {
                let patch = body::merge(&opened.secret, &live.metadata.uid, Some(&version), owners.as_deref())
                    .ok_or_else(unwritable)?;
                work.planned = Some(adopted_state(found, adopt && owner.is_some(), work.uid()));
                self.patch(work, opened, PatchKind::Merge, patch, false).await?;
            }
        }
        Ok(if foreign { Done::Repaired { difference: described } } else { Done::Synced })
    }

    async fn patch(
        &self,
        work: &mut Work,
        opened: &Opened,
        kind: PatchKind,
        patch: zeroize::Zeroizing<Vec<u8>>,
        whole: bool,
    ) -> Result<Done, Stop> {
        let name = &work.name;
        let written = self.cluster.patch_secret(&name.namespace, &name.name, kind, patch).await;
        let written = written.map_err(Stop::on_secret)?;
        // A patch that changes nothing leaves the version as it is.
        work.wrote = work.planned.as_ref().is_none_or(|before| before.version != written.version);
        let after = match (&work.planned, whole) {
            (Some(before), false) => SecretState { version: written.version.clone(), ..before.clone() },
            _ => state(opened, work.uid(), &written),
        };
        remember(work, after, written);
        Ok(Done::Synced)
    }
}

/// What is known of a Secret that was just written as a whole. The watch will tell the same.
fn state(opened: &Opened, uid: &str, written: &Written) -> SecretState {
    let metadata = &opened.secret.metadata;
    SecretState {
        uid: written.uid.clone(),
        version: written.version.clone(),
        owner: match opened.secret.owner {
            Some(_) => Owner::SealedSecret { uid: uid.into() },
            None => Owner::Nobody,
        },
        managed: metadata.annotated(names::MANAGED),
        patch: metadata.annotated(names::PATCH),
    }
}

fn adopted_state(found: SecretState, adopted: bool, uid: &str) -> SecretState {
    if adopted { SecretState { owner: Owner::SealedSecret { uid: uid.into() }, ..found } } else { found }
}

fn with_foreign_metadata(opened: &Opened, live: &LiveSecret) -> waxseal_api::PlainSecret {
    let mut secret = opened.secret.clone();
    for (ours, theirs) in [
        (&mut secret.metadata.labels, &live.metadata.labels),
        (&mut secret.metadata.annotations, &live.metadata.annotations),
    ] {
        for (key, value) in theirs {
            ours.entry(key.clone()).or_insert_with(|| value.clone());
        }
    }
    secret
}

fn remember(work: &mut Work, after: SecretState, written: Written) {
    work.after = SecretAfter::Is(after);
    work.written = Some(written);
}

fn unwritable() -> Stop {
    Stop::Failed(Failure::internal("the Secret could not be written down as JSON"))
}
