//! Words for plain values in facts: statuses, jobs, dates, works.

use super::catalogue::text;
use super::escape::{clip, escape, escape_clipped, plain};
use heat_core::facts::limits::length;
use heat_core::facts::{Entity, EntityKind, Fact, Job, Status, award_name};
use heat_core::lang::Lang;

/// The longest name that is shown, in UTF-16 code units.
const NAME_MAX: usize = 100;

/// The longest sentence or note that is shown, in UTF-16 code units.
const SENTENCE_MAX: usize = 500;

/// What a fact says, in one sentence.
pub(super) fn summary(fact: &Fact) -> String {
    escape_clipped(&fact.summary, SENTENCE_MAX)
}

/// What an entity is, in one line.
pub(super) fn note(note: &str) -> String {
    escape_clipped(note, SENTENCE_MAX)
}

/// How certain a credit is.
pub(super) fn status(lang: Lang, status: Status) -> String {
    match status {
        Status::Confirmed => text!(lang, "words-confirmed"),
        Status::Reported => text!(lang, "words-reported"),
        Status::InTalks => text!(lang, "words-in-talks"),
        Status::Negotiating => text!(lang, "words-negotiating"),
        Status::Unfinalised => text!(lang, "words-unfinalised"),
        Status::Rumoured => text!(lang, "words-rumoured"),
        Status::Opinion => text!(lang, "words-opinion"),
    }
}

/// A job before a name: "director".
pub(super) fn job(lang: Lang, job: Job) -> String {
    match job {
        Job::Director => text!(lang, "words-director"),
        Job::Writer => text!(lang, "words-writer"),
        Job::Author => text!(lang, "words-author"),
        Job::Producer => text!(lang, "words-producer"),
        Job::ExecutiveProducer => text!(lang, "words-executive-producer"),
        Job::AssociateProducer => text!(lang, "words-associate-producer"),
        Job::Cinematographer => text!(lang, "words-cinematographer"),
        Job::Editor => text!(lang, "words-editor"),
        Job::Composer => text!(lang, "words-composer"),
        Job::CastingDirector => text!(lang, "words-casting-director"),
        Job::ProductionDesigner => text!(lang, "words-production-designer"),
        Job::CostumeDesigner => text!(lang, "words-costume-designer"),
        Job::SetDecorator => text!(lang, "words-set-decorator"),
        Job::LocationManager => text!(lang, "words-location-manager"),
        Job::SoundEditor => text!(lang, "words-sound-editor"),
        Job::SoundMixer => text!(lang, "words-sound-mixer"),
        Job::StuntCoordinator => text!(lang, "words-stunt-coordinator"),
        Job::SteadicamOperator => text!(lang, "words-steadicam-operator"),
        Job::MusicSupervisor => text!(lang, "words-music-supervisor"),
        Job::TechnicalAdviser => text!(lang, "words-technical-adviser"),
        Job::WeaponsTrainer => text!(lang, "words-weapons-trainer"),
    }
}

/// What an Academy Award is for: "best supporting actress".
pub(super) fn award(lang: Lang, category: &str) -> String {
    match category {
        "picture" => text!(lang, "words-best-picture"),
        "director" => text!(lang, "words-best-director"),
        "actor" => text!(lang, "words-best-actor"),
        "actress" => text!(lang, "words-best-actress"),
        "supporting-actor" => text!(lang, "words-best-supporting-actor"),
        "supporting-actress" => text!(lang, "words-best-supporting-actress"),
        "screenplay" | "original-screenplay" => text!(lang, "words-best-original-screenplay"),
        "adapted-screenplay" => text!(lang, "words-best-adapted-screenplay"),
        "score" | "original-score" => text!(lang, "words-best-score"),
        "song" | "original-song" => text!(lang, "words-best-song"),
        "cinematography" => text!(lang, "words-best-cinematography"),
        "costume-design" => text!(lang, "words-best-costume-design"),
        "visual-effects" => text!(lang, "words-best-visual-effects"),
        "animated-feature" => text!(lang, "words-best-animated-feature"),
        "international-feature" => text!(lang, "words-best-international-feature"),
        // The names of awards that were given only for a while stay as the Academy has them.
        other => escape(&award_name(other)),
    }
}

/// "1995-12-15" as "15 December 1995"; anything else unchanged, but escaped.
pub(super) fn date(lang: Lang, text: &str) -> String {
    let parts: Vec<&str> = text.split('-').collect();
    let month = parts.get(1).and_then(|month| month.parse::<u8>().ok());
    let month = month.filter(|month| (1..=12).contains(month));
    match (parts.as_slice(), month) {
        ([year, _], Some(month)) => {
            text!(lang, "words-month-of", month = month, year = escape(year))
        }
        ([year, _, day], Some(month)) => text!(
            lang,
            "words-day-of",
            day = escape(day.trim_start_matches('0')),
            month = month,
            year = escape(year)
        ),
        _ => escape_clipped(text, NAME_MAX),
    }
}

/// A name within a text.
pub(super) fn name(entity: &Entity) -> String {
    escape_clipped(&entity.name, NAME_MAX)
}

/// A character's name beside a film, without naming the film twice: "Sam", not "Sam (Casablanca)".
pub(super) fn part(character: &Entity) -> String {
    let name = character.name.as_str();
    let bare = name
        .strip_suffix(')')
        .and_then(|name| name.rsplit_once(" ("));
    escape_clipped(bare.map_or(name, |(bare, _)| bare), NAME_MAX)
}

/// A work within a text, with what distinguishes it from namesakes: "Heat (1995)", "L.A. Takedown
/// (television film, 1989)", "Heat 2 (planned film)".
pub(super) fn work(work: &Entity) -> String {
    escape(&plain_work(work))
}

/// An entity for a menu or a suggestion, with its kind: "Vincent Hanna, character".
pub(super) fn option(lang: Lang, kind: EntityKind, entity: &Entity) -> String {
    if kind == EntityKind::Work {
        return clip(&plain_work(entity), NAME_MAX);
    }
    let kind = self::kind(lang, kind);
    let room = NAME_MAX.saturating_sub(length(&kind) + 2);
    format!("{}, {kind}", clip(&plain(&entity.name), room))
}

/// A kind of entity, in a word.
pub(super) fn kind(lang: Lang, kind: EntityKind) -> String {
    match kind {
        EntityKind::Person => text!(lang, "words-person"),
        EntityKind::Character => text!(lang, "words-character"),
        EntityKind::Work => text!(lang, "words-film"),
        EntityKind::Organisation => text!(lang, "words-company"),
    }
}

fn plain_work(work: &Entity) -> String {
    let bare = match work.name.split_once(" (") {
        Some((bare, _)) if work.form.is_some() || work.year.is_some() => bare,
        _ => &work.name,
    };
    // It goes without saying that a film is a film.
    let form = work.form.as_deref().filter(|form| *form != "film");
    let bare = clip(&plain(bare), NAME_MAX);
    let details = match (form, work.year) {
        (None, None) => return bare,
        (None, Some(year)) => return format!("{bare} ({year})"),
        (Some(form), None) => form.to_owned(),
        (Some(form), Some(year)) => format!("{form}, {year}"),
    };
    format!("{bare} ({})", clip(&plain(&details), 40))
}

#[cfg(test)]
mod tests {
    use super::date;
    use heat_core::lang::Lang;

    #[test]
    fn dates_read_as_people_write_them() {
        let table = [
            ("1995-12-15", "15 December 1995"),
            ("1989-08-07", "7 August 1989"),
            ("2022-08", "August 2022"),
            ("1995", "1995"),
            ("1995-13-01", "1995-13-01"),
            ("**x**-01-_1_", "\\_1\\_ January \\*\\*x\\*\\*"),
        ];
        for (text, expected) in table {
            assert_eq!(date(Lang::English, text), expected);
        }
        assert_eq!(date(Lang::German, "1995-03-05"), "5. März 1995");
    }
}
