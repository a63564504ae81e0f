//! How long the parts of a round take where no setting says so.

/// The waits of a game between what its members do. Games are stored without it: the process that
/// plays them has one for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tempo {
    /// From the start or a resumption to the next question.
    pub get_ready_ms: i64,
    /// How long a reveal is shown before the next question.
    pub intermission_ms: i64,
    /// The shortest time that a question stays open so that others can join in, even when all
    /// current players have answered: long enough to read it.
    pub round_min_ms: i64,
    /// How long a race waits after the first right answer arrives. An earlier click may still be on
    /// its way, and the clicks' own times decide.
    pub race_settle_ms: i64,
}

impl Default for Tempo {
    fn default() -> Self {
        Self {
            get_ready_ms: 3_000,
            intermission_ms: 5_000,
            round_min_ms: 8_000,
            race_settle_ms: 600,
        }
    }
}

/// How long after a question's limit, by our own clock, we still accept answers that were clicked
/// in time but arrive late.
pub(super) const ARRIVAL_GRACE_MS: i64 = 1_000;
/// How long posting a question may take before it is retried with the same nonce.
pub(super) const POST_GIVE_UP_MS: i64 = 30_000;
/// How long a pause may last. Where the bot may not post on its own, it answers through the
/// interaction that started the pause, and Discord accepts that for only 15 minutes:
/// <https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages>.
pub(super) const PAUSE_MAX_MS: i64 = 10 * 60_000;
/// How long a hosted game waits for its host: a break may be long, but a forgotten game must not
/// keep its channel. A hosted game posts on its own, so no token runs out meanwhile.
pub const HOST_WAIT_MS: i64 = 30 * 60_000;
