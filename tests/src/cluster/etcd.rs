//! The store behind the API server: its history thrown away, and an older state put back.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::{Cluster, Part};
use crate::guard::Guard;
use crate::http;

/// The store as it was at one time.
#[derive(Debug)]
pub struct Snapshot(PathBuf);

impl Cluster {
    /// Throws away etcd's history up to now, and has the API server forget what it remembers of it: a watch that goes
    /// on from before is told 410 Gone. Returns when the API server is ready again.
    pub async fn compact(&self) {
        if let Err(error) = self.try_compact().await {
            panic!("compacting etcd: {error:#}");
        }
        self.restart(Part::ApiServer).await;
    }

    /// Copies the store. etcd is down for a moment.
    pub async fn snapshot(&self) -> Snapshot {
        self.kill(Part::Etcd);
        let copied = self.copy_store();
        self.restart(Part::Etcd).await;
        copied.unwrap_or_else(|error| panic!("copying the store: {error:#}"))
    }

    /// Puts the store back to what it was, and starts everything anew that keeps a part of it in memory, as the
    /// documentation of Kubernetes has it. Controllers of others go on, with what they believe.
    pub async fn restore(&self, snapshot: &Snapshot) {
        for part in [Part::ControllerManager, Part::ApiServer, Part::Etcd] {
            self.kill(part);
        }
        let replaced = fs::remove_dir_all(self.store())
            .context("removing the store")
            .and_then(|()| copy(&snapshot.0, &self.store()));
        if let Err(error) = replaced {
            panic!("putting the store back: {error:#}");
        }
        self.begin(Part::Etcd);
        self.restart(Part::ApiServer).await;
        self.restart(Part::ControllerManager).await;
    }

    fn store(&self) -> PathBuf {
        self.plane.folder.join("etcd")
    }

    fn copy_store(&self) -> Result<Snapshot> {
        let folder = Guard::get().folder("snapshot")?.join("etcd");
        copy(&self.store(), &folder)?;
        Ok(Snapshot(folder))
    }

    async fn try_compact(&self) -> Result<()> {
        let range = self.ask("/v3/kv/range", json!({ "key": "AA==", "limit": 1 })).await?;
        let revision =
            range.pointer("/header/revision").and_then(Value::as_str).context("an answer without a revision")?;
        self.ask("/v3/kv/compaction", json!({ "revision": revision, "physical": true })).await?;
        Ok(())
    }

    /// etcd's own JSON interface.
    async fn ask(&self, path: &str, question: Value) -> Result<Value> {
        let reply = http::post_json(self.plane.store, path, question.to_string()).await?;
        ensure!(reply.status == 200, "{path}: {} {}", reply.status, reply.text());
        serde_json::from_slice(&reply.body).context("an answer that is no JSON")
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir(to).with_context(|| format!("creating {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("listing {}", from.display()))? {
        let entry = entry.with_context(|| format!("listing {}", from.display()))?;
        let copied = to.join(entry.file_name());
        if entry.file_type().context("looking at a file")?.is_dir() {
            copy(&entry.path(), &copied)?;
        } else {
            fs::copy(entry.path(), &copied).with_context(|| format!("copying {}", entry.path().display()))?;
        }
    }
    Ok(())
}
