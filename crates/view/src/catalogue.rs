//! The catalogue: every text that members read, in every language, as Fluent messages
//! (<https://projectfluent.org/fluent/guide/>).
//!
//! A language is a folder under `locales/`, with a file for each module of this crate. A message's
//! name begins with its file's. The catalogue is part of the program, so nothing has to be
//! installed with it. [`text!`] looks up a message; the tests here compare what the code asks for
//! with what exists. `docs/languages.md` says how to add a language.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use heat_core::lang::Lang;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

/// A value within a text: a number, whose plural the text may choose by, or a text.
pub type Value<'a> = FluentValue<'a>;

type Bundle = FluentBundle<FluentResource>;

/// The files of a language, listed once for all languages.
macro_rules! files {
    ($language:literal) => {
        files!(@ $language:
            "about",
            "awards",
            "badges",
            "cast",
            "card",
            "chain",
            "commands",
            "daily",
            "daily-archive",
            "daily-board",
            "daily-film",
            "faults",
            "final-card",
            "help",
            "hint",
            "host",
            "imports",
            "json",
            "leaderboard",
            "lobby",
            "misses",
            "modes",
            "moments",
            "news",
            "own-result",
            "packs",
            "paging",
            "permissions",
            "phrases",
            "privacy",
            "quiz",
            "race",
            "reply",
            "report-reason",
            "reports",
            "reveal",
            "revenge",
            "schedule",
            "scoreboard",
            "season",
            "settings",
            "setup",
            "share",
            "sources",
            "start",
            "stats",
            "teams",
            "thread",
            "unfair",
            "words",
            "write",
        )
    };
    (@ $language:literal: $($file:literal),+ $(,)?) => {
        [$((
            $file,
            include_str!(concat!("../locales/", $language, "/", $file, ".ftl")),
        )),+]
    };
}

/// A text in a language: `text!(lang, "reveal-title", number = 3)`. Names after the key are the
/// message's variables.
macro_rules! text {
    ($lang:expr, $key:literal $(,)?) => {
        $crate::catalogue::plain($lang, $key)
    };
    ($lang:expr, $key:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::catalogue::filled(
            $lang,
            $key,
            [$((stringify!($name), $crate::catalogue::Value::from($value))),+],
        )
    };
}
pub(crate) use text;

/// A text without variables.
#[must_use]
pub fn plain(lang: Lang, key: &str) -> String {
    filled(lang, key, [])
}

/// A text without variables in exactly this language; `None` if there is none.
#[must_use]
pub fn of(lang: Lang, key: &str) -> Option<String> {
    formatted(bundle(lang), key, &FluentArgs::new())
}

/// A text with its variables. A missing one is in English; the tests find it.
#[must_use]
pub fn filled<'a, const N: usize>(
    lang: Lang,
    key: &str,
    values: [(&'a str, Value<'a>); N],
) -> String {
    let args: FluentArgs<'a> = values.into_iter().collect();
    let found = formatted(bundle(lang), key, &args);
    let found = found.or_else(|| formatted(bundle(Lang::English), key, &args));
    found.unwrap_or_else(|| key.to_owned())
}

fn formatted(bundle: &Bundle, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let text = bundle.format_pattern(pattern, Some(args), &mut Vec::new());
    Some(text.into_owned())
}

/// A language's texts, read when the first one is needed.
fn bundle(lang: Lang) -> &'static Bundle {
    static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| read(Lang::English));
    static GERMAN: LazyLock<Bundle> = LazyLock::new(|| read(Lang::German));
    match lang {
        Lang::English => &ENGLISH,
        Lang::German => &GERMAN,
    }
}

/// A language's files: each one's name and text.
pub(crate) fn sources(lang: Lang) -> &'static [(&'static str, &'static str)] {
    match lang {
        Lang::English => &files!("en"),
        Lang::German => &files!("de"),
    }
}

/// What cannot be read is left out, and found by the tests.
fn read(lang: Lang) -> Bundle {
    let plurals: LanguageIdentifier = lang.code().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![plurals]);
    // Marks around names would show as boxes in some clients, and break mentions.
    bundle.set_use_isolating(false);
    for (_, text) in sources(lang) {
        let resource = FluentResource::try_new((*text).to_owned());
        let resource = resource.unwrap_or_else(|(readable, _)| readable);
        let _ = bundle.add_resource(resource);
    }
    bundle
}
