//! Properties of the bundled bank: what must hold for every question and every seed.

use super::seed::seed;
use super::shares::{ANSWER_PERMILLE_MAX, FILM_PERMILLE_MAX, TEMPLATE_PERMILLE_MAX, largest};
use super::wording::title;
use super::{Bank, ChooseError, Question, QuestionId, QuestionQuery, Round, lint, report};
use crate::asked_history::AskedHistory;
use crate::facts::{
    Difficulty, EntityId, EntityKind, EntityRef, FactBase, FactKind, Status, bundled, fold, heart,
    parse_pack,
};
use crate::id::GameId;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// All the bundled packs.
pub(super) static BUNDLED: LazyLock<(FactBase, Bank)> = LazyLock::new(|| built(&bundled()));
/// The packs about the article and its director.
static HEART: LazyLock<(FactBase, Bank)> = LazyLock::new(|| built(&heart()));

fn built(documents: &[(&str, &str)]) -> (FactBase, Bank) {
    let mut faults = Vec::new();
    let mut packs = Vec::new();
    for (name, text) in documents {
        match parse_pack(name, text) {
            Ok(pack) => packs.push(pack),
            Err(found) => faults.extend(found),
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    let base = FactBase::build(packs).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let bank = Bank::build(&base);
    (base, bank)
}

fn query(rounds: u16) -> QuestionQuery {
    QuestionQuery {
        rounds,
        ..QuestionQuery::default()
    }
}

fn known(asked: &BTreeMap<QuestionId, u64>) -> AskedHistory {
    let asked = asked.iter();
    asked
        .map(|(id, game)| (id.as_str(), GameId(*game)))
        .collect()
}

fn ids(rounds: &[Round]) -> Vec<QuestionId> {
    rounds.iter().map(|r| r.question.id.clone()).collect()
}

/// How many questions of each pack are sampled for review.
const SAMPLE: usize = 40;

/// One file per pack, with questions picked by id, so that a change to a template or the data shows
/// in some of them. `INSTA_UPDATE=always cargo test -p heat-core reads_as_reviewed` rewrites them.
#[test]
fn a_sample_of_each_pack_reads_as_reviewed() {
    let (base, bank) = &*BUNDLED;
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("../../tests/snapshots");
    settings.bind(|| {
        insta::assert_snapshot!("bank", report::table(base, bank));
        for pack in bank.packs() {
            let of_pack = bank.questions().filter(|question| question.pack == pack.id);
            let mut sample: Vec<_> = of_pack.collect();
            sample.sort_by_key(|question| seed(&question.id, "sample"));
            sample.truncate(SAMPLE);
            sample.sort_by(|a, b| a.id.cmp(&b.id));
            let texts: Vec<String> = sample.iter().map(|q| report::text(q, None)).collect();
            insta::assert_snapshot!(format!("bank-{}", pack.id), texts.join("\n"));
        }
    });
}

#[test]
fn the_bundled_bank_is_wide() {
    let bank = &BUNDLED.1;
    let questions = bank.questions().len();
    assert!(questions >= 10_000, "{questions} questions");
    let [film, template, answer] = largest(bank.questions());
    assert!(film.1 * 1000 <= FILM_PERMILLE_MAX * questions, "{film:?}");
    assert!(
        template.1 * 1000 <= TEMPLATE_PERMILLE_MAX * questions,
        "{template:?}"
    );
    assert!(
        answer.1 * 1000 <= ANSWER_PERMILLE_MAX * questions,
        "{answer:?}"
    );
    // However many questions of Heat have to go, never these.
    for who in ["robert-de-niro-neil-mccauley", "al-pacino-vincent-hanna"] {
        let id = format!("cast-{who}/cast-who");
        assert!(bank.get(&id).is_some(), "{id}");
    }
}

/// Otherwise, always picking one of the two middle numbers would be right half of the time.
#[test]
fn a_number_has_each_rank_equally_often() {
    let ranks = report::number_ranks(&BUNDLED.1);
    let all: usize = ranks.iter().sum();
    assert!(all > 200, "{ranks:?}");
    for rank in ranks {
        assert!((all * 21..=all * 29).contains(&(rank * 100)), "{ranks:?}");
    }
}

/// "Who does Mike Myers play?" has two answers if he plays the villain too.
#[test]
fn an_actor_with_two_parts_in_a_film_is_not_asked_for_one() {
    let (base, bank) = &*BUNDLED;
    let mut parts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for fact in base.facts().filter(|fact| fact.of_record) {
        if let FactKind::Cast { person, work, .. } = &fact.kind {
            *parts.entry((person, work)).or_default() += 1;
        }
    }
    assert!(parts.values().any(|parts| *parts > 1));
    for question in bank.questions() {
        let Some(fact) = question.facts.first().and_then(|id| base.fact(id)) else {
            continue;
        };
        let FactKind::Cast { person, work, .. } = &fact.kind else {
            continue;
        };
        if fact.of_record && question.template == "cast-character" {
            assert_eq!(
                parts[&(person.as_str(), work.as_str())],
                1,
                "{}",
                question.id
            );
        }
    }
}

#[test]
fn a_voice_actor_is_not_said_to_appear_on_screen() {
    let (base, bank) = &*BUNDLED;
    let mut voices = 0;
    for question in bank.questions().filter(|q| q.template == "cast-who") {
        let fact = base.fact(&question.facts[0]).expect("it is a fact's");
        let FactKind::Cast { work, .. } = &fact.kind else {
            continue;
        };
        let is_animated = base.fact(&format!("{work}-genre-animation")).is_some();
        let is_voice = question.prompt.contains("voice");
        assert!(!is_voice || is_animated, "{}", question.prompt);
        voices += usize::from(is_voice);
    }
    assert!(voices > 100, "{voices}");
}

/// Everybody knows it after the first film; a part with several actors is worth asking in each.
#[test]
fn a_part_of_a_series_is_asked_once_unless_it_is_recast() {
    let asked = |part: &str, film: &str| {
        let mut questions = BUNDLED.1.questions();
        questions
            .any(|q| q.template == "cast-who" && q.prompt.contains(part) && q.prompt.contains(film))
    };
    assert!(!asked("Luke Skywalker", "Return of the Jedi"));
    assert!(asked("James Bond", "Moonraker"));
    assert!(asked("James Bond", "GoldenEye"));
}

/// Cast lists omit cameos, so a film with two of the three people asked for might have all.
#[test]
fn three_actors_are_not_offered_a_film_with_two_of_them() {
    let (base, bank) = &*BUNDLED;
    let mut seen: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for fact in base.facts() {
        if let FactKind::Cast { person, work, .. } | FactKind::Appearance { person, work, .. } =
            &fact.kind
        {
            seen.entry(work).or_default().insert(person);
        }
    }
    let mut counted = 0;
    for question in bank.questions().filter(|q| q.template == "cast-three") {
        let of_kind = |about: &&EntityRef| about.kind == EntityKind::Person;
        let people: Vec<&EntityRef> = question.about.iter().filter(of_kind).collect();
        for wrong in &question.distractors {
            let film = wrong.entity.as_ref().expect("a film");
            let Some(cast) = seen.get(film.id.as_str()) else {
                continue;
            };
            let there = people.iter().filter(|it| cast.contains(it.id.as_str()));
            assert!(there.count() < 2, "{}: {}", question.id, wrong.text);
            counted += 1;
        }
    }
    assert!(counted > 1_000, "{counted}");
}

/// A game about Tom Hanks should not ask for a film of his again and again.
#[test]
fn a_star_is_asked_for_by_few_films() {
    let mut asked: BTreeMap<EntityRef, usize> = BTreeMap::new();
    for question in BUNDLED.1.questions().filter(|q| q.template == "cast-one") {
        let star = question.about.iter();
        let star = star.filter(|about| about.kind == EntityKind::Person);
        for star in star.cloned() {
            *asked.entry(star).or_default() += 1;
        }
    }
    assert!(asked.len() > 100, "{}", asked.len());
    assert!(asked.values().all(|count| *count <= 5), "{asked:?}");
}

/// "Who plays Mary Poppins in Mary Poppins?" is no question.
#[test]
fn a_part_that_names_its_film_is_its_title_role() {
    let asked = |prompt: &str| BUNDLED.1.questions().any(|q| q.prompt == prompt);
    assert!(asked("Who plays the title role in Mary Poppins?"));
    let (base, bank) = &*BUNDLED;
    let named = |kind, id: &str| {
        let entity = base.entity(&EntityRef::new(kind, id)).expect("declared");
        fold(super::wording::title(entity))
    };
    for question in bank.questions().filter(|q| q.template == "cast-who") {
        let fact = base.fact(&question.facts[0]).expect("it is a fact's");
        if let (
            true,
            FactKind::Cast {
                character, work, ..
            },
        ) = (fact.of_record, &fact.kind)
        {
            let is_title = named(EntityKind::Character, character) == named(EntityKind::Work, work);
            let says_so = question.prompt.contains("the title ");
            assert_eq!(is_title, says_so, "{}", question.prompt);
        }
    }
}

/// Everyone can name the lead of a great film; hardly anyone its prison guard.
#[test]
fn a_small_part_is_harder_than_a_lead() {
    use Difficulty::{Easy, Hard, Medium};
    let level = |id: &str| BUNDLED.1.get(id).expect(id).difficulty;
    for (id, expected) in [
        ("jaws-1975-roy-scheider/cast-who", Easy),
        ("a-clockwork-orange-1971-michael-bates/cast-who", Medium),
        ("saturday-night-fever-1977-barry-miller/cast-who", Medium),
        ("a-clockwork-orange-1971-patrick-magee/cast-beside", Medium),
        ("the-conjuring-2013-ron-livingston/cast-two", Medium),
        (
            "willy-wonka-and-the-chocolate-factory-1971-director-mel-stuart/director-who",
            Medium,
        ),
        ("star-wars-1977-release/clue-plot", Easy),
        ("shakespeare-in-love-1998-release/clue-plot", Medium),
        ("ran-1985-release/clue-plot", Hard),
        (
            "once-upon-a-time-in-the-west-1968-composer-ennio-morricone/composer-who",
            Medium,
        ),
    ] {
        assert_eq!(level(id), expected, "{id}");
    }
}

/// Who knows Iron Man or Harry Potter at all has nothing to guess.
#[test]
fn a_sequel_is_not_asked_for_by_what_its_series_shares() {
    let asked = |id: &str| BUNDLED.1.get(id).is_some();
    for (id, expected) in [
        ("iron-man-2008-robert-downey-jr/characters-film", true),
        ("iron-man-2-2010-robert-downey-jr/characters-film", false),
        ("aliens-1986-director-james-cameron/director-film", true),
        ("prometheus-2012-director-ridley-scott/director-film", true),
        (
            "gladiator-ii-2024-director-ridley-scott/director-film",
            false,
        ),
        ("the-shining-1980-based-on/based-film", true),
        (
            "harry-potter-and-the-half-blood-prince-2009-daniel-radcliffe/cast-beside",
            false,
        ),
        (
            "harry-potter-and-the-goblet-of-fire-2005-based-on/based-film",
            false,
        ),
        (
            "harry-potter-and-the-philosophers-stone-2001-based-on/based-whose",
            true,
        ),
        (
            "harry-potter-and-the-goblet-of-fire-2005-based-on/based-whose",
            false,
        ),
    ] {
        assert_eq!(asked(id), expected, "{id}");
    }
}

/// The last question counts double, so it should not ask for a composer.
#[test]
fn most_games_end_with_a_question_that_draws_players_in() {
    use super::kind::{is_showpiece, kind_of};
    let games = 200;
    let last = |seed| {
        let game = BUNDLED
            .1
            .choose(&query(10), &AskedHistory::default(), &BTreeSet::new(), seed);
        let game = game.expect("a game");
        let question = &game.last().expect("ten questions").question;
        is_showpiece(kind_of(&question.template, question.topic))
    };
    let good = (0..games).filter(|seed| last(*seed)).count();
    assert!(good * 100 >= 60 * 200, "{good} of {games}");
}

/// Beside three films with Harry Potter the odd one out is plain.
#[test]
fn an_odd_one_out_hides_among_films_of_several_series() {
    let (base, bank) = &*BUNDLED;
    let mut of: BTreeMap<&str, &str> = BTreeMap::new();
    for fact in base.facts() {
        if let FactKind::Series { work, series } = &fact.kind {
            of.insert(work, series);
        }
    }
    for question in bank.questions().filter(|q| q.template.starts_with("odd-")) {
        let mut films: BTreeMap<&str, usize> = BTreeMap::new();
        let wrong = question.distractors.iter();
        for film in wrong.filter_map(|wrong| wrong.entity.as_ref()) {
            if let Some(series) = of.get(film.id.as_str()) {
                *films.entry(series).or_default() += 1;
            }
        }
        assert!(films.values().all(|films| *films < 3), "{}", question.id);
    }
}

/// Nobody believes that John Wayne drew The Aristocats, and a star stands out among strangers.
#[test]
fn wrong_people_have_made_such_films_and_as_many() {
    let (base, bank) = &*BUNDLED;
    let mut made: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for fact in base.facts() {
        if let FactKind::Cast { person, work, .. }
        | FactKind::Appearance { person, work, .. }
        | FactKind::Crew { person, work, .. } = &fact.kind
        {
            made.entry(person).or_default().insert(work);
        }
    }
    let is_animated = |work: &str| base.fact(&format!("{work}-genre-animation")).is_some();
    let (mut drawn, mut alike) = ([0; 2], [0; 2]);
    for question in bank.questions() {
        let Some(answer) = question.answer.entity.as_ref() else {
            continue;
        };
        let is_cartoon = question.work().is_some_and(is_animated);
        for wrong in question
            .distractors
            .iter()
            .filter_map(|it| it.entity.as_ref())
        {
            if question.template == "director-who" && is_cartoon {
                let works = &made[wrong.id.as_str()];
                drawn[usize::from(works.iter().any(|work| is_animated(work)))] += 1;
            }
            if matches!(question.template.as_str(), "cast-beside" | "director-who") {
                let films = |id: &str| made[id].len().ilog2();
                let apart = films(&wrong.id).abs_diff(films(&answer.id));
                alike[usize::from(apart < 2)] += 1;
            }
        }
    }
    let percent = |[no, yes]: [usize; 2]| yes * 100 / (no + yes).max(1);
    assert!(percent(drawn) >= 95, "{drawn:?}");
    assert!(percent(alike) >= 90, "{alike:?}");
}

/// Otherwise two people would be right, or two films.
#[test]
fn films_have_one_star_or_director_in_common_and_characters_one_film() {
    let (base, bank) = &*BUNDLED;
    let mut seen: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut named: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for fact in base.facts() {
        let (person, work) = match &fact.kind {
            FactKind::Cast { person, work, .. } | FactKind::Appearance { person, work, .. } => {
                (person, work)
            }
            FactKind::Crew { person, work, .. } => (person, work),
            _ => continue,
        };
        seen.entry(work).or_default().insert(person);
        if let FactKind::Cast { character, .. } = &fact.kind {
            let character = EntityRef::new(EntityKind::Character, character.clone());
            let name = &base.entity(&character).expect("declared").name;
            let name = name.split(" (").next().unwrap_or(name);
            named.entry(work).or_default().insert(fold(name));
        }
    }
    let of = |question: &Question, kind| -> Vec<EntityId> {
        let about = question.about.iter().filter(|about| about.kind == kind);
        about.map(|about| about.id.clone()).collect()
    };
    let mut counted = [0; 2];
    for question in bank.questions() {
        match question.template.as_str() {
            "star-three" => {
                counted[0] += 1;
                let works = of(&question, EntityKind::Work);
                assert_eq!(works.len(), 3, "{}", question.id);
                let mut in_all = seen[works[0].as_str()].clone();
                in_all.retain(|person| {
                    works
                        .iter()
                        .all(|work| seen[work.as_str()].contains(person))
                });
                let answer = question.answer.entity.as_ref().expect("a person");
                let right = BTreeSet::from([answer.id.as_str()]);
                assert_eq!(in_all, right, "{}", question.id);
            }
            "characters-film" if !question.prompt.contains(" these ") => {
                counted[1] += 1;
                let fitting = named.values().filter(|names| {
                    let told = names
                        .iter()
                        .filter(|name| fold(&question.prompt).contains(*name));
                    told.count() >= 3
                });
                assert_eq!(fitting.count(), 1, "{}", question.id);
            }
            _ => {}
        }
    }
    assert!(counted.iter().all(|count| *count > 100), "{counted:?}");
}

/// The novel "MASH" gives away "M*A*S*H".
#[test]
fn an_original_with_the_film_s_title_is_not_asked() {
    let letters = |text: &str| fold(text).replace(' ', "");
    let questions = BUNDLED.1.questions();
    for question in questions.filter(|q| q.template == "based-title") {
        let (prompt, answer) = (letters(&question.prompt), letters(&question.answer.text));
        assert!(!prompt.contains(&answer), "{}", question.prompt);
    }
}

/// "Ocean's Eleven is based on which film?" has only one answer with an Ocean in it.
#[test]
fn an_original_does_not_share_a_name_with_its_film() {
    let asked = |id: &str| BUNDLED.1.get(id).is_some();
    assert!(asked("oppenheimer-2023-based-on/based-what"));
    for film in [
        "oceans-eleven-2001",
        "schindlers-list-1993",
        "mrs-doubtfire-1993",
    ] {
        assert!(!asked(&format!("{film}-based-on/based-what")), "{film}");
    }
}

#[test]
fn a_film_by_two_directors_names_both() {
    let bank = &BUNDLED.1;
    let told = |said: &str| bank.questions().any(|q| q.reason.contains(said));
    assert!(told(
        "The Matrix (1999), which Lana Wachowski and Lilly Wachowski directed."
    ));
    assert!(!told("The Matrix (1999), which Lana Wachowski directed."));
}

#[test]
fn no_question_is_unfair() {
    let (base, bank) = &*BUNDLED;
    assert_eq!(lint(base, bank), []);
}

/// Neither after "Hubert Selby Jr." nor where two sentences are joined.
#[test]
fn no_reason_has_two_full_stops_in_a_row() {
    let twice = |question: &Question| {
        let reason = question.reason.replace("...", "");
        reason.contains("..")
    };
    let faulty: Vec<Question> = BUNDLED.1.questions().filter(twice).collect();
    assert!(faulty.is_empty(), "{faulty:#?}");
}

#[test]
fn ids_are_unique_and_can_be_looked_up() {
    let (base, bank) = &*BUNDLED;
    let all: BTreeSet<_> = bank.questions().map(|q| q.id).collect();
    assert_eq!(all.len(), bank.questions().len());
    for question in bank.questions() {
        assert_eq!(bank.get(&question.id).as_ref(), Some(&question));
        for id in &question.facts {
            let fact = base.fact(id).expect("lint has checked it");
            assert_eq!(fact.unasked, None, "{}", question.id);
            assert!(!matches!(fact.status, Status::Opinion | Status::Rumoured));
        }
    }
    assert_eq!(
        bank.packs().iter().map(|p| p.questions).sum::<usize>(),
        all.len()
    );
}

#[test]
fn no_job_is_the_answer_of_most_job_questions_of_a_pack() {
    let (_, bank) = &*HEART;
    for pack in bank.packs() {
        let of_pack = bank.questions().filter(|q| q.pack == pack.id);
        let jobs = of_pack.filter(|q| q.template == "crew-job");
        let jobs: Vec<String> = jobs.map(|q| q.answer.text).collect();
        for job in &jobs {
            let same = jobs.iter().filter(|other| *other == job).count();
            assert!(same * 2 <= jobs.len(), "{}: {job}", pack.id);
        }
    }
}

#[test]
fn a_json_line_has_every_field_and_no_line_break() {
    let (base, bank) = &*HEART;
    for question in bank.questions() {
        let pack = base.packs().iter().find(|pack| pack.id == question.pack);
        let line = report::json_line(&question, pack.expect("it is loaded"), None);
        assert!(!line.contains('\n'));
        let value: serde_json::Value = serde_json::from_str(&line).expect("it is JSON");
        assert_eq!(value["answer"], question.answer.text.as_str());
        assert!(
            value["distractors"]
                .as_array()
                .is_some_and(|d| d.len() >= 3)
        );
    }
}

#[test]
fn a_bank_of_taken_questions_is_the_same() {
    let (base, bank) = &*HEART;
    let mut taken_from = base.clone();
    let taken = taken_from.take_questions();
    let of_taken = Bank::build_with(&taken_from, &taken);
    assert!(of_taken.questions().eq(bank.questions()));
    assert!(
        taken_from
            .packs()
            .iter()
            .all(|pack| pack.questions.is_empty())
    );
    assert!(taken_from.facts().eq(base.facts()));
}

#[test]
fn refuses_queries_without_questions() {
    let bank = &HEART.1;
    let none = AskedHistory::default();
    let unknown = QuestionQuery {
        packs: super::PackList::from_iter(["no-such-pack"]),
        ..query(3)
    };
    assert_eq!(
        bank.choose(&unknown, &none, &BTreeSet::new(), 1),
        Err(ChooseError::UnknownPack("no-such-pack".into()))
    );
    let empty = Bank::build(&FactBase::build(Vec::new()).expect("no packs, no clash"));
    assert_eq!(
        empty.choose(&query(3), &none, &BTreeSet::new(), 1),
        Err(ChooseError::NoQuestion)
    );
}

#[test]
fn the_filters_of_a_game_are_kept() {
    let bank = &HEART.1;
    for info in bank.packs() {
        for difficulty in [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard] {
            let query = QuestionQuery {
                packs: super::PackList::from_iter([info.id.clone()]),
                difficulty: Some(difficulty),
                ..query(10_000)
            };
            let Ok(rounds) = bank.choose(&query, &AskedHistory::default(), &BTreeSet::new(), 7)
            else {
                continue;
            };
            let fits =
                |r: &Round| r.question.pack == info.id && r.question.difficulty == difficulty;
            assert!(rounds.iter().all(fits));
        }
    }
}

#[test]
fn the_right_answer_is_in_each_position_equally_often() {
    let mut places = [0_u32; 4];
    for seed in 0..400 {
        let rounds = BUNDLED
            .1
            .choose(&query(10), &AskedHistory::default(), &BTreeSet::new(), seed)
            .expect("a pool");
        for round in rounds {
            places[usize::from(round.correct())] += 1;
        }
    }
    // 4,000 draws: 1,000 expected in each position, with a standard deviation of 27.
    assert!(
        places.iter().all(|n| (870..=1130).contains(n)),
        "{places:?}"
    );
}

#[test]
fn nothing_repeats_until_the_pool_is_used_up() {
    let bank = &HEART.1.only(&["heat-2"]);
    let pool = bank.questions().len();
    let mut asked = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut number = 0;
    for seed in 0.. {
        let rounds = bank
            .choose(&query(7), &known(&asked), &BTreeSet::new(), seed)
            .expect("a pool");
        let asked_before = seen.clone();
        seen.extend(ids(&rounds));
        for id in ids(&rounds) {
            number += 1;
            let is_new = !asked_before.contains(&id);
            assert!(is_new || seen.len() == pool, "{id} came twice");
            asked.insert(id, number);
        }
        if seen.len() == pool {
            break;
        }
    }
    // Then those asked longest ago come first.
    let oldest: BTreeSet<_> = {
        let mut by_age: Vec<_> = asked.iter().map(|(id, when)| (*when, id.clone())).collect();
        by_age.sort();
        by_age.into_iter().take(30).map(|(_, id)| id).collect()
    };
    let rounds = bank
        .choose(&query(3), &known(&asked), &BTreeSet::new(), 99)
        .expect("a pool");
    assert!(ids(&rounds).iter().all(|id| oldest.contains(id)));
}

proptest! {
    #[test]
    fn every_game_is_fair(seed: u64, rounds in 1_u16..60) {
        let bank = &BUNDLED.1;
        let game = bank.choose(&query(rounds), &AskedHistory::default(), &BTreeSet::new(), seed).expect("a pool");
        prop_assert_eq!(game.len(), usize::from(rounds).min(bank.questions().len()));
        prop_assert_eq!(&game, &bank.choose(&query(rounds), &AskedHistory::default(), &BTreeSet::new(), seed).expect("a pool"));
        let distinct: BTreeSet<_> = game.iter().map(|r| &r.question.id).collect();
        prop_assert_eq!(distinct.len(), game.len());
        for round in &game {
            let right = round.choices.iter().filter(|c| c.is_none()).count();
            prop_assert_eq!(right, 1);
            let texts: BTreeSet<_> = (0..4)
                .map(|i| round.choice(i).expect("four choices").text.clone())
                .collect();
            prop_assert_eq!(texts.len(), 4);
        }
        if rounds <= 10 {
            let questions = || game.iter().map(|round| &round.question);
            let facts: Vec<_> = questions().flat_map(|q| &q.facts).collect();
            let distinct: BTreeSet<_> = facts.iter().copied().collect();
            prop_assert_eq!(distinct.len(), facts.len(), "two questions rest on one fact");
            for told in questions().flat_map(|q| &q.tells) {
                prop_assert!(!distinct.contains(told), "a reveal tells {}, which is asked", told);
            }
        }
    }
}

/// Hand-written questions without facts, identical except for their number.
fn great_pack(questions: usize) -> Bank {
    let questions = (0..questions).map(|n| {
        format!(
            r#"{{"id":"q{n}","prompt":"Which is number {n}?","answer":"A","distractors":["B","C","D"],"reason":"So.","difficulty":"{}"}}"#,
            ["easy", "medium", "hard"][n % 3]
        )
    });
    let questions: Vec<String> = questions.collect();
    let text = format!(
        r#"{{"id":"great","title":"T","description":"D","questions":[{}]}}"#,
        questions.join(",")
    );
    let pack = parse_pack("great.json", &text).expect("a sound pack");
    Bank::build(&FactBase::build(vec![pack]).expect("one pack, no clash"))
}

/// However large a pool is and however much of it is used up, new questions come first, then those
/// asked longest ago.
#[test]
fn the_last_new_questions_of_a_large_pool_are_found() {
    let bank = great_pack(3_000);
    let left = BTreeSet::from(["q17", "q1500", "q2998"].map(str::to_owned));
    let all: Vec<QuestionId> = bank.questions().map(|question| question.id).collect();
    // The question with the highest number was asked longest ago.
    let asked: BTreeMap<_, _> = all
        .iter()
        .filter(|id| !left.contains(*id))
        .map(|id| {
            (
                id.clone(),
                10_000 - id[1..].parse::<u64>().expect("a number"),
            )
        })
        .collect();
    for seed in 0..50 {
        let rounds = bank
            .choose(&query(5), &known(&asked), &BTreeSet::new(), seed)
            .expect("a pool");
        let mut expected = left.clone();
        expected.extend(["q2999", "q2997"].map(str::to_owned));
        assert_eq!(ids(&rounds).into_iter().collect::<BTreeSet<_>>(), expected);
        let hard = QuestionQuery {
            difficulty: Some(Difficulty::Hard),
            ..query(2)
        };
        let rounds = bank
            .choose(&hard, &known(&asked), &BTreeSet::new(), seed)
            .expect("a pool");
        let chosen: BTreeSet<_> = ids(&rounds).into_iter().collect();
        assert_eq!(chosen, ["q17", "q2999"].map(str::to_owned).into());
    }
}

proptest! {
    /// Hidden questions are treated as if they did not exist: none is asked, and the others are
    /// until they run out.
    #[test]
    fn hidden_questions_are_left_out(seed: u64, rounds in 1_u16..50, kept in 0_usize..60) {
        let bank = &HEART.1;
        let pool = QuestionQuery {
            packs: super::PackList::from_iter(["heat-2"]),
            ..query(rounds)
        };
        let ids = bank.questions().filter(|question| question.pack == "heat-2");
        let mut ids: Vec<QuestionId> = ids.map(|question| question.id).collect();
        let pool_size = ids.len();
        ids.rotate_left(usize::try_from(seed % 64).expect("small") % pool_size);
        let hidden: BTreeSet<_> = ids.iter().skip(kept).cloned().collect();
        let asked: BTreeMap<_, _> = ids.iter().cloned().zip(0..).step_by(3).collect();
        let chosen = bank.choose(&pool, &known(&asked), &hidden, seed).expect("a pool");
        prop_assert_eq!(chosen.len(), usize::from(rounds).min(kept).min(pool_size));
        let ids: BTreeSet<_> = chosen.iter().map(|round| &round.question.id).collect();
        prop_assert_eq!(ids.len(), chosen.len());
        prop_assert!(ids.iter().all(|id| !hidden.contains(*id)));
    }
}

/// Replaces or removes the value at a place picked by `draws`.
fn damage(value: &mut serde_json::Value, draws: &mut impl Iterator<Item = usize>) {
    use serde_json::Value;
    let mut draw = || draws.next().unwrap_or(0);
    match value {
        Value::Object(fields) if !fields.is_empty() && draw() % 8 != 0 => {
            let key = fields
                .keys()
                .nth(draw() % fields.len())
                .cloned()
                .unwrap_or_default();
            if draw() % 8 == 0 {
                fields.remove(&key);
            } else if let Some(field) = fields.get_mut(&key) {
                damage(field, draws);
            }
        }
        Value::Array(rows) if !rows.is_empty() && draw() % 8 != 0 => {
            let place = draw() % rows.len();
            match draw() % 8 {
                0 => drop(rows.remove(place)),
                1 => rows.push(rows[place].clone()),
                _ => damage(&mut rows[place], draws),
            }
        }
        other => {
            let junk = [
                Value::Null,
                Value::from(-1),
                Value::from(""),
                Value::from("\u{202E}x"),
                Value::from("é".repeat(600)),
                Value::from("al-pacino"),
                Value::from("heat-1995"),
                serde_json::json!([[[]]]),
                serde_json::json!({"kind": "cast"}),
            ];
            *other = junk[draw() % junk.len()].clone();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// A damaged pack is either refused, with the place and a way to fix it, or plays fairly.
    #[test]
    fn a_damaged_pack_is_refused_or_fair(draws in prop::collection::vec(any::<usize>(), 12..60)) {
        let (name, text) = bundled()[0];
        let mut document: serde_json::Value = serde_json::from_str(text).expect("it is JSON");
        let mut draws = draws.into_iter();
        damage(&mut document, &mut draws);
        damage(&mut document, &mut draws);
        match parse_pack(name, &document.to_string()) {
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                for fault in faults {
                    prop_assert!(!fault.path.contains(['\n', '\u{202E}']), "{:?}", fault);
                    // As `Debug` writes them; the reader's messages quote with a backslash already.
                    let flaw = format!("{:?}", fault.flaw).replace("\\\\", "");
                    prop_assert!(!flaw.contains("\\n") && !flaw.contains("\\u{202e}"), "{flaw}");
                }
            }
            Ok(pack) => {
                let base = FactBase::build(vec![pack]).expect("one pack, checked in itself");
                let bank = Bank::build(&base);
                for question in bank.questions() {
                    prop_assert!(question.distractors.len() >= 3);
                }
            }
        }
    }
}

/// A pack of parts: person, character, work, and extra fields of the fact as JSON.
fn parts(parts: &[(&str, &str, &str, &str)]) -> (FactBase, Bank) {
    let id = |name: &str| name.to_lowercase().replace(' ', "-");
    let entities = |names: BTreeSet<&str>, more: fn(&str) -> &'static str| {
        let entities = names
            .into_iter()
            .map(|name| format!(r#"{{"id":"{}","name":"{name}"{}}}"#, id(name), more(name)));
        entities.collect::<Vec<_>>().join(",")
    };
    let facts = parts
        .iter()
        .enumerate()
        .map(|(i, (person, character, work, more))| {
            format!(
                r#"{{"id":"f{i}","kind":"cast","person":"{}","character":"{}","work":"{}",
            "cites":[{{"source":"s"}}],"summary":"S.","topic":"cast","difficulty":"easy",{more}}}"#,
                id(person),
                id(character),
                id(work)
            )
        });
    let facts = facts.collect::<Vec<_>>().join(",");
    let form = |name: &str| match name {
        "Sequel" => r#","form":"planned film""#,
        _ => r#","form":"film","year":1990"#,
    };
    let text = format!(
        r#"{{"id":"p","title":"P","description":"D","sources":[{{"id":"s","title":"the article"}}],
        "people":[{}],"characters":[{}],"works":[{}],"facts":[{facts}]}}"#,
        entities(parts.iter().map(|p| p.0).collect(), |_| ""),
        entities(parts.iter().map(|p| p.1).collect(), |_| ""),
        entities(parts.iter().map(|p| p.2).collect(), form),
    );
    let pack = parse_pack("p.json", &text).expect("a sound pack");
    let base = FactBase::build(vec![pack]).expect("one pack, no clash");
    let bank = Bank::build(&base);
    assert_eq!(lint(&base, &bank), []);
    (base, bank)
}

const SURE: &str = r#""status":"confirmed""#;

fn wrong(bank: &Bank, id: &str) -> Vec<String> {
    let question = bank.get(id).unwrap_or_else(|| panic!("no question {id}"));
    question
        .distractors
        .iter()
        .map(|d| d.text.clone())
        .collect()
}

#[test]
fn nobody_linked_with_a_part_is_a_wrong_answer_to_it() {
    let (_, bank) = parts(&[
        ("Ann Ash", "Kit Kay", "Sequel", r#""status":"in-talks""#),
        ("Bob Birch", "Kit Kay", "Sequel", r#""status":"rumoured""#),
        ("Cy Cedar", "Lou Lark", "Film", SURE),
        ("Di Dale", "Max Moor", "Film", SURE),
        ("Ed Elm", "Ned Nash", "Film", SURE),
        (
            "Flo Fir",
            "Bank Guard",
            "Film",
            r#""status":"confirmed","unasked":"no name""#,
        ),
        ("Gus Gum", "Ole Oak", "Film", r#""status":"reported""#),
    ]);
    let prompt = bank.get("f0/cast-who").expect("asked").prompt;
    assert!(
        prompt.contains("According to the article, who is in talks"),
        "{prompt}"
    );
    assert_eq!(
        wrong(&bank, "f0/cast-who"),
        ["Cy Cedar", "Di Dale", "Ed Elm", "Gus Gum"]
    );
    // Someone rumoured to play a part has none in a released film.
    assert!(!wrong(&bank, "f2/cast-who").contains(&"Ann Ash".to_owned()));
    assert!(!wrong(&bank, "f2/cast-character").contains(&"Kit Kay".to_owned()));
    // Rumours, parts without a name, and single-source claims are not asked about.
    for id in ["f1/cast-who", "f5/cast-who", "f6/cast-who", "f6/cast-film"] {
        assert_eq!(bank.get(id), None, "{id}");
    }
}

/// "Look it up" beside milk must not show *Milk*.
#[test]
fn a_word_that_is_also_a_title_names_no_film() {
    let bank = &BUNDLED.1;
    let entities = |id: &str| {
        let question = bank.get(id).expect(id);
        let choices = std::iter::once(&question.answer).chain(&question.distractors);
        let named: Vec<_> = choices.filter_map(|choice| choice.entity.clone()).collect();
        named
    };
    for id in [
        "mccauley-death-place",
        "mann-birthplace",
        "heat-oscar-nominations",
        "manhunter-animal",
        "citizen-kane-1941-kanes-palace",
        "leon-the-professional-1994-milk",
        "the-matrix-1999-pill",
        "mrs-doubtfire-1993-san-francisco",
        "pirates-of-the-caribbean-the-curse-of-the-black-pearl-2003-gold",
    ] {
        assert_eq!(entities(id), [], "{id}");
    }
    for (id, least) in [
        ("heat-2-dicaprio-uncle", 3),
        ("memento-2000-hand-tattoo", 1),
        ("raising-arizona-1987-emoji", 1),
    ] {
        assert!(entities(id).len() >= least, "{id}: {:?}", entities(id));
    }
}

#[test]
fn a_hand_written_question_on_a_film_leads_to_its_page() {
    let bank = &BUNDLED.1;
    let question = bank.get("the-matrix-1999-pill").expect("asked");
    let film = EntityRef::new(EntityKind::Work, "the-matrix-1999");
    assert_eq!(question.lookup, Some(film));
}

#[test]
fn questions_with_two_right_answers_are_not_asked() {
    let (_, bank) = parts(&[
        ("Ann Ash", "Kit Kay", "Film", SURE),
        ("Bob Birch", "Kit Kay", "Film", SURE),
        ("Cy Cedar", "Lou Lark", "Film", SURE),
        ("Cy Cedar", "Max Moor", "Film", SURE),
        ("Di Dale", "Ned Nash", "Film", SURE),
        ("Ed Elm", "Ole Oak", "Film", SURE),
        ("Flo Fir", "Ole", "Film", SURE),
    ]);
    assert_eq!(bank.get("f0/cast-who"), None, "two actors share the part");
    assert_eq!(
        bank.get("f2/cast-character"),
        None,
        "one actor has two parts"
    );
    assert!(bank.get("f0/cast-character").is_some());
    assert!(bank.get("f2/cast-who").is_some());
    let wrong = wrong(&bank, "f5/cast-character");
    assert!(
        !wrong.contains(&"Ole".to_owned()),
        "a reader could take it for Ole Oak: {wrong:?}"
    );
}

#[test]
fn a_prompt_never_gives_away_its_answer() {
    let (_, bank) = parts(&[
        ("Ann Ash", "Kit Kay", "Comet", SURE),
        ("Danny Trell", "Trell", "Comet", SURE),
        ("Cy Cedar", "Max Moor", "Stone", SURE),
        ("Di Dale", "Ned Stone", "Stone", SURE),
        ("Ed Elm", "Ole Oak", "Wood", SURE),
        ("Flo Fir", "Pat Pine", "River", SURE),
    ]);
    assert_eq!(bank.get("f1/cast-who"), None);
    assert_eq!(bank.get("f1/cast-character"), None);
    assert_eq!(bank.get("f3/cast-film"), None);
    assert_eq!(bank.get("f3/cast-character"), None);
    assert!(bank.get("f2/cast-film").is_some());
}

#[test]
fn nobody_who_has_died_is_offered_for_a_planned_film() {
    let (base, bank) = &*HEART;
    let has_died = |name: &str| {
        let mut people = base.entities(EntityKind::Person);
        people.any(|person| person.died && person.name == name)
    };
    assert!(has_died("Val Kilmer") && !has_died("Jon Voight"));
    let asked = bank.questions().filter(|q| q.template == "cast-who");
    let asked = asked.filter(|q| q.pack == "heat-2");
    let wrong: Vec<String> = asked.flat_map(|q| q.distractors).map(|d| d.text).collect();
    assert!(wrong.contains(&"Stephen Graham".to_owned()));
    assert!(!wrong.iter().any(|name| has_died(name)), "{wrong:?}");
    // For released films they are asked about like everyone else.
    let nate = bank.get("cast-jon-voight-nate/cast-who").expect("asked");
    assert!(nate.distractors.iter().any(|d| has_died(&d.text)));
}

/// A comparison makes sense only with both years.
#[test]
fn a_comparison_of_years_shows_both() {
    let comparisons = ["release-before", "release-after", "release-between"];
    let asked = HEART.1.questions();
    let asked = asked.filter(|q| comparisons.contains(&q.template.as_str()));
    let asked: Vec<_> = asked.collect();
    assert!(asked.len() > 8);
    for question in asked {
        let wanted = 1 + usize::from(question.template == "release-between");
        let is_year = |word: &&str| word.len() == 4 && word.parse::<u16>().is_ok();
        let compared = question.reason.split_once(" dates from ");
        let compared = compared.map_or("", |(_, compared)| compared);
        let years = compared.split([' ', '.']).filter(is_year).count();
        assert_eq!(years, wanted, "{}: {}", question.id, question.reason);
    }
}

/// Both picture and sound are "edited".
#[test]
fn no_sound_editor_is_offered_for_a_picture_editor() {
    let credits = [
        ("Ann Ash", "editor"),
        ("Bob Birch", "cinematographer"),
        ("Cy Cedar", "composer"),
        ("Di Dale", "costume-designer"),
        ("Ed Elm", "sound-editor"),
        ("Flo Fir", "production-designer"),
    ];
    let id = |name: &str| name.to_lowercase().replace(' ', "-");
    let people = credits.map(|(name, _)| format!(r#"{{"id":"{}","name":"{name}"}}"#, id(name)));
    let facts = credits.iter().enumerate().map(|(n, (name, job))| {
        let person = id(name);
        format!(
            r#"{{"id":"f{n}","kind":"crew","person":"{person}","job":"{job}","work":"film",
            "status":"confirmed","cites":[{{"source":"s"}}],"summary":"S.","topic":"crew","difficulty":"easy"}}"#
        )
    });
    let text = format!(
        r#"{{"id":"p","title":"P","description":"D","sources":[{{"id":"s","title":"the article"}}],
        "people":[{}],"works":[{{"id":"film","name":"Film","form":"film","year":1990}}],"facts":[{}]}}"#,
        people.join(","),
        facts.collect::<Vec<_>>().join(",")
    );
    let pack = parse_pack("p.json", &text).expect("a sound pack");
    let base = FactBase::build(vec![pack]).expect("one pack, no clash");
    let wrong = wrong(&Bank::build(&base), "f0/crew-who");
    assert!(!wrong.contains(&"Ed Elm".to_owned()), "{wrong:?}");
}

#[test]
fn a_name_means_the_entity_that_the_facts_mention() {
    let entity = |id: &str| {
        let question = HEART
            .1
            .get(id)
            .unwrap_or_else(|| panic!("no question {id}"));
        question.answer.entity.map(|entity| entity.to_string())
    };
    // Not the film of that title, which other questions ask about.
    assert_eq!(
        entity("mann-eighties-series").as_deref(),
        Some("work:miami-vice-series")
    );
    // A first name, and nobody in another film who is known only by that.
    assert_eq!(entity("first-name-hanna"), None);
    assert_eq!(
        entity("first-name-mccauley").as_deref(),
        Some("character:neil-mccauley")
    );
}

#[test]
fn a_name_in_the_prompt_is_not_accepted() {
    let question = HEART.1.get("first-name-mccauley").expect("bundled");
    assert_eq!(question.accept, ["Neil McCauley", "Neil Macauley"]);
}

#[test]
fn a_reveal_adds_to_a_summary_that_only_repeats_names() {
    let (base, bank) = parts(&[
        ("Ann Ash", "Kit Kay", "Comet", SURE),
        ("Bob Birch", "Lou Lark", "Comet", SURE),
        ("Cy Cedar", "Max Moor", "Comet", SURE),
        ("Di Dale", "Ned Nash", "Comet", SURE),
        ("Di Dale", "Ole Oak", "Stone", SURE),
    ]);
    let asked = |id: &str| bank.get(id).unwrap_or_else(|| panic!("no question {id}"));
    let question = asked("f0/cast-who");
    assert_eq!(
        question.reason,
        "S. Bob Birch plays Lou Lark in the same film, which came out in 1990."
    );
    // What it adds is also a fact, so a game does not ask about it as well.
    assert_eq!(question.tells, ["f1"]);
    assert_eq!(question.citation, "the article");
    assert_eq!(
        asked("f3/cast-who").reason,
        "S. Di Dale is also Ole Oak in Stone (1990)."
    );
    assert_eq!(base.facts().count(), 5);
}

/// "Alien came out in 1979, like Manhattan and Moonraker."
#[test]
fn a_year_is_recalled_by_films_of_that_year() {
    let (base, bank) = &*BUNDLED;
    let years = bank.questions().filter(|q| q.template == "release-year");
    let mut recalled = 0;
    for question in years {
        let Some((_, films)) = question.reason.split_once(", like ") else {
            continue;
        };
        recalled += 1;
        let told = question.tells.iter();
        let told = told.map(|id| base.fact(id).expect("a told fact is known"));
        let mut releases = 0;
        for fact in told {
            let FactKind::Release { work, date } = &fact.kind else {
                // The prompt may name the director.
                assert!(matches!(fact.kind, FactKind::Crew { .. }), "{}", fact.id);
                continue;
            };
            releases += 1;
            let title = &base
                .entity(&EntityRef::new(EntityKind::Work, work.clone()))
                .expect("a film")
                .name;
            assert!(films.contains(title.as_str()), "{}: {title}", question.id);
            assert!(
                date.starts_with(&question.answer.text),
                "{}: {date}",
                question.id
            );
        }
        assert!(releases > 0, "{}", question.id);
    }
    assert!(recalled > 100, "{recalled}");
}

/// Two packs may know a film by other ids, titles or years; then `/cast` would have half of it on
/// each of two pages.
#[test]
fn no_bundled_film_is_two() {
    let (base, _) = &*BUNDLED;
    let mut by_title: BTreeMap<String, Vec<(&str, Option<u16>)>> = BTreeMap::new();
    for work in base.entities(EntityKind::Work) {
        if work.form.as_deref() == Some("film") {
            let same = by_title.entry(fold(title(work))).or_default();
            same.push((&work.id, work.year));
        }
    }
    for (film, same) in by_title {
        for (at, (id, year)) in same.iter().enumerate() {
            let is_apart = |(_, other): &&(&str, Option<u16>)| {
                year.zip(*other).is_some_and(|(a, b)| a.abs_diff(b) > 1)
            };
            let twin = same[..at].iter().find(|other| !is_apart(other));
            assert_eq!(twin, None, "{film}: {id}");
        }
    }
}

/// Two packs state who was the first Hanna, and which film Driver made with Mann.
#[test]
fn a_fact_in_two_packs_is_not_asked_after_either_gave_it_away() {
    for (id, told) in [
        ("bale-takes-over-from", "cast-al-pacino-vincent-hanna"),
        (
            "graham-takes-over-from",
            "cast-robert-de-niro-neil-mccauley",
        ),
        ("driver-mann-film", "film-ferrari-adam-driver"),
    ] {
        let tells = HEART.1.get(id).expect("bundled").tells;
        assert!(tells.iter().any(|fact| fact == told), "{id}: {tells:?}");
    }
}

#[test]
fn questions_that_differ_only_in_emoji_are_different() {
    let asked = |signs: [&str; 2]| {
        let question = |(n, signs): (usize, &str)| {
            format!(
                r#"{{"id":"q{n}","prompt":"Which film is {signs}?","answer":"A","distractors":["B","C","D"],"reason":"So."}}"#
            )
        };
        let questions: Vec<String> = signs.into_iter().enumerate().map(question).collect();
        let text = format!(
            r#"{{"id":"own","title":"T","description":"D","questions":[{}]}}"#,
            questions.join(",")
        );
        let pack = parse_pack("own.json", &text).expect("a sound pack");
        let base = FactBase::build(vec![pack]).expect("one pack, no clash");
        lint(&base, &Bank::build(&base)).len()
    };
    assert_eq!(asked(["🦈🏖️", "🚕🌃"]), 0);
    assert_eq!(asked(["🦈🏖️", "🦈🏖️"]), 1);
}
