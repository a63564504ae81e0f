//! Questions written in Discord: the form, its result, and members' suggestions.
//!
//! What a member typed is stored before the reply, so neither a mistake nor a restart loses it. A
//! question's id comes from the form's interaction, so it is stored once.

use crate::discord::app::App;
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::{Origin, chosen, may_manage_server, typed_into};
use crate::discord::meters::Written;
use crate::discord::reply::Reply;
use heat_core::asked_history::QuestionHash;
use heat_core::facts::{Pack, WrittenQuestion};
use heat_core::id::{GuildId, InteractionId, UserId};
use heat_core::library::{GuildLibrary, PACKS_MAX};
use heat_core::writing::{Mistake, Part, Typed, own_pack, put_in, typed, without};
use heat_store::{Draft, PackEdit, StoredPack};
use heat_view::custom_id::{Words, WriteButton};
use heat_view::message::Message;
use heat_view::write::Decided;
use heat_view::{packs, write as view};
use serenity::all::{ComponentInteraction, Member, ModalInteraction};

/// How often a change is retried because another manager was quicker.
const TRIES: usize = 4;

/// The form for a new question in a pack.
pub(super) fn open(langs: Langs, pack: &str) -> Reply {
    let pack = Words::of(pack);
    Reply::Fill(view::form(
        langs.reply,
        &WriteButton::New { pack },
        &Typed::default(),
    ))
}

/// The form for a suggestion, open to everyone.
pub(super) fn suggest(langs: Langs) -> Reply {
    Reply::Fill(view::form(
        langs.reply,
        &WriteButton::Suggest {},
        &Typed::default(),
    ))
}

/// The reply to a button or menu.
pub async fn press(
    langs: Langs,
    app: &App,
    press: &ComponentInteraction,
    button: WriteButton,
) -> Result<Reply, HandlerError> {
    let Some(by) = By::of(Origin::from(press), press.member.as_ref()) else {
        return Ok(Reply::Aside(packs::only_in_servers(langs.member)));
    };
    match button {
        WriteButton::Suggest {} => return Ok(suggest(langs)),
        WriteButton::Mend { draft } => return mend(langs, app, by, draft).await,
        WriteButton::Drop { draft } => return forget(langs, app, by, draft).await,
        _ if !by.is_manager => return Ok(Reply::Aside(packs::not_allowed(langs.member))),
        _ => {}
    }
    match button {
        WriteButton::New { pack } => Ok(open(langs, pack.text())),
        WriteButton::Accept { draft } => accept(langs, app, by, draft).await,
        WriteButton::Decline { draft } => decline(langs, app, by, draft).await,
        WriteButton::Page { pack, page } => {
            let library = app.guild_library(Some(by.guild)).await?;
            Ok(match own_pack(&library, pack.text()) {
                Some(pack) => Reply::Show(view::page(langs.reply, pack, page)),
                None => Reply::Aside(packs::unknown(langs.member, pack.text())),
            })
        }
        WriteButton::Pick { pack } => match chosen(press).and_then(|hash| hash.parse().ok()) {
            Some(hash) => show(langs, app, by.guild, &pack, QuestionHash(hash), false).await,
            None => Ok(Reply::Aside(view::gone(langs.member))),
        },
        WriteButton::Show { pack, hash } => show(langs, app, by.guild, &pack, hash, false).await,
        WriteButton::Delete { pack, hash } => show(langs, app, by.guild, &pack, hash, true).await,
        WriteButton::Erase { pack, hash } => erase(langs, app, by, &pack, hash).await,
        WriteButton::Edit { pack, hash } => {
            let library = app.guild_library(Some(by.guild)).await?;
            Ok(match found(&library, &pack, hash) {
                Some((own, question)) => {
                    let button = WriteButton::Edit { pack, hash };
                    Reply::Fill(view::form(langs.reply, &button, &typed(own, question)))
                }
                None => Reply::Aside(view::gone(langs.member)),
            })
        }
        WriteButton::Suggest {} | WriteButton::Mend { .. } | WriteButton::Drop { .. } => {
            Ok(Reply::Aside(view::gone(langs.member)))
        }
    }
}

/// The reply to a filled-in form.
pub async fn filled(
    langs: Langs,
    app: &App,
    form: &ModalInteraction,
    button: WriteButton,
) -> Result<Reply, HandlerError> {
    let Some(by) = By::of(Origin::from(form), form.member.as_ref()) else {
        return Ok(Reply::Aside(packs::only_in_servers(langs.member)));
    };
    let (draft, before) = match button {
        WriteButton::Suggest {} => (
            InteractionId(form.id.get()),
            Typed {
                is_suggestion: true,
                ..Typed::default()
            },
        ),
        WriteButton::Mend { draft } => match theirs(app, by, draft).await? {
            Some((_, before)) => (draft, before),
            None => return Ok(Reply::Aside(view::gone(langs.member))),
        },
        WriteButton::New { pack } => (
            InteractionId(form.id.get()),
            Typed {
                pack: pack.text().to_owned(),
                ..Typed::default()
            },
        ),
        WriteButton::Edit { pack, hash } => {
            let library = app.guild_library(Some(by.guild)).await?;
            match found(&library, &pack, hash) {
                Some((own, question)) => (InteractionId(form.id.get()), typed(own, question)),
                None => return Ok(Reply::Aside(view::gone(langs.member))),
            }
        }
        _ => {
            return Ok(Reply::Aside(heat_view::reply::unknown_interaction(
                langs.member,
            )));
        }
    };
    let text = |part: Part| typed_into(form, view::field_id(part), view::length_max(part));
    let typed = Typed {
        prompt: text(Part::Question),
        answer: text(Part::Answer),
        wrong: text(Part::Wrong),
        reason: text(Part::Reason),
        ..before
    };
    if typed.is_suggestion && !(by.is_manager && is_waiting(app, by, draft).await?) {
        return offer(langs, app, by, &typed, draft).await;
    }
    if !by.is_manager {
        return Ok(Reply::Aside(packs::not_allowed(langs.member)));
    }
    save(langs, app, by, &typed, draft).await
}

/// Who acts, and where.
#[derive(Clone, Copy)]
struct By {
    guild: GuildId,
    user: UserId,
    is_manager: bool,
}

impl By {
    /// `None` outside of servers.
    fn of(origin: Origin, member: Option<&Member>) -> Option<Self> {
        Some(Self {
            guild: origin.guild?,
            user: origin.user,
            is_manager: may_manage_server(member),
        })
    }
}

/// A draft that this member may see: their own or, if they manage the server, any suggestion.
async fn theirs(
    app: &App,
    by: By,
    draft: InteractionId,
) -> Result<Option<(Draft, Typed)>, HandlerError> {
    let draft = app.store.draft(by.guild, draft).await?;
    let may = |draft: &Draft| draft.author == by.user || (by.is_manager && draft.is_suggested);
    let Some(draft) = draft.filter(may) else {
        return Ok(None);
    };
    let typed = serde_json::from_str(&draft.body).ok();
    Ok(typed.map(|typed| (draft, typed)))
}

async fn is_waiting(app: &App, by: By, draft: InteractionId) -> Result<bool, HandlerError> {
    let draft = app.store.draft(by.guild, draft).await?;
    Ok(draft.is_some_and(|draft| draft.is_suggested))
}

async fn mend(
    langs: Langs,
    app: &App,
    by: By,
    draft: InteractionId,
) -> Result<Reply, HandlerError> {
    Ok(match theirs(app, by, draft).await? {
        Some((_, typed)) => Reply::Fill(view::form(
            langs.reply,
            &WriteButton::Mend { draft },
            &typed,
        )),
        None => Reply::Aside(view::gone(langs.member)),
    })
}

async fn forget(
    langs: Langs,
    app: &App,
    by: By,
    draft: InteractionId,
) -> Result<Reply, HandlerError> {
    let Some((found, _)) = theirs(app, by, draft).await? else {
        return Ok(Reply::Aside(view::gone(langs.member)));
    };
    app.store.remove_draft(by.guild, found.id).await?;
    Ok(Reply::Show(view::dropped(langs.reply)))
}

/// The question with this hash, and its pack.
fn found<'a>(
    library: &'a GuildLibrary,
    pack: &Words,
    hash: QuestionHash,
) -> Option<(&'a Pack, &'a WrittenQuestion)> {
    let pack = own_pack(library, pack.text())?;
    let mut questions = pack.questions.iter();
    let question = questions.find(|question| QuestionHash::of(&question.id) == hash)?;
    Some((pack, question))
}

async fn show(
    langs: Langs,
    app: &App,
    guild: GuildId,
    pack: &Words,
    hash: QuestionHash,
    asks: bool,
) -> Result<Reply, HandlerError> {
    let library = app.guild_library(Some(guild)).await?;
    Ok(match found(&library, pack, hash) {
        Some((pack, question)) => Reply::Show(view::question(langs.reply, pack, question, asks)),
        None => Reply::Aside(view::gone(langs.member)),
    })
}

/// How a pack is to change.
enum Change {
    To(Box<Pack>, String),
    Mistakes(Vec<Mistake>),
    Refused(Message),
}

/// Changes a server's pack, and tries again if another manager was quicker. Returns the last
/// decision.
async fn change(
    langs: Langs,
    app: &App,
    by: By,
    draft: Option<InteractionId>,
    decide: impl Fn(&GuildLibrary) -> Change + Clone + Send + 'static,
) -> Result<Change, HandlerError> {
    for _ in 0..TRIES {
        // Reads the stored packs first: if the cached ones are newer, the change is refused.
        let stored = app.store.packs(by.guild).await?;
        app.guild_packs.changed(by.guild);
        let library = app.guild_library(Some(by.guild)).await?;
        let decided = {
            let _turn = app.uploads.turn().await?;
            let (library, decide) = (library.clone(), decide.clone());
            tokio::task::spawn_blocking(move || decide(&library)).await?
        };
        let Change::To(pack, question) = decided else {
            return Ok(decided);
        };
        let was = stored.iter().find(|stored| stored.id == pack.id);
        if was.is_none() && stored.len() >= PACKS_MAX {
            return Ok(Change::Refused(packs::too_many(langs.reply, PACKS_MAX)));
        }
        if was.is_some() && own_pack(&library, &pack.id).is_none() {
            return Ok(Change::Refused(view::unfit(langs.reply)));
        }
        // Its time distinguishes versions of a pack.
        let at_ms = was.map_or(0, |was| was.added_at_ms + 1).max((app.clock)());
        let edit = PackEdit {
            guild: by.guild,
            pack: StoredPack {
                id: pack.id.clone(),
                body: serde_json::to_string(&pack)?,
                added_by: by.user,
                added_at_ms: at_ms,
            },
            was: was.map(|was| was.body.clone()),
            draft,
        };
        if app.store.edit_pack(edit).await? {
            app.guild_packs.changed(by.guild);
            let (guild_id, user_id) = (by.guild.0, by.user.0);
            tracing::info!(guild_id, user_id, pack = %pack.id, %question, "packs.written");
            return Ok(Change::To(pack, question));
        }
    }
    Ok(Change::Refused(view::busy(langs.reply)))
}

/// Puts what was typed into its pack, as it is then.
fn put(
    langs: Langs,
    typed: &Typed,
    draft: InteractionId,
) -> impl Fn(&GuildLibrary) -> Change + Clone + Send + use<> {
    let (typed, defaults) = (typed.clone(), view::defaults(langs.place, typed));
    move |library| match put_in(library, &typed, &defaults, draft) {
        Ok((pack, question)) => Change::To(Box::new(pack), question),
        Err(mistakes) => Change::Mistakes(mistakes),
    }
}

/// Puts the question into its pack, or keeps it together with its mistakes.
async fn save(
    langs: Langs,
    app: &App,
    by: By,
    typed: &Typed,
    draft: InteractionId,
) -> Result<Reply, HandlerError> {
    let decide = put(langs, typed, draft);
    Ok(Reply::Show(
        match change(langs, app, by, Some(draft), decide).await? {
            Change::To(pack, id) => {
                app.work.written(if typed.is_suggestion {
                    Written::Accepted
                } else {
                    Written::Stored
                });
                match pack.questions.iter().find(|known| known.id == id) {
                    Some(question) => view::stored(langs.reply, &pack, question),
                    None => view::gone(langs.reply),
                }
            }
            Change::Mistakes(mistakes) => {
                app.work.written(Written::Mistaken);
                let is_suggested = is_waiting(app, by, draft).await?;
                keep(app, by, typed, draft, is_suggested).await?;
                view::mistakes(langs.reply, typed, &mistakes, draft)
            }
            Change::Refused(message) => {
                keep(app, by, typed, draft, is_waiting(app, by, draft).await?).await?;
                message
            }
        },
    ))
}

/// Submits a suggestion to the managers, or keeps it together with its mistakes.
async fn offer(
    langs: Langs,
    app: &App,
    by: By,
    typed: &Typed,
    draft: InteractionId,
) -> Result<Reply, HandlerError> {
    let library = app.guild_library(Some(by.guild)).await?;
    let checked = {
        let _turn = app.uploads.turn().await?;
        let (typed, defaults) = (typed.clone(), view::defaults(langs.place, typed));
        tokio::task::spawn_blocking(move || put_in(&library, &typed, &defaults, draft)).await?
    };
    if let Err(mistakes) = checked {
        app.work.written(Written::Mistaken);
        keep(app, by, typed, draft, false).await?;
        return Ok(Reply::Show(view::mistakes(
            langs.reply,
            typed,
            &mistakes,
            draft,
        )));
    }
    if !keep(app, by, typed, draft, true).await? {
        keep(app, by, typed, draft, false).await?;
        return Ok(Reply::Show(view::too_many_suggestions(langs.reply)));
    }
    app.work.written(Written::Suggested);
    tracing::info!(
        guild_id = by.guild.0,
        user_id = by.user.0,
        "question.suggested"
    );
    Ok(Reply::Show(view::suggested(langs.reply)))
}

/// Stores what was typed. False if its author has too many suggestions waiting.
async fn keep(
    app: &App,
    by: By,
    typed: &Typed,
    id: InteractionId,
    is_suggested: bool,
) -> Result<bool, HandlerError> {
    let draft = Draft {
        id,
        guild: by.guild,
        author: by.user,
        body: serde_json::to_string(typed)?,
        is_suggested,
        at_ms: (app.clock)(),
    };
    Ok(app.store.put_draft(draft, view::SUGGESTIONS_MAX).await?)
}

/// The oldest suggestion of a server, with what happened to the previous one.
pub(super) async fn waiting(
    langs: Langs,
    app: &App,
    guild: GuildId,
    decided: Decided,
) -> Result<Message, HandlerError> {
    let waiting = app.store.suggestions(guild).await?;
    let first = waiting.first().map(|draft| {
        // A suggestion that cannot be read can still be declined.
        let typed: Typed = serde_json::from_str(&draft.body).unwrap_or_default();
        (typed, draft.author, draft.id)
    });
    let first = first
        .as_ref()
        .map(|(typed, author, id)| (typed, *author, *id));
    Ok(view::waiting(langs.reply, decided, first, waiting.len()))
}

async fn accept(
    langs: Langs,
    app: &App,
    by: By,
    draft: InteractionId,
) -> Result<Reply, HandlerError> {
    let Some((found, typed)) = theirs(app, by, draft)
        .await?
        .filter(|(d, _)| d.is_suggested)
    else {
        return waiting(langs, app, by.guild, Decided::ByAnother)
            .await
            .map(Reply::Show);
    };
    match change(langs, app, by, Some(found.id), put(langs, &typed, draft)).await? {
        Change::To(..) => {
            app.work.written(Written::Accepted);
            let next = waiting(langs, app, by.guild, Decided::Accepted).await?;
            Ok(Reply::Show(next))
        }
        // It was valid when it was suggested, but the packs have changed since.
        Change::Mistakes(mistakes) => Ok(Reply::Show(view::mistakes(
            langs.reply,
            &typed,
            &mistakes,
            draft,
        ))),
        Change::Refused(message) => Ok(Reply::Aside(message)),
    }
}

async fn decline(
    langs: Langs,
    app: &App,
    by: By,
    draft: InteractionId,
) -> Result<Reply, HandlerError> {
    let is_suggested = is_waiting(app, by, draft).await?;
    let decided = if is_suggested && app.store.remove_draft(by.guild, draft).await? {
        app.work.written(Written::Declined);
        Decided::Declined
    } else {
        Decided::ByAnother
    };
    waiting(langs, app, by.guild, decided)
        .await
        .map(Reply::Show)
}

async fn erase(
    langs: Langs,
    app: &App,
    by: By,
    pack: &Words,
    hash: QuestionHash,
) -> Result<Reply, HandlerError> {
    let decide = {
        let pack = pack.clone();
        move |library: &GuildLibrary| {
            let Some((own, question)) = found(library, &pack, hash) else {
                return Change::Refused(view::gone(langs.reply));
            };
            match without(own, &question.id) {
                Some(left) if left.questions.is_empty() && left.facts_count() == 0 => {
                    Change::Refused(view::only_one(langs.reply))
                }
                Some(left) => Change::To(Box::new(left), question.id.clone()),
                None => Change::Refused(view::gone(langs.reply)),
            }
        }
    };
    Ok(match change(langs, app, by, None, decide).await? {
        Change::To(pack, _) => Reply::Show(view::page(langs.reply, &pack, 0)),
        Change::Refused(message) => Reply::Aside(message),
        Change::Mistakes(_) => Reply::Aside(view::busy(langs.member)),
    })
}
