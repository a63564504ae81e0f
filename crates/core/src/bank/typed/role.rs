//! Whose text is read.

/// Who wrote a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A pack: brackets, initials and "Jr." may be left out.
    Answer,
    /// A member.
    Typed,
}
