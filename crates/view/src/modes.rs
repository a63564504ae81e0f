//! What the game modes are called, and how to win them.
//!
//! The texts are looked up by a mode's name, so a new mode needs its texts in each
//! `locales/*/modes.ftl` and no line here.

use super::catalogue::{of, plain};
use heat_core::game::Mode;
use heat_core::lang::Lang;

/// The name of a mode.
#[must_use]
pub fn name(lang: Lang, mode: Mode) -> String {
    plain(lang, &format!("modes-name-{}", mode.name()))
}

/// The name of a mode as it is written in the middle of a sentence or a list.
#[must_use]
pub fn name_in_sentence(lang: Lang, mode: Mode) -> String {
    plain(lang, &format!("modes-in-sentence-{}", mode.name()))
}

/// How to win a mode, in a sentence: for everyone, or for a lone player.
#[must_use]
pub fn rule(lang: Lang, mode: Mode, solo: bool) -> String {
    let key = format!("modes-rule-{}", mode.name());
    let alone = solo.then(|| of(lang, &format!("{key}-alone"))).flatten();
    alone.unwrap_or_else(|| plain(lang, &key))
}

#[cfg(test)]
mod tests {
    use crate::catalogue::{filled, sources};
    use heat_core::game::Mode;
    use heat_core::lang::Lang;
    use std::collections::BTreeSet;

    #[test]
    fn every_mode_has_its_texts_and_there_are_no_others() {
        for lang in Lang::ALL {
            let all = sources(lang);
            let (_, source) = all.iter().find(|(file, _)| *file == "modes").expect("it");
            let lines = source.lines().filter_map(|line| line.split_once(" = "));
            let mut unused: BTreeSet<&str> = lines.map(|(key, _)| key).collect();
            for mode in Mode::ALL {
                let name = mode.name();
                for key in ["name", "in-sentence", "choice", "rule"] {
                    let key = format!("modes-{key}-{name}");
                    assert!(unused.remove(&*key), "locales/{}: {key}", lang.code());
                    assert_ne!(filled(lang, &key, []), key);
                }
                if mode.rules().alone {
                    unused.remove(&*format!("modes-rule-{name}-alone"));
                }
            }
            assert!(unused.is_empty(), "no mode has {unused:?}");
        }
    }
}
