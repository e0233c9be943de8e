//! `spec.template.data`: text made of the opened values.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use waxseal_crypto::Plaintext;
use waxseal_template::{Limits, RenderError, render as render_one};

/// How long all templates of one object may take together: a tenant may have thousands of them in one.
const TIME_FOR_ALL: Duration = Duration::from_secs(1);

/// Renders the templates into `data`, which holds the opened values when it comes.
///
/// Every template sees by its name every opened value, and the other templates as they are written, which is how a user
/// name in the clear comes beside a password. A value wins over a template of the same name, and a template that is null
/// takes the value of its name out of the Secret.
pub(crate) fn render(
    templates: &BTreeMap<String, Option<String>>,
    data: &mut BTreeMap<String, Plaintext>,
) -> Result<(), Vec<RenderError>> {
    if templates.is_empty() {
        return Ok(());
    }
    let mut rendered = BTreeMap::new();
    let mut failed = Vec::new();
    let sources = templates.iter().filter_map(|(key, source)| Some((key.clone(), source.as_ref()?.as_bytes())));
    let opened = data.iter().map(|(key, value)| (key.clone(), value.expose()));
    let values: BTreeMap<String, &[u8]> = sources.chain(opened).collect();
    let mut limits = Limits::default();
    let (start, time_for_one) = (Instant::now(), limits.time);
    for (key, source) in templates {
        let Some(source) = source.as_ref().filter(|_| !data.contains_key(key)) else { continue };
        limits.time = time_for_one.min(TIME_FOR_ALL.saturating_sub(start.elapsed()));
        match render_one(key, source, &values, &limits) {
            Ok(text) => {
                limits.output -= text.len();
                rendered.insert(key.clone(), Plaintext::from(text));
            }
            Err(error) => failed.push(error),
        }
    }
    if !failed.is_empty() {
        return Err(failed);
    }
    data.retain(|key, _| !matches!(templates.get(key), Some(None)));
    data.extend(rendered);
    Ok(())
}
