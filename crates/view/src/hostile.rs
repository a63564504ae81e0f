//! Packs written to do harm, as members see them: nothing in their text may ping, link, hide or
//! break out of its surroundings.
//!
//! The same pack is rendered twice, once with hostile texts and once with harmless ones. Both must
//! have the same active markup.

use super::awards::Feats;
use super::message::{Message, Row};
use super::quiz::Frame;
use super::reveal::reveal;
use super::scoreboard::scoreboard;
use super::{cast, limits, news, packs, quiz, reply, start, write};
use heat_core::bank::{Answer, Question, Round};
use heat_core::cast::CastIndex;
use heat_core::exchange::{At, FileFlaw, LeftOut, Note, Place, Why};
use heat_core::facts::{EntityKind, EntityRef, FactBase, Fault, Flaw, is_deceptive, parse_pack};
use heat_core::game::{AnswerStyle, Game, GameId, Input, Mode, Pace, Settings, UserId};
use heat_core::id::InteractionId;
use heat_core::lang::Lang;
use heat_core::news::Topic;
use heat_core::writing::{Mistake, Part, Typed, Wrong};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A text that tries something, without anything for which a pack is refused.
fn hostile() -> impl Strategy<Value = String> {
    let trick = prop_oneof![
        Just("@everyone"),
        Just("@here"),
        Just("<@1>"),
        Just("<@&1>"),
        Just("<#1>"),
        Just("</quiz:1>"),
        Just("<:a:1>"),
        Just("<t:0:R>"),
        Just("[a](https://evil.example)"),
        Just("https://evil.example"),
        Just("<https://evil.example>"),
        Just("**"),
        Just("__"),
        Just("||"),
        Just("```"),
        Just("`"),
        Just("~~"),
        Just("*"),
        Just("_"),
        Just("\\"),
        Just("# "),
        Just("-# "),
        Just("> "),
        Just(">>> "),
        Just("- "),
        Just("1. "),
        Just("]("),
        Just(")"),
        Just("("),
        Just("["),
        Just(":fire:"),
        Just("a"),
        Just(" "),
        Just("é"),
    ];
    proptest::collection::vec(trick, 1..5)
        .prop_map(|tricks| tricks.concat().trim().to_owned())
        .prop_filter("nothing left", |text| !text.is_empty())
}

/// A small pack in which every free text is `text` with a number.
fn pack(text: &str) -> Option<FactBase> {
    let t = |n: u32| format!("{text} {n}");
    let url = "https://example.org/a(b)";
    let person = |n: u32| serde_json::json!({"id": format!("p{n}"), "name": t(n), "aliases": [t(n + 10)], "note": t(n + 20)});
    let character = |n: u32| serde_json::json!({"id": format!("c{n}"), "name": t(n + 30)});
    let cast = |n: u32| {
        serde_json::json!({
            "id": format!("f{n}"), "kind": "cast", "person": format!("p{n}"), "character": format!("c{n}"), "work": "w",
            "status": if n == 1 { "reported" } else { "confirmed" }, "as_of": t(n), "cites": [{"source": "s"}],
            "summary": t(n + 60), "topic": "casting", "difficulty": "easy", "news": "casting",
            "caveats": if n == 1 { vec!["f2"] } else { vec![] },
        })
    };
    let document = serde_json::json!({
        "id": "p", "title": t(90), "description": t(91),
        "sources": [{"id": "s", "title": t(92), "url": url}],
        "people": [person(1), person(2)],
        "characters": [character(1), character(2)],
        "works": [{"id": "w", "name": t(93), "form": "planned film"}],
        "facts": [cast(1), cast(2)],
    });
    let pack = parse_pack("p.json", &document.to_string()).ok()?;
    FactBase::build(vec![pack]).ok()
}

fn round(text: &str) -> Round {
    let t = |n: u32| format!("{text} {n}");
    let answer = |n: u32| Answer {
        text: t(n),
        entity: None,
    };
    let question = Question {
        id: "q".to_owned(),
        pack: "p".to_owned(),
        facts: Vec::new(),
        tells: Vec::new(),
        topic: heat_core::facts::Topic::Story,
        difficulty: heat_core::facts::Difficulty::Easy,
        template: "written".to_owned(),
        about: Vec::new(),
        prompt: t(0),
        answer: answer(1),
        accept: Vec::new(),
        distractors: vec![answer(2), answer(3), answer(4)],
        reason: t(5),
        // Longer than any that the bank makes.
        citation: t(6).repeat(200),
        url: Some("https://example.org/a(b)".to_owned()),
        lookup: None,
    };
    Round {
        question: Arc::new(question),
        choices: [Some(0), None, Some(1), Some(2)],
        clues: vec![t(7), t(8)],
        typed: None,
    }
}

/// Every message that shows text from a pack.
fn messages(lang: Lang, text: &str) -> Option<Vec<Message>> {
    let base = pack(text)?;
    let mut all = look_ups(lang, text, &base);
    all.extend(game(lang, text)?);
    all.extend(replies(lang, text, &base)?);
    Some(all)
}

fn look_ups(lang: Lang, text: &str, base: &FactBase) -> Vec<Message> {
    let index = CastIndex::build(base);
    let about = CastIndex::of_news(base);
    let mut all = Vec::new();
    for (kind, id) in [
        (EntityKind::Person, "p1"),
        (EntityKind::Character, "c2"),
        (EntityKind::Work, "w"),
    ] {
        let entity = EntityRef::new(kind, id);
        all.push(cast::show(lang, &index, base, &entity, 1));
        all.push(news::show(lang, base, Topic::Headlines, Some(&entity), 1));
    }
    all.extend(Topic::ALL.map(|topic| news::show(lang, base, topic, None, 1)));
    all.extend(cast::lookup(lang, &index, base, &format!("{text} nothing like it")).err());
    let about_nothing = format!("{text} nothing like it");
    all.extend(news::lookup(lang, &about, base, Topic::Casting, Some(&about_nothing)).err());
    all
}

fn game(lang: Lang, text: &str) -> Option<Vec<Message>> {
    let frame = Frame {
        lang,
        game: GameId(1),
        code: "K7TQ2M4X".to_owned(),
        pack_title: format!("{text} 90"),
        known: BTreeMap::new(),
    };
    let settings = Settings {
        packs: heat_core::bank::PackList::default(),
        about: None,
        rounds: 1,
        seconds: 20,
        difficulty: None,
        starter: UserId(7),
        solo: false,
        answers: AnswerStyle::Buttons,
        mode: Mode::Classic,
        pace: Pace::Usual,
        opponent: None,
        rematch: false,
        finale: true,
        hosted: false,
    };
    let mut game = Game::new(settings, vec![round(text)], 0, 7);
    let mut all = vec![
        start::started(&frame, &game),
        quiz::question(&frame, &game, 0, 20_000),
    ];
    let steps = [
        (Input::Deadline, 0),
        (
            Input::Posted {
                round: 0,
                message: heat_core::game::MessageId(5),
                posted_at_ms: 0,
            },
            0,
        ),
        (Input::Deadline, 60_000),
    ];
    for (input, at_ms) in steps {
        game.apply(input, at_ms).ok()?;
    }
    all.push(reveal(&frame, &game)?);
    all.push(scoreboard(&frame, &game, &Feats::default()));
    Some(all)
}

fn replies(lang: Lang, text: &str, base: &FactBase) -> Option<Vec<Message>> {
    let lines = [packs::Line {
        id: "p",
        title: &format!("{text} 90"),
        questions: 3,
        is_own: true,
        is_off: true,
    }];
    let asked = round(text).question;
    let left_out = [LeftOut {
        place: Place {
            file: format!("{text}.csv"),
            at: At::Line(3),
        },
        text: text.to_owned(),
        why: Why::UnknownTopic {
            cell: text.to_owned(),
        },
    }];
    let column = Note::ColumnsIgnored {
        file: format!("{text}.csv"),
        columns: text.to_owned(),
    };
    let twice = FileFlaw::UnknownHeader {
        columns: text.to_owned(),
    };
    let flaw = Flaw::RightAsWrong {
        text: text.to_owned(),
    };
    let fault = Fault::new(text, text, flaw.clone());
    let mistakes = [Wrong::Here(flaw), Wrong::Elsewhere(fault.clone())].map(|what| Mistake {
        part: Part::Wrong,
        what,
    });
    Some(vec![
        packs::list(lang, &lines),
        packs::preview(
            lang,
            &packs::Preview {
                pack: base.packs().first()?,
                questions: &[&asked, &asked],
                left_out: &left_out,
                notes: &[column],
                guessed_encoding: None,
                replaces: true,
                upload: InteractionId(9),
            },
        ),
        packs::nothing(lang, &format!("{text}.csv"), &left_out),
        packs::stored(lang, &format!("{text} 90"), 3),
        packs::removed(lang, "an-id", &format!("{text} 90")),
        packs::unknown(lang, text),
        packs::unreadable(lang, packs::Unreadable::Content(text, &twice)),
        packs::faulty(lang, text, &[fault]),
        write::mistakes(lang, &Typed::default(), &mistakes, InteractionId(7)),
        reply::locked_in(lang, Some(1), &format!("{text} 1")),
        reply::unknown_code(lang, text),
    ])
}

/// The texts of a message in which Discord reads markdown.
fn read_as_markdown(message: &Message) -> Vec<&str> {
    let mut texts = vec![message.content.as_str()];
    for embed in &message.embeds {
        texts.extend([embed.title.as_str(), &embed.description]);
        texts.extend(
            embed
                .fields
                .iter()
                .flat_map(|field| [field.name.as_str(), &field.value]),
        );
    }
    texts
}

/// The active markup in a text, sorted. Anything after a backslash is inactive.
fn at_work(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines() {
        found.push("line".to_owned());
        let begins = line.trim_start();
        let digits = begins.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_numbered = digits.len() < begins.len() && digits.starts_with(". ");
        if is_numbered || begins.starts_with(['#', '>', '-', '+']) {
            found.push(format!("line {}", &begins[..1]));
        }
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' => {
                    chars.next();
                }
                '*' | '_' | '~' | '`' | '|' | '<' | '[' | ']' => found.push(c.to_string()),
                ':' if chars.peek() == Some(&'/') => found.push("://".to_owned()),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

fn check(lang: Lang, text: &str) -> Result<(), TestCaseError> {
    // The same number of characters, so that both wrap and truncate alike.
    let harmless = "x".repeat(text.chars().count());
    let (Some(bad), Some(good)) = (messages(lang, text), messages(lang, &harmless)) else {
        return Ok(());
    };
    prop_assert_eq!(bad.len(), good.len());
    for (bad, good) in bad.iter().zip(&good) {
        prop_assert_eq!(limits::check(bad), Ok(()));
        let (texts, plain) = (read_as_markdown(bad), read_as_markdown(good));
        for text in &texts {
            prop_assert!(
                !text.contains("@everyone") && !text.contains("@here"),
                "{}",
                text
            );
        }
        let all = |texts: &[&str]| -> Vec<String> {
            let mut found: Vec<String> = texts.iter().flat_map(|text| at_work(text)).collect();
            found.sort();
            found
        };
        prop_assert_eq!(all(&texts), all(&plain), "{:#?}\n{:#?}", texts, plain);
        for row in &bad.rows {
            let labels: Vec<&String> = match row {
                Row::Buttons(buttons) => buttons.iter().map(|button| &button.label).collect(),
                Row::Select(menu) => menu.options.iter().map(|option| &option.label).collect(),
            };
            prop_assert!(
                labels.iter().all(|label| !label.contains(is_deceptive)),
                "{:?}",
                labels
            );
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_text_of_a_pack_is_active_markup(lang in select(Lang::ALL.to_vec()), text in hostile()) {
        check(lang, &text)?;
    }
}

#[test]
fn the_tricks_do_appear_in_the_messages() {
    let all = messages(Lang::English, "**a** <@1>").expect("a sound pack and a whole game");
    let texts: String = all.iter().flat_map(read_as_markdown).collect();
    assert!(
        all.len() > 15 && texts.matches("\\<@").count() > 20,
        "{texts}"
    );
    assert!(at_work("**a** \\*b\\* <@1> x://y").len() > 5);
}
