//! Wording that templates share: how a sentence names a work, a job or a source.

use crate::facts::{Entity, Fact, FactBase, Job, bare_name};

/// A name without its distinguishing brackets: "Heat" for "Heat (1995)".
pub(super) fn title(entity: &Entity) -> &str {
    bare_name(&entity.name)
}

/// A work in a sentence: "Thief", "Heat (1995)", "the novel Heat 2", "the television film L.A.
/// Takedown".
pub(super) fn in_sentence(work: &Entity) -> String {
    let title = title(work);
    match work.form.as_deref() {
        Some("film") | None => work.name.clone(),
        Some(form) => format!("the {form} {title}"),
    }
}

/// At the beginning of a sentence: "In Heat (1995)", "In the film In Bruges".
pub(super) fn within(work: &str) -> String {
    if work.starts_with("In ") {
        format!("In the film {work}")
    } else {
        format!("In {work}")
    }
}

/// Like [`in_sentence`], without a year that would give the answer away.
pub(super) fn in_sentence_undated(work: &Entity) -> String {
    match work.form.as_deref() {
        Some("film") if title(work) != work.name => format!("the film {}", title(work)),
        Some("film") | None => title(work).to_owned(),
        Some(_) => in_sentence(work),
    }
}

/// The source of an unsettled fact: "According to the article".
pub(super) fn according_to(base: &FactBase, fact: &Fact) -> &'static str {
    if base.citation(fact).contains("article") {
        "According to the article"
    } else {
        "According to reports"
    }
}

/// Picks one of several wordings, always the same one for the same fact.
pub(super) fn vary<const N: usize>(fact: &Fact, wordings: [String; N]) -> String {
    // FNV-1a, which is short and never changes: <http://www.isthe.com/chongo/tech/comp/fnv/>.
    let hash = fact
        .id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    let at = (hash >> 32) % (N as u64).max(1);
    let mut wordings = wordings.into_iter();
    let at = usize::try_from(at).unwrap_or(0);
    wordings.nth(at).unwrap_or_default()
}

/// What someone in this job did: "was a picture editor on"; the work follows.
pub(super) fn did(job: Job) -> &'static str {
    match job {
        Job::Director => "directed",
        Job::Writer | Job::Author => "wrote",
        Job::Producer => "produced",
        Job::ExecutiveProducer => "was an executive producer of",
        Job::AssociateProducer => "was an associate producer of",
        Job::Cinematographer => "was cinematographer on",
        Job::Editor => "was a picture editor on",
        Job::Composer => "composed the score of",
        Job::CastingDirector => "was the casting director of",
        Job::ProductionDesigner => "was the production designer of",
        Job::CostumeDesigner => "designed the costumes for",
        Job::SetDecorator => "was the set decorator of",
        Job::LocationManager => "was the location manager of",
        Job::SoundEditor => "edited the sound of",
        Job::SoundMixer => "mixed the sound of",
        Job::StuntCoordinator => "co-ordinated the stunts of",
        Job::SteadicamOperator => "operated the Steadicam on",
        Job::MusicSupervisor => "supervised the music of",
        Job::TechnicalAdviser => "was a technical adviser on",
        Job::WeaponsTrainer => "trained the cast with weapons for",
    }
}

/// The job's name, as a choice.
pub(super) fn job_name(job: Job) -> &'static str {
    match job {
        Job::Director => "Director",
        Job::Writer => "Screenwriter",
        Job::Author => "Author",
        Job::Producer => "Producer",
        Job::ExecutiveProducer => "Executive producer",
        Job::AssociateProducer => "Associate producer",
        Job::Cinematographer => "Cinematographer",
        Job::Editor => "Film editor",
        Job::Composer => "Composer",
        Job::CastingDirector => "Casting director",
        Job::ProductionDesigner => "Production designer",
        Job::CostumeDesigner => "Costume designer",
        Job::SetDecorator => "Set decorator",
        Job::LocationManager => "Location manager",
        Job::SoundEditor => "Sound editor",
        Job::SoundMixer => "Sound mixer",
        Job::StuntCoordinator => "Stunt co-ordinator",
        Job::SteadicamOperator => "Steadicam operator",
        Job::MusicSupervisor => "Music supervisor",
        Job::TechnicalAdviser => "Technical adviser",
        Job::WeaponsTrainer => "Weapons trainer",
    }
}

/// Other names for the job that a typed answer may use.
pub(super) fn also_called(job: Job) -> &'static [&'static str] {
    match job {
        Job::Writer => &["Writer", "Scriptwriter"],
        Job::Cinematographer => &["Director of photography", "DoP", "DP"],
        Job::Editor => &["Editor", "Picture editor"],
        Job::SoundMixer => &["Re-recording mixer", "Sound re-recording mixer"],
        Job::StuntCoordinator => &["Stunt coordinator"],
        Job::TechnicalAdviser => &["Technical advisor", "Adviser", "Advisor"],
        Job::WeaponsTrainer => &["Weapons instructor", "Trainer", "Firearms trainer"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn a_title_that_begins_with_in_is_not_preceded_by_in() {
        assert_eq!(within("Heat (1995)"), "In Heat (1995)");
        assert_eq!(within("In Bruges"), "In the film In Bruges");
        assert_eq!(within("Inception"), "In Inception");
    }
}
