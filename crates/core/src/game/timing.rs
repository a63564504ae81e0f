//! How long the parts of a round take where no setting says so.

/// How long after a question's limit, by our own clock, we still accept answers that were clicked
/// in time but arrive late.
pub(super) const ARRIVAL_GRACE_MS: i64 = 1_000;
/// How long a reveal is shown before the next question.
pub(super) const INTERMISSION_MS: i64 = 5_000;
/// The shortest time that a question stays open so that others can join in, even when all current
/// players have answered: long enough to read it.
pub(super) const ROUND_MIN_MS: i64 = 8_000;
/// How long posting a question may take before it is retried with the same nonce.
pub(super) const POST_GIVE_UP_MS: i64 = 30_000;
/// How long a pause may last. Where the bot may not post on its own, it answers through the
/// interaction that started the pause, and Discord accepts that for only 15 minutes:
/// <https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages>.
pub(super) const PAUSE_MAX_MS: i64 = 10 * 60_000;
/// How long a hosted game waits for its host: a break may be long, but a forgotten game must not
/// keep its channel. A hosted game posts on its own, so no token runs out meanwhile.
pub const HOST_WAIT_MS: i64 = 30 * 60_000;
