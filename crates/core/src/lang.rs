//! The languages that the bot speaks. Their texts are in the view.

use serde::{Deserialize, Serialize};

/// A language that the bot speaks. Questions and facts are in English in all of them.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
pub enum Lang {
    /// English, also for members whose language the bot does not speak.
    #[default]
    #[serde(rename = "en")]
    English,
    /// German.
    #[serde(rename = "de")]
    German,
}

impl Lang {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// Its code, as it is stored: ISO 639-1.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// Whether it is the default, which is not stored, because the first versions had only that
    /// one.
    #[must_use]
    pub fn is_english(&self) -> bool {
        *self == Self::English
    }

    /// What its speakers call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// The language with this code.
    #[must_use]
    pub fn coded(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The language for a locale of Discord, such as "de" or "en-GB"
    /// (<https://discord.com/developers/docs/reference#locales>): English if the bot does not speak it.
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        let language = locale.split('-').next().unwrap_or_default();
        Self::coded(language).unwrap_or_default()
    }

    /// Discord's locales in which this language is offered for the names and descriptions of
    /// commands. English is what is shown without one.
    #[must_use]
    pub fn locales(self) -> &'static [&'static str] {
        match self {
            Self::English => &[],
            Self::German => &["de"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_is_spoken_or_answered_in_english() {
        for (locale, expected) in [
            ("de", Lang::German),
            ("de-AT", Lang::German),
            ("en-US", Lang::English),
            ("pt-BR", Lang::English),
            ("", Lang::English),
            ("-", Lang::English),
        ] {
            assert_eq!(Lang::of_locale(locale), expected, "{locale}");
        }
        for lang in Lang::ALL {
            assert_eq!(Lang::coded(lang.code()), Some(lang));
            let stored = serde_json::to_value(lang).expect("a text");
            assert_eq!(stored, lang.code());
            for locale in lang.locales() {
                assert_eq!(Lang::of_locale(locale), lang);
            }
        }
    }
}
