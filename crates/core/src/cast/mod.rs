//! The casting index: finds characters, people and works by what somebody typed, and gathers
//! what the facts say of them.
//!
//! Pure. Never guesses silently: where a name fits several, or is only near one, the result says
//! so. Nothing here words a message; that is done in `view`.

mod entries;
mod index;
mod names;
mod normalise;
mod profile;
mod top;
mod typos;
mod words;

pub use index::{CastIndex, Found, Hit, OFFERS_MAX};
pub use names::{Closeness, NameIndex, NameOf};
pub use normalise::INPUT_CHARS_MAX;
pub use profile::{Credit, Named, Profile, Role};

/// Tables hold 32-bit numbers to stay small: no machine holds as many names as would not fit.
fn index_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(any(test, feature = "fixture"))]
pub mod fixture;
#[cfg(test)]
mod tests;
