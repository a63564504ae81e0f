//! `/reports`, and the button under a reveal that feeds it: members report problems with questions,
//! and members who manage the server see and dismiss the reports.
//!
//! Discord shows the command to members who may manage the server. A server can change that, so the
//! permission is checked at each use and click.

use crate::discord::app::App;
use crate::discord::command::{Audience, Command, Scope};
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::{Origin, chosen, may_manage_server, typed_text};
use crate::discord::reply::Reply;
use crate::host::events_of;
use heat_core::asked_history::QuestionHash;
use heat_core::bank::{Question, Share};
use heat_core::game::{Event, GameId};
use heat_core::id::GuildId;
use heat_core::library::GuildLibrary;
use heat_store::{QuestionCount, Report, ReportPage};
use heat_view::custom_id::ReportButton;
use heat_view::message::Message;
use heat_view::reports::{Asked, Line, Reason};
use serenity::all::{
    CommandInteraction, ComponentInteraction, CreateCommand, ModalInteraction, Permissions,
};
use std::sync::Arc;

/// The command.
pub const COMMAND: Command = Command {
    name: "reports",
    scope: Scope::Servers,
    audience: Audience::Member,
    describe,
    run: |langs, app, command| Box::pin(run(langs, app, command)),
    complete: None,
};

fn describe(command: CreateCommand) -> CreateCommand {
    command.default_member_permissions(Permissions::MANAGE_GUILD)
}

/// The reply to `/reports`.
async fn run(langs: Langs, app: &App, command: &CommandInteraction) -> Result<Reply, HandlerError> {
    let Some(guild) = Origin::from(command).guild else {
        return Ok(Reply::Aside(heat_view::reports::only_in_servers(
            langs.member,
        )));
    };
    if !may_manage_server(command.member.as_deref()) {
        return Ok(Reply::Aside(heat_view::reports::not_allowed(langs.member)));
    }
    list(langs, app, guild, 0).await.map(Reply::Show)
}

/// The reply to "Report" under a reveal: asks for the problem.
pub async fn open(
    langs: Langs,
    app: &App,
    press: &ComponentInteraction,
    game: GameId,
    round: u16,
) -> Result<Reply, HandlerError> {
    let asked = closed_question(langs, app, Origin::from(press).guild, game, round).await?;
    Ok(Reply::Show(match asked {
        Ok(question) => heat_view::reports::ask(langs.reply, game, round, &question.prompt),
        Err(refusal) => refusal,
    }))
}

/// The reply to a menu or button about reports.
pub async fn press(
    langs: Langs,
    app: &App,
    press: &ComponentInteraction,
    button: ReportButton,
) -> Result<Reply, HandlerError> {
    match button {
        ReportButton::Why { game, round } => {
            let Some(reason) = chosen(press).and_then(Reason::parse) else {
                return Ok(Reply::Aside(heat_view::reply::unknown_interaction(
                    langs.member,
                )));
            };
            store(
                langs,
                app,
                Origin::from(press),
                (game, round),
                reason,
                String::new(),
            )
            .await
        }
        ReportButton::Note {
            game,
            round,
            reason,
        } => Ok(Reply::Ask(heat_view::reports::note_box(
            langs.reply,
            game,
            round,
            reason,
        ))),
        ReportButton::Page { page } => manage(langs, app, press, page, None).await,
        ReportButton::Dismiss {
            hash,
            until_ms,
            page,
        } => manage(langs, app, press, page, Some((hash, until_ms))).await,
    }
}

/// The list after a question's reports were dismissed, for members who manage the server.
async fn manage(
    langs: Langs,
    app: &App,
    press: &ComponentInteraction,
    page: u32,
    dismissed: Option<(QuestionHash, i64)>,
) -> Result<Reply, HandlerError> {
    let Some(guild) = Origin::from(press).guild else {
        return Ok(Reply::Aside(heat_view::reports::only_in_servers(
            langs.member,
        )));
    };
    if !may_manage_server(press.member.as_ref()) {
        return Ok(Reply::Aside(heat_view::reports::not_allowed(langs.member)));
    }
    if let Some((hash, until_ms)) = dismissed {
        dismiss(app, guild, hash, until_ms).await?;
    }
    list(langs, app, guild, page).await.map(Reply::Show)
}

/// A note arrives.
pub async fn note(
    langs: Langs,
    app: &App,
    filled: &ModalInteraction,
    asked: (GameId, u16),
    reason: Reason,
) -> Result<Reply, HandlerError> {
    let note = heat_view::escape::plain(&typed_text(filled, heat_view::reports::NOTE_MAX));
    store(langs, app, Origin::from(filled), asked, reason, note).await
}

/// Stores a report and confirms it.
async fn store(
    langs: Langs,
    app: &App,
    by: Origin,
    (game, round): (GameId, u16),
    reason: Reason,
    note: String,
) -> Result<Reply, HandlerError> {
    let question = match closed_question(langs, app, by.guild, game, round).await? {
        Ok(question) => question,
        Err(refusal) => return Ok(Reply::Show(refusal)),
    };
    let guild = by.guild.map_or(0, |guild| guild.0);
    let noted = heat_view::reports::noted(langs.reply, game, round, reason, &note);
    let report = Report {
        guild: GuildId(guild),
        question: question.id.clone(),
        member: by.user,
        reason: reason.key().to_owned(),
        note,
        at_ms: (app.clock)(),
    };
    app.store.put_report(report).await?;
    tracing::info!(guild_id = guild, question = %question.id, reason = reason.key(), "question.reported");
    Ok(Reply::Show(noted))
}

/// The question of a closed round in a game of this server; otherwise the reason why there is none.
/// The game's id may be forged.
async fn closed_question(
    langs: Langs,
    app: &App,
    guild: Option<GuildId>,
    game: GameId,
    round: u16,
) -> Result<Result<Arc<Question>, Message>, HandlerError> {
    let Some(guild) = guild else {
        return Ok(Err(heat_view::reports::only_in_servers(langs.member)));
    };
    let stored = app.store.game(game).await?;
    let Some(stored) = stored.filter(|stored| stored.meta.guild == Some(guild)) else {
        return Ok(Err(heat_view::reports::not_here(langs.member)));
    };
    let events = events_of(&stored)?;
    let has_closed =
        |event: &Event| matches!(event, Event::Closed { round: closed, .. } if *closed == round);
    let rounds = match events.first() {
        Some(Event::Started { rounds, .. }) if events.iter().any(has_closed) => rounds.as_slice(),
        _ => &[],
    };
    let question = rounds.get(usize::from(round));
    Ok(question
        .map(|round| Arc::clone(&round.question))
        .ok_or_else(|| heat_view::reports::not_here(langs.member)))
}

async fn dismiss(
    app: &App,
    guild: GuildId,
    hash: QuestionHash,
    until_ms: i64,
) -> Result<(), HandlerError> {
    let reported = app.store.reported_questions(guild).await?;
    let meant = reported
        .iter()
        .find(|question| QuestionHash::of(question) == hash);
    // `None` if another manager was quicker; the list will show it.
    if let Some(question) = meant {
        app.store.dismiss_reports(guild, question, until_ms).await?;
        tracing::info!(guild_id = guild.0, question, "question.reports_dismissed");
    }
    Ok(())
}

/// A page of the server's list; the last one if there are fewer.
async fn list(langs: Langs, app: &App, guild: GuildId, page: u32) -> Result<Message, HandlerError> {
    let mut found = app.store.reports(guild, page).await?;
    if found.questions.is_empty() && found.pages > 0 {
        found = app.store.reports(guild, found.pages - 1).await?;
    }
    let library = app.guild_library(Some(guild)).await?;
    let settings = app.settings(Some(guild)).await?;
    let ids = found.questions.iter().map(|found| found.question.clone());
    let counts = app.store.counts_of(ids.collect()).await?;
    let hide_after = settings.reports_hide_after();
    Ok(render(langs, &library, &found, &counts, hide_after))
}

fn render(
    langs: Langs,
    library: &GuildLibrary,
    found: &ReportPage,
    counts: &[QuestionCount],
    hide_after: u32,
) -> Message {
    let share = |id: &str| {
        let count = counts.iter().find(|count| count.question == id);
        count.map_or(Share::default(), |count| Share {
            answered: count.answered,
            correct: count.correct,
        })
    };
    let known = found.questions.iter();
    let known: Vec<_> = known
        .map(|reported| library.question(&reported.question))
        .collect();
    let lines = found.questions.iter().zip(&known).map(|(reported, known)| {
        let asked = known.as_ref().map(|question| Asked {
            prompt: &question.prompt,
            answer: &question.answer.text,
            pack: library.title(&question.pack).unwrap_or(&question.pack),
            share: share(&question.id),
            difficulty: question.difficulty,
        });
        let given = |reason: Reason| Some((reason, *reported.reasons.get(reason.key())?));
        Line {
            id: &reported.question,
            question: asked,
            members: reported.members,
            newest_ms: reported.newest_ms,
            reasons: Reason::ALL.into_iter().filter_map(given).collect(),
            notes: &reported.notes,
        }
    });
    let lines: Vec<_> = lines.collect();
    heat_view::reports::list(
        langs.reply,
        &lines,
        found.page,
        found.pages,
        found.all,
        hide_after,
    )
}
