//! What is picked of a plan, kept in this tab.

use crate::browser::{find_draft, forget_draft, keep_draft};
use identity::id::PlanId;
use plan::Selection;

fn key(plan_id: PlanId) -> String {
    format!("muster.plan.{plan_id}")
}

/// Keeps what is picked.
pub fn keep(plan_id: PlanId, selection: &Selection) {
    let Ok(text) = serde_json::to_string(selection) else { return };
    keep_draft(&key(plan_id), &text);
}

/// What was picked before the page was loaded again.
pub fn find(plan_id: PlanId) -> Option<Selection> {
    serde_json::from_str(&find_draft(&key(plan_id))?).ok()
}

/// Forgets it.
pub fn forget(plan_id: PlanId) {
    forget_draft(&key(plan_id));
}
