//! A hosted game: the host's buttons, their two private panels, and what everyone sees of their
//! decisions.

use super::catalogue::text;
use super::custom_id::HostButton;
use super::escape::{clip, escape, escape_clipped, plain};
use super::limits::{DESCRIPTION_MAX, FIELD_VALUE_MAX, OPTION_MAX};
use super::message::{Button, Embed, Field, Message, Row, Select, SelectOption, Style, Tone};
use super::modes;
use super::phrases;
use super::quiz::{Frame, stop_button};
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
    let host = format!("<@{host}>");
    Some(if typed {
        text!(lang, "host-introduction-typed", host = host)
    } else {
        text!(lang, "host-introduction", host = host)
    })
}

/// The buttons of a game that has not asked its first question.
pub(super) fn opening(frame: &Frame, game: &Game) -> Vec<Row> {
    let Phase::Held { next: 0, .. } = game.phase() else {
        return Vec::new();
    };
    let first = text!(frame.lang, "host-first-question");
    vec![Row::Buttons(vec![
        next_button(frame, 0, first),
        stop_button(frame),
    ])]
}

/// The buttons of the host under a closed question.
pub(super) fn controls(frame: &Frame, game: &Game) -> Option<Row> {
    let Phase::Held { next, on_break, .. } = game.phase() else {
        return None;
    };
    let (lang, id) = (frame.lang, frame.game);
    let left = game.rounds().len().saturating_sub(usize::from(next));
    let go_on = match left {
        0 => text!(lang, "host-final-scores"),
        1 => text!(lang, "host-last-question"),
        _ => text!(lang, "host-next-question"),
    };
    let mut buttons = vec![next_button(frame, next, go_on)];
    let mut add = |press: HostButton, label: String| {
        buttons.push(Button::new(press.to_string(), label, Style::Secondary));
    };
    let judged = game.unconfirmed().filter(|round| game.is_typed(*round));
    if let Some(round) = judged
        && !game.answers().is_empty()
    {
        add(
            HostButton::Judge { game: id, round },
            text!(lang, "host-judge"),
        );
    }
    if !game.players().is_empty() {
        add(HostButton::Bonus { game: id }, text!(lang, "host-bonus"));
    }
    if left > 0 && !on_break {
        add(
            HostButton::Break { game: id, next },
            text!(lang, "host-break"),
        );
    }
    if left > 1 {
        add(
            HostButton::LastRound { game: id, next },
            text!(lang, "host-one-last-question"),
        );
    }
    Some(Row::Buttons(buttons))
}

fn next_button(frame: &Frame, next: u16, label: String) -> Button {
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
    let host = format!("<@{}>", game.host()?);
    let until = phrases::relative_time(until_ms);
    let which = if game.is_finale(next) {
        "finale"
    } else if usize::from(next) + 1 == game.rounds().len() {
        "last"
    } else if next == 0 {
        "first"
    } else {
        "next"
    };
    let text = if usize::from(next) >= game.rounds().len() {
        text!(lang, "host-shows-scores", host = host, until = until)
    } else if on_break {
        text!(
            lang,
            "host-opens-after-break",
            which = which,
            host = host,
            until = until
        )
    } else {
        text!(
            lang,
            "host-opens",
            which = which,
            host = host,
            until = until
        )
    };
    Some((on_break, text))
}

/// What the host decided about typed answers. What was typed may have been private, so it is
/// repeated only if somebody who typed it allows that.
pub(super) fn rulings(frame: &Frame, game: &Game) -> Option<Field> {
    let typed = game.typed_answers();
    let judged = |correct: bool| {
        let of = typed
            .iter()
            .filter(|answer| answer.judged && answer.correct == correct);
        let answers: Vec<String> = of.map(|answer| named(frame, answer)).collect();
        let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
        (!answers.is_empty()).then(|| phrases::listed(frame.lang, &answers))
    };
    let accepted = judged(true);
    let accepted = accepted.map(|all| text!(frame.lang, "host-also-accepted", answers = all));
    let refused = judged(false);
    let refused = refused.map(|all| text!(frame.lang, "host-not-accepted", answers = all));
    let lines: Vec<String> = accepted.into_iter().chain(refused).collect();
    (!lines.is_empty()).then(|| Field {
        name: text!(frame.lang, "host-judged"),
        value: clip(&lines.join("\n"), FIELD_VALUE_MAX),
        inline: false,
    })
}

fn named(frame: &Frame, answer: &TypedAnswer) -> String {
    if answer.users.iter().any(|user| frame.may_quote(*user)) {
        return quoted(frame.lang, answer);
    }
    match &answer.users[..] {
        [user] => text!(frame.lang, "host-answer-of", user = format!("<@{user}>")),
        users => text!(frame.lang, "host-answer-of-several", n = users.len()),
    }
}

fn quoted(lang: Lang, answer: &TypedAnswer) -> String {
    phrases::quoted(lang, &escape_clipped(&answer.text, QUOTE_MAX))
}

/// The bonuses since this round closed, and those of earlier rounds that were taken back since.
pub(super) fn bonuses_after(lang: Lang, game: &Game, round: u16) -> Option<Field> {
    let line = |bonus: &Bonus| match bonus.undone {
        None if bonus.round == round => Some(bonus_line(bonus)),
        Some(undone) if undone == round && bonus.round < round => {
            Some(format!("↩️ <@{}> −{}", bonus.user, bonus.points))
        }
        _ => None,
    };
    let lines: Vec<String> = game.bonuses().iter().filter_map(line).collect();
    (!lines.is_empty()).then(|| Field {
        name: text!(lang, "host-bonus-given"),
        value: clip(&lines.join("\n"), FIELD_VALUE_MAX),
        inline: false,
    })
}

fn bonus_line(bonus: &Bonus) -> String {
    format!("🎁 <@{}> +{}", bonus.user, bonus.points)
}

/// All bonuses of a game, for its scoreboard; empty if there are none.
pub(super) fn all_bonuses(lang: Lang, game: &Game) -> String {
    let mut users: Vec<UserId> = game.standing_bonuses().map(|bonus| bonus.user).collect();
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
        parts.push(text!(lang, "host-bonuses-more", n = all - users.len()));
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    text!(lang, "host-bonuses", list = phrases::listed(lang, &parts))
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
        rows.push(menu(lang, press, text!(lang, "host-count-right"), answers));
    }
    if let Some(answers) = accepted.chunks(MENU_MAX).next() {
        let press = HostButton::Wrong {
            game: game_id,
            round: round_index,
        };
        rows.push(menu(lang, press, text!(lang, "host-count-wrong"), answers));
    }
    let mut lines = Vec::new();
    if let Some(round) = game.rounds().get(usize::from(round_index)) {
        lines.push(format!("**{}**", escape(&round.question.prompt)));
        lines.push(format!("✅ **{}**", escape(&round.question.answer.text)));
        lines.push(String::new());
    }
    let judged = typed.iter().filter(|answer| answer.judged);
    lines.extend(judged.map(|answer| {
        let quoted = quoted(lang, answer);
        if answer.correct {
            text!(lang, "host-accepted", answer = quoted)
        } else {
            text!(lang, "host-refused", answer = quoted)
        }
    }));
    let (right, wrong) = (accepted.len(), refused.len());
    lines.push(text!(lang, "host-counted", right = right, wrong = wrong));
    let shown = refused.len().min(MENU_MAX * REFUSED_MENUS_MAX) + accepted.len().min(MENU_MAX);
    if shown < typed.len() {
        lines.push(text!(lang, "host-judge-more", n = typed.len() - shown));
    }
    lines.push(text!(lang, "host-judge-note"));
    panel(text!(lang, "host-judge-title"), &lines, rows)
}

fn menu(
    lang: Lang,
    press: HostButton,
    placeholder: String,
    answers: &[(u16, &TypedAnswer)],
) -> Row {
    let option = |(at, answer): &(u16, &TypedAnswer)| {
        let text = phrases::quoted(lang, &clip(&plain(&answer.text), LINE_MAX));
        let label = match answer.users.len() {
            1 => text,
            n => format!(
                "{text} · {}",
                phrases::count(lang, n, phrases::Counted::Members)
            ),
        };
        SelectOption {
            label: clip(&label, OPTION_MAX),
            value: at.to_string(),
            chosen: false,
        }
    };
    Row::Select(Select {
        custom_id: press.to_string(),
        placeholder,
        options: answers.iter().map(option).collect(),
    })
}

/// The host's private panel for giving bonus points.
#[must_use]
pub fn bonus_panel(lang: Lang, frame: &Frame, game: &Game) -> Message {
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
            let options = users
                .iter()
                .map(|user| player_option(lang, frame, game, *user));
            rows.push(Row::Select(Select {
                custom_id: press.to_string(),
                placeholder: text!(lang, "host-points-for", points = points),
                options: options.collect(),
            }));
        }
    }
    let unnamed = players.iter().filter(|user| name(frame, **user).is_none());
    let bonuses = game.bonuses().iter();
    let bonuses = bonuses.map(|bonus| match bonus.undone {
        None => bonus_line(bonus),
        Some(_) => text!(lang, "host-bonus-undone", bonus = bonus_line(bonus)),
    });
    let mut lines: Vec<String> = bonuses.collect();
    rows.extend(game.last_bonus().map(|nth| {
        let undo = HostButton::Undo {
            game: frame.game,
            nth,
        };
        let label = text!(lang, "host-undo-bonus");
        Row::Buttons(vec![Button::new(undo.to_string(), label, Style::Secondary)])
    }));
    lines.extend(unnamed.take(MENU_MAX).map(|user| {
        text!(
            lang,
            "host-number-is",
            number = place(game, *user),
            user = format!("<@{user}>")
        )
    }));
    let left = phrases::thousands(lang, u64::from(left));
    lines.push(text!(lang, "host-bonus-left", points = left));
    panel(text!(lang, "host-bonus-title"), &lines, rows)
}

/// The players in the menus of [`bonus_panel`] whose names are unknown, because this process has not
/// met them yet.
#[must_use]
pub fn unnamed(frame: &Frame, game: &Game) -> Vec<UserId> {
    let ranking = game.ranking().into_iter().map(|(_, user, _)| user);
    let shown = ranking.take(MENU_MAX * PLAYER_MENUS_MAX);
    shown.filter(|user| name(frame, *user).is_none()).collect()
}

fn player_option(lang: Lang, frame: &Frame, game: &Game, user: UserId) -> SelectOption {
    let points = game.players().get(&user).map_or(0, |player| player.points);
    let name =
        name(frame, user).unwrap_or_else(|| text!(lang, "host-number", number = place(game, user)));
    let line = text!(
        lang,
        "host-player",
        name = clip(&name, LINE_MAX),
        points = phrases::thousands(lang, u64::from(points))
    );
    SelectOption {
        label: clip(&line, OPTION_MAX),
        value: user.to_string(),
        chosen: false,
    }
}

/// A player's name. After a restart it is unknown until they press something, or it is looked up.
fn name(frame: &Frame, user: UserId) -> Option<String> {
    let known = frame.known.get(&user)?;
    Some(plain(&known.name)).filter(|name| !name.is_empty())
}

/// A player's number by the order of the menus, from 1.
fn place(game: &Game, user: UserId) -> usize {
    let ranking = game.ranking();
    let at = ranking.iter().position(|(_, other, _)| *other == user);
    at.map_or(0, |at| at + 1)
}

fn panel(title: String, lines: &[String], rows: Vec<Row>) -> Message {
    Message {
        embeds: vec![Embed {
            title,
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
    Message::sentence(text!(
        lang,
        "host-not-in-mode",
        mode = modes::name(lang, mode),
        modes = phrases::listed(lang, &modes)
    ))
}

/// A host in a direct message.
#[must_use]
pub fn not_alone(lang: Lang) -> Message {
    Message::sentence(text!(lang, "host-not-alone"))
}

/// A host where the bot can only answer commands.
#[must_use]
pub fn not_where_mute(lang: Lang) -> Message {
    Message::sentence(text!(lang, "host-not-where-mute"))
}
