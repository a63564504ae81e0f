//! Cards of all kinds of members.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use super::fonts::{Fonts, Weight};
use super::{Picture, draw, final_card, paint, stats};
use heat_core::id::UserId;
use heat_core::lang::Lang;
use heat_core::standing::{Record, Share, Standing};
use heat_view::final_card::{self as view, FinalSheet};
use heat_view::stats::{Days, Member, Place, Sheet, sheet};
use resvg::tiny_skia::Pixmap;

fn card_of(name: &str, points: u64, topics: &[(&str, u64, u64)]) -> Sheet {
    card_in(Lang::English, name, points, topics)
}

fn card_in(lang: Lang, name: &str, points: u64, topics: &[(&str, u64, u64)]) -> Sheet {
    let standing = Standing {
        rank: 3,
        user: UserId(7),
        points,
        correct: 312,
        answered: 400,
    };
    let record = Record {
        games: 57,
        answered: 400,
        correct: 312,
        streak: 4,
        streak_best: 23,
        typical_ms: Some(4_230),
        fastest_ms: Some(1_310),
        wins: 12,
        perfect_games: 0,
        quick_row_best: 3,
        topics: topics
            .iter()
            .map(|(topic, answered, correct)| {
                let share = Share {
                    answered: *answered,
                    correct: *correct,
                };
                ((*topic).to_owned(), share)
            })
            .collect(),
    };
    let member = Member {
        id: UserId(7),
        name,
        username: "gaffer",
    };
    let place = |players| Some(Place { standing, players });
    let days = Days {
        current: 12,
        best: 30,
    };
    sheet(lang, member, &record, days, place(128), place(9_204))
}

const TOPICS: [(&str, u64, u64); 7] = [
    ("cast", 120, 101),
    ("crew", 61, 30),
    ("story", 80, 80),
    ("release", 44, 21),
    ("places", 50, 0),
    ("origins", 30, 20),
    ("career", 15, 9),
];

#[test]
fn a_card_is_a_picture_of_its_size_and_always_the_same() {
    let sheet = card_of("Gaffer", 12_345, &TOPICS);
    let png = draw(Lang::German, &Picture::from(sheet.clone())).unwrap();
    if let Ok(path) = std::env::var("CARD_OUT") {
        std::fs::write(path, &png).unwrap();
    }
    let picture = Pixmap::decode_png(&png).unwrap();
    assert_eq!((picture.width(), picture.height()), (1000, 828));
    assert!(png.len() < 200_000, "{} bytes", png.len());
    assert_eq!(
        draw(Lang::German, &Picture::from(sheet.clone())).unwrap(),
        png
    );
    // The corners are transparent; the middle never is.
    assert_eq!(picture.pixel(0, 0).unwrap().alpha(), 0);
    assert_eq!(picture.pixel(500, 300).unwrap().alpha(), 255);
    let least = draw(Lang::German, &card_of("Gaffer", 0, &TOPICS[..1]).into()).unwrap();
    assert_eq!(Pixmap::decode_png(&least).unwrap().height(), 680);
}

/// The words of every language have room on the card.
#[test]
fn no_word_of_a_card_is_cut_off() {
    let fonts = Fonts::load().unwrap();
    for lang in Lang::ALL {
        let svg = stats::svg(lang, &card_in(lang, "Gaffer", 12_345, &TOPICS), &fonts);
        assert!(!svg.contains('…'), "{}: {svg}", lang.name());
    }
}

/// A name is always text: it never becomes a tag, and no letter is drawn as a box.
#[test]
fn hostile_and_foreign_names_are_drawn_as_text() {
    let fonts = Fonts::load().unwrap();
    for (name, shown) in [
        ("<script>&\"'", Some("&lt;script&gt;&amp;&quot;&apos;")),
        ("</text><image href='/etc/passwd'/>", Some("&lt;/text&gt;")),
        ("Zoë Ångström", Some("Zoë Ångström")),
        ("Владимир", Some("Владимир")),
        ("Ελένη 🔥", Some("Ελένη")),
        ("山田太郎", Some("gaffer")),
        ("🔥🔥🔥", Some("gaffer")),
        ("\u{0}\u{202e}\u{fffe}\u{1b}", Some("gaffer")),
        ("", Some("gaffer")),
        (&"W".repeat(500), None),
    ] {
        let sheet = card_of(name, u64::MAX, &TOPICS);
        let svg = stats::svg(Lang::German, &sheet, &fonts);
        assert!(
            !svg.contains("<script") && !svg.contains("<image"),
            "{name:?}"
        );
        if let Some(shown) = shown {
            assert!(svg.contains(shown), "{name:?} is not shown as {shown}");
        }
        paint::png(&svg).unwrap();
    }
}

fn end_of(names: &[&str], awards: &[&str]) -> FinalSheet {
    let standing = |(at, name): (usize, &&str)| view::Standing {
        rank: at + 1,
        name: (*name).to_owned(),
        username: "gaffer".to_owned(),
        points: "1,234".to_owned(),
        right: format!("{} of 10 right", 10_usize.saturating_sub(at)),
    };
    let wording = |text: &str| view::Wording {
        text: text.to_owned(),
        with_usernames: "A word: gaffer".to_owned(),
    };
    let mut podium: Vec<_> = names.iter().enumerate().map(standing).collect();
    let rest = podium.split_off(podium.len().min(view::PODIUM_MAX));
    FinalSheet {
        title: match names {
            [first, second] => wording(&format!("{first} beats {second} 5:3")),
            _ => wording("Final scores"),
        },
        subject: "Anything".to_owned(),
        podium,
        rest,
        awards: awards.iter().map(|award| wording(award)).collect(),
    }
}

#[test]
fn a_final_card_is_drawn_for_any_number_of_players_with_any_names() {
    let fonts = Fonts::load().unwrap();
    let long = "W".repeat(40);
    let names = [
        "Foley",
        "<b>Grip</b>",
        "山田太郎",
        &long,
        "Best Boy",
        "🔥",
        "Zoë",
        "",
    ];
    let awards = [
        "A perfect game: Foley",
        "Comeback: 山田太郎, from 8th to 3rd",
        &long,
    ];
    for players in 1..=names.len() {
        let sheet = end_of(&names[..players], &awards);
        let svg = final_card::svg(Lang::German, &sheet, &fonts);
        assert!(!svg.contains("<b>"), "{svg}");
        let png = paint::png(&svg).unwrap();
        if let Ok(folder) = std::env::var("CARDS_OUT") {
            std::fs::write(format!("{folder}/final-{players}.png"), &png).unwrap();
        }
        let picture = Pixmap::decode_png(&png).unwrap();
        assert_eq!(picture.width(), 1000);
        assert!(picture.height() < 1000 && png.len() < 250_000);
        assert_eq!(draw(Lang::German, &Picture::from(sheet)).unwrap(), png);
    }
}

/// Texts are measured before drawing, so that they do not overlap.
#[test]
fn widths_are_those_of_the_fonts() {
    let fonts = Fonts::load().unwrap();
    let wide = |text: &str, weight| fonts.width(text, 100.0, weight);
    assert!(wide("W", Weight::Regular) > 2.0 * wide("i", Weight::Regular));
    assert!(wide("Gaffer", Weight::Bold) > wide("Gaffer", Weight::Regular));
    let four = wide("1111", Weight::Bold);
    assert!((four - 4.0 * wide("1", Weight::Bold)).abs() < 0.5);
}
