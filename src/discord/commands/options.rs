//! Options that several commands share, and how their values are read.

use crate::discord::app::App;
use crate::discord::command::FocusedOption;
use crate::discord::error::HandlerError;
use heat_core::facts::Difficulty;
use heat_core::game::{AnswerStyle, Mode, Settings};
use heat_core::library::{GuildLibrary, Library, SubjectRequest};
use heat_core::standing::Zone;
use heat_view::message::{Message, Suggestion};
use heat_view::phrases;
use serenity::all::{CommandOptionType, CreateCommandOption, ResolvedOption, ResolvedValue};

/// The option that takes a time zone, with suggestions.
pub const ZONE: &str = "time-zone";
/// How many suggestions Discord shows at once.
const SUGGESTIONS_MAX: usize = 25;

/// One of a command's subcommands.
pub fn subcommand(name: &str, description: &str) -> CreateCommandOption {
    CreateCommandOption::new(CommandOptionType::SubCommand, name, description)
}

/// A pack by its title or id, with suggestions.
pub fn pack(description: &str) -> CreateCommandOption {
    CreateCommandOption::new(CommandOptionType::String, "pack", description)
        .set_autocomplete(true)
        .max_length(100)
}

/// What the questions are about, with suggestions.
pub fn about(description: &str) -> CreateCommandOption {
    CreateCommandOption::new(CommandOptionType::String, "about", description)
        .set_autocomplete(true)
        .max_length(100)
}

/// How many rounds.
pub fn rounds(description: &str) -> CreateCommandOption {
    CreateCommandOption::new(CommandOptionType::Integer, "rounds", description)
        .min_int_value(1)
        .max_int_value(u64::from(Settings::ROUNDS_MAX))
}

/// How long each question stays open.
pub fn seconds(description: &str) -> CreateCommandOption {
    CreateCommandOption::new(CommandOptionType::Integer, "seconds", description)
        .min_int_value(u64::from(Settings::SECONDS_MIN))
        .max_int_value(u64::from(Settings::SECONDS_MAX))
}

/// How hard the questions are.
pub fn difficulty(description: &str) -> CreateCommandOption {
    CreateCommandOption::new(CommandOptionType::String, "difficulty", description)
        .add_string_choice("any", "any")
        .add_string_choice("easy", "easy")
        .add_string_choice("medium", "medium")
        .add_string_choice("hard", "hard")
}

/// How members answer.
pub fn answers(description: &str) -> CreateCommandOption {
    CreateCommandOption::new(CommandOptionType::String, "answers", description)
        .add_string_choice("buttons: four choices", "buttons")
        .add_string_choice("typed: write it yourself", "typed")
}

/// How a quiz is won: one of these modes.
pub fn mode(description: &str, modes: impl IntoIterator<Item = Mode>) -> CreateCommandOption {
    let option = CreateCommandOption::new(CommandOptionType::String, "mode", description);
    modes.into_iter().fold(option, |option, mode| {
        let (name, rule) = (mode.name(), phrases::mode_in_short(mode));
        option.add_string_choice(format!("{name}: {rule}"), name)
    })
}

/// Reads a value of [`difficulty`]; `None` means any.
pub fn read_difficulty(value: &str) -> Result<Option<Difficulty>, Message> {
    match value {
        "any" => Ok(None),
        "easy" => Ok(Some(Difficulty::Easy)),
        "medium" => Ok(Some(Difficulty::Medium)),
        "hard" => Ok(Some(Difficulty::Hard)),
        other => Err(heat_view::reply::unknown_choice("difficulty", other)),
    }
}

/// Reads a value of [`answers`].
pub fn read_answers(value: &str) -> Result<AnswerStyle, Message> {
    match value {
        "buttons" => Ok(AnswerStyle::Buttons),
        "typed" => Ok(AnswerStyle::Typed),
        other => Err(heat_view::reply::unknown_choice("way to answer", other)),
    }
}

/// Reads a value of [`mode`].
pub fn read_mode(value: &str) -> Result<Mode, Message> {
    Mode::named(value).ok_or_else(|| heat_view::reply::unknown_choice("mode", value))
}

/// The value of `pack` that means all packs together.
const ALL_PACKS: &str = "all";

/// The packs whose title or id contains what was typed.
pub fn suggest_pack(shelf: &GuildLibrary, typed: &str) -> Vec<Suggestion> {
    let typed = typed.to_lowercase();
    let all = (
        ALL_PACKS.to_owned(),
        heat_view::quiz::ALL_PACKS_TITLE.to_owned(),
    );
    let packs = shelf.packs().map(|p| (p.id.clone(), p.title.to_owned()));
    std::iter::once(all)
        .chain(packs)
        .filter(|(id, title)| id.contains(&typed) || title.to_lowercase().contains(&typed))
        .take(SUGGESTIONS_MAX)
        .map(|(value, title)| Suggestion {
            name: heat_view::escape::clip(&heat_view::escape::plain(&title), 100),
            value,
        })
        .collect()
}

/// Suggests films, the same during any game.
#[expect(
    clippy::unused_async,
    reason = "the command table awaits every completion"
)]
pub async fn complete_film(
    app: &App,
    typed: FocusedOption<'_>,
) -> Result<Vec<Suggestion>, HandlerError> {
    Ok(suggest_film(&app.library(), typed.text))
}

/// Works whose titles match what has been typed so far, or well-known films before the first
/// letter. The list does not depend on the game, so it gives nothing away.
fn suggest_film(library: &Library, typed: &str) -> Vec<Suggestion> {
    let facts = library.facts.open();
    if typed.trim().is_empty() {
        let known = heat_core::bank::film::well_known(&facts, SUGGESTIONS_MAX);
        return heat_view::cast::named(&facts, &known);
    }
    let hits = library.cast.works(typed);
    heat_view::cast::offers(&facts, &hits)
}

/// Reads a value of the option [`ZONE`].
pub fn read_zone(typed: &str, now_ms: i64) -> Result<Zone, Message> {
    Zone::meant(typed).ok_or_else(|| heat_view::settings::unknown_zone(typed, now_ms))
}

/// Subjects for a game that match what was typed.
pub fn suggest_about(shelf: &GuildLibrary, typed: &str) -> Vec<Suggestion> {
    let packs = shelf.packs().map(|p| (p.id.as_str(), p.title, p.questions));
    heat_view::about::suggestions(typed, packs, &shelf.suggest_about(typed))
}

/// Reads a value of [`about`]; `None` means anything.
pub fn read_about(shelf: &GuildLibrary, typed: &str) -> Result<Option<SubjectRequest>, Message> {
    let typed = typed.trim();
    if typed.is_empty() || typed.eq_ignore_ascii_case(heat_view::about::ANYTHING) {
        return Ok(None);
    }
    let wish = shelf.wish(typed);
    wish.map(Some)
        .map_err(|unknown| heat_view::about::unknown(typed, &unknown))
}

/// The pack that a member means: a suggestion's id, or a typed title. A text that matches no pack
/// is passed on unchanged, and refused when questions are chosen.
pub fn pack_id(shelf: &GuildLibrary, typed: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.is_empty()
        || typed.eq_ignore_ascii_case(ALL_PACKS)
        || typed == heat_view::quiz::ALL_PACKS_TITLE
    {
        return None;
    }
    let known = shelf
        .packs()
        .find(|p| p.id.eq_ignore_ascii_case(typed) || p.title.eq_ignore_ascii_case(typed));
    Some(known.map_or_else(|| typed.to_owned(), |p| p.id.clone()))
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
