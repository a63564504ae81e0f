//! Options that several commands share, and how their values are read.

use crate::discord::app::App;
use crate::discord::command::FocusedOption;
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use heat_core::bank::PackList;
use heat_core::facts::Difficulty;
use heat_core::game::{AnswerStyle, Mode, Settings};
use heat_core::lang::Lang;
use heat_core::library::{GuildLibrary, Library, ListedPack, SubjectRequest};
use heat_core::standing::Zone;
use heat_view::message::{Message, Suggestion};
use serenity::all::{CommandOptionType, CreateCommandOption, ResolvedOption, ResolvedValue};

/// The option that takes a time zone, with suggestions.
pub const ZONE: &str = "time-zone";
/// How many suggestions Discord shows at once.
const SUGGESTIONS_MAX: usize = 25;

/// An option. The catalogue describes it in every language (`locales/*/commands.ftl`).
pub fn option(kind: CommandOptionType, name: &str) -> CreateCommandOption {
    CreateCommandOption::new(kind, name, "")
}

/// One of a command's subcommands.
pub fn subcommand(name: &str) -> CreateCommandOption {
    option(CommandOptionType::SubCommand, name)
}

/// An option with these values. The catalogue has their labels.
pub fn choice(name: &str, values: &[&str]) -> CreateCommandOption {
    let option = option(CommandOptionType::String, name);
    values.iter().fold(option, |option, value| {
        option.add_string_choice(*value, *value)
    })
}

/// The longest list of packs that can be typed, in characters.
const LIST_CHARS_MAX: u16 = 300;

/// Packs by title or id, separated by commas, with suggestions for the last one.
pub fn pack() -> CreateCommandOption {
    option(CommandOptionType::String, "pack")
        .set_autocomplete(true)
        .max_length(LIST_CHARS_MAX)
}

/// What the questions are about, with suggestions.
pub fn about() -> CreateCommandOption {
    option(CommandOptionType::String, "about")
        .set_autocomplete(true)
        .max_length(100)
}

/// How many rounds.
pub fn rounds() -> CreateCommandOption {
    option(CommandOptionType::Integer, "rounds")
        .min_int_value(1)
        .max_int_value(u64::from(Settings::ROUNDS_MAX))
}

/// How long each question stays open.
pub fn seconds() -> CreateCommandOption {
    option(CommandOptionType::Integer, "seconds")
        .min_int_value(u64::from(Settings::SECONDS_MIN))
        .max_int_value(u64::from(Settings::SECONDS_MAX))
}

/// How hard the questions are.
pub fn difficulty() -> CreateCommandOption {
    choice("difficulty", &["any", "easy", "medium", "hard"])
}

/// How members answer.
pub fn answers() -> CreateCommandOption {
    choice("answers", &["buttons", "typed"])
}

/// How a quiz is won: one of these modes.
pub fn mode(modes: impl IntoIterator<Item = Mode>) -> CreateCommandOption {
    let names: Vec<&str> = modes.into_iter().map(Mode::name).collect();
    choice("mode", &names)
}

/// Reads a value of [`difficulty`]; `None` means any.
pub fn read_difficulty(langs: Langs, value: &str) -> Result<Option<Difficulty>, Message> {
    match value {
        "any" => Ok(None),
        "easy" => Ok(Some(Difficulty::Easy)),
        "medium" => Ok(Some(Difficulty::Medium)),
        "hard" => Ok(Some(Difficulty::Hard)),
        other => Err(heat_view::reply::unknown_choice(
            langs.member,
            "difficulty",
            other,
        )),
    }
}

/// Reads a value of [`answers`].
pub fn read_answers(langs: Langs, value: &str) -> Result<AnswerStyle, Message> {
    match value {
        "buttons" => Ok(AnswerStyle::Buttons),
        "typed" => Ok(AnswerStyle::Typed),
        other => Err(heat_view::reply::unknown_choice(
            langs.member,
            "answers",
            other,
        )),
    }
}

/// Reads a value of [`mode`].
pub fn read_mode(langs: Langs, value: &str) -> Result<Mode, Message> {
    Mode::named(value).ok_or_else(|| heat_view::reply::unknown_choice(langs.member, "mode", value))
}

/// The value of `pack` that means all packs together.
const ALL_PACKS: &str = "all";

/// The packs whose title or id contains what was typed after the last comma, each together with the
/// packs before that comma.
pub fn suggest_pack(langs: Langs, library: &GuildLibrary, typed: &str) -> Vec<Suggestion> {
    if let Some((before, last)) = typed.rsplit_once(',')
        && let Some(before) = known_packs(library, before)
    {
        return suggest_one_more(library, &before, last.trim());
    }
    let all = heat_view::quiz::all_packs_title(langs.member);
    let all = (ALL_PACKS, all.as_str());
    let packs = library.playable_packs();
    let packs = packs.map(|pack| (pack.id.as_str(), pack.title));
    suggest_of(std::iter::once(all).chain(packs), typed)
}

/// Suggests the packs whose id or title contains what was typed. `packs` are ids with titles.
pub fn suggest_of<'a>(
    packs: impl IntoIterator<Item = (&'a str, &'a str)>,
    typed: &str,
) -> Vec<Suggestion> {
    let typed = typed.to_lowercase();
    let found = packs.into_iter();
    let found = found.filter(|(id, title)| contains(id, title, &typed));
    let suggestions = found.map(|(id, title)| suggestion(title, id.to_owned()));
    suggestions.take(SUGGESTIONS_MAX).collect()
}

/// Whether a pack's id or title contains what was typed, given in lower case.
fn contains(id: &str, title: &str, typed: &str) -> bool {
    id.contains(typed) || title.to_lowercase().contains(typed)
}

fn suggestion(title: &str, value: String) -> Suggestion {
    let name = heat_view::escape::clip(&heat_view::escape::plain(title), 100);
    Suggestion { name, value }
}

fn suggest_one_more(library: &GuildLibrary, before: &PackList, typed: &str) -> Vec<Suggestion> {
    let typed = typed.to_lowercase();
    let named = library.title_of(before).unwrap_or_default();
    let fits = |pack: &ListedPack<'_>| {
        let is_new = !before.ids().contains(pack.id);
        is_new && contains(pack.id, pack.title, &typed)
    };
    let packs = library.playable_packs().filter(fits);
    let suggestions = packs.map(|pack| {
        let titles = format!("{named} + {}", pack.title);
        suggestion(&titles, format!("{},{}", before.ids().join(","), pack.id))
    });
    // Discord takes no longer value.
    let suggestions = suggestions.filter(|suggestion| suggestion.value.len() <= 100);
    suggestions.take(SUGGESTIONS_MAX).collect()
}

/// Suggests films, the same during any game.
#[expect(
    clippy::unused_async,
    reason = "the command table awaits every completion"
)]
pub async fn complete_film(
    langs: Langs,
    app: &App,
    typed: FocusedOption<'_>,
) -> Result<Vec<Suggestion>, HandlerError> {
    Ok(suggest_film(langs, &app.library(), typed.text))
}

/// Works whose titles match what has been typed so far, or well-known films before the first
/// letter. The list does not depend on the game, so it gives nothing away.
fn suggest_film(langs: Langs, library: &Library, typed: &str) -> Vec<Suggestion> {
    let facts = library.facts.open();
    if typed.trim().is_empty() {
        let known = heat_core::bank::film::well_known(&facts, SUGGESTIONS_MAX);
        return heat_view::cast::named(langs.member, &facts, &known);
    }
    let hits = library.cast.works(typed);
    heat_view::cast::offers(langs.member, &facts, &hits)
}

/// Reads a value of the option [`ZONE`].
pub fn read_zone(langs: Langs, typed: &str, now_ms: i64) -> Result<Zone, Message> {
    Zone::meant(typed).ok_or_else(|| heat_view::settings::unknown_zone(langs.member, typed, now_ms))
}

/// Subjects for a game that match what was typed.
pub fn suggest_about(langs: Langs, library: &GuildLibrary, typed: &str) -> Vec<Suggestion> {
    let packs = library.playable_packs();
    let packs = packs.map(|p| (p.id.as_str(), p.title, p.questions));
    heat_view::about::suggestions(langs.member, typed, packs, &library.suggest_about(typed))
}

/// Reads a value of [`about`]; `None` means anything.
pub fn read_about(
    langs: Langs,
    library: &GuildLibrary,
    typed: &str,
) -> Result<Option<SubjectRequest>, Message> {
    let typed = typed.trim();
    if heat_view::about::is_anything(langs.member, typed) {
        return Ok(None);
    }
    library
        .subject_request(typed)
        .map(Some)
        .map_err(|unknown| heat_view::about::unknown(langs.member, typed, &unknown))
}

/// The packs that a member means: suggested ids or typed titles, separated by commas. A text that
/// matches no pack is passed on unchanged, and refused when questions are chosen.
pub fn pack_list(library: &GuildLibrary, typed: &str) -> PackList {
    let typed = typed.trim();
    let is_title = |lang| typed == heat_view::quiz::all_packs_title(lang);
    if typed.is_empty()
        || typed.eq_ignore_ascii_case(ALL_PACKS)
        || Lang::ALL.into_iter().any(is_title)
    {
        return PackList::default();
    }
    let known = known_packs(library, typed);
    known.unwrap_or_else(|| PackList::from_iter([typed]))
}

/// The packs of a list, if all of them are here. A title may itself contain a comma.
fn known_packs(library: &GuildLibrary, typed: &str) -> Option<PackList> {
    let id = |typed: &str| {
        let is_meant = |pack: &ListedPack<'_>| {
            pack.id.eq_ignore_ascii_case(typed) || pack.title.eq_ignore_ascii_case(typed)
        };
        library.packs().find(is_meant).map(|pack| pack.id.clone())
    };
    let one = id(typed.trim()).map(|id| PackList::from_iter([id]));
    one.or_else(|| typed.split(',').map(|part| id(part.trim())).collect())
}

/// The names of the subcommand and its group, and its options.
pub fn path<'a, 'o>(
    options: &'o [ResolvedOption<'a>],
) -> Option<(Vec<&'a str>, &'o [ResolvedOption<'a>])> {
    let first = options.first()?;
    match &first.value {
        ResolvedValue::SubCommand(options) => Some((vec![first.name], options)),
        ResolvedValue::SubCommandGroup(inner) => {
            let sub = inner.first()?;
            match &sub.value {
                ResolvedValue::SubCommand(options) => Some((vec![first.name, sub.name], options)),
                _ => None,
            }
        }
        _ => None,
    }
}
