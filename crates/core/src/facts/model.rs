//! The shape of a pack: the same as its JSON.

use super::film::{Award, Film};
use super::ids::{EntityId, FactId, PackId, SourceId};
use super::limits;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// One JSON document of facts and hand-written questions. It is self-contained, so it can be
/// mailed, reviewed and uploaded.
///
/// Two packs may declare the same entity (same kind and id). Its name and `year` must then be the
/// same in both; aliases are merged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Unique id: lower-case letters, digits and hyphens.
    #[schemars(length(max = limits::ID_LENGTH_MAX), regex(pattern = "^[a-z0-9-]+$"))]
    pub id: PackId,
    /// The title that members see in lists.
    #[schemars(length(min = 1, max = limits::NAME_LENGTH_MAX))]
    pub title: String,
    /// One or two sentences for lists.
    pub description: String,
    /// The licence under which the pack may be shared, as its writer or its sources state it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Whom to credit when its questions are shown, as the licence requires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
    /// Where the facts come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// Real people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Entity>,
    /// Fictional characters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub characters: Vec<Entity>,
    /// Films, novels, series.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub works: Vec<Entity>,
    /// Companies, studios, publishers, news outlets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<Entity>,
    /// Films, one record each, from which people, parts and facts are made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub films: Vec<Film>,
    /// Academy Awards, won or lost, one record each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub awards: Vec<Award>,
    /// The facts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// Hand-written questions, for facts whose kind has no template.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<WrittenQuestion>,
}

impl Pack {
    /// How many facts it states, including those made from its records.
    #[must_use]
    pub fn facts_count(&self) -> usize {
        let films = self.films.iter().map(Film::facts_count);
        self.facts.len() + films.sum::<usize>() + self.awards.len()
    }
}

/// A document that facts cite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Unique within the pack.
    pub id: SourceId,
    /// The source's name for members, as it reads after "Source: ".
    pub title: String,
    /// Its address, where it has one. If it ends with "/", the page of a citation follows it:
    /// `https://en.wikipedia.org/wiki/` and "Jaws (film)" make the address of that article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// The four kinds of entity. Two entities of one kind may not share an alias.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum EntityKind {
    /// A real person.
    Person,
    /// A fictional character.
    Character,
    /// A film, novel or series.
    Work,
    /// A company, studio, publisher or news outlet.
    Organisation,
}

impl EntityKind {
    /// Every kind, in order.
    pub const ALL: [Self; 4] = [
        Self::Person,
        Self::Character,
        Self::Work,
        Self::Organisation,
    ];
}

/// A person, character, work or company that facts mention.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    /// Unique among the entities of its kind.
    pub id: EntityId,
    /// The full name as members see it. Works that share a name are distinguished here, for
    /// instance "Heat 2 (novel)" and "Heat 2 (planned film)".
    pub name: String,
    /// Other names that a search or a typed answer may use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Works only: "film", "television film", "series", "novel" or "planned film".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// Works only: the year of first release, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// One line about it in our own words; used when a question explains.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// People and characters only: the pronoun used in sentences. A question draws wrong answers
    /// with the same pronoun; otherwise a first name would give the right one away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pronoun: Option<Pronoun>,
    /// People only: whether this person has died. The dead are not offered as wrong answers to
    /// questions about planned films.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub died: bool,
    /// Works only: how well known it is, from 1 (few people) to 5 (nearly everyone).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fame: Option<u8>,
    /// Works only: its plot in one line that names nobody in it; used as a clue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plot: Option<String>,
    /// Works only: a few emoji that describe it; used as a clue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emoji: Option<String>,
}

impl Entity {
    /// An entity known only by name.
    pub(super) fn named(id: impl Into<EntityId>, name: &str) -> Self {
        Self {
            id: id.into(),
            name: name.to_owned(),
            ..Self::default()
        }
    }
}

/// The pronoun for a person or character.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words speak for themselves")]
pub enum Pronoun {
    He,
    She,
    They,
}

/// An entity named with its kind, as `"person:al-pacino"` in JSON.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = "^(person|character|work|organisation):[a-z0-9-]+$"))]
pub struct EntityRef {
    /// Which of the four kinds.
    pub kind: EntityKind,
    /// The id within that kind.
    pub id: EntityId,
}

impl EntityRef {
    /// Names an entity.
    #[must_use]
    pub fn new(kind: EntityKind, id: impl Into<EntityId>) -> Self {
        Self {
            kind,
            id: id.into(),
        }
    }
}

impl fmt::Display for EntityRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            EntityKind::Person => "person",
            EntityKind::Character => "character",
            EntityKind::Work => "work",
            EntityKind::Organisation => "organisation",
        };
        write!(f, "{kind}:{}", self.id)
    }
}

impl From<EntityRef> for String {
    fn from(entity: EntityRef) -> Self {
        entity.to_string()
    }
}

impl TryFrom<String> for EntityRef {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let (kind, id) = text
            .split_once(':')
            .ok_or_else(|| format!("\"{text}\" is not of the form \"person:al-pacino\""))?;
        let kind = match kind {
            "person" => EntityKind::Person,
            "character" => EntityKind::Character,
            "work" => EntityKind::Work,
            "organisation" => EntityKind::Organisation,
            other => {
                return Err(format!(
                    "\"{other}\" is not a kind of entity; use person, character, work or organisation"
                ));
            }
        };
        Ok(Self::new(kind, id))
    }
}

/// How sure a fact is. "Confirmed" means stated as settled by its source.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Stated as settled.
    Confirmed,
    /// Passed on as news or reputation.
    Reported,
    /// Someone is said to be discussing it.
    InTalks,
    /// Someone is said to be negotiating terms.
    Negotiating,
    /// The studio says it is not final.
    Unfinalised,
    /// Gossip without a named source. Never asked.
    Rumoured,
    /// The writer's view. Never asked; shown only as the writer's.
    Opinion,
}

/// Where a source states a fact. Paragraphs and sentences count from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cite {
    /// Which of the pack's sources.
    pub source: SourceId,
    /// The page of a source that has many, by title: "Jaws (film)".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The paragraph, if the source numbers them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u16>,
    /// The sentence within that paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<u16>,
    /// The last sentence, if the fact spans several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence_end: Option<u16>,
}

/// How hard a question is meant to be.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Difficulty {
    /// Most people who have seen the film know it.
    Easy,
    /// Fans know it.
    Medium,
    /// Few people know it.
    Hard,
}

/// What a fact is about. Accuracy statistics are kept by topic.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// Who plays whom in released works.
    Cast,
    /// Who is to play whom in the planned film.
    Casting,
    /// Who made it: direction, camera, music and so on.
    Crew,
    /// What happens in the story.
    Story,
    /// How it was made.
    Production,
    /// Where it was shot or is set.
    Places,
    /// What it is based on.
    Origins,
    /// Dates, money, ratings, reception.
    Release,
    /// The novel.
    Novel,
    /// Companies and contracts.
    Studio,
    /// A film-maker's or actor's other works.
    Career,
    /// Who won, and who lost.
    Awards,
}

/// The sections of `/news`, except `headlines`, which draws on the others.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum NewsTopic {
    /// Who may play whom.
    Casting,
    /// Filming, preparation, trailer.
    Production,
    /// The book.
    Novel,
    /// The company, contracts, money.
    Studio,
    /// The writer's opinions.
    Analysis,
}

/// What someone did on a work.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are the film trade's own")]
pub enum Job {
    Director,
    Writer,
    Author,
    Producer,
    ExecutiveProducer,
    AssociateProducer,
    Cinematographer,
    Editor,
    Composer,
    CastingDirector,
    ProductionDesigner,
    CostumeDesigner,
    SetDecorator,
    LocationManager,
    SoundEditor,
    SoundMixer,
    StuntCoordinator,
    SteadicamOperator,
    MusicSupervisor,
    TechnicalAdviser,
    WeaponsTrainer,
}

/// One verifiable statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fact {
    /// Unique over all loaded packs; never reused for another statement.
    pub id: FactId,
    /// The statement, by kind.
    #[serde(flatten)]
    pub kind: FactKind,
    /// How sure it is.
    pub status: Status,
    /// When it was true, in the source's words ("1995", "November 2026"); never computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// Where it is stated: at least one place. Facts from one record share theirs.
    #[schemars(with = "Vec<Cite>")]
    pub cites: Arc<[Cite]>,
    /// One sentence in our own words, to show to members.
    pub summary: String,
    /// What it is about.
    pub topic: Topic,
    /// How hard it is to know.
    pub difficulty: Difficulty,
    /// The section of `/news` it belongs to, if it is news.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub news: Option<NewsTopic>,
    /// Facts that must be shown with this one, for instance the studio's statement that contracts
    /// are still open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caveats: Vec<FactId>,
    /// Why no question may be asked about it (conflicting sources, vague wording …). It can still
    /// be looked up and shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unasked: Option<String>,
    /// Whether it was made from a film's or award's record instead of written by hand.
    #[serde(skip)]
    pub of_record: bool,
}

/// What a fact states. Kinds with structure have question templates in every fair direction; only
/// hand-written questions ask about the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FactKind {
    /// `person` plays `character` in `work`, or is said to, if the status is uncertain.
    Cast {
        /// The actor.
        person: EntityId,
        /// The part.
        character: EntityId,
        /// The work.
        work: EntityId,
        /// The person's billing in the work's cast list, counted from 1, if known. Parts billed
        /// below fourth are not asked about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        billing: Option<u8>,
    },
    /// `person` is in `work`, in a part that the fact does not name.
    Appearance {
        /// The person.
        person: EntityId,
        /// The work.
        work: EntityId,
        /// The person's billing, counted from 1, if known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        billing: Option<u8>,
    },
    /// An Academy Award, or a nomination for one.
    Award {
        /// Which ceremony, counted from 1.
        ceremony: u16,
        /// The year whose films it honours.
        year: u16,
        /// The category, as in [`Award`].
        category: String,
        /// The work, if it was for one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        work: Option<EntityId>,
        /// The people named.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        people: Vec<EntityId>,
        /// The part, if it was for acting.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        part: Option<String>,
        /// Whether it was won.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        won: bool,
    },
    /// `work` is of this genre.
    Genre {
        /// The work.
        work: EntityId,
        /// The genre, in lower case: "western".
        genre: String,
    },
    /// `work` is based on another: a novel, a play, a comic.
    BasedOn {
        /// The new work.
        work: EntityId,
        /// The title of the original.
        title: String,
        /// Who wrote it, if it has authors.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        authors: Vec<EntityId>,
        /// Its form: "novel", "play", "short story".
        #[serde(default, skip_serializing_if = "Option::is_none")]
        form: Option<String>,
    },
    /// `work` belongs to a series of films.
    Series {
        /// The work.
        work: EntityId,
        /// The name of the series, as in "James Bond".
        series: String,
    },
    /// `person` did `job` on `work`.
    Crew {
        /// The person.
        person: EntityId,
        /// Their job.
        job: Job,
        /// The work.
        work: EntityId,
    },
    /// `work` first came out on `date`: a year, or a day as `1995-12-15`.
    Release {
        /// The work.
        work: EntityId,
        /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
        date: String,
    },
    /// `organisation` made, distributed or published `work`.
    Company {
        /// The company.
        organisation: EntityId,
        /// "produced", "distributed", "published" or "broadcast".
        role: String,
        /// The work.
        work: EntityId,
    },
    /// Where or when a story, or a strand of it, takes place.
    Setting {
        /// The story.
        work: EntityId,
        /// Characters it follows, if the fact says so.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        characters: Vec<EntityId>,
    },
    /// Someone joining a work, or negotiating to.
    Deal {
        /// What it is about.
        work: EntityId,
        /// The people whose contracts they are.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        people: Vec<EntityId>,
        /// The company, if named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        organisation: Option<EntityId>,
    },
    /// Something that happens in a story, on a set, or in the world.
    Event {
        /// Everyone and everything it involves.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        about: Vec<EntityRef>,
    },
    /// A number: money, minutes, pages, days.
    Measure {
        /// Everyone and everything it involves.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        about: Vec<EntityRef>,
    },
    /// Someone's own statement, for instance the studio's caveat.
    Statement {
        /// Everyone and everything it involves, the speaker first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        about: Vec<EntityRef>,
    },
    /// What a work is, is like, or is about.
    Theme {
        /// Everyone and everything it involves.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        about: Vec<EntityRef>,
    },
}

/// The kind of a hand-written question: a game mixes them.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum WrittenKind {
    /// A turn of the story.
    Plot,
    /// An important object.
    Object,
    /// Where it is set or was shot.
    Place,
    /// The last scene.
    Ending,
    /// A rule that a character lives by.
    Rule,
    /// The name of a person or thing.
    Name,
    /// Who says a line.
    Quote,
    /// How a line continues.
    Finish,
    /// Which film some emoji describe.
    Emoji,
    /// What several things have in common.
    Links,
    /// How many, how much, how long.
    Number,
    /// Its songs and music.
    Music,
    /// How it was made.
    Making,
}

impl WrittenKind {
    /// The template name for questions of this kind, as statistics list it.
    #[must_use]
    pub fn template(self) -> &'static str {
        match self {
            Self::Plot => "written-plot",
            Self::Object => "written-object",
            Self::Place => "written-place",
            Self::Ending => "written-ending",
            Self::Rule => "written-rule",
            Self::Name => "written-name",
            Self::Quote => "written-quote",
            Self::Finish => "written-finish",
            Self::Emoji => "written-emoji",
            Self::Links => "written-links",
            Self::Number => "written-number",
            Self::Music => "written-music",
            Self::Making => "written-making",
        }
    }
}

/// A hand-written question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenQuestion {
    /// Unique over all loaded packs; never reused for another question.
    pub id: String,
    /// The facts behind it. The first determines status, topic and reason, all together the
    /// citation. A server's own pack may leave this out; then `reason` must say why the answer is
    /// right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactId>,
    /// The question, ending with a question mark.
    #[schemars(length(min = 1, max = limits::PROMPT_LENGTH_MAX))]
    pub prompt: String,
    /// The one right answer.
    #[schemars(length(min = 1, max = limits::CHOICE_LENGTH_MAX))]
    pub answer: String,
    /// At least three wrong answers of the same kind as the right one.
    #[schemars(
        length(min = limits::DISTRACTORS_MIN, max = limits::TEXTS_MAX),
        inner(length(min = 1, max = limits::CHOICE_LENGTH_MAX))
    )]
    pub distractors: Vec<String>,
    /// Other spellings that a typed answer may use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accept: Vec<String>,
    /// The work it is about, as `jaws-1975`; a loaded pack must declare it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub film: Option<EntityId>,
    /// Everything else that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<EntityRef>,
    /// Its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<WrittenKind>,
    /// Shown at the reveal; default: the first fact's summary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where to find the answer, for a question without facts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cite: Option<Cite>,
    /// Overrides the first fact's topic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<Topic>,
    /// Overrides the first fact's difficulty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difficulty: Option<Difficulty>,
}
