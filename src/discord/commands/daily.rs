//! `/daily`: one puzzle a day, played privately.
//!
//! All state is in the store. Each click names the question it answers, the store decides whether
//! that is the next one, and the reply shows what the store says. So a repeated click, a button
//! from another day, a crash and a closed client all give the right result.

pub mod film;

use crate::discord::app::App;
use crate::discord::command::{Audience, Command, Scope};
use crate::discord::commands::options;
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::{Origin, text};
use crate::discord::reply::Reply;
use heat_core::daily::{Attempt, Day};
use heat_core::id::{ChannelId, GuildId, UserId};
use heat_store::{DailyAnswer, DailyKind};
use heat_view::custom_id::{DailyBoardQuery, DailyButton};
use heat_view::message::Message;
use serenity::all::{CommandInteraction, CommandOptionType, ComponentInteraction, CreateCommand};

/// The command.
pub const COMMAND: Command = Command {
    name: "daily",
    scope: Scope::Anywhere,
    audience: Audience::Member,
    describe,
    run: |langs, app, command| Box::pin(run(langs, app, command)),
    complete: Some(|langs, app, _, typed| Box::pin(options::complete_film(langs, app, typed))),
};

fn describe(command: CreateCommand) -> CreateCommand {
    let guess = options::option(CommandOptionType::String, "guess")
        .set_autocomplete(true)
        .min_length(1)
        .max_length(100);
    command.add_option(guess)
}

/// The reply to `/daily`: a guess at the film, or the puzzle where the member left off, started if
/// necessary.
async fn run(langs: Langs, app: &App, command: &CommandInteraction) -> Result<Reply, HandlerError> {
    if let Some(title) = text(command, "guess") {
        return film::guess(langs, app, Origin::from(command), title).await;
    }
    Ok(Reply::Show(open(langs, app, Origin::from(command)).await?))
}

/// The puzzle where the member left off, started if necessary.
pub async fn open(langs: Langs, app: &App, asked_by: Origin) -> Result<Message, HandlerError> {
    let user = asked_by.user;
    let now_ms = (app.clock)();
    let today = Day::of(now_ms);
    let (day, attempt) = match unfinished(app, today.previous(), user, now_ms).await? {
        Some(attempt) => (today.previous(), attempt),
        None => (today, begun(app, today, user, now_ms).await?),
    };
    render(langs, app, day, &attempt, asked_by).await
}

/// An attempt that may still be finished although its day is over.
async fn unfinished(
    app: &App,
    day: Day,
    user: UserId,
    now_ms: i64,
) -> Result<Option<Attempt>, HandlerError> {
    if !day.is_open(now_ms) {
        return Ok(None);
    }
    let attempt = app.store.daily_attempt(day, user).await?;
    Ok(attempt.filter(|attempt| attempt.next().is_some()))
}

/// A member's attempt, started now if it was not before.
async fn begun(app: &App, day: Day, user: UserId, now_ms: i64) -> Result<Attempt, HandlerError> {
    if let Some(attempt) = app.store.daily_attempt(day, user).await? {
        return Ok(attempt);
    }
    // Questions must not change once shown, so they are stored first.
    app.daily_puzzles.of(&app.store, day).await?;
    app.store.begin_daily(day, user, now_ms).await?;
    let attempt = app.store.daily_attempt(day, user).await?;
    Ok(attempt.unwrap_or_default())
}

/// The next question of an attempt, or its result.
async fn render(
    langs: Langs,
    app: &App,
    day: Day,
    attempt: &Attempt,
    by: Origin,
) -> Result<Message, HandlerError> {
    if attempt.next().is_some() {
        let rounds = app.daily_puzzles.of(&app.store, day).await?;
        return Ok(heat_view::daily::question(
            langs.reply,
            day,
            &rounds,
            attempt,
        ));
    }
    let streak = app.store.daily_streak(by.user).await?;
    let today = Day::of((app.clock)());
    let has_others = by.has_others();
    Ok(heat_view::daily::result(
        langs.reply,
        day,
        attempt,
        streak,
        today,
        has_others,
    ))
}

/// The reply to a button of the puzzle, of its result or of its board.
pub async fn press(
    langs: Langs,
    app: &App,
    pressed: &ComponentInteraction,
    button: DailyButton,
) -> Result<Reply, HandlerError> {
    match button {
        DailyButton::Answer {
            day,
            position,
            choice,
        } => answer(langs, app, pressed, day, position, choice).await,
        DailyButton::Next { day } => next(langs, app, pressed, day).await,
        DailyButton::Share { day } => share(langs, app, pressed, day).await,
        DailyButton::Open { day } => {
            let query = DailyBoardQuery {
                day,
                global: Origin::from(pressed).guild.is_none(),
                page: 0,
            };
            turn(langs, app, pressed, query).await
        }
        DailyButton::Turn { query } => turn(langs, app, pressed, query).await,
        DailyButton::Play {} => Ok(Reply::Show(open(langs, app, Origin::from(pressed)).await?)),
        DailyButton::Film {} => film::show(langs, app, Origin::from(pressed)).await,
        DailyButton::NextClue { day, position } => {
            film::next_clue(langs, app, Origin::from(pressed), day, position).await
        }
        DailyButton::GuessFilm { day } => {
            film::open_box(langs, app, Origin::from(pressed), day).await
        }
        DailyButton::FilmOf { day } => film::show_of(langs, app, Origin::from(pressed), day).await,
        DailyButton::PickFilm {} => film::pick(langs, app, pressed).await,
        DailyButton::PastFilms { page } => {
            film::past(langs, app, Origin::from(pressed), page).await
        }
        DailyButton::ShareFilm { day } => {
            let channel = ChannelId(pressed.channel_id.get());
            film::share(langs, app, Origin::from(pressed), channel, day).await
        }
    }
}

async fn turn(
    langs: Langs,
    app: &App,
    pressed: &ComponentInteraction,
    query: DailyBoardQuery,
) -> Result<Reply, HandlerError> {
    let message = board(langs, app, query, Origin::from(pressed)).await?;
    Ok(Reply::Show(message))
}

async fn answer(
    langs: Langs,
    app: &App,
    pressed: &ComponentInteraction,
    day: Day,
    position: u8,
    choice: u8,
) -> Result<Reply, HandlerError> {
    let now_ms = (app.clock)();
    if !day.is_open(now_ms) {
        return Ok(Reply::Aside(heat_view::daily::over(langs.member)));
    }
    let rounds = app.daily_puzzles.of(&app.store, day).await?;
    let round = rounds.get(usize::from(position));
    let Some(round) = round.filter(|round| round.choice(choice).is_some()) else {
        return Ok(Reply::Aside(heat_view::reply::unknown_interaction(
            langs.member,
        )));
    };
    let Origin { guild, user, .. } = Origin::from(pressed);
    let answer = DailyAnswer {
        day,
        user,
        position,
        choice,
        correct: round.correct() == choice,
        guild,
        at_ms: now_ms,
    };
    let attempt = app.store.answer_daily(answer).await?;
    let attempt = attempt.filter(|attempt| attempt.answers.len() > usize::from(position));
    let Some(attempt) = attempt else {
        return Ok(Reply::Aside(heat_view::daily::not_there_yet(langs.member)));
    };
    let message = heat_view::daily::outcome(langs.reply, day, &rounds, &attempt, position, choice);
    Ok(Reply::Show(message))
}

async fn next(
    langs: Langs,
    app: &App,
    pressed: &ComponentInteraction,
    day: Day,
) -> Result<Reply, HandlerError> {
    let user = Origin::from(pressed).user;
    let Some(attempt) = app.store.daily_attempt(day, user).await? else {
        return Ok(Reply::Aside(heat_view::daily::not_there_yet(langs.member)));
    };
    if attempt.next().is_some() && !day.is_open((app.clock)()) {
        return Ok(Reply::Aside(heat_view::daily::over(langs.member)));
    }
    let message = render(langs, app, day, &attempt, Origin::from(pressed)).await?;
    Ok(Reply::Show(message))
}

async fn share(
    langs: Langs,
    app: &App,
    pressed: &ComponentInteraction,
    day: Day,
) -> Result<Reply, HandlerError> {
    let user = Origin::from(pressed).user;
    let attempt = app.store.daily_attempt(day, user).await?;
    let Some(attempt) = attempt.filter(|attempt| attempt.next().is_none()) else {
        return Ok(Reply::Aside(heat_view::daily::not_finished(langs.member)));
    };
    // Shared once in each channel, which here is the real one.
    let channel = ChannelId(pressed.channel_id.get());
    if !app
        .store
        .share_daily(DailyKind::Questions, day, user, channel)
        .await?
    {
        return Ok(Reply::Aside(heat_view::daily::shared_before(langs.member)));
    }
    let streak = app.store.daily_streak(user).await?;
    let message = heat_view::daily::shared(langs.reply, day, user, &attempt, streak);
    Ok(Reply::Show(message))
}

/// The reply to `/leaderboard` for today's puzzle.
pub async fn today(
    langs: Langs,
    app: &App,
    command: &CommandInteraction,
) -> Result<Reply, HandlerError> {
    let in_guild = Origin::from(command).guild.is_some();
    let global = match text(command, "scope") {
        None | Some("server") => !in_guild,
        Some("global") => true,
        Some(other) => {
            return Ok(Reply::Aside(heat_view::reply::unknown_choice(
                langs.member,
                "scope",
                other,
            )));
        }
    };
    let query = DailyBoardQuery {
        day: Day::of((app.clock)()),
        global,
        page: 0,
    };
    let message = board(langs, app, query, Origin::from(command)).await?;
    Ok(Reply::Show(message))
}

async fn board(
    langs: Langs,
    app: &App,
    query: DailyBoardQuery,
    asked_by: Origin,
) -> Result<Message, HandlerError> {
    let in_guild = asked_by.guild.is_some();
    let query = DailyBoardQuery {
        global: query.global || !in_guild,
        ..query
    };
    let whose = asked_by.guild.filter(|_| !query.global);
    let whose = whose.map(|guild| guild.0);
    let caller = asked_by.user.0;
    let mut page = app
        .store
        .daily_board(query.day, whose.map(GuildId), query.page)
        .await?;
    // A button may ask for a page that no longer exists.
    if page.rows.is_empty() && page.pages > 0 {
        page = app
            .store
            .daily_board(query.day, whose.map(GuildId), page.pages - 1)
            .await?;
    }
    let own = app
        .store
        .daily_placing(query.day, whose.map(GuildId), UserId(caller))
        .await?;
    Ok(heat_view::daily::board(
        langs.reply,
        query,
        in_guild,
        &page,
        UserId(caller),
        own.as_ref(),
    ))
}
