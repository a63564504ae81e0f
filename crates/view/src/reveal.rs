//! A closed question: the right answer, why, and who got it.

use super::catalogue::text;
use super::custom_id::{CustomId, GameButton, RecapButton};
use super::escape::{clip, escape, escape_clipped, link};
use super::host;
use super::limits::FIELD_VALUE_MAX;
use super::message::{Button, Embed, Field, Message, Row, Style, Tone};
use super::moments;
use super::phrases;
use super::quiz::{
    Frame, choice_button, choice_list, clue_list, footer, has_long_choices, letter, pause_button,
    question_title, stop_button,
};
use super::sentences;
use super::teams;
use heat_core::bank::{Question, Round};
use heat_core::facts::fold;
use heat_core::facts::limits::{CITATION_LENGTH_MAX, length};
use heat_core::game::{CloseReason, EndReason, Game, GivenAnswer, Phase, Response, UserId};
use heat_core::lang::Lang;

/// Starts the line about when the next question comes.
const NEXT: &str = "⏭️";
/// Starts the line about who paused the game.
const PAUSED: &str = "⏸️";
/// The most winners named for a race's question taken in the same millisecond.
const TAKERS_MAX: usize = 3;
/// The fewest answers for showing bars.
const PICKS_MIN: usize = 2;
/// How many places the standings after a question show.
const STANDINGS_MAX: usize = 3;
/// How much of an answer is repeated, in characters.
const QUOTE_MAX: usize = 40;
/// The most players listed by name under a reveal; the others are counted.
const REVEAL_PLAYERS: usize = 10;
/// The most sentences of a reason: a game does not wait for more.
const REASON_SENTENCES_MAX: usize = 2;

/// A closed question: the right choice, who got it, and why it is right.
///
/// Renders the round that closed last; `None` if there is none, or the next one is already being
/// asked.
#[must_use]
pub fn reveal(frame: &Frame, game: &Game) -> Option<Message> {
    let (round_index, _, reason) = game.last_closed()?;
    if game.answers_of() != round_index {
        return None;
    }
    let round = game.rounds().get(usize::from(round_index))?;
    let asked = &round.question;
    let typed = game.is_typed(round_index);
    let choices = if !typed && has_long_choices(round) {
        format!("{}\n\n", choice_list(round))
    } else {
        String::new()
    };
    let clues = clue_list(round, round.clues.len()).unwrap_or_default();
    let mut description = format!(
        "**{}**{clues}\n\n{choices}✅ **{}{}**",
        escape(&asked.prompt),
        if typed {
            String::new()
        } else {
            format!("{} · ", letter(round.correct()))
        },
        escape(&asked.answer.text),
    );
    let moment = moments::moment(frame.lang, game, round_index, reason);
    description.extend(moment.map(|moment| format!("\n*{moment}*")));
    description.extend(taken_by(frame.lang, game));
    description.extend(whats_next(frame.lang, game));
    description.extend(pause_note(frame.lang, game));
    description.extend(held_note(frame.lang, game));
    let mut fields = vec![why_of(frame.lang, round)];
    let picks = picks(frame.lang, game, round, typed);
    fields.extend(outcome(frame, game, round, picks.is_some()));
    fields.extend(host::rulings(frame, game));
    fields.extend(host::bonuses_after(frame.lang, game, round_index));
    fields.extend(picks);
    fields.extend(lives_lost(frame.lang, game, round_index, reason));
    fields.extend(standings(frame.lang, game, round_index));
    let mut rows = Vec::with_capacity(3);
    if !typed {
        let choices = (0..4)
            .filter_map(|i| choice_button(frame, round, round_index, i))
            .enumerate()
            .map(|(i, button)| marked(button, i == usize::from(round.correct())));
        rows.push(Row::Buttons(choices.collect()));
    }
    let mut follow_ups = follow_up_buttons(frame, game, asked);
    // In a direct message there is nobody to report to.
    if !game.settings().solo {
        let report = RecapButton::Report {
            game: frame.game,
            round: round_index,
        };
        follow_ups.push(Button::new(
            report.to_string(),
            text!(frame.lang, "reveal-report"),
            Style::Secondary,
        ));
    }
    if !follow_ups.is_empty() {
        rows.push(Row::Buttons(follow_ups));
    }
    rows.extend(host::controls(frame, game));
    Some(Message {
        embeds: vec![Embed {
            title: format!(
                "{} · {}",
                question_title(frame.lang, game, round_index),
                closed_because(frame.lang, game, reason)
            ),
            description,
            tone: Tone::Good,
            fields,
            footer: footer(frame),
            ..Embed::default()
        }],
        rows,
        ..Message::default()
    })
}

/// The reveal once the next question is posted below it, without what is outdated by then.
#[must_use]
pub fn settled(revealed: &Message) -> Message {
    let mut message = revealed.clone();
    for embed in &mut message.embeds {
        let lines = embed.description.lines();
        let is_past = |line: &&str| line.starts_with(NEXT) || line.starts_with(PAUSED);
        let kept: Vec<&str> = lines.filter(|line| !is_past(line)).collect();
        let mut rest = kept.join("\n");
        rest.truncate(rest.trim_end().len());
        embed.description = rest;
    }
    message.rows.retain_mut(|row| {
        let Row::Buttons(buttons) = row else {
            return true;
        };
        let is_of_the_past = |button: &Button| {
            let id = CustomId::parse(&button.custom_id);
            let steers = |button: &GameButton| {
                matches!(
                    button,
                    GameButton::Pause { .. } | GameButton::Resume { .. } | GameButton::Stop { .. }
                )
            };
            match id {
                Some(CustomId::Game(button)) => steers(&button),
                Some(CustomId::Host(_)) => true,
                _ => false,
            }
        };
        buttons.retain(|button| !is_of_the_past(button));
        !buttons.is_empty()
    });
    message
}

/// When the next question comes, or the end.
fn whats_next(lang: Lang, game: &Game) -> Option<String> {
    let Phase::Waiting { next, until_ms } = game.phase() else {
        return None;
    };
    let is_over = usize::from(next) >= game.rounds().len();
    let when = phrases::relative_time(until_ms);
    let what = if is_over {
        text!(lang, "reveal-final-scores", when = when)
    } else {
        text!(lang, "reveal-next-question", when = when)
    };
    Some(format!("\n{NEXT} {what}"))
}

/// Who won a race's question.
fn taken_by(lang: Lang, game: &Game) -> Option<String> {
    if !game.settings().rules().first_right_takes_it {
        return None;
    }
    let takers: Vec<String> = game
        .answers()
        .iter()
        .filter(|(_, given)| given.points > 0)
        .take(TAKERS_MAX)
        .map(|(user, given)| {
            let seconds = phrases::seconds(lang, given.elapsed_ms);
            text!(
                lang,
                "reveal-taken-in",
                user = format!("<@{user}>"),
                seconds = seconds
            )
        })
        .collect();
    let winners = takers.join(", ");
    (!takers.is_empty()).then(|| format!("\n{}", text!(lang, "reveal-taken", winners = winners)))
}

/// What everyone picked, as bars with the names of those who were wrong. One answer is too few for
/// bars.
fn picks(lang: Lang, game: &Game, round: &Round, typed: bool) -> Option<Field> {
    let answers = game.answers();
    if typed || answers.len() < PICKS_MIN {
        return None;
    }
    let picked = |choice: u8| -> Vec<UserId> {
        let is_it = |given: &GivenAnswer| given.response == Response::Choice { choice };
        let who = answers.iter().filter(|(_, given)| is_it(given));
        who.map(|(user, _)| *user).collect()
    };
    let picks: Vec<Vec<UserId>> = (0..4).map(picked).collect();
    let most = picks.iter().map(Vec::len).max().unwrap_or(0);
    let mut named = REVEAL_PLAYERS;
    let mut lines = Vec::with_capacity(picks.len());
    let mut unpicked = Vec::new();
    for (choice, who) in (0..).zip(&picks) {
        let (letter, bar) = (letter(choice), phrases::bar(who.len(), most));
        if choice == round.correct() {
            // Those who were right have lines of their own.
            lines.push(format!("✅ **{letter}** {bar}"));
        } else if who.is_empty() {
            unpicked.push(format!("**{letter}**"));
        } else {
            lines.push(format!("▫️ **{letter}** {bar}{}", names(who, named)));
            named = named.saturating_sub(who.len());
        }
    }
    if !unpicked.is_empty() {
        lines.push(format!("▫️ {} –", unpicked.join(" ")));
    }
    Some(Field {
        name: text!(lang, "reveal-picks"),
        value: lines.join("\n"),
        inline: false,
    })
}

/// " · @Foley @Grip"; at most `room` of them.
fn names(users: &[UserId], room: usize) -> String {
    let shown = users.iter().take(room).map(|user| format!("<@{user}>"));
    let mut names: Vec<String> = shown.collect();
    if names.is_empty() {
        return String::new();
    }
    if users.len() > room {
        names.push("…".to_owned());
    }
    format!(" · {}", names.join(" "))
}

/// The top three with how they moved, from the second question on.
fn standings(lang: Lang, game: &Game, round: u16) -> Option<Field> {
    let lines = game.standings();
    let has_points = lines.iter().any(|line| line.points > 0);
    if round == 0 || lines.len() < 2 || !has_points || game.settings().rules().lives.is_some() {
        return None;
    }
    if game.settings().rules().teams {
        return Some(Field {
            name: text!(lang, "reveal-standings"),
            value: teams::standings(lang, game).join("\n"),
            inline: false,
        });
    }
    let lines: Vec<String> = lines
        .into_iter()
        .take(STANDINGS_MAX)
        .map(|line| {
            let medal = phrases::medal(line.rank, u64::from(line.points));
            let points = phrases::thousands(lang, u64::from(line.points));
            let moved = match line.moved {
                Some(n) if n > 0 => format!(" ▲{n}"),
                Some(n) if n < 0 => format!(" ▼{}", n.unsigned_abs()),
                _ => String::new(),
            };
            format!("{medal} <@{}> {points}{moved}", line.user)
        })
        .collect();
    Some(Field {
        name: text!(lang, "reveal-standings"),
        value: lines.join("\n"),
        inline: false,
    })
}

/// A choice that can no longer be pressed, with a mark if it was right.
pub(super) fn marked(button: Button, right: bool) -> Button {
    Button {
        label: if right {
            format!("✓ {}", button.label)
        } else {
            button.label
        },
        style: if right {
            Style::Success
        } else {
            Style::Secondary
        },
        disabled: true,
        ..button
    }
}

/// At most four.
fn follow_up_buttons(frame: &Frame, game: &Game, asked: &Question) -> Vec<Button> {
    let mut buttons = Vec::with_capacity(4);
    if let Some(custom_id) = asked.lookup.as_ref().and_then(super::cast::custom_id) {
        buttons.push(Button::new(
            custom_id,
            text!(frame.lang, "reveal-look-up"),
            Style::Secondary,
        ));
    }
    let (next, paused) = match game.phase() {
        Phase::Held { .. } => {
            buttons.push(stop_button(frame));
            return buttons;
        }
        // It waits for its host after each question anyway.
        Phase::Waiting { .. } if game.host().is_some() => return buttons,
        Phase::Waiting { next, .. } => (next, false),
        Phase::Paused { next, .. } => (next, true),
        _ => return buttons,
    };
    if usize::from(next) >= game.rounds().len() {
        return buttons;
    }
    if paused {
        buttons.push(Button::new(
            GameButton::Resume { game: frame.game }.to_string(),
            text!(frame.lang, "reveal-resume"),
            Style::Primary,
        ));
        buttons.push(stop_button(frame));
    } else {
        buttons.push(pause_button(frame));
    }
    buttons
}

/// Why a round's answer is right. A ladder's reason repeats its clues, which are shown above it, so
/// there the source is enough.
fn why_of(lang: Lang, round: &Round) -> Field {
    let asked = &round.question;
    let is_above = round.clues.iter().any(|clue| asked.reason.contains(clue));
    if !is_above || asked.citation.is_empty() {
        return why(lang, asked);
    }
    Field {
        name: text!(lang, "reveal-source-title"),
        value: source(asked, FIELD_VALUE_MAX),
        inline: false,
    }
}

/// Why the answer is right, as a field of its own.
pub(super) fn why(lang: Lang, asked: &Question) -> Field {
    Field {
        name: text!(lang, "reveal-why"),
        value: why_text(lang, asked, FIELD_VALUE_MAX),
        inline: false,
    }
}

/// Why the answer is right, with the source, in at most `room` characters.
pub(super) fn why_text(lang: Lang, asked: &Question, room: usize) -> String {
    let source = source_line(lang, asked, room);
    let room = room.saturating_sub(length(&source));
    let reason = sentences::first(&asked.reason, REASON_SENTENCES_MAX);
    format!("{}{source}", clip(&escape(reason), room))
}

/// The source on a line of its own, with its address unless that leaves too little room for the reason.
///
/// The limit counts here too: a question may have been made before there was one.
fn source_line(lang: Lang, asked: &Question, room: usize) -> String {
    if asked.citation.is_empty() {
        return String::new();
    }
    format!(
        "\n{}",
        text!(lang, "reveal-source", source = source(asked, room))
    )
}

fn source(asked: &Question, room: usize) -> String {
    let citation = clip(&asked.citation, CITATION_LENGTH_MAX);
    let address = asked.url.as_deref();
    let linked = address.and_then(|address| link(&citation, address));
    let linked = linked.filter(|linked| length(linked) <= room / 3 * 2);
    linked.unwrap_or_else(|| escape(&citation))
}

/// A lone player's result.
fn own_outcome(lang: Lang, game: &Game, round: &Round) -> Field {
    let own = game.answers().iter().next();
    let (name, value) = match own {
        None => (text!(lang, "reveal-own-none"), nobody_answered(lang, game)),
        Some((user, given)) if given.correct => (
            text!(lang, "reveal-own-right"),
            how_right(lang, game, *user, given, round),
        ),
        Some((_, given)) => (
            text!(lang, "reveal-own-wrong"),
            given_text(lang, given, round),
        ),
    };
    Field {
        name,
        value,
        inline: true,
    }
}

/// Who was right and who was not, unless the bars name the latter.
fn outcome(frame: &Frame, game: &Game, round: &Round, has_bars: bool) -> Vec<Field> {
    if game.settings().solo {
        return vec![own_outcome(frame.lang, game, round)];
    }
    let mut right: Vec<_> = game.answers().iter().filter(|(_, g)| g.correct).collect();
    right.sort_by_key(|(user, g)| (g.elapsed_ms, **user));
    let wrong: Vec<_> = game.answers().iter().filter(|(_, g)| !g.correct).collect();
    if game.answers().is_empty() {
        return vec![Field {
            name: text!(frame.lang, "reveal-nobody"),
            value: nobody_answered(frame.lang, game),
            inline: false,
        }];
    }
    let mut fields = Vec::new();
    if !right.is_empty() {
        let mut lines: Vec<String> = right
            .iter()
            .take(REVEAL_PLAYERS)
            .map(|(user, given)| right_line(frame.lang, game, **user, given, round))
            .collect();
        if let [fastest, _, ..] = &mut lines[..] {
            fastest.push_str(" ⚡");
        }
        let all = game.settings().rules().settles_at_close() && right.len() > 1;
        let n = right.len();
        fields.push(Field {
            name: if all {
                text!(frame.lang, "reveal-had-it", n = n)
            } else {
                text!(frame.lang, "reveal-right", n = n)
            },
            value: listed(frame.lang, lines, n),
            inline: true,
        });
    }
    if !wrong.is_empty() && !has_bars {
        let lines: Vec<String> = wrong
            .iter()
            .take(REVEAL_PLAYERS)
            .map(|(user, given)| wrong_line(frame, **user, given, round))
            .collect();
        fields.push(Field {
            name: text!(frame.lang, "reveal-missed", n = wrong.len()),
            value: listed(frame.lang, lines, wrong.len()),
            inline: true,
        });
    }
    fields
}

/// What to say where there is no answer to a question.
fn nobody_answered(lang: Lang, game: &Game) -> String {
    match game.phase() {
        Phase::Ended(EndReason::Stopped) => text!(lang, "reveal-stopped-first"),
        Phase::Waiting { next, .. } | Phase::Paused { next, .. } | Phase::Held { next, .. }
            if usize::from(next) < game.rounds().len() =>
        {
            text!(lang, "reveal-next-waits")
        }
        _ => text!(lang, "reveal-was-last"),
    }
}

/// What a right answer was typed as, where that is not just how it is written here.
fn typed_as<'a>(given: &'a GivenAnswer, round: &Round) -> Option<&'a str> {
    match &given.response {
        Response::Typed { text } if fold(text) != fold(&round.question.answer.text) => Some(text),
        _ => None,
    }
}

fn right_line(lang: Lang, game: &Game, user: UserId, given: &GivenAnswer, round: &Round) -> String {
    let team = game.team_of(user).map(|team| teams::name(lang, team));
    let team = team.map_or(String::new(), |team| format!(" {team}"));
    let how = how_right(lang, game, user, given, round);
    format!("<@{user}>{team} {how}")
}

/// "+212 · 3.2 s · with a hint".
fn how_right(lang: Lang, game: &Game, user: UserId, given: &GivenAnswer, round: &Round) -> String {
    let late = game.settings().rules().settles_at_close() && given.points == 0;
    let won = if late && game.is_beyond_tries(user) {
        text!(lang, "reveal-beyond-tries")
    } else if late {
        text!(lang, "reveal-not-first")
    } else {
        format!("+{}", given.points)
    };
    let mut parts = vec![won, phrases::seconds(lang, given.elapsed_ms)];
    if given.streak >= phrases::STREAK_MIN {
        parts.push(text!(lang, "reveal-streak", n = given.streak));
    }
    if game.hint(user).is_some() {
        parts.push(text!(lang, "reveal-with-hint"));
    }
    if given.judged {
        parts.push(text!(lang, "reveal-by-host"));
    } else if let Some(text) = typed_as(given, round) {
        parts.push(text!(
            lang,
            "reveal-accepted-as",
            typed = quoted(lang, text),
            answer = escape(&round.question.answer.text)
        ));
    }
    parts.join(" · ")
}

/// What was typed may be anything, and may have been private: it is shown only if its member and
/// the server allow that.
fn wrong_line(frame: &Frame, user: UserId, given: &GivenAnswer, round: &Round) -> String {
    match given.response {
        Response::Typed { .. } if !frame.may_quote(user) => format!("<@{user}>"),
        _ => format!("<@{user}> {}", given_text(frame.lang, given, round)),
    }
}

/// What was answered, in few words.
fn given_text(lang: Lang, given: &GivenAnswer, round: &Round) -> String {
    match &given.response {
        Response::Choice { choice } => {
            let text = round.choice(*choice).map_or("", |c| c.text.as_str());
            format!("{} · {}", letter(*choice), escape_clipped(text, QUOTE_MAX))
        }
        Response::Typed { text } => quoted(lang, text),
    }
}

fn quoted(lang: Lang, typed: &str) -> String {
    phrases::quoted(lang, &escape_clipped(typed, QUOTE_MAX))
}

/// What a hosted game waits for.
fn held_note(lang: Lang, game: &Game) -> Option<String> {
    let (on_break, text) = host::waiting_for(lang, game)?;
    let sign = if on_break { PAUSED } else { NEXT };
    Some(format!("\n\n{sign} {text}"))
}

fn pause_note(lang: Lang, game: &Game) -> Option<String> {
    let Phase::Paused { until_ms, by, .. } = game.phase() else {
        return None;
    };
    let ends = phrases::relative_time(until_ms);
    let settings = game.settings();
    let note = if settings.solo {
        text!(lang, "reveal-paused-alone", when = ends)
    } else {
        text!(
            lang,
            "reveal-paused",
            by = format!("<@{by}>"),
            when = ends,
            starter = format!("<@{}>", settings.starter)
        )
    };
    Some(format!("\n\n{PAUSED} {note}"))
}

/// Who lost a life over this round.
fn lives_lost(lang: Lang, game: &Game, round: u16, reason: CloseReason) -> Option<Field> {
    if matches!(reason, CloseReason::Skipped | CloseReason::Stopped) {
        return None;
    }
    let was_right = |user| game.answers().get(user).is_some_and(|given| given.correct);
    if game.spares_all() {
        return Some(Field {
            name: text!(lang, "reveal-spared"),
            value: text!(lang, "reveal-spared-all"),
            inline: true,
        });
    }
    let solo = game.settings().solo;
    let name = |user: &UserId| {
        if solo {
            String::new()
        } else {
            format!("<@{user}> ")
        }
    };
    let mut lines: Vec<String> = game
        .seats()
        .iter()
        .filter(|(user, seat)| {
            let played = seat.lives != Some(0) || seat.fell_in == Some(round);
            played && !was_right(user)
        })
        .filter_map(|(user, seat)| Some(name(user) + &phrases::lives(lang, seat.lives?)))
        .collect();
    let all = lines.len();
    lines.truncate(REVEAL_PLAYERS);
    (all > 0).then(|| Field {
        name: text!(lang, "reveal-lost-life"),
        value: listed(lang, lines, all),
        inline: true,
    })
}

/// As many of the lines as fit in a field, and how many of `all` are left.
fn listed(lang: Lang, mut lines: Vec<String>, all: usize) -> String {
    loop {
        let left = all.saturating_sub(lines.len());
        let rest = (left > 0).then(|| text!(lang, "reveal-and-more", n = left));
        let text = [lines.join("\n")]
            .into_iter()
            .filter(|text| !text.is_empty());
        let text = text.chain(rest).collect::<Vec<_>>().join("\n");
        if length(&text) <= FIELD_VALUE_MAX || lines.pop().is_none() {
            return text;
        }
    }
}

fn closed_because(lang: Lang, game: &Game, reason: CloseReason) -> String {
    match reason {
        CloseReason::Everyone if game.settings().solo => text!(lang, "reveal-closed-answered"),
        CloseReason::TimeUp => text!(lang, "reveal-closed-time-up"),
        CloseReason::Everyone => text!(lang, "reveal-closed-everyone"),
        CloseReason::Taken => text!(lang, "reveal-closed-taken"),
        CloseReason::Skipped => text!(lang, "reveal-closed-skipped"),
        CloseReason::Stopped => text!(lang, "reveal-closed-stopped"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use heat_core::bank::Answer;
    use heat_core::facts::{Difficulty, Topic};

    fn question(text: &str, url: &str) -> Question {
        let answer = Answer {
            text: text.chars().take(72).collect(),
            entity: None,
        };
        Question {
            id: "q".to_owned(),
            pack: "p".to_owned(),
            facts: Vec::new(),
            tells: Vec::new(),
            topic: Topic::Story,
            difficulty: Difficulty::Easy,
            template: "written".to_owned(),
            about: Vec::new(),
            prompt: text.to_owned(),
            accept: Vec::new(),
            distractors: vec![answer.clone(); 3],
            answer,
            reason: text.to_owned(),
            citation: text.to_owned(),
            url: Some(url.to_owned()),
            lookup: None,
        }
    }

    /// Under a question it is alone in its field; in the list of misses up to 324 characters
    /// precede it.
    #[test]
    fn a_reason_and_its_source_fit_however_long_they_are() {
        let addresses = ["https://example.org/a", "x", ""].map(str::to_owned);
        let long = ["x", "("].map(|c| format!("https://{}", c.repeat(292)));
        for address in addresses.iter().chain(&long) {
            for text in ["x", "*", "@", "é", "🔥", "a b. "] {
                let asked = question(&text.repeat(2_000), address);
                for (lang, room) in Lang::ALL.into_iter().flat_map(|l| [(l, 1024), (l, 700)]) {
                    let why = why_text(lang, &asked, room);
                    assert!(length(&why) <= room, "{text}{address}");
                    let (reason, source) = why.split_once("\n-# ").unwrap_or_default();
                    assert!(length(reason) > 80 && length(source) > 290, "{why}");
                }
            }
        }
    }

    #[test]
    fn an_address_gives_way_to_the_reason() {
        let address = format!("https://{}", "x".repeat(290));
        let asked = question("Short.", &address);
        assert!(
            why_text(Lang::English, &asked, 1024)
                .ends_with(&format!("Source: [Short.]({address})"))
        );
        assert_eq!(
            why_text(Lang::English, &asked, 400),
            "Short.\n-# Source: Short."
        );
    }
}
