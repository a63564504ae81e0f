//! The answer to an interaction, and where it goes.
//!
//! Where it goes and who sees it ([`Placement`]) is decided before the work begins, from the
//! interaction alone. So a deferred answer reaches the same people as an immediate one.

use heat_view::message::{Form, Message, Modal, Suggestion};

/// Who sees a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// The whole channel.
    Everyone,
    /// Only the member whose interaction it answers: an ephemeral message.
    Member,
}

/// Where the answer to an interaction goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// A new message.
    Message(Visibility),
    /// The message whose button was pressed.
    Update,
    /// A form, which Discord accepts only as the first response.
    Modal,
    /// The list under the option being typed.
    Suggestions,
}

impl Placement {
    /// A new message for the member only.
    pub const PRIVATE: Self = Self::Message(Visibility::Member);
    /// A new message for the whole channel.
    pub const PUBLIC: Self = Self::Message(Visibility::Everyone);

    /// The same, seen by the member only.
    #[must_use]
    pub fn kept_private(self) -> Self {
        match self {
            Self::Message(_) => Self::PRIVATE,
            Self::Update | Self::Modal | Self::Suggestions => self,
        }
    }
}

/// The answer to an interaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The requested message, placed as its [`Placement`] says.
    Show(Message),
    /// A private note to the member, wherever the answer would have gone: a refusal, or that there
    /// is nothing to show.
    Aside(Message),
    /// Suggestions for the option being typed, at most 25.
    Suggest(Vec<Suggestion>),
    /// A form with one line of text.
    Ask(Modal),
    /// A form with several fields.
    Fill(Form),
    /// No message of its own: the result appears in the message whose button was pressed.
    Accept,
}
