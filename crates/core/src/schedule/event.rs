//! The server event that announces a scheduled quiz.

/// How far it has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventState {
    /// Discord is about to be asked for it.
    Coming,
    /// It is there, unless somebody has deleted it.
    There,
    /// Discord does not create it.
    Refused(WhyNoEvent),
}

/// Why Discord does not create it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNoEvent {
    /// The bot lacks the permission *Create Events*.
    NotAllowed,
    /// The server has as many events as Discord allows: a hundred.
    Full,
    /// Another reason.
    Other,
}

impl WhyNoEvent {
    /// The reason behind Discord's code:
    /// <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>.
    #[must_use]
    pub fn of_code(code: i64) -> Self {
        match code {
            // Missing access, missing permissions.
            50_001 | 50_013 => Self::NotAllowed,
            30_038 => Self::Full,
            _ => Self::Other,
        }
    }
}
