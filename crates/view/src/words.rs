//! Words for plain values in facts: statuses, jobs, dates, works.

use super::escape::{clip, escape, plain};
use heat_core::facts::{Entity, EntityKind, Fact, Job, Status};
use heat_core::lang::Lang;

/// The longest name that is shown, in UTF-16 code units.
const NAME_MAX: usize = 100;

/// The longest sentence or note that is shown, in UTF-16 code units.
const SENTENCE_MAX: usize = 500;

/// What a fact says, in one sentence.
pub(super) fn summary(fact: &Fact) -> String {
    escape(&clip(&fact.summary, SENTENCE_MAX))
}

/// What an entity is, in one line.
pub(super) fn note(note: &str) -> String {
    escape(&clip(note, SENTENCE_MAX))
}

/// How certain a credit is.
pub(super) fn status(lang: Lang, status: Status) -> &'static str {
    match status {
        Status::Confirmed => "confirmed",
        Status::Reported => "reported, not confirmed",
        Status::InTalks => "in talks, not confirmed",
        Status::Negotiating => "negotiating, not confirmed",
        Status::Unfinalised => "not final, the studio says",
        Status::Rumoured => "only rumoured",
        Status::Opinion => "the writer's opinion",
    }
}

/// A job before a name: "director".
pub(super) fn job(lang: Lang, job: Job) -> &'static str {
    match job {
        Job::Director => "director",
        Job::Writer => "writer",
        Job::Author => "author",
        Job::Producer => "producer",
        Job::ExecutiveProducer => "executive producer",
        Job::AssociateProducer => "associate producer",
        Job::Cinematographer => "cinematographer",
        Job::Editor => "editor",
        Job::Composer => "composer",
        Job::CastingDirector => "casting director",
        Job::ProductionDesigner => "production designer",
        Job::CostumeDesigner => "costume designer",
        Job::SetDecorator => "set decorator",
        Job::LocationManager => "location manager",
        Job::SoundEditor => "sound editor",
        Job::SoundMixer => "sound mixer",
        Job::StuntCoordinator => "stunt coordinator",
        Job::SteadicamOperator => "Steadicam operator",
        Job::MusicSupervisor => "music supervisor",
        Job::TechnicalAdviser => "technical adviser",
        Job::WeaponsTrainer => "weapons trainer",
    }
}

/// "1995-12-15" as "15 December 1995"; anything else unchanged, but escaped.
pub(super) fn date(lang: Lang, text: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let parts: Vec<&str> = text.split('-').collect();
    let month = parts
        .get(1)
        .and_then(|month| month.parse::<usize>().ok())
        .and_then(|month| MONTHS.get(month.checked_sub(1)?));
    match (parts.as_slice(), month) {
        ([year, _], Some(month)) => format!("{month} {}", escape(year)),
        ([year, _, day], Some(month)) => {
            format!(
                "{} {month} {}",
                escape(day.trim_start_matches('0')),
                escape(year)
            )
        }
        _ => escape(&clip(text, NAME_MAX)),
    }
}

/// A name within a text.
pub(super) fn name(entity: &Entity) -> String {
    escape(&clip(&entity.name, NAME_MAX))
}

/// A character's name beside a film, which need not be named twice: "Sam", not "Sam (Casablanca)".
pub(super) fn part(character: &Entity) -> String {
    let name = character.name.as_str();
    let bare = name
        .strip_suffix(')')
        .and_then(|name| name.rsplit_once(" ("));
    escape(&clip(bare.map_or(name, |(bare, _)| bare), NAME_MAX))
}

/// A work within a text, with what distinguishes it from namesakes: "Heat (1995)", "L.A. Takedown
/// (television film, 1989)", "Heat 2 (planned film)".
pub(super) fn work(work: &Entity) -> String {
    escape(&plain_work(work))
}

/// An entity for a menu or a suggestion, with its kind: "Vincent Hanna, character".
pub(super) fn option(kind: EntityKind, entity: &Entity) -> String {
    let kind = match kind {
        EntityKind::Work => return clip(&plain_work(entity), NAME_MAX),
        EntityKind::Person => "person",
        EntityKind::Character => "character",
        EntityKind::Organisation => "company",
    };
    let name = clip(&plain(&entity.name), NAME_MAX - kind.len() - 2);
    format!("{name}, {kind}")
}

fn plain_work(work: &Entity) -> String {
    let bare = match work.name.split_once(" (") {
        Some((bare, _)) if work.form.is_some() || work.year.is_some() => bare,
        _ => &work.name,
    };
    // That a film is a film goes without saying.
    let form = work.form.as_deref().filter(|form| *form != "film");
    let year = work.year.map(|year| year.to_string());
    let told: Vec<String> = form.map(str::to_owned).into_iter().chain(year).collect();
    let bare = clip(&plain(bare), NAME_MAX);
    if told.is_empty() {
        return bare;
    }
    format!("{bare} ({})", clip(&plain(&told.join(", ")), 40))
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
    }
}
