//! What slash commands, their options and choices are called, and how they are described.
//!
//! Their parts are looked up by name, so a new command needs a line in each `locales/*/commands.ftl`
//! and none here.

use super::catalogue::of;
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
    of(lang, &choice_key(option, value))
}

/// The key of that label. The label of a mode stands beside its other texts.
#[must_use]
pub fn choice_key(option: &str, value: &str) -> String {
    // A name in the catalogue has no dots.
    let value = value.replace('.', "-");
    match option {
        "mode" => format!("modes-choice-{value}"),
        _ => format!("commands-choice-{option}-{value}"),
    }
}
