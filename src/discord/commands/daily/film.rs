//! The film of the day: its clues, guesses, and the result to share.

use crate::discord::app::App;
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::{Origin, chosen, typed_text};
use crate::discord::reply::Reply;
use futures_util::future::try_join_all;
use heat_core::bank::film::FilmPuzzle;
use heat_core::cast::Closeness;
use heat_core::daily::Day;
use heat_core::daily::film::{FilmAttempt, Play};
use heat_core::facts::{EntityKind, EntityRef};
use heat_core::id::ChannelId;
use heat_core::library::Library;
use heat_store::{DailyFilmGuess, DailyKind};
use heat_view::custom_id::{CustomId, DailyButton};
use heat_view::daily::archive;
use heat_view::daily::film::{self, Progress, Standing};
use heat_view::message::Message;
use serenity::all::{ComponentInteraction, ModalInteraction};

/// The reply to *Film of the day* and *Play today's*: the open clues.
pub async fn show(langs: Langs, app: &App, by: Origin) -> Result<Reply, HandlerError> {
    let (day, attempt) = current(app, by).await?;
    Ok(Reply::Show(
        render(langs, app, by, day, &attempt, Progress::State).await?,
    ))
}

/// The reply to `/daily guess:`.
pub async fn guess(
    langs: Langs,
    app: &App,
    by: Origin,
    title: &str,
) -> Result<Reply, HandlerError> {
    let (day, before) = current(app, by).await?;
    guess_at(langs, app, by, day, &before, title).await
}

/// The reply to *Guess*: the form.
pub async fn open_box(
    langs: Langs,
    app: &App,
    by: Origin,
    day: Day,
) -> Result<Reply, HandlerError> {
    if Play::of(day, (app.clock)()).is_none() {
        return Ok(Reply::Aside(archive::closed(langs.member)));
    }
    let attempt = app.store.daily_film_attempt(day, by.user).await?;
    let puzzle = app.daily_films.of(&app.store, day).await?;
    Ok(Reply::Ask(film::guess_box(
        langs.reply,
        day,
        &puzzle,
        &attempt,
    )))
}

/// The reply to a guess from the form.
pub async fn boxed(
    langs: Langs,
    app: &App,
    filled: &ModalInteraction,
    day: Day,
) -> Result<Reply, HandlerError> {
    if Play::of(day, (app.clock)()).is_none() {
        return Ok(Reply::Aside(archive::closed(langs.member)));
    }
    let by = Origin::from(filled);
    let before = app.store.daily_film_attempt(day, by.user).await?;
    let title = typed_text(filled, film::TYPED_MAX);
    guess_at(langs, app, by, day, &before, &title).await
}

/// The reply to *Past films*.
pub async fn past(langs: Langs, app: &App, by: Origin, page: u8) -> Result<Reply, HandlerError> {
    let days: Vec<Day> = heat_core::daily::film::archive((app.clock)()).collect();
    let pages: Vec<&[Day]> = days.chunks(archive::PAGE).collect();
    let count = u8::try_from(pages.len()).unwrap_or(u8::MAX);
    let page = page.min(count.saturating_sub(1));
    let shown = pages.get(usize::from(page)).copied().unwrap_or_default();
    let attempts = shown.iter().map(async |day| {
        let attempt = app.store.daily_film_attempt(*day, by.user).await?;
        Ok::<_, HandlerError>((*day, attempt))
    });
    let films = try_join_all(attempts).await?;
    Ok(Reply::Show(archive::films(
        langs.reply,
        &films,
        page,
        count,
    )))
}

/// The reply to a choice of a past film.
pub async fn pick(
    langs: Langs,
    app: &App,
    press: &ComponentInteraction,
) -> Result<Reply, HandlerError> {
    match chosen(press).and_then(CustomId::parse) {
        Some(CustomId::Daily(DailyButton::FilmOf { day })) => {
            show_of(langs, app, Origin::from(press), day).await
        }
        _ => Ok(Reply::Aside(heat_view::reply::unknown_interaction(
            langs.member,
        ))),
    }
}

/// A day's film with its open clues.
pub async fn show_of(langs: Langs, app: &App, by: Origin, day: Day) -> Result<Reply, HandlerError> {
    if Play::of(day, (app.clock)()).is_none() {
        return Ok(Reply::Aside(archive::closed(langs.member)));
    }
    let attempt = app.store.daily_film_attempt(day, by.user).await?;
    let message = render(langs, app, by, day, &attempt, Progress::State).await?;
    Ok(Reply::Show(message))
}

async fn guess_at(
    langs: Langs,
    app: &App,
    by: Origin,
    day: Day,
    before: &FilmAttempt,
    title: &str,
) -> Result<Reply, HandlerError> {
    let puzzle = app.daily_films.of(&app.store, day).await?;
    let library = app.library();
    let Some(work) = meant(&library, &puzzle, title) else {
        return Ok(Reply::Aside(film::unknown(langs.member, title)));
    };
    let progress = if before.is_over() {
        Progress::State
    } else if before.guesses.iter().any(|guess| guess.guess == work) {
        Progress::Repeated
    } else {
        Progress::Guessed
    };
    let correct = work == reference(&puzzle.film);
    let after = take(app, by, day, &work, None, correct).await?;
    Ok(Reply::Show(
        render(langs, app, by, day, &after, progress).await?,
    ))
}

/// The reply to *Next clue*.
pub async fn next_clue(
    langs: Langs,
    app: &App,
    by: Origin,
    day: Day,
    position: u8,
) -> Result<Reply, HandlerError> {
    if Play::of(day, (app.clock)()).is_none() {
        return Ok(Reply::Aside(archive::closed(langs.member)));
    }
    let attempt = take(app, by, day, "", Some(position), false).await?;
    Ok(Reply::Show(
        render(langs, app, by, day, &attempt, Progress::State).await?,
    ))
}

/// The reply to *Share here*, in the real channel.
pub async fn share(
    langs: Langs,
    app: &App,
    by: Origin,
    channel: ChannelId,
    day: Day,
) -> Result<Reply, HandlerError> {
    let attempt = app.store.daily_film_attempt(day, by.user).await?;
    if !attempt.is_over() {
        return Ok(Reply::Aside(film::not_finished(langs.member)));
    }
    if !app
        .store
        .share_daily(DailyKind::Film, day, by.user, channel)
        .await?
    {
        return Ok(Reply::Aside(heat_view::daily::shared_before(langs.member)));
    }
    let streak = app.store.daily_film_streak(by.user).await?;
    let message = film::shared(langs.reply, day, by.user, &attempt, streak);
    Ok(Reply::Show(message))
}

/// The day of the film that the member is playing, with their attempt: yesterday's while it can
/// still be finished, otherwise today's.
async fn current(app: &App, by: Origin) -> Result<(Day, FilmAttempt), HandlerError> {
    let now_ms = (app.clock)();
    let today = Day::of(now_ms);
    let yesterday = today.previous();
    if yesterday.is_open(now_ms) {
        let attempt = app.store.daily_film_attempt(yesterday, by.user).await?;
        if !attempt.guesses.is_empty() && !attempt.is_over() {
            return Ok((yesterday, attempt));
        }
    }
    let attempt = app.store.daily_film_attempt(today, by.user).await?;
    Ok((today, attempt))
}

/// Stores a guess, if it counts.
async fn take(
    app: &App,
    by: Origin,
    day: Day,
    work: &str,
    position: Option<u8>,
    correct: bool,
) -> Result<FilmAttempt, HandlerError> {
    let at_ms = (app.clock)();
    let guess = DailyFilmGuess {
        day,
        user: by.user,
        guess: work.into(),
        position,
        correct,
        guild: by.guild,
        counts: Play::of(day, at_ms) == Some(Play::Counted),
        at_ms,
    };
    Ok(app.store.guess_daily_film(guess).await?)
}

/// The work that a suggestion or a typed title means; `None` if no work has that title, which costs
/// no guess.
fn meant(library: &Library, puzzle: &FilmPuzzle, title: &str) -> Option<String> {
    let named = EntityRef::try_from(title.trim().to_owned()).ok();
    let known = named.filter(|work| {
        work.kind == EntityKind::Work
            && (work.id == puzzle.film || library.facts.entity(work).is_some())
    });
    if let Some(work) = known {
        return Some(work.to_string());
    }
    if puzzle.is_titled(title) {
        return Some(reference(&puzzle.film));
    }
    let works = library.cast.works(title);
    let titled = works
        .into_iter()
        .find(|hit| matches!(hit.closeness, Closeness::Exact | Closeness::Alias));
    titled.map(|hit| hit.entity.to_string())
}

/// A work in the form that guesses use.
fn reference(film: &str) -> String {
    EntityRef::new(EntityKind::Work, film).to_string()
}

/// The open clues and, at the end, the result.
async fn render(
    langs: Langs,
    app: &App,
    by: Origin,
    day: Day,
    attempt: &FilmAttempt,
    progress: Progress,
) -> Result<Message, HandlerError> {
    let puzzle = app.daily_films.of(&app.store, day).await?;
    let library = app.library();
    let missed = attempt.guesses.iter().filter(|guess| !guess.correct);
    let missed: Vec<Option<String>> = missed
        .map(|guess| {
            let work = EntityRef::try_from(guess.guess.clone()).ok()?;
            library.facts.entity(&work).map(|work| work.name)
        })
        .collect();
    let now_ms = (app.clock)();
    let play = Play::of(day, now_ms).unwrap_or(Play::ForFun);
    if !attempt.is_over() {
        return Ok(film::clues(
            langs.reply,
            day,
            &puzzle,
            attempt,
            &missed,
            progress,
            play,
        ));
    }
    let placing = match by.guild {
        Some(guild) => app.store.daily_film_placing(day, guild, by.user).await?,
        None => None,
    };
    let standing = Standing {
        streak: app.store.daily_film_streak(by.user).await?,
        today: Day::of(now_ms),
        placing,
        has_others: by.has_others(),
        play,
    };
    Ok(film::result(
        langs.reply,
        day,
        &puzzle,
        attempt,
        &missed,
        &standing,
    ))
}
