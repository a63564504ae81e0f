//! Questions about who did what behind the camera.

use super::draft::{Draft, choice, plain};
use super::index::{Credit, Index, harder};
use super::question::{Answer, Question};
use super::wording::{also_called, did, in_sentence, job_name, vary};
use crate::facts::{EntityKind, Job, Status};
use std::collections::{BTreeMap, BTreeSet};

type Work<'a> = Credit<'a, Job>;

/// Credits looked through for the wrong answers to one question.
const CANDIDATES_MAX: usize = 100;

/// Jobs that are done close together: somebody with the one may well have done some of the
/// other, credited or not, and so neither is a fair wrong answer for the other.
#[derive(PartialEq, Eq)]
enum Field {
    Lead,
    Camera,
    Cutting,
    Music,
    Casting,
    Look,
    Places,
    Sound,
    Action,
}

fn field(job: Job) -> Field {
    match job {
        Job::Director
        | Job::Writer
        | Job::Author
        | Job::Producer
        | Job::ExecutiveProducer
        | Job::AssociateProducer => Field::Lead,
        Job::Cinematographer | Job::SteadicamOperator => Field::Camera,
        Job::Editor => Field::Cutting,
        Job::Composer | Job::MusicSupervisor => Field::Music,
        Job::CastingDirector => Field::Casting,
        Job::ProductionDesigner | Job::CostumeDesigner | Job::SetDecorator => Field::Look,
        Job::LocationManager => Field::Places,
        Job::SoundEditor | Job::SoundMixer => Field::Sound,
        Job::StuntCoordinator | Job::TechnicalAdviser | Job::WeaponsTrainer => Field::Action,
    }
}

/// Jobs that one person, or a couple named together, does on a film: whoever did it on another
/// film did not do it on this one.
fn is_undivided(job: Job) -> bool {
    matches!(
        job,
        Job::Director
            | Job::Author
            | Job::Cinematographer
            | Job::Composer
            | Job::ProductionDesigner
    )
}

/// Every question about a job.
pub(super) fn questions(index: &Index) -> Vec<Question> {
    let mut questions = Vec::new();
    let mut films_asked = BTreeSet::new();
    let filling = filling_jobs(index);
    for credit in asked(index) {
        let mut drafts = vec![
            who(index, credit),
            with_whom(index, credit),
            which_job(index, credit, &filling),
        ];
        // One for each person and job: the prompt would be the same for every film.
        if !films_asked.contains(&(credit.person, credit.role)) {
            let film = which_film(index, credit);
            if film.is_some() {
                films_asked.insert((credit.person, credit.role));
            }
            drafts.push(film);
        }
        let drafts = drafts.into_iter().flatten();
        questions.extend(drafts.filter_map(|draft| draft.finish(index.base)));
    }
    questions
}

/// The credits that are asked about.
fn asked<'i, 'a>(index: &'i Index<'a>) -> impl Iterator<Item = &'i Work<'a>> {
    let is_sure = |c: &&Work| c.fact.status == Status::Confirmed;
    let asked = index.crew.iter().filter(|c| index.is_asked(c.fact));
    asked.filter(is_sure)
}

/// The packs, each with a job that makes up more than half of the credits the pack asks about.
fn filling_jobs<'a>(index: &Index<'a>) -> BTreeSet<(&'a str, Job)> {
    let mut of_job: BTreeMap<(&str, Job), usize> = BTreeMap::new();
    let mut of_pack: BTreeMap<&str, usize> = BTreeMap::new();
    for credit in asked(index) {
        if let Some(pack) = index.base.pack_of(&credit.fact.id) {
            *of_job.entry((&pack.id, credit.role)).or_default() += 1;
            *of_pack.entry(&pack.id).or_default() += 1;
        }
    }
    let fills = |pack: &str, count: usize| of_pack.get(pack).is_some_and(|all| count * 2 > *all);
    let filling = of_job
        .iter()
        .filter(|((pack, _), count)| fills(pack, **count));
    filling.map(|(key, _)| *key).collect()
}

/// Everybody who did this job on this work.
fn colleagues<'a>(index: &Index<'a>, credit: &Work) -> Vec<&'a str> {
    let same = |c: &&Work| c.role == credit.role && c.work == credit.work;
    let people: BTreeSet<&str> = index.crew.iter().filter(same).map(|c| c.person).collect();
    people.into_iter().collect()
}

/// People who certainly did not do this job on this work, nearest first: those who did it on
/// another, where it is not shared out, then those who did quite another job on the same.
fn others(index: &Index, credit: &Work) -> Vec<Answer> {
    let own_field = field(credit.role);
    let same_film = || index.crew.iter().filter(|c| c.work == credit.work);
    let close = same_film().filter(|c| field(c.role) == own_field);
    let close: BTreeSet<&str> = close.map(|c| c.person).collect();
    let mut elsewhere: Vec<&Work> = index
        .crew
        .iter()
        .filter(|c| is_undivided(credit.role) && c.role == credit.role && c.work != credit.work)
        .collect();
    elsewhere.sort_by_cached_key(|c| index.distance(credit.work, c.work));
    // A director often writes and produces too, credited or not.
    let distant =
        same_film().filter(|c| !matches!(field(c.role), Field::Lead) && field(c.role) != own_field);
    let own = index.pronoun(EntityKind::Person, credit.person);
    let fits = |person| own.is_none() || index.pronoun(EntityKind::Person, person) == own;
    elsewhere
        .into_iter()
        .chain(distant)
        .filter(|c| !close.contains(c.person) && fits(c.person))
        .take(CANDIDATES_MAX)
        .filter_map(|c| choice(index, EntityKind::Person, c.person))
        .collect()
}

fn names(index: &Index, credit: &Work) -> Option<(String, String)> {
    let person = index
        .entity(EntityKind::Person, credit.person)?
        .name
        .clone();
    let work = in_sentence(index.entity(EntityKind::Work, credit.work)?);
    Some((person, work))
}

fn who<'a>(index: &Index<'a>, credit: &Work<'a>) -> Option<Draft<'a>> {
    let (_, work) = names(index, credit)?;
    let did = did(credit.role);
    let prompt = if colleagues(index, credit).len() > 1 {
        // Each of them has a question of this kind, and so each prompt needs its own words.
        let i = colleagues(index, credit)
            .iter()
            .position(|p| *p == credit.person)?;
        [
            format!("Which of these people {did} {work}?"),
            format!("Who among these people {did} {work}?"),
            format!("Of the people named here, who {did} {work}?"),
            format!("Which of the following {did} {work}?"),
        ]
        .into_iter()
        .nth(i)?
    } else {
        vary(
            credit.fact,
            [
                format!("Who {did} {work}?"),
                format!("Which of these people {did} {work}?"),
            ],
        )
    };
    Some(Draft {
        fact: credit.fact,
        template: "crew-who",
        difficulty: credit.fact.difficulty,
        prompt,
        answer: choice(index, EntityKind::Person, credit.person)?,
        distractors: others(index, credit),
        accept: Vec::new(),
    })
}

/// Asked where exactly two shared a job.
fn with_whom<'a>(index: &Index<'a>, credit: &Work<'a>) -> Option<Draft<'a>> {
    let (_, work) = names(index, credit)?;
    let colleagues = colleagues(index, credit);
    let [a, b] = colleagues.as_slice() else {
        return None;
    };
    let other = if *a == credit.person { b } else { a };
    let other = &index.entity(EntityKind::Person, other)?.name;
    Some(Draft {
        fact: credit.fact,
        template: "crew-with",
        difficulty: credit.fact.difficulty,
        prompt: format!("Who {} {work} together with {other}?", did(credit.role)),
        answer: choice(index, EntityKind::Person, credit.person)?,
        distractors: others(index, credit),
        accept: Vec::new(),
    })
}

/// Asked of people with one job on the work, and no part in it. Not asked of a job that fills
/// its pack: there the answer would always be the same.
fn which_job<'a>(
    index: &Index<'a>,
    credit: &Work<'a>,
    filling: &BTreeSet<(&str, Job)>,
) -> Option<Draft<'a>> {
    let (person, work) = names(index, credit)?;
    let pack = index.base.pack_of(&credit.fact.id)?;
    let here = |c: &&Work| c.person == credit.person && c.work == credit.work;
    let acts = index
        .cast
        .iter()
        .any(|c| c.person == credit.person && c.work == credit.work);
    if index
        .crew
        .iter()
        .filter(here)
        .any(|c| c.role != credit.role)
        || acts
        || matches!(credit.role, Job::Director | Job::Author)
        || filling.contains(&(pack.id.as_str(), credit.role))
    {
        return None;
    }
    let wrong = [
        Job::Editor,
        Job::Cinematographer,
        Job::ProductionDesigner,
        Job::Composer,
        Job::CastingDirector,
        Job::SoundMixer,
        Job::ExecutiveProducer,
        Job::StuntCoordinator,
        Job::LocationManager,
    ];
    Some(Draft {
        fact: credit.fact,
        template: "crew-job",
        difficulty: harder(credit.fact.difficulty),
        prompt: vary(
            credit.fact,
            [
                format!("What was {person}'s job on {work}?"),
                format!("In what capacity did {person} work on {work}?"),
                format!("As what did {person} work on {work}?"),
            ],
        ),
        answer: plain(job_name(credit.role)),
        distractors: wrong
            .into_iter()
            .filter(|job| field(*job) != field(credit.role))
            .map(|job| plain(job_name(job)))
            .collect(),
        accept: also_called(credit.role)
            .iter()
            .map(|name| (*name).to_owned())
            .collect(),
    })
}

/// The wrong films are those of which the packs know that others did the job.
fn which_film<'a>(index: &Index<'a>, credit: &Work<'a>) -> Option<Draft<'a>> {
    let (person, _) = names(index, credit)?;
    if !index.is_released_film(credit.work)
        || !is_undivided(credit.role)
        || index.fills_its_pack(credit.fact, credit.work)
    {
        return None;
    }
    let theirs = index.crew.iter().filter(|c| c.person == credit.person);
    let theirs: BTreeSet<&str> = theirs.map(|c| c.work).collect();
    let mut films: Vec<&Work> = index
        .crew
        .iter()
        .filter(|c| c.role == credit.role && c.fact.status == Status::Confirmed)
        .filter(|c| index.is_released_film(c.work) && !theirs.contains(c.work))
        .collect();
    films.sort_by_cached_key(|c| index.distance(credit.work, c.work));
    let distractors: Vec<Answer> = films
        .into_iter()
        .filter_map(|c| choice(index, EntityKind::Work, c.work))
        .collect();
    if distractors.len() < 3 {
        return None;
    }
    Some(Draft {
        fact: credit.fact,
        template: "crew-film",
        difficulty: harder(credit.fact.difficulty),
        prompt: format!("{person} {} which of these films?", did(credit.role)),
        answer: choice(index, EntityKind::Work, credit.work)?,
        distractors,
        accept: Vec::new(),
    })
}
