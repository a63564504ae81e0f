//! Questions about who did what behind the camera.

use super::draft::{Answers, Draft, choice, plain};
use super::index::{Credit, Index, harder};
use super::question::{Answer, Question};
use super::wording::{also_called, did, in_sentence, job_name, vary};
use super::year_index::YearIndex;
use crate::facts::limits::DISTRACTORS_MIN;
use crate::facts::{EntityKind, Job, Status};
use std::collections::{BTreeMap, BTreeSet};

type Work<'a> = Credit<'a, Job>;

/// How many credits are searched for wrong answers to one question.
const CANDIDATES_MAX: usize = 100;

/// Jobs done close together. Someone with one may well have done some of the other, credited or
/// not, so neither is a fair wrong answer for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

/// Whether someone of one field may be mistaken for someone of the other: both picture and sound
/// are "edited".
fn is_near(a: Field, b: Field) -> bool {
    let cutting = |field| matches!(field, Field::Cutting | Field::Sound);
    a == b || (cutting(a) && cutting(b))
}

/// Jobs that one person, or a couple credited together, does on a film: anyone who did it on
/// another film did not do it on this one.
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
    let crews = Crews::of(index);
    for credit in asked(index) {
        let mut drafts = vec![
            who(index, &crews, credit),
            with_whom(index, &crews, credit),
            which_job(index, credit, &filling),
        ];
        // One for each person and job, because every film would have the same prompt.
        if !films_asked.contains(&(credit.person, credit.role)) {
            let film = which_film(index, &crews, credit);
            if film.is_some() {
                films_asked.insert((credit.person, credit.role));
            }
            drafts.push(film);
        }
        let drafts = drafts.into_iter().flatten();
        questions.extend(drafts.filter_map(|draft| draft.finish(index)));
    }
    questions
}

/// The credits for each job that one person does alone, by the years of their works.
struct Crews<'i, 'a> {
    undivided: BTreeMap<Job, YearIndex<'a, &'i Work<'a>>>,
    /// Those of them that are certain, on released films.
    films: BTreeMap<Job, YearIndex<'a, &'i Work<'a>>>,
}

/// Everyone who did this job on this work.
fn colleagues<'a>(index: &Index<'a>, credit: &Work) -> Vec<&'a str> {
    let same = index.jobs_of_work(credit.work);
    let same = same.filter(|other| other.role == credit.role);
    let people: BTreeSet<&str> = same.map(|other| other.person).collect();
    people.into_iter().collect()
}

impl<'i, 'a> Crews<'i, 'a> {
    fn of(index: &'i Index<'a>) -> Self {
        let mut crews = Self {
            undivided: BTreeMap::new(),
            films: BTreeMap::new(),
        };
        for credit in index.crew.iter().filter(|credit| is_undivided(credit.role)) {
            crews.add(index, credit);
        }
        crews
    }

    fn add(&mut self, index: &Index, credit: &'i Work<'a>) {
        let Credit { role, work, .. } = *credit;
        let alike = self.undivided.entry(role).or_default();
        alike.add(index, work, credit);
        if credit.fact.status == Status::Confirmed && index.is_released_film(work) {
            let films = self.films.entry(role).or_default();
            films.add(index, work, credit);
        }
    }

    /// People who certainly did not do this job on this work, nearest first. First those who did it
    /// elsewhere, if one person does it alone; then those with a very different job on the same
    /// work.
    fn others(&'i self, index: &'i Index<'a>, credit: &'i Work<'a>) -> Answers<'i> {
        let own_field = field(credit.role);
        let close = index.jobs_of_work(credit.work);
        let close = close.filter(|other| field(other.role) == own_field);
        let close: BTreeSet<&str> = close.map(|other| other.person).collect();
        let elsewhere = self.undivided.get(&credit.role).into_iter();
        let elsewhere = elsewhere.flat_map(|alike| alike.elsewhere(index, credit.work));
        let elsewhere = elsewhere.map(|(_, credit)| *credit);
        // A director often writes and produces too, credited or not.
        let same_film = index.jobs_of_work(credit.work);
        let distant = same_film.filter(move |c| {
            !matches!(field(c.role), Field::Lead) && !is_near(field(c.role), own_field)
        });
        let own = index.pronoun(EntityKind::Person, credit.person);
        let fits = move |person| own.is_none() || index.pronoun(EntityKind::Person, person) == own;
        let others = elsewhere
            .chain(distant)
            .filter(move |c| !close.contains(c.person))
            .filter(move |c| fits(c.person));
        let others = others.take(CANDIDATES_MAX);
        Box::new(others.filter_map(|c| choice(index, EntityKind::Person, c.person)))
    }
}

/// The credits to ask about.
fn asked<'i, 'a>(index: &'i Index<'a>) -> impl Iterator<Item = &'i Work<'a>> {
    let is_sure = |c: &&Work| c.fact.status == Status::Confirmed;
    let asked = index.crew.iter().filter(|c| index.is_asked_singly(c.fact));
    asked.filter(is_sure)
}

/// Packs in which one job makes up more than half of the credits asked about, with that job.
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

fn names(index: &Index, credit: &Work) -> Option<(String, String)> {
    let person = index
        .entity(EntityKind::Person, credit.person)?
        .name
        .clone();
    let work = in_sentence(index.entity(EntityKind::Work, credit.work)?);
    Some((person, work))
}

fn who<'i, 'a>(
    index: &'i Index<'a>,
    crews: &'i Crews<'i, 'a>,
    credit: &'i Work<'a>,
) -> Option<Draft<'i>> {
    let (_, work) = names(index, credit)?;
    let did = did(credit.role);
    let colleagues = colleagues(index, credit);
    // With two of them, another question asks who shares the job.
    if colleagues.len() == 2 {
        return None;
    }
    let prompt = if colleagues.len() > 1 {
        // Each of them has a question of this kind, so each prompt needs different words.
        let i = colleagues.iter().position(|p| *p == credit.person)?;
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
        distractors: crews.others(index, credit),
        accept: Vec::new(),
        more: None,
    })
}

/// Asked if exactly two people shared a job.
fn with_whom<'i, 'a>(
    index: &'i Index<'a>,
    crews: &'i Crews<'i, 'a>,
    credit: &'i Work<'a>,
) -> Option<Draft<'i>> {
    let (_, work) = names(index, credit)?;
    let colleagues = colleagues(index, credit);
    let [a, b] = colleagues.as_slice() else {
        return None;
    };
    let other = if *a == credit.person { b } else { a };
    let other = &index.entity(EntityKind::Person, other)?.name;
    let job = job_name(credit.role).to_lowercase();
    Some(Draft {
        fact: credit.fact,
        template: "crew-with",
        difficulty: credit.fact.difficulty,
        prompt: format!("Who shares the {job}'s credit on {work} with {other}?"),
        answer: choice(index, EntityKind::Person, credit.person)?,
        distractors: crews.others(index, credit),
        accept: Vec::new(),
        more: None,
    })
}

/// Asked about people with one job on the work and no part in it. Not asked about a job that fills
/// its pack: the answer would always be the same.
fn which_job<'i>(
    index: &Index,
    credit: &'i Work,
    filling: &BTreeSet<(&str, Job)>,
) -> Option<Draft<'i>> {
    let (person, work) = names(index, credit)?;
    let pack = index.base.pack_of(&credit.fact.id)?;
    let here = index.jobs_of_work(credit.work);
    let mut theirs = here.filter(|other| other.person == credit.person);
    let mut parts = index.parts_of_work(credit.work);
    if theirs.any(|other| other.role != credit.role)
        || parts.any(|part| part.person == credit.person)
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
                format!("Which job did {person} do on {work}?"),
            ],
        ),
        answer: plain(job_name(credit.role)),
        distractors: Box::new(
            wrong
                .into_iter()
                .filter(|job| field(*job) != field(credit.role))
                .map(|job| plain(job_name(job))),
        ),
        accept: also_called(credit.role)
            .iter()
            .map(|name| (*name).to_owned())
            .collect(),
        more: None,
    })
}

/// The wrong films are those where the packs know that others did the job.
fn which_film<'i, 'a>(
    index: &'i Index<'a>,
    crews: &'i Crews<'i, 'a>,
    credit: &'i Work<'a>,
) -> Option<Draft<'i>> {
    let (person, _) = names(index, credit)?;
    let article = if colleagues(index, credit).len() > 1 {
        "a"
    } else {
        "the"
    };
    let job = format!("{article} {}", job_name(credit.role).to_lowercase());
    if !index.is_released_film(credit.work)
        || !is_undivided(credit.role)
        || index.fills_its_pack(credit.fact, credit.work)
    {
        return None;
    }
    let films = crews.films.get(&credit.role)?.elsewhere(index, credit.work);
    let theirs = index.jobs_of_person(credit.person);
    let theirs: BTreeSet<&str> = theirs.map(|other| other.work).collect();
    let films = films.filter(move |(_, c)| !theirs.contains(c.work));
    let mut films = films.filter_map(|(_, c)| choice(index, EntityKind::Work, c.work));
    let nearest: Vec<Answer> = films.by_ref().take(DISTRACTORS_MIN).collect();
    if nearest.len() < DISTRACTORS_MIN {
        return None;
    }
    Some(Draft {
        fact: credit.fact,
        template: "crew-film",
        difficulty: harder(credit.fact.difficulty),
        prompt: format!("On which of these films was {person} {job}?"),
        answer: choice(index, EntityKind::Work, credit.work)?,
        distractors: Box::new(nearest.into_iter().chain(films)),
        accept: Vec::new(),
        more: None,
    })
}
