//! The shape of a pack: what its JSON holds, one to one.

use super::film::{Award, Film};
use super::limits;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// The id of a pack: lower-case letters, digits and hyphens, at most 64 bytes.
pub type PackId = String;
/// The id of a fact, unique over all loaded packs.
pub type FactId = String;
/// The id of an entity, unique among the entities of one kind over all loaded packs.
pub type EntityId = String;
/// The id of a source, unique within its pack.
pub type SourceId = String;

/// One JSON document of facts and hand-written questions: self-contained, so that it can be
/// mailed, reviewed and uploaded.
///
/// Two packs may declare the same entity (same kind and id); then its name and `year` must be
/// the same in both, and their aliases are joined.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Unique id: lower-case letters, digits and hyphens.
    #[schemars(length(max = limits::ID_LENGTH_MAX), regex(pattern = "^[a-z0-9-]+$"))]
    pub id: PackId,
    /// What members see in lists.
    #[schemars(length(min = 1, max = limits::NAME_LENGTH_MAX))]
    pub title: String,
    /// One or two sentences for lists.
    pub description: String,
    /// The licence under which the pack may be passed on, as its writer or its sources state it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Whom to name when its questions are shown, as the licence asks for.
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
    /// Films, one record each: people, parts and facts are made of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub films: Vec<Film>,
    /// Academy Awards, won or lost, one record each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub awards: Vec<Award>,
    /// The facts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// Questions written by hand, for facts whose kind has no template.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<WrittenQuestion>,
}

impl Pack {
    /// How many facts it states, those that its records make among them.
    #[must_use]
    pub fn facts_count(&self) -> usize {
        let films = self.films.iter().map(Film::facts_count);
        self.facts.len() + films.sum::<usize>() + self.awards.len()
    }
}

/// A document that facts are cited from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Unique within the pack.
    pub id: SourceId,
    /// How the source is named to members, as it reads after "Source: ".
    pub title: String,
    /// Its address, where it has one. If it ends with "/", the page of a citation follows it:
    /// `https://en.wikipedia.org/wiki/` and "Jaws (film)" make the address of that article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// The four kinds of entity. An alias may not be shared by two entities of one kind.
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

/// Somebody or something that facts speak of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    /// Unique among the entities of its kind.
    pub id: EntityId,
    /// The full name as members see it. Works that share a name are told apart here, for
    /// instance "Heat 2 (novel)" and "Heat 2 (planned film)".
    pub name: String,
    /// Other names that a search or a typed answer may use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Works only: "film", "television film", "series", "novel" or "planned film".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// Works only: the year of first release, where there has been one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// One line on who or what this is, in our own words; used when a question teaches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// People and characters only: how a sentence speaks of them. A question draws wrong
    /// answers that fit the same word, or else a first name would give the right one away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pronoun: Option<Pronoun>,
    /// People only: whether this person has died. Nobody who has is offered as a wrong answer
    /// where a question asks who is to play in a film that is still to be made.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub died: bool,
    /// Works only: how many know it, from 1 (few) to 5 (nearly everybody).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fame: Option<u8>,
    /// Works only: its plot in one line that names no one in it, as a clue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plot: Option<String>,
    /// Works only: a few emoji that tell it, as a clue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emoji: Option<String>,
}

impl Entity {
    /// Somebody or something of whom nothing but the name is known.
    pub(super) fn named(id: &str, name: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            ..Self::default()
        }
    }
}

/// How a sentence speaks of somebody.
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
                    "\"{other}\" is no kind of entity; use person, character, work or organisation"
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
    /// Passed on as news or as a reputation.
    Reported,
    /// Somebody is said to be discussing it.
    InTalks,
    /// Somebody is said to be negotiating terms.
    Negotiating,
    /// The studio says that it is not final.
    Unfinalised,
    /// Gossip without a name behind it. Never asked.
    Rumoured,
    /// The writer's view. Never asked; told only as the writer's.
    Opinion,
}

/// Where a fact stands in its source. Paragraphs and sentences count from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cite {
    /// Which of the pack's sources.
    pub source: SourceId,
    /// The page of a source that has many, by its title: "Jaws (film)".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The paragraph, where the source has numbered ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u16>,
    /// The sentence within that paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<u16>,
    /// The last sentence, where the fact spans more than one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence_end: Option<u16>,
}

/// How hard a question is meant to be.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Difficulty {
    /// Most who have seen the film know it.
    Easy,
    /// Fans know it.
    Medium,
    /// Few know it.
    Hard,
}

/// What a fact is about; the unit of accuracy statistics.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// Who plays whom in released works.
    Cast,
    /// Who is to play whom in the planned film.
    Casting,
    /// Who made it: direction, camera, music and the rest.
    Crew,
    /// What happens in the story.
    Story,
    /// How it was made.
    Production,
    /// Where it was shot or is set.
    Places,
    /// What it grew out of.
    Origins,
    /// Dates, money, ratings, reception.
    Release,
    /// The novel.
    Novel,
    /// Companies and contracts.
    Studio,
    /// A film-maker's or actor's other work.
    Career,
    /// Who won, and who did not.
    Awards,
}

/// The sections of `/news` (all but `headlines`, which is drawn from these).
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
    /// What the writer thinks.
    Analysis,
}

/// What somebody did on a work.
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

/// One checkable statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fact {
    /// Unique over all loaded packs; never reused for another statement.
    pub id: FactId,
    /// What is stated, by kind.
    #[serde(flatten)]
    pub kind: FactKind,
    /// How sure it is.
    pub status: Status,
    /// When it was so, as the source gives it ("1995", "November 2026"); never computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// Where it is stated: at least one place. The facts of one record share theirs.
    #[schemars(with = "Vec<Cite>")]
    pub cites: Arc<[Cite]>,
    /// One sentence, in our own words, fit to show to members.
    pub summary: String,
    /// What it is about.
    pub topic: Topic,
    /// How hard it is to know.
    pub difficulty: Difficulty,
    /// The section of `/news` it belongs to, where it is news.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub news: Option<NewsTopic>,
    /// Facts that must be told together with this one, for instance the studio's word that
    /// contracts are still open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caveats: Vec<FactId>,
    /// Why no question may be asked of it (a conflict between sources, a vague wording …);
    /// such a fact may still be looked up or told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unasked: Option<String>,
    /// Whether a record of a film or an award made it, and not its writer.
    #[serde(skip)]
    pub of_record: bool,
}

/// What a fact states. Kinds with structure have question templates in every fair direction;
/// the others are asked by hand-written questions only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FactKind {
    /// `person` plays `character` in `work`; with an uncertain status: is said to be about to.
    Cast {
        /// Who plays.
        person: EntityId,
        /// Which part.
        character: EntityId,
        /// In what.
        work: EntityId,
        /// The person's place in the work's list of players, counted from 1, where it is known.
        /// A part beyond the fourth place is not asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        billing: Option<u8>,
    },
    /// `person` is in `work`, in a part that the fact does not name.
    Appearance {
        /// Who.
        person: EntityId,
        /// In what.
        work: EntityId,
        /// The person's place in the list of players, counted from 1, where it is known.
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
        /// For which work, where it was for one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        work: Option<EntityId>,
        /// Who was named.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        people: Vec<EntityId>,
        /// The part, where it was for acting.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        part: Option<String>,
        /// Whether it was won.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        won: bool,
    },
    /// `work` is of this genre.
    Genre {
        /// What.
        work: EntityId,
        /// The genre, in small letters: "western".
        genre: String,
    },
    /// `work` was made from another: a novel, a play, a comic.
    BasedOn {
        /// What was made.
        work: EntityId,
        /// The title of what it was made from.
        title: String,
        /// Who wrote that, where it has an author.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        authors: Vec<EntityId>,
        /// What it is: "novel", "play", "short story".
        #[serde(default, skip_serializing_if = "Option::is_none")]
        form: Option<String>,
    },
    /// `work` belongs to a series of films.
    Series {
        /// What.
        work: EntityId,
        /// The name of the series, as in "James Bond".
        series: String,
    },
    /// `person` did `job` on `work`.
    Crew {
        /// Who.
        person: EntityId,
        /// In what capacity.
        job: Job,
        /// On what.
        work: EntityId,
    },
    /// `work` first came out on `date`: a year, or a day as `1995-12-15`.
    Release {
        /// What came out.
        work: EntityId,
        /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
        date: String,
    },
    /// `organisation` made, distributed or published `work`.
    Company {
        /// Which company.
        organisation: EntityId,
        /// "produced", "distributed", "published" or "broadcast".
        role: String,
        /// What.
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
    /// Somebody joining, or bargaining over, a work.
    Deal {
        /// What it is about.
        work: EntityId,
        /// Whose contracts.
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
    /// Somebody's own word, for instance the studio's caveat.
    Statement {
        /// Everyone and everything it involves, the speaker first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        about: Vec<EntityRef>,
    },
    /// What a work is, is like or is about.
    Theme {
        /// Everyone and everything it involves.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        about: Vec<EntityRef>,
    },
}

/// What sort of question somebody wrote: a game mixes them.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum WrittenKind {
    /// A turn of the story.
    Plot,
    /// A thing that matters in it.
    Object,
    /// Where it plays or was shot.
    Place,
    /// The last scene.
    Ending,
    /// A rule that somebody in it lives by.
    Rule,
    /// What somebody or something is called.
    Name,
    /// Who says the line.
    Quote,
    /// How the line goes on.
    Finish,
    /// Which film these emoji tell.
    Emoji,
    /// What these have in common.
    Links,
    /// How many, how much, how long.
    Number,
    /// What is sung or played.
    Music,
    /// How it was made.
    Making,
}

impl WrittenKind {
    /// The template name of questions of this kind, as statistics list it.
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

/// A question written by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenQuestion {
    /// Unique over all loaded packs; never reused for another question.
    pub id: String,
    /// The facts it rests on; the first gives status, topic and reason, all together the
    /// citation. A pack of one's own may leave this out: then `reason` must say why the answer is right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactId>,
    /// One problem, in question form.
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
    /// The work it is about, as `jaws-1975`: one that a loaded pack declares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub film: Option<EntityId>,
    /// Who and what else it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<EntityRef>,
    /// What sort of question it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<WrittenKind>,
    /// Shown at the reveal; the first fact's summary if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where the answer is to be found, for a question that rests on no fact of the pack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cite: Option<Cite>,
    /// Overrides the first fact's topic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<Topic>,
    /// Overrides the first fact's difficulty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difficulty: Option<Difficulty>,
}
