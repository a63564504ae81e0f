//! `/help`: three lines, and a button for each topic.

use super::custom_id::{HelpButton, SetupButton};
use super::message::{Button, Embed, Field, Message, Row, Style, Tone};
use super::phrases;
use heat_core::facts::Difficulty;
use heat_core::game::{Mode, score};
use heat_core::lang::Lang;

/// The first page, private.
#[must_use]
pub fn help(lang: Lang) -> Message {
    Message {
        embeds: vec![Embed {
            title: "Heat Check".to_owned(),
            description: WELCOME.to_owned(),
            tone: Tone::Plain,
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(vec![
            button(&SetupButton::Open {}, "Play", Style::Primary),
            button(&HelpButton::Daily {}, "Daily", Style::Secondary),
            button(&HelpButton::Points {}, "How points work", Style::Secondary),
            button(&HelpButton::Modes {}, "Modes", Style::Secondary),
            button(&HelpButton::Privacy {}, "Privacy", Style::Secondary),
        ])],
        ..Message::default()
    }
}

fn button(press: &impl ToString, label: &str, style: Style) -> Button {
    Button::new(press.to_string(), label, style)
}

const WELCOME: &str = "🎬 `/quiz`: everybody answers in secret, and every answer has its source. `/chain` links films by shared actors.
📅 `/daily`: five questions and a film a day, for you alone. *Past films* are there, too.
🔎 `/cast` and `/news` look things up, `/stats` and `/leaderboard` keep score, `/schedule` plans evenings.";

/// How points work.
#[must_use]
pub fn points(lang: Lang) -> Message {
    page(
        "How points work",
        &[("Points", &worth(lang)), ("Typed answers", TYPED)],
    )
}

/// The modes, and who may control a game.
#[must_use]
pub fn modes(lang: Lang) -> Message {
    page(
        "Modes",
        &[
            ("How they are won", &rules(lang)),
            ("How a game goes", PLAYING),
            ("Who may do what", CONTROL),
        ],
    )
}

/// What is stored, and how to get or delete it.
#[must_use]
pub fn privacy(lang: Lang) -> Message {
    page(
        "Privacy",
        &[("What I store", KNOWN), ("What is yours", YOURS)],
    )
}

fn page(title: &str, fields: &[(&str, &str)]) -> Message {
    let field = |(name, value): &(&str, &str)| Field {
        name: (*name).to_owned(),
        value: (*value).to_owned(),
        inline: false,
    };
    Message {
        embeds: vec![Embed {
            title: title.to_owned(),
            tone: Tone::Plain,
            fields: fields.iter().map(field).collect(),
            ..Embed::default()
        }],
        ..Message::default()
    }
}

const PLAYING: &str = "Your first answer counts. A question closes when its time is up, or once everybody has answered, but never in its first eight seconds: latecomers are welcome. **My misses** shows you alone what you got wrong, and why. **Report** tells the server's managers what is wrong with a question.";

const TYPED: &str = "Capitals, accents, punctuation, articles and small typos do not matter; a surname is enough where only one person has it; Heat II is Heat 2. Numbers are exact, and two names are no answer.";

const CONTROL: &str = "**Hint**: anyone who can answer. **Skip**: more than half of the players, or in classic and race the starter alone. **Pause** and **Stop**: the starter, or a member who may manage messages, unless this server has other rules. A pause begins after the open question; after ten minutes it ends the game. With `/quiz host:True` you run the evening instead of playing: you open each question, judge typed answers, give bonus points and call breaks.";

const KNOWN: &str = "I read no messages: only commands, buttons and what you type into my forms reach me. I store your answers, your points, your daily puzzles and your reports, under your Discord id.";

const YOURS: &str = "`/privacy export` gives you all of it as a file. `/privacy delete` deletes it. `/privacy typed` sets whether others see your wrong typed answers.";

fn rules(lang: Lang) -> String {
    let line = |mode: Mode| {
        let rule = phrases::mode_rule(lang, mode, false);
        format!("**{}**: {rule}", phrases::mode(lang, mode))
    };
    let alone = Mode::ALL.into_iter().filter(|mode| mode.rules().alone);
    let alone: Vec<&str> = alone.map(Mode::name).collect();
    format!(
        "{}\nIn a direct message you play alone: {}.",
        Mode::ALL.map(line).join("\n"),
        phrases::listed(lang, &alone),
    )
}

fn worth(lang: Lang) -> String {
    format!(
        "**Right**: {} points if it is easy, {} if medium, {} if hard\n**Fast**: up to half as much again, by Discord's own clock\n**In a row**: {} more for each right answer before it, at most {}\n**Last question**: double\n**Hint**: half\n**Wrong**: costs nothing\nIn a race only the first right answer scores; a clue ladder counts by clues.",
        score::base(Difficulty::Easy),
        score::base(Difficulty::Medium),
        score::base(Difficulty::Hard),
        score::STREAK_STEP,
        score::STREAK_STEP * u32::from(score::STREAK_CAP - 1),
    )
}
