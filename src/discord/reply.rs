//! What an interaction is answered with, and where the answer goes.
//!
//! Where it goes and who sees it ([`Placement`]) is decided before the work begins, from the
//! interaction alone: so an answer that has to be deferred goes to the same people as one that was
//! ready at once.

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
    /// Into a new message.
    Message(Visibility),
    /// Into the message whose button was pressed.
    Update,
    /// Into a box to fill in, which Discord takes as a first answer only.
    Modal,
    /// Into the list under the option that is being typed.
    Suggestions,
}

impl Placement {
    /// A new message for the member alone.
    pub const PRIVATE: Self = Self::Message(Visibility::Member);
    /// A new message for the whole channel.
    pub const PUBLIC: Self = Self::Message(Visibility::Everyone);
}

/// What an interaction is answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// What was asked for, where its [`Placement`] says.
    Show(Message),
    /// A private note to the member, wherever the answer would have gone: a refusal, or that there
    /// is nothing to show.
    Aside(Message),
    /// Suggestions for the option that is being typed, at most 25.
    Suggest(Vec<Suggestion>),
    /// A box that asks for a line of text.
    Ask(Modal),
    /// A box with several fields.
    Fill(Form),
}
