//! A hosted game: the host's buttons, their two private panels, and what everyone sees of their
//! decisions.

use super::custom_id::{GameButton, HostButton};
use super::escape::{clip, escape, plain};
use super::limits::{DESCRIPTION_MAX, FIELD_VALUE_MAX, OPTION_MAX};
use super::message::{Button, Embed, Field, Message, Row, Select, SelectOption, Style, Tone};
use super::phrases;
use super::quiz::Frame;
use heat_core::game::{BONUS_STEPS, Bonus, Game, Mode, Phase, TypedAnswer, UserId};
use heat_core::lang::Lang;

/// Lines of one menu.
const MENU_MAX: usize = 25;
/// Menus of refused answers in the panel; one more has the accepted ones.
const REFUSED_MENUS_MAX: usize = 3;
/// Menus of players for each number of points.
const PLAYER_MENUS_MAX: usize = 2;
/// How much of a typed answer is repeated in public, in characters.
const QUOTE_MAX: usize = 40;
/// How much of a typed answer a line of the panel repeats.
const LINE_MAX: usize = 80;
/// How many players a line about bonuses names.
const BONUS_LINES_MAX: usize = 10;

/// What a game with a host is like, for its start.
pub(super) fn introduction(lang: Lang, game: &Game) -> Option<String> {
    let host = game.host()?;
    let typed = (0_u16..)
        .zip(game.rounds())
        .any(|(at, _)| game.is_typed(at));
    let reads = if typed {
        " The host reads what you type once a question is closed, and may accept it."
    } else {
        ""
    };
    Some(format!(
        "🎙️ <@{host}> hosts: they open each question and do not play.{reads}"
    ))
}

/// The buttons of a game that has not asked its first question.
pub(super) fn opening(frame: &Frame, game: &Game) -> Vec<Row> {
    let Phase::Held { next: 0, .. } = game.phase() else {
        return Vec::new();
    };
    let id = frame.game;
    vec![Row::Buttons(vec![
        next_button(frame, 0, "First question"),
        Button::new(
            GameButton::Stop { game: id }.to_string(),
            "Stop",
            Style::Danger,
        ),
    ])]
}

/// The buttons of the host under a closed question.
pub(super) fn controls(frame: &Frame, game: &Game) -> Option<Row> {
    let Phase::Held { next, on_break, .. } = game.phase() else {
        return None;
    };
    let id = frame.game;
    let left = game.rounds().len().saturating_sub(usize::from(next));
    let go_on = match left {
        0 => "Final scores",
        1 => "Last question",
        _ => "Next question",
    };
    let mut buttons = vec![next_button(frame, next, go_on)];
    let mut add = |press: HostButton, label: &str| {
        buttons.push(Button::new(press.to_string(), label, Style::Secondary));
    };
    let judged = game.unconfirmed().filter(|round| game.is_typed(*round));
    if let Some(round) = judged
        && !game.answers().is_empty()
    {
        add(HostButton::Judge { game: id, round }, "Judge answers");
    }
    if !game.players().is_empty() {
        add(HostButton::Bonus { game: id }, "Bonus");
    }
    if left > 0 && !on_break {
        add(HostButton::Break { game: id, next }, "Break");
    }
    if left > 1 {
        add(
            HostButton::LastRound { game: id, next },
            "One last question",
        );
    }
    Some(Row::Buttons(buttons))
}

fn next_button(frame: &Frame, next: u16, label: &str) -> Button {
    let game = frame.game;
    Button::new(
        HostButton::Next { game, next }.to_string(),
        label,
        Style::Primary,
    )
}

/// What a held game waits for, and until when; without the sign in front.
pub(super) fn waiting_for(lang: Lang, game: &Game) -> Option<(bool, String)> {
    let Phase::Held {
        next,
        until_ms,
        on_break,
    } = game.phase()
    else {
        return None;
    };
    let host = game.host()?;
    let until = phrases::relative_time(until_ms);
    let text = if usize::from(next) >= game.rounds().len() {
        format!("<@{host}> shows the final scores, at the latest {until}.")
    } else {
        let what = if game.is_finale(next) {
            "the last question, worth double"
        } else if usize::from(next) + 1 == game.rounds().len() {
            "the last question"
        } else if next == 0 {
            "the first question"
        } else {
            "the next question"
        };
        let opens = if on_break {
            format!("Break! When everyone has a drink, <@{host}> opens")
        } else {
            format!("<@{host}> opens")
        };
        format!("{opens} {what}. The game ends {until} otherwise.")
    };
    Some((on_break, text))
}

/// What the host decided about typed answers. What was typed may have been private: it is repeated
/// only with the leave of somebody who typed it.
pub(super) fn rulings(frame: &Frame, game: &Game) -> Option<Field> {
    let typed = game.typed_answers();
    let judged = |correct: bool| {
        let of = typed
            .iter()
            .filter(|answer| answer.judged && answer.correct == correct);
        of.map(|answer| named(frame, answer)).collect::<Vec<_>>()
    };
    let line = |what: &str, answers: &[String]| {
        let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
        (!answers.is_empty()).then(|| format!("{what} {}.", phrases::listed(frame.lang, &answers)))
    };
    let lines = [
        line("The host also accepted", &judged(true)),
        line("The host did not accept", &judged(false)),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    (!lines.is_empty()).then(|| Field {
        name: "Judged".to_owned(),
        value: clip(&lines.join("\n"), FIELD_VALUE_MAX),
        inline: false,
    })
}

fn named(frame: &Frame, answer: &TypedAnswer) -> String {
    if answer.users.iter().any(|user| frame.may_quote(*user)) {
        return format!("“{}”", escape(&clip(&answer.text, QUOTE_MAX)));
    }
    match &answer.users[..] {
        [user] => format!("the answer of <@{user}>"),
        users => format!("an answer that {} members gave", users.len()),
    }
}

/// The bonuses since this round closed.
pub(super) fn bonuses_after(lang: Lang, game: &Game, round: u16) -> Option<Field> {
    let given = game.bonuses().iter().filter(|bonus| bonus.round == round);
    let lines: Vec<String> = given.map(bonus_line).collect();
    (!lines.is_empty()).then(|| Field {
        name: "Bonus from the host".to_owned(),
        value: clip(&lines.join("\n"), FIELD_VALUE_MAX),
        inline: false,
    })
}

fn bonus_line(bonus: &Bonus) -> String {
    format!("🎁 <@{}> +{}", bonus.user, bonus.points)
}

/// All bonuses of a game, for its scoreboard; empty if there are none.
pub(super) fn all_bonuses(lang: Lang, game: &Game) -> String {
    let mut users: Vec<UserId> = game.bonuses().iter().map(|bonus| bonus.user).collect();
    users.sort_unstable();
    users.dedup();
    if users.is_empty() {
        return String::new();
    }
    let all = users.len();
    users.truncate(BONUS_LINES_MAX);
    let mut parts: Vec<String> = users
        .iter()
        .map(|user| format!("<@{user}> +{}", game.bonus_of(*user)))
        .collect();
    if all > users.len() {
        parts.push(format!("{} more", all - users.len()));
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    format!("🎁 Bonus from the host: {}.", phrases::listed(lang, &parts))
}

/// The host's private panel for judging the typed answers to a closed question. It says what was
/// typed, but not by whom.
#[must_use]
pub fn judge_panel(lang: Lang, frame: &Frame, game: &Game, round_index: u16) -> Message {
    let typed = game.typed_answers();
    let numbered = || (0_u16..).zip(&typed);
    let refused: Vec<_> = numbered().filter(|(_, answer)| !answer.correct).collect();
    let accepted: Vec<_> = numbered().filter(|(_, answer)| answer.correct).collect();
    let game_id = frame.game;
    let mut rows = Vec::new();
    let menus = refused.chunks(MENU_MAX).take(REFUSED_MENUS_MAX);
    for (part, answers) in (0_u8..).zip(menus) {
        let press = HostButton::Right {
            game: game_id,
            round: round_index,
            part,
        };
        rows.push(menu(frame.lang, press, "Count as right …", answers));
    }
    if let Some(answers) = accepted.chunks(MENU_MAX).next() {
        let press = HostButton::Wrong {
            game: game_id,
            round: round_index,
        };
        rows.push(menu(frame.lang, press, "Count as wrong …", answers));
    }
    let mut lines = Vec::new();
    if let Some(round) = game.rounds().get(usize::from(round_index)) {
        lines.push(format!("**{}**", escape(&round.question.prompt)));
        lines.push(format!("✅ **{}**", escape(&round.question.answer.text)));
        lines.push(String::new());
    }
    let judged = typed.iter().filter(|answer| answer.judged);
    lines.extend(judged.map(|answer| {
        let did = if answer.correct {
            "You accepted"
        } else {
            "You refused"
        };
        format!("{did} “{}”.", escape(&clip(&answer.text, QUOTE_MAX)))
    }));
    lines.push(format!(
        "Counted as right: {} · as wrong: {}",
        phrases::count(lang, accepted.len(), phrases::Counted::Answers),
        refused.len(),
    ));
    let shown = refused.len().min(MENU_MAX * REFUSED_MENUS_MAX) + accepted.len().min(MENU_MAX);
    if shown < typed.len() {
        lines.push(format!(
            "{} more do not fit here; judge some of these first.",
            typed.len() - shown
        ));
    }
    lines.push(
        "Points follow at once, for everyone who typed it, and you can change your mind until you go on.".to_owned(),
    );
    panel("Judge the answers", &lines, rows)
}

fn menu(lang: Lang, press: HostButton, placeholder: &str, answers: &[(u16, &TypedAnswer)]) -> Row {
    let option = |(at, answer): &(u16, &TypedAnswer)| {
        let text = clip(&plain(&answer.text), LINE_MAX);
        let label = match answer.users.len() {
            1 => format!("“{text}”"),
            n => format!("“{text}” · {n} members"),
        };
        SelectOption {
            label: clip(&label, OPTION_MAX),
            value: at.to_string(),
            chosen: false,
        }
    };
    Row::Select(Select {
        custom_id: press.to_string(),
        placeholder: placeholder.to_owned(),
        options: answers.iter().map(option).collect(),
    })
}

/// The host's private panel for giving bonus points.
#[must_use]
pub fn bonus_panel(frame: &Frame, game: &Game) -> Message {
    let left = game.bonus_left();
    let ranking = game.ranking();
    let players: Vec<UserId> = ranking.iter().map(|(_, user, _)| *user).collect();
    let nth = u16::try_from(game.bonuses().len()).unwrap_or(u16::MAX);
    let mut rows = Vec::new();
    for points in BONUS_STEPS.into_iter().filter(|points| *points <= left) {
        let menus = players.chunks(MENU_MAX).take(PLAYER_MENUS_MAX);
        for (part, users) in (0_u8..).zip(menus) {
            let press = HostButton::Give {
                game: frame.game,
                nth,
                points,
                part,
            };
            let options = users.iter().map(|user| player_option(frame, game, *user));
            rows.push(Row::Select(Select {
                custom_id: press.to_string(),
                placeholder: format!("+{points} for …"),
                options: options.collect(),
            }));
        }
    }
    let unnamed = players.iter().filter(|user| name(frame, **user).is_none());
    let mut lines: Vec<String> = game.bonuses().iter().map(bonus_line).collect();
    lines.extend(unnamed.take(MENU_MAX).map(|user| {
        let place = place(frame.lang, game, *user);
        format!("{place} is <@{user}>")
    }));
    lines.push(format!(
        "Left for this game: {} points. They count on tonight's board, not on the server's.",
        phrases::thousands(frame.lang, u64::from(left)),
    ));
    panel("Bonus points", &lines, rows)
}

fn player_option(frame: &Frame, game: &Game, user: UserId) -> SelectOption {
    let points = game.players().get(&user).map_or(0, |player| player.points);
    let name = name(frame, user).unwrap_or_else(|| place(frame.lang, game, user));
    SelectOption {
        label: clip(
            &format!(
                "{} · {} points",
                clip(&name, LINE_MAX),
                phrases::thousands(frame.lang, u64::from(points))
            ),
            OPTION_MAX,
        ),
        value: user.to_string(),
        chosen: false,
    }
}

/// A player's name; after a restart it is unknown until they press something.
fn name(frame: &Frame, user: UserId) -> Option<String> {
    let known = frame.known.get(&user)?;
    Some(plain(&known.name)).filter(|name| !name.is_empty())
}

/// "Number 3", by the order of the menus.
fn place(lang: Lang, game: &Game, user: UserId) -> String {
    let ranking = game.ranking();
    let at = ranking.iter().position(|(_, other, _)| *other == user);
    format!("Number {}", at.map_or(0, |at| at + 1))
}

fn panel(title: &str, lines: &[String], rows: Vec<Row>) -> Message {
    Message {
        embeds: vec![Embed {
            title: title.to_owned(),
            description: clip(&lines.join("\n"), DESCRIPTION_MAX),
            tone: Tone::Plain,
            ..Embed::default()
        }],
        rows,
        ..Message::default()
    }
}

/// A mode that cannot have a host.
#[must_use]
pub fn not_in_mode(lang: Lang, mode: Mode) -> Message {
    let modes = Mode::ALL
        .into_iter()
        .filter(|mode| mode.rules().can_be_hosted);
    let modes: Vec<String> = modes.map(|mode| format!("`{}`", mode.name())).collect();
    let modes: Vec<&str> = modes.iter().map(String::as_str).collect();
    Message::sentence(format!(
        "{} cannot have a host. Choose one of the modes {}.",
        phrases::mode(lang, mode),
        phrases::listed(lang, &modes),
    ))
}

/// A host in a direct message.
#[must_use]
pub fn not_alone(lang: Lang) -> Message {
    Message::sentence("A host takes an audience. Start it in a server that has added me.")
}

/// A host where the bot can only answer commands.
#[must_use]
pub fn not_where_mute(lang: Lang) -> Message {
    Message::sentence(
        "A hosted game may wait for long, and here I can speak only just after a command. Choose a channel where I may post; `/settings check` says what that takes.",
    )
}
