//! `/schedule`: what the bot does by itself in a server at set times.
//!
//! Discord shows the command to members who may manage the server. A server can change that, so the
//! permission is checked at each use.

use super::{options, quiz};
use crate::discord::app::App;
use crate::discord::command::{Audience, Command, FocusedOption, Scope};
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::{Origin, may_manage_server};
use crate::discord::reply::Reply;
use heat_core::bank::{PLAYABLE_MIN, PackList};
use heat_core::game::{Mode, Players, Settings};
use heat_core::id::{ChannelId, EntryId, GuildId, RoleId, UserId};
use heat_core::library::{GuildLibrary, SubjectRequest};
use heat_core::schedule::{
    Days, ENTRIES_MAX, Entry, EventState, Outcome, Quiz, TimeOfDay, What, When, WhyNoEvent,
};
use heat_core::settings::ServerSettings;
use heat_core::standing::Zone;
use heat_store::{NewEntry, PlannedEvent, StoredEntry};
use heat_view::message::{Message, Suggestion};
use heat_view::schedule::{self, ListedEntry};
use heat_view::settings::SettingsContext;
use serenity::all::{
    ChannelType, CommandInteraction, CommandOptionType, CreateCommand, CreateCommandOption,
    PartialChannel, Permissions, ResolvedOption, ResolvedValue, Role,
};

/// The command.
pub const COMMAND: Command = Command {
    name: "schedule",
    scope: Scope::Servers,
    audience: Audience::Member,
    describe,
    run: |langs, app, command| Box::pin(run(langs, app, command)),
    complete: Some(|langs, app, typing, typed| Box::pin(complete(langs, app, typing, typed))),
};
/// The most characters of an option's text.
const TEXT_MAX: u16 = 100;

fn describe(command: CreateCommand) -> CreateCommand {
    let quiz = planned(options::subcommand("quiz"))
        .add_sub_option(options::about())
        .add_sub_option(options::pack())
        .add_sub_option(options::rounds())
        .add_sub_option(options::mode(
            Mode::ALL.into_iter().filter(|mode| is_open(*mode)),
        ))
        .add_sub_option(options::option(CommandOptionType::User, "host"))
        .add_sub_option(options::option(CommandOptionType::Boolean, "event"));
    let add = options::option(CommandOptionType::SubCommandGroup, "add")
        .add_sub_option(quiz)
        .add_sub_option(planned(options::subcommand("daily")))
        .add_sub_option(planned(options::subcommand("weekly")));
    let entry = options::option(CommandOptionType::String, "entry")
        .required(true)
        .set_autocomplete(true)
        .max_length(TEXT_MAX);
    command
        .default_member_permissions(Permissions::MANAGE_GUILD)
        .add_option(add)
        .add_option(options::subcommand("list"))
        .add_option(options::subcommand("remove").add_sub_option(entry))
}

/// Whether a mode works without a lobby, which nobody would be there to open.
fn is_open(mode: Mode) -> bool {
    mode.rules().players == Players::Anyone
}

/// Adds the options that every entry has: when, where, and the role to mention.
fn planned(sub: CreateCommandOption) -> CreateCommandOption {
    let text = |name: &str| options::option(CommandOptionType::String, name).max_length(TEXT_MAX);
    let channel = options::option(CommandOptionType::Channel, "channel").channel_types(vec![
        ChannelType::Text,
        ChannelType::News,
        ChannelType::Voice,
        ChannelType::PublicThread,
    ]);
    let role = options::option(CommandOptionType::Role, "role");
    let zone = text(options::ZONE).set_autocomplete(true);
    sub.add_sub_option(text("time").required(true))
        .add_sub_option(text("days").set_autocomplete(true))
        .add_sub_option(channel)
        .add_sub_option(role)
        .add_sub_option(zone)
}

/// Suggestions for the option being typed.
async fn complete(
    langs: Langs,
    app: &App,
    typing: &CommandInteraction,
    typed: FocusedOption<'_>,
) -> Result<Vec<Suggestion>, HandlerError> {
    let guild = Origin::from(typing).guild;
    Ok(match typed.option {
        "days" => schedule::suggest_days(langs.reply, typed.text),
        options::ZONE => heat_view::settings::suggest_zones(langs.reply, typed.text, (app.clock)()),
        "pack" => options::suggest_pack(langs, &app.guild_library(guild).await?, typed.text),
        "about" => options::suggest_about(langs, &app.guild_library(guild).await?, typed.text),
        "entry" => match guild {
            Some(guild) if may_manage_server(typing.member.as_deref()) => {
                suggest_entries(langs, app, guild, typed.text).await?
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    })
}

async fn suggest_entries(
    langs: Langs,
    app: &App,
    guild: GuildId,
    typed: &str,
) -> Result<Vec<Suggestion>, HandlerError> {
    let library = app.guild_library(Some(guild)).await?;
    let entries = app.store.entries(guild).await?;
    let typed = typed.trim().to_lowercase();
    Ok(around(app, &library, |around| {
        let offers = entries.iter().map(|stored| {
            let entry = Entry::read(&stored.body).ok();
            schedule::suggest_entry(langs.reply, stored.id.0, entry.as_ref(), around)
        });
        offers
            .filter(|offer| offer.name.to_lowercase().contains(&typed))
            .collect()
    }))
}

/// The reply to `/schedule`.
async fn run(langs: Langs, app: &App, command: &CommandInteraction) -> Result<Reply, HandlerError> {
    let Some(guild) = Origin::from(command).guild else {
        return Ok(Reply::Aside(schedule::only_in_servers(langs.member)));
    };
    if !may_manage_server(command.member.as_deref()) {
        return Ok(Reply::Aside(schedule::not_allowed(langs.member)));
    }
    let options = command.data.options();
    let Some((path, options)) = options::path(&options) else {
        return Ok(Reply::Aside(heat_view::reply::unknown_interaction(
            langs.member,
        )));
    };
    match path[..] {
        ["list"] => list(langs, app, command, guild).await,
        ["remove"] => remove(langs, app, command, guild, options).await,
        ["add", what] => add(langs, app, command, guild, what, options).await,
        _ => Ok(Reply::Aside(heat_view::reply::unknown_interaction(
            langs.member,
        ))),
    }
}

async fn list(
    langs: Langs,
    app: &App,
    command: &CommandInteraction,
    guild: GuildId,
) -> Result<Reply, HandlerError> {
    if may_create_events(command) {
        app.store.ask_events_again(guild).await?;
    }
    let server = app.settings(Some(guild)).await?;
    let library = app.guild_library(Some(guild)).await?;
    let events = app.store.planned_events(guild).await?;
    let entries = app.store.entries(guild).await?.into_iter();
    let listed: Vec<ListedEntry> = entries
        .map(|stored| listed(stored, &events, &server))
        .collect();
    Ok(Reply::Show(around(app, &library, |around| {
        schedule::list(langs.reply, &listed, around)
    })))
}

fn listed(stored: StoredEntry, events: &[PlannedEvent], server: &ServerSettings) -> ListedEntry {
    let last = stored.last.and_then(|last| {
        let outcome = Outcome::parse(&last.outcome)?;
        Some((last.due_at_ms, outcome))
    });
    let is_its =
        |event: &&PlannedEvent| (event.entry, event.due_at_ms) == (stored.id, stored.next_at_ms);
    let entry = Entry::read(&stored.body).ok();
    ListedEntry {
        in_thread: entry
            .as_ref()
            .is_some_and(|entry| has_thread(entry, server)),
        entry,
        host: stored.host,
        event: events.iter().find(is_its).map(state),
        next_ms: stored.next_at_ms,
        last,
    }
}

/// How far an event has got.
fn state(planned: &PlannedEvent) -> EventState {
    match (planned.event, planned.refused) {
        (Some(_), _) => EventState::There,
        (None, Some(code)) => EventState::Refused(WhyNoEvent::of_code(code)),
        (None, None) => EventState::Coming,
    }
}

/// Whether an entry's quiz is played in a thread of its own.
fn has_thread(entry: &Entry, server: &ServerSettings) -> bool {
    server.threads && !entry.no_threads && matches!(entry.what, What::Quiz(_))
}

/// Whether the bot may create events in the server, as Discord says with the command.
fn may_create_events(command: &CommandInteraction) -> bool {
    let held = command.app_permissions;
    held.is_some_and(|held| held.administrator() || held.contains(Permissions::CREATE_EVENTS))
}

async fn remove(
    langs: Langs,
    app: &App,
    command: &CommandInteraction,
    guild: GuildId,
    options: &[ResolvedOption<'_>],
) -> Result<Reply, HandlerError> {
    let id = text(options, "entry").and_then(|typed| typed.trim().parse().ok().map(EntryId));
    let Some(id) = id else {
        return Ok(Reply::Aside(schedule::unknown_entry(langs.member)));
    };
    if !app.store.remove_entry(guild, id).await? {
        return Ok(Reply::Aside(schedule::unknown_entry(langs.member)));
    }
    let user_id = Origin::from(command).user.0;
    tracing::info!(
        guild_id = guild.0,
        user_id,
        entry_id = id.0,
        "schedule.removed"
    );
    Ok(Reply::Show(schedule::removed(langs.reply)))
}

async fn add(
    langs: Langs,
    app: &App,
    command: &CommandInteraction,
    guild: GuildId,
    what: &str,
    options: &[ResolvedOption<'_>],
) -> Result<Reply, HandlerError> {
    let server = app.settings(Some(guild)).await?;
    let library = app.guild_library(Some(guild)).await?;
    let now_ms = (app.clock)();
    let asked = Asked {
        command,
        options,
        guild,
        now_ms,
    };
    let (entry, host) = match asked.entry(langs, what, &library, &server) {
        Ok(asked) => asked,
        Err(message) => return Ok(Reply::Aside(message)),
    };
    let Some(next_ms) = entry.when.next(now_ms) else {
        return Ok(Reply::Aside(heat_view::reply::unknown_interaction(
            langs.member,
        )));
    };
    let id = command.id.get();
    let new = NewEntry {
        id: EntryId(id),
        guild,
        body: entry.to_json().into(),
        host,
        next_at_ms: next_ms,
        has_event: entry.has_event(),
        entries_max: ENTRIES_MAX,
    };
    if !app.store.add_entry(new).await? {
        return Ok(Reply::Aside(schedule::full(langs.member)));
    }
    let user_id = Origin::from(command).user.0;
    tracing::info!(guild_id = guild.0, user_id, entry_id = id, "schedule.added");
    let event = if may_create_events(command) {
        EventState::Coming
    } else {
        EventState::Refused(WhyNoEvent::NotAllowed)
    };
    let added = ListedEntry {
        in_thread: has_thread(&entry, &server),
        event: entry.has_event().then_some(event),
        entry: Some(entry),
        host,
        next_ms,
        last: None,
    };
    Ok(Reply::Show(around(app, &library, |around| {
        schedule::added(langs.reply, &added, around)
    })))
}

/// A use of `/schedule add`.
struct Asked<'a> {
    command: &'a CommandInteraction,
    options: &'a [ResolvedOption<'a>],
    guild: GuildId,
    now_ms: i64,
}

impl Asked<'_> {
    /// The requested entry and who hosts it, or what is wrong with it.
    fn entry(
        &self,
        langs: Langs,
        what: &str,
        packs: &GuildLibrary,
        server: &ServerSettings,
    ) -> Result<(Entry, Option<UserId>), Message> {
        let (what, days) = match what {
            "quiz" => (What::Quiz(self.quiz(langs, packs)?), Days::ALL),
            "daily" => (What::Daily, Days::ALL),
            "weekly" => (What::Weekly, Days::one(heat_core::schedule::days::WEEK[0])),
            _ => return Err(heat_view::reply::unknown_interaction(langs.member)),
        };
        let host = self.host(langs, &what)?;
        let (channel, parent, no_threads) = self.channel(langs, &what, server)?;
        let entry = Entry {
            what,
            when: self.when(langs, days, server.zone)?,
            channel,
            parent,
            no_threads,
            no_event: self.leaves_out_event(),
            role: self.role(langs)?,
            lang: langs.place,
        };
        Ok((entry, host))
    }

    /// Whether the member wants no event for the quiz.
    fn leaves_out_event(&self) -> bool {
        self.options.iter().any(|option| {
            option.name == "event" && matches!(option.value, ResolvedValue::Boolean(false))
        })
    }

    /// The member who hosts the quiz.
    fn host(&self, langs: Langs, what: &What) -> Result<Option<UserId>, Message> {
        let named = self.options.iter().find_map(|option| match option.value {
            ResolvedValue::User(user, member) if option.name == "host" => Some((user, member)),
            _ => None,
        });
        let Some((user, member)) = named else {
            return Ok(None);
        };
        if user.bot {
            return Err(schedule::host_is_bot(langs.member));
        }
        if member.is_none() {
            return Err(schedule::host_is_elsewhere(langs.member));
        }
        match what {
            What::Quiz(quiz) => match quiz.mode.filter(|mode| !mode.rules().can_be_hosted) {
                Some(mode) => Err(heat_view::host::not_in_mode(langs.member, mode)),
                None => Ok(Some(UserId(user.id.get()))),
            },
            What::Daily | What::Weekly => Ok(None),
        }
    }

    fn when(&self, langs: Langs, days: Days, zone: Zone) -> Result<When, Message> {
        let time = text(self.options, "time").unwrap_or_default();
        Ok(When {
            time: TimeOfDay::meant(time).ok_or_else(|| schedule::bad_time(langs.member, time))?,
            days: match text(self.options, "days") {
                Some(typed) => {
                    Days::meant(typed).ok_or_else(|| schedule::bad_days(langs.member, typed))?
                }
                None => days,
            },
            zone: match text(self.options, options::ZONE) {
                Some(typed) => options::read_zone(langs, typed, self.now_ms)?,
                None => zone,
            },
        })
    }

    fn quiz(&self, langs: Langs, packs: &GuildLibrary) -> Result<Quiz, Message> {
        let rounds = self.options.iter().find_map(|option| match option.value {
            ResolvedValue::Integer(rounds) if option.name == "rounds" => Some(rounds),
            _ => None,
        });
        let mode = text(self.options, "mode").map(|value| options::read_mode(langs, value));
        let mode = mode.transpose()?;
        if mode.is_some_and(|mode| !is_open(mode)) {
            return Err(schedule::needs_lobby(langs.member));
        }
        let (named, about) = self.subject(langs, packs)?;
        let rounds = rounds.map(Settings::check_rounds).transpose();
        Ok(Quiz {
            packs: named,
            about,
            rounds: rounds.map_err(|error| heat_view::reply::bad_setting(langs.member, error))?,
            mode,
        })
    }

    /// The packs and the subject, if they can be played here.
    fn subject(
        &self,
        langs: Langs,
        packs: &GuildLibrary,
    ) -> Result<(PackList, Option<heat_core::bank::Subject>), Message> {
        let named = text(self.options, "pack").map(|typed| options::pack_list(packs, typed));
        let named = named.unwrap_or_default();
        let about =
            text(self.options, "about").map(|typed| options::read_about(langs, packs, typed));
        let (named, about) = match about.transpose()?.flatten() {
            Some(SubjectRequest::Packs(packs)) => (packs, None),
            Some(SubjectRequest::About(about)) => (named, Some(about)),
            None => (named, None),
        };
        packs
            .check(&named)
            .map_err(|error| heat_view::reply::no_questions(langs.member, &error))?;
        if let Some(about) = &about {
            let questions = packs.questions_about(about);
            if questions < PLAYABLE_MIN {
                let few = packs.too_few(about, questions);
                return Err(heat_view::about::too_few(langs.member, &few));
            }
        }
        Ok((named, about))
    }

    /// The channel, its parent, and whether no thread can be made in it.
    fn channel(
        &self,
        langs: Langs,
        what: &What,
        server: &ServerSettings,
    ) -> Result<(ChannelId, Option<ChannelId>, bool), Message> {
        let named = self.options.iter().find_map(|option| match option.value {
            ResolvedValue::Channel(channel) => Some(channel),
            _ => None,
        });
        let here = self.command.channel.as_ref();
        let channel = named.or(here);
        let id = channel.map_or(self.command.channel_id, |channel| channel.id);
        let parent = channel.and_then(|channel| channel.parent_id);
        let (id, parent) = (
            ChannelId(id.get()),
            parent.map(|parent| ChannelId(parent.get())),
        );
        if matches!(what, What::Quiz(_)) && !server.allows(id, parent) {
            return Err(heat_view::settings::not_here(
                langs.member,
                &server.channels,
            ));
        }
        // Discord does not say what the bot may do in other channels.
        let is_here = id.0 == self.command.channel_id.get();
        if is_here && !self.may_post(here) {
            return Err(schedule::cannot_post(langs.member));
        }
        let has_threads = |channel: &PartialChannel| {
            matches!(channel.kind, ChannelType::Text | ChannelType::News)
        };
        Ok((id, parent, !channel.is_some_and(has_threads)))
    }

    fn may_post(&self, here: Option<&PartialChannel>) -> bool {
        let held = self.command.app_permissions;
        held.is_some_and(|held| quiz::may_post(held, here.map(|channel| channel.kind)))
    }

    /// The role to mention. Members cannot use this to mention a role that they may not mention
    /// themselves.
    fn role(&self, langs: Langs) -> Result<Option<RoleId>, Message> {
        let role: Option<&Role> = self.options.iter().find_map(|option| match option.value {
            ResolvedValue::Role(role) => Some(role),
            _ => None,
        });
        let Some(role) = role else {
            return Ok(None);
        };
        let id = RoleId(role.id.get());
        // The role @everyone has the server's id.
        if id.0 == self.guild.0 {
            return Err(schedule::not_everyone(langs.member));
        }
        let permissions = self.command.member.as_ref().and_then(|m| m.permissions);
        let may_ping = permissions
            .is_some_and(|p| p.contains(Permissions::MENTION_EVERYONE) || p.administrator());
        if !role.mentionable && !may_ping {
            return Err(schedule::role_is_closed(langs.member, id));
        }
        Ok(Some(id))
    }
}

fn text<'a>(options: &'a [ResolvedOption<'_>], name: &str) -> Option<&'a str> {
    options.iter().find_map(|option| match option.value {
        ResolvedValue::String(text) if option.name == name => Some(text),
        _ => None,
    })
}

fn around<T>(
    app: &App,
    library: &GuildLibrary,
    render: impl FnOnce(&SettingsContext<'_>) -> T,
) -> T {
    render(&SettingsContext {
        pack_title: &|id| library.title(id).map(str::to_owned),
        about_title: &|subject| library.name_of(subject),
        now_ms: (app.clock)(),
    })
}
