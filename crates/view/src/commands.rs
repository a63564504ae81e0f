//! What slash commands, their options and choices are called, and how they are described.
//!
//! Their parts are looked up by name, so a new command needs a line in each `locales/*/commands.ftl`
//! and none here.

use super::catalogue::of;
use super::modes;
use heat_core::lang::Lang;

/// What a command, a subcommand or an option is called in a language.
#[must_use]
pub fn name(lang: Lang, name: &str) -> Option<String> {
    of(lang, &format!("commands-name-{name}"))
}

/// What a part of a command is for: by its path (`["quiz", "rounds"]`), or by its name if several
/// commands have the same option.
#[must_use]
pub fn description(lang: Lang, path: &[&str]) -> Option<String> {
    let own = of(lang, &format!("commands-{}", path.join("-")));
    own.or_else(|| of(lang, &format!("commands-option-{}", path.last()?)))
}

/// The label of a value that can be chosen for an option.
#[must_use]
pub fn choice(lang: Lang, option: &str, value: &str) -> Option<String> {
    if option == "mode" {
        return modes::choice(lang, value);
    }
    // A name in the catalogue has no dots.
    let value = value.replace('.', "-");
    of(lang, &format!("commands-choice-{option}-{value}"))
}
