//! Checks the records of films and awards.

use super::check_values::{add_twice, check_count, check_id, check_name, check_source, check_text};
use super::fault::Faults;
use super::film::{AWARD_SOURCE, Award, FILM_SOURCE, Film, Honoured, credit};
use super::flaw::Flaw;
use super::limits::{EMOJI_LENGTH_MAX, REFERENCES_MAX, SENTENCE_LENGTH_MAX, TEXTS_MAX};
use super::quoted::clip;
use super::shape::Shaped;
use foldhash::{HashSet, HashSetExt};
use rayon::prelude::*;
use std::fmt;
use std::ops::RangeInclusive;

/// The first film was shown in 1888. Planned films cannot have a record.
pub(super) const YEARS: RangeInclusive<u16> = 1880..=2100;
/// How many films one task checks.
const CHUNK: usize = 256;
/// How well known a work is.
pub(super) const FAMES: RangeInclusive<u8> = 1..=5;

/// Adds every fault of a pack's records.
pub(super) fn check_records(shaped: &Shaped, faults: &mut Faults) {
    let films = &shaped.pack.films;
    let mut seen = HashSet::new();
    let is_new: Vec<bool> = films.iter().map(|film| seen.insert(&film.id)).collect();
    let tasks = films.par_chunks(CHUNK).zip(is_new.par_chunks(CHUNK));
    let found = tasks.enumerate().map(|(task, (films, is_new))| {
        let mut faults = faults.anew();
        for (i, (film, is_new)) in (task * CHUNK..).zip(films.iter().zip(is_new)) {
            let path = shaped.path("films", i);
            check_id(&film.id, format_args!("{path}.id"), &mut faults);
            if !is_new {
                add_twice(&film.id, &path, &mut faults);
            }
            check_film(shaped, film, &path, &mut faults);
        }
        faults
    });
    for found in found.collect::<Vec<Faults>>() {
        faults.extend(found);
    }
    for (i, award) in shaped.pack.awards.iter().enumerate() {
        check_award(shaped, award, &shaped.path("awards", i), faults);
    }
}

fn check_film(shaped: &Shaped, film: &Film, path: &str, faults: &mut Faults) {
    check_name(&film.title, format_args!("{path}.title"), faults);
    check_year(film.year, path, faults);
    check_fame(film.fame, path, faults);
    check_clues(film.plot.as_deref(), film.emoji.as_deref(), path, faults);
    let source = film.source.as_deref().unwrap_or(FILM_SOURCE);
    check_source(shaped, source, format_args!("{path}.source"), faults);
    if let Some(page) = &film.page {
        check_name(page, format_args!("{path}.page"), faults);
    }
    for (field, names) in [
        ("directors", &film.directors),
        ("writers", &film.writers),
        ("genres", &film.genres),
        ("women", &film.women),
        ("unsure", &film.unsure),
    ] {
        check_names(names, format_args!("{path}.{field}"), faults);
    }
    for (field, name) in [("composer", &film.composer), ("series", &film.series)] {
        if let Some(name) = name {
            check_name(name, format_args!("{path}.{field}"), faults);
        }
    }
    if let Some(original) = &film.based_on {
        let path = format!("{path}.based_on");
        check_name(&original.title, format_args!("{path}.title"), faults);
        for (field, text) in [("author", &original.author), ("form", &original.form)] {
            if let Some(text) = text {
                check_name(text, format_args!("{path}.{field}"), faults);
            }
        }
    }
    check_cast(film, path, faults);
}

fn check_cast(film: &Film, path: &str, faults: &mut Faults) {
    check_count(
        film.cast.len(),
        format_args!("{path}.cast"),
        TEXTS_MAX,
        faults,
    );
    let mut seen = HashSet::new();
    for (place, line) in film.cast.iter().enumerate() {
        let path = format!("{path}.cast[{place}]");
        let (name, parts) = credit(line);
        check_name(name, &path, faults);
        for part in &parts {
            check_name(part, &path, faults);
        }
        check_count(parts.len(), &path, REFERENCES_MAX, faults);
        if !seen.insert(name) {
            let name = clip(name);
            faults.add(path, Flaw::CastTwice { name });
        }
    }
}

fn check_award(shaped: &Shaped, award: &Award, path: &str, faults: &mut Faults) {
    check_id(&award.category, format_args!("{path}.category"), faults);
    check_year(award.year, path, faults);
    let source = award.source.as_deref().unwrap_or(AWARD_SOURCE);
    check_source(shaped, source, format_args!("{path}.source"), faults);
    check_names(&award.people, format_args!("{path}.people"), faults);
    if let Some(part) = &award.part {
        check_text(
            part,
            format_args!("{path}.part"),
            SENTENCE_LENGTH_MAX,
            faults,
        );
    }
    if let Some(Honoured { id, title, year }) = &award.film {
        let path = format!("{path}.film");
        check_name(title, format_args!("{path}.title"), faults);
        check_year(*year, &path, faults);
        if let Some(id) = id {
            check_id(id, format_args!("{path}.id"), faults);
        }
    } else if award.people.is_empty() {
        faults.add(path, Flaw::AwardForNobody);
    }
}

fn check_names(names: &[String], path: fmt::Arguments, faults: &mut Faults) {
    check_count(names.len(), path, TEXTS_MAX, faults);
    for (i, name) in names.iter().enumerate() {
        check_name(name, format_args!("{path}[{i}]"), faults);
    }
}

pub(super) fn check_year(year: u16, path: &str, faults: &mut Faults) {
    if !YEARS.contains(&year) {
        faults.add(
            format_args!("{path}.year"),
            Flaw::UnlikelyYearOfFilm { year },
        );
    }
}

pub(super) fn check_fame(fame: Option<u8>, path: &str, faults: &mut Faults) {
    if let Some(fame) = fame.filter(|fame| !FAMES.contains(fame)) {
        faults.add(format_args!("{path}.fame"), Flaw::BadFame { fame });
    }
}

pub(super) fn check_clues(
    plot: Option<&str>,
    emoji: Option<&str>,
    path: &str,
    faults: &mut Faults,
) {
    if let Some(plot) = plot {
        check_text(
            plot,
            format_args!("{path}.plot"),
            SENTENCE_LENGTH_MAX,
            faults,
        );
    }
    if let Some(emoji) = emoji {
        check_text(
            emoji,
            format_args!("{path}.emoji"),
            EMOJI_LENGTH_MAX,
            faults,
        );
        if emoji.chars().any(|c| c.is_ascii_alphabetic()) {
            faults.add(format_args!("{path}.emoji"), Flaw::LettersInEmoji);
        }
    }
}
