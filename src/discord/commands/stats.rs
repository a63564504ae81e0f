//! `/stats`: a member's results over all their games, as text and as a drawn card.

use super::options;
use crate::discord::app::App;
use crate::discord::command::{Audience, Command, Scope};
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::{Origin, user};
use crate::discord::reply::Reply;
use heat_core::daily::Day;
use heat_core::id::UserId;
use heat_core::standing::{Board, Period, Scope as BoardScope, Zone};
use heat_store::StoreError;
use heat_view::stats::{Days, Member, NoMember, Place};
use serenity::all::{CommandInteraction, CommandOptionType, CreateCommand, Permissions};

/// The command.
pub const COMMAND: Command = Command {
    name: "stats",
    scope: Scope::Anywhere,
    audience: Audience::Everyone,
    describe,
    run: |langs, app, command| Box::pin(run(langs, app, command)),
    complete: None,
};

fn describe(command: CreateCommand) -> CreateCommand {
    let member = options::option(CommandOptionType::User, "member");
    command.add_option(member)
}

/// The reply to `/stats`: public, like a leaderboard. It reveals nothing about open questions.
async fn run(langs: Langs, app: &App, command: &CommandInteraction) -> Result<Reply, HandlerError> {
    let member = match wanted(command) {
        Ok(member) => member,
        Err(why) => return Ok(Reply::Aside(heat_view::stats::refused(langs.member, why))),
    };
    let is_own = member.id == Origin::from(command).user;
    let Some(record) = app.store.record(member.id).await? else {
        let nothing = heat_view::stats::nothing(langs.member, member.id, is_own);
        return Ok(Reply::Aside(nothing));
    };
    let origin = Origin::from(command);
    let here = match origin.guild {
        Some(guild) => place(app, BoardScope::Guild(guild), member.id).await?,
        None => None,
    };
    let everywhere = place(app, BoardScope::Global, member.id).await?;
    let daily = app.store.daily_streak(member.id).await?;
    let today = Day::of((app.clock)());
    let days = daily.map_or(Days::default(), |streak| Days {
        current: streak.current_on(today),
        best: streak.best,
    });
    let sheet = heat_view::stats::sheet(langs.reply, member, &record, days, here, everywhere);
    // A private reply may be shared, and then a card would be missing.
    let card = if may_attach(command.app_permissions) && !origin.is_by_member() {
        app.cards.draw(langs.reply, sheet.clone()).await
    } else {
        None
    };
    Ok(Reply::Show(heat_view::stats::message(
        langs.reply,
        &sheet,
        card,
    )))
}

/// Whether the bot may send files here; otherwise it replies with text only. Discord includes the
/// bot's permissions in each interaction
/// (<https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object>).
fn may_attach(held: Option<Permissions>) -> bool {
    held.is_none_or(|held| held.administrator() || held.contains(Permissions::ATTACH_FILES))
}

/// The member whose stats are requested, if they may be shown here.
fn wanted(command: &CommandInteraction) -> Result<Member<'_>, NoMember> {
    let caller = &command.user;
    match user(command, "member") {
        Some((user, _)) if user.id == caller.id => {}
        Some((user, _)) if user.bot => return Err(NoMember::Bot),
        Some(_) if Origin::from(command).guild.is_none() => return Err(NoMember::DirectMessage),
        Some((_, None)) => return Err(NoMember::Elsewhere),
        Some((user, Some(member))) => {
            let name = member.nick.as_ref().or(user.global_name.as_ref());
            return Ok(Member {
                id: UserId(user.id.get()),
                name: name.unwrap_or(&user.name),
                username: &user.name,
            });
        }
        None => {}
    }
    let nick = command.member.as_ref().and_then(|m| m.nick.as_ref());
    let name = nick.or(caller.global_name.as_ref());
    Ok(Member {
        id: UserId(caller.id.get()),
        name: name.unwrap_or(&caller.name),
        username: &caller.name,
    })
}

/// A member's rank on the all-time board.
async fn place(app: &App, scope: BoardScope, user: UserId) -> Result<Option<Place>, StoreError> {
    let board = Board {
        scope,
        period: Period::All,
        now_ms: (app.clock)(),
        // All time is the same in every zone.
        zone: Zone::UTC,
    };
    let Some(standing) = app.store.standing(board, user).await? else {
        return Ok(None);
    };
    let players = app.store.leaderboard(board, 0).await?.players;
    Ok(Some(Place { standing, players }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_sent_only_where_files_are_allowed() {
        let words = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
        assert!(!may_attach(Some(words)));
        assert!(may_attach(Some(words | Permissions::ATTACH_FILES)));
        assert!(may_attach(Some(Permissions::ADMINISTRATOR)));
        assert!(may_attach(None));
    }
}
