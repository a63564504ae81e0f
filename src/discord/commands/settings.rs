//! `/settings`: a server's own settings.
//!
//! Discord shows the command to members who may manage the server. A server can change that, so
//! each change checks the permission. Viewing is allowed to everyone who sees the command.

use super::options;
use super::quiz;
use crate::discord::app::App;
use crate::discord::command::{Audience, Command, FocusedOption, Scope};
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::{Origin, may_manage_server};
use crate::discord::reply::Reply;
use heat_core::bank::{PLAYABLE_MIN, PackList, Subject};
use heat_core::game::{ControlPolicy, Mode, Pace, Players, Settings};
use heat_core::id::{ChannelId, GuildId, RoleId};
use heat_core::lang::Lang;
use heat_core::library::{GuildLibrary, SubjectRequest};
use heat_core::settings::{
    CHANNELS_MAX, COOLDOWN_MAX_S, REPORTS_MAX, STARTERS_MAX, ServerSettings,
};
use heat_core::standing::Zone;
use heat_view::message::{Message, Suggestion};
use heat_view::permissions;
use heat_view::settings::SettingsContext;
use serenity::all::{
    ChannelType, CommandInteraction, CommandOptionType, CreateCommand, CreateCommandOption,
    Permissions, ResolvedOption, ResolvedValue,
};

/// The command.
pub const COMMAND: Command = Command {
    name: "settings",
    scope: Scope::Servers,
    audience: Audience::Member,
    describe,
    run: |langs, app, command| Box::pin(run(langs, app, command)),
    complete: Some(|langs, app, typing, typed| Box::pin(complete(langs, app, typing, typed))),
};

fn describe(command: CreateCommand) -> CreateCommand {
    command
        .default_member_permissions(Permissions::MANAGE_GUILD)
        .add_option(options::subcommand("show"))
        .add_option(set())
        .add_option(channels())
        .add_option(starters())
        .add_option(options::subcommand("check"))
        .add_option(options::subcommand("reset"))
}

/// One subcommand for everything but the channels, with any number of options at once.
fn set() -> CreateCommandOption {
    let zone = options::option(CommandOptionType::String, options::ZONE)
        .set_autocomplete(true)
        .max_length(64);
    let languages: Vec<&str> = std::iter::once(LANGUAGE_OF_DISCORD)
        .chain(Lang::ALL.map(Lang::code))
        .collect();
    let steering = options::choice("stop", &["starter", "players", "moderators"]);
    let pace = options::choice("extended-time", &["1", "1.5", "2", "3"]);
    let reports = options::option(CommandOptionType::Integer, "reports")
        .min_int_value(1)
        .max_int_value(u64::from(REPORTS_MAX));
    let typed = options::choice("wrong-answers", &["shown", "hidden"]);
    options::option(CommandOptionType::SubCommand, "set")
        .add_sub_option(options::pack())
        .add_sub_option(options::about())
        .add_sub_option(options::rounds())
        .add_sub_option(options::seconds())
        .add_sub_option(options::difficulty())
        .add_sub_option(options::answers())
        .add_sub_option(options::mode(
            Mode::ALL
                .into_iter()
                .filter(|mode| mode.rules().players != Players::Invited),
        ))
        .add_sub_option(options::choice("language", &languages))
        .add_sub_option(zone)
        .add_sub_option(steering)
        .add_sub_option(pace)
        .add_sub_option(reports)
        .add_sub_option(typed)
        .add_sub_option(options::choice("threads", &["on", "off"]))
        .add_sub_option(cooldown(MEMBER_COOLDOWN))
        .add_sub_option(cooldown(CHANNEL_COOLDOWN))
}

/// The server's language in Discord.
const LANGUAGE_OF_DISCORD: &str = "discord";

/// Options that take a pause in seconds.
const MEMBER_COOLDOWN: &str = "member-cooldown";
const CHANNEL_COOLDOWN: &str = "channel-cooldown";

fn cooldown(name: &str) -> CreateCommandOption {
    options::option(CommandOptionType::Integer, name)
        .min_int_value(0)
        .max_int_value(u64::from(COOLDOWN_MAX_S))
}

fn starters() -> CreateCommandOption {
    let role = || options::option(CommandOptionType::Role, "role").required(true);
    options::option(CommandOptionType::SubCommandGroup, "starters")
        .add_sub_option(options::subcommand("add").add_sub_option(role()))
        .add_sub_option(options::subcommand("remove").add_sub_option(role()))
        .add_sub_option(options::subcommand("everyone"))
}

fn channels() -> CreateCommandOption {
    let channel = || {
        options::option(CommandOptionType::Channel, "channel").channel_types(vec![
            ChannelType::Text,
            ChannelType::News,
            ChannelType::Voice,
            ChannelType::Stage,
            ChannelType::Forum,
        ])
    };
    options::option(CommandOptionType::SubCommandGroup, "channels")
        .add_sub_option(options::subcommand("allow").add_sub_option(channel()))
        .add_sub_option(options::subcommand("forbid").add_sub_option(channel()))
        .add_sub_option(options::subcommand("everywhere"))
}

/// Packs and time zones that match what has been typed so far.
async fn complete(
    langs: Langs,
    app: &App,
    typing: &CommandInteraction,
    typed: FocusedOption<'_>,
) -> Result<Vec<Suggestion>, HandlerError> {
    Ok(match typed.option {
        "pack" => {
            let library = app.guild_library(Origin::from(typing).guild).await?;
            options::suggest_pack(langs, &library, typed.text)
        }
        "about" => {
            let library = app.guild_library(Origin::from(typing).guild).await?;
            options::suggest_about(langs, &library, typed.text)
        }
        options::ZONE => heat_view::settings::suggest_zones(langs.reply, typed.text, (app.clock)()),
        _ => Vec::new(),
    })
}

/// The reply to `/settings`.
async fn run(langs: Langs, app: &App, command: &CommandInteraction) -> Result<Reply, HandlerError> {
    let Some(guild) = Origin::from(command).guild else {
        return Ok(Reply::Aside(heat_view::settings::only_in_servers(
            langs.member,
        )));
    };
    let options = command.data.options();
    let Some((path, options)) = options::path(&options) else {
        return Ok(Reply::Aside(heat_view::reply::unknown_interaction(
            langs.member,
        )));
    };
    let library = app.guild_library(Some(guild)).await?;
    if path == ["show"] {
        let settings = app.settings(Some(guild)).await?;
        let shown = with_titles(app, &library, |around| {
            heat_view::settings::show(langs.reply, &settings, around)
        });
        return Ok(Reply::Show(permissions::warned(
            langs.reply,
            shown,
            &quiz::held(command),
        )));
    }
    if path == ["check"] {
        let settings = app.settings(Some(guild)).await?;
        let here = (Origin::from(command).channel, parent(command));
        let held = quiz::held(command);
        return Ok(Reply::Show(permissions::check(
            langs.reply,
            &held,
            here,
            &settings,
        )));
    }
    if !may_manage_server(command.member.as_deref()) {
        return Ok(Reply::Aside(heat_view::settings::not_allowed(langs.member)));
    }
    let request = match path[..] {
        ["set"] => changes(langs, &library, options, (app.clock)()),
        ["channels", "allow"] => Ok(Request::Allow(channel(command, options))),
        ["channels", "forbid"] => Ok(Request::Forbid(channel(command, options))),
        ["channels", "everywhere"] => Ok(Request::Everywhere),
        ["starters", "add"] => starter(langs, guild, options).map(Request::AddStarter),
        ["starters", "remove"] => starter(langs, guild, options).map(Request::RemoveStarter),
        ["starters", "everyone"] => Ok(Request::AnyStarter),
        ["reset"] => Ok(Request::Reset),
        _ => Err(heat_view::reply::unknown_interaction(langs.member)),
    };
    match request {
        Ok(request) => change(langs, app, &library, command, guild, request).await,
        Err(message) => Ok(Reply::Show(message)),
    }
}

/// A requested change, checked.
enum Request {
    Set(Vec<Set>),
    Allow(ChannelId),
    Forbid(ChannelId),
    Everywhere,
    AddStarter(RoleId),
    RemoveStarter(RoleId),
    AnyStarter,
    Reset,
}

/// One option of `set`.
enum Set {
    Packs(PackList),
    About(Option<Subject>),
    Rounds(u16),
    Seconds(u16),
    Difficulty(Option<heat_core::facts::Difficulty>),
    Answers(heat_core::game::AnswerStyle),
    Mode(Mode),
    Language(Option<Lang>),
    Zone(Zone),
    ControlPolicy(ControlPolicy),
    Pace(Pace),
    Reports(u32),
    HidesTyped(bool),
    Threads(bool),
    MemberCooldown(u32),
    ChannelCooldown(u32),
}

async fn change(
    langs: Langs,
    app: &App,
    library: &GuildLibrary,
    command: &CommandInteraction,
    guild: GuildId,
    request: Request,
) -> Result<Reply, HandlerError> {
    let allowed = match request {
        Request::Allow(channel) => Some((channel, may_post(command, channel))),
        _ => None,
    };
    let mut refusal = None;
    let changed = app
        .settings
        .change(&app.store, guild, (app.clock)(), |settings| {
            refusal = apply(langs, settings, request).err();
        })
        .await?;
    if let Some(refusal) = refusal {
        return Ok(Reply::Show(refusal));
    }
    let user_id = Origin::from(command).user.0;
    tracing::info!(guild_id = guild.0, user_id, "settings.changed");
    let message = with_titles(app, library, |around| {
        heat_view::settings::changed(langs.reply, &changed.before, &changed.after, around)
    });
    Ok(Reply::Show(match allowed {
        Some((channel, may_post)) => {
            heat_view::settings::with_rights(langs.reply, message, channel, may_post)
        }
        None => permissions::warned(langs.reply, message, &quiz::held(command)),
    }))
}

/// Changes the settings, or leaves them and says why.
fn apply(langs: Langs, settings: &mut ServerSettings, request: Request) -> Result<(), Message> {
    match request {
        Request::Set(all) => {
            for one in all {
                set_one(settings, one);
            }
        }
        Request::Allow(channel) => {
            let full = settings.channels.len() >= CHANNELS_MAX;
            if full && !settings.channels.contains(&channel) {
                return Err(heat_view::settings::too_many_channels(
                    langs.member,
                    CHANNELS_MAX,
                ));
            }
            settings.channels.insert(channel);
        }
        Request::Forbid(channel) => {
            if settings.channels.is_empty() {
                return Err(heat_view::settings::all_are_allowed(langs.member));
            }
            // An empty list would allow all channels.
            if settings.channels.iter().eq([&channel]) {
                return Err(heat_view::settings::last_channel(langs.member));
            }
            settings.channels.remove(&channel);
        }
        Request::Everywhere => settings.channels.clear(),
        Request::AddStarter(role) => {
            let full = settings.starters.len() >= STARTERS_MAX;
            if full && !settings.starters.contains(&role) {
                return Err(heat_view::settings::too_many_starters(
                    langs.member,
                    STARTERS_MAX,
                ));
            }
            settings.starters.insert(role);
        }
        Request::RemoveStarter(role) => {
            if !settings.starters.contains(&role) {
                return Err(heat_view::settings::not_named(langs.member, role));
            }
            // An empty list would let everybody start quizzes.
            if settings.starters.len() == 1 {
                return Err(heat_view::settings::last_starter(langs.member));
            }
            settings.starters.remove(&role);
        }
        Request::AnyStarter => settings.starters.clear(),
        Request::Reset => *settings = ServerSettings::default(),
    }
    Ok(())
}

fn set_one(settings: &mut ServerSettings, one: Set) {
    match one {
        // Packs and subject exclude each other, because many quizzes would have no question that
        // fits both.
        Set::Packs(packs) => {
            settings.about = settings.about.take().filter(|_| packs.is_all());
            settings.packs = packs;
        }
        Set::About(about) => {
            if about.is_some() {
                settings.packs = PackList::default();
            }
            settings.about = about;
        }
        Set::Rounds(rounds) => settings.rounds = Some(rounds),
        Set::Seconds(seconds) => settings.seconds = Some(seconds),
        Set::Difficulty(difficulty) => settings.difficulty = difficulty,
        Set::Answers(answers) => settings.answers = answers,
        Set::Mode(mode) => settings.mode = mode,
        Set::Language(language) => settings.language = language,
        Set::Zone(zone) => settings.zone = zone,
        Set::ControlPolicy(steering) => settings.steering = steering,
        Set::Pace(pace) => settings.pace = pace,
        Set::Reports(reports) => settings.reports_hide_after = Some(reports),
        Set::HidesTyped(hidden) => settings.hides_typed = hidden,
        Set::Threads(on) => settings.threads = on,
        Set::MemberCooldown(seconds) => settings.member_cooldown_s = seconds,
        Set::ChannelCooldown(seconds) => settings.channel_cooldown_s = seconds,
    }
}

/// The options of `set`, or what is wrong with the first faulty one.
fn changes(
    langs: Langs,
    library: &GuildLibrary,
    options: &[ResolvedOption<'_>],
    now_ms: i64,
) -> Result<Request, Message> {
    if options.is_empty() {
        return Err(heat_view::settings::nothing_named(langs.member));
    }
    let changes = options
        .iter()
        .map(|option| read(langs, library, option, now_ms));
    Ok(Request::Set(changes.collect::<Result<_, _>>()?))
}

fn read(
    langs: Langs,
    library: &GuildLibrary,
    option: &ResolvedOption<'_>,
    now_ms: i64,
) -> Result<Set, Message> {
    match (option.name, &option.value) {
        ("pack", ResolvedValue::String(typed)) => {
            known_packs(langs, library, typed).map(Set::Packs)
        }
        ("about", ResolvedValue::String(typed)) => known_subject(langs, library, typed),
        ("rounds", ResolvedValue::Integer(rounds)) => Settings::check_rounds(*rounds)
            .map(Set::Rounds)
            .map_err(|error| heat_view::reply::bad_setting(langs.member, error)),
        ("seconds", ResolvedValue::Integer(seconds)) => Settings::check_seconds(*seconds)
            .map(Set::Seconds)
            .map_err(|error| heat_view::reply::bad_setting(langs.member, error)),
        ("difficulty", ResolvedValue::String(value)) => {
            options::read_difficulty(langs, value).map(Set::Difficulty)
        }
        ("answers", ResolvedValue::String(value)) => {
            options::read_answers(langs, value).map(Set::Answers)
        }
        ("mode", ResolvedValue::String(value)) => match options::read_mode(langs, value)? {
            Mode::Duel => Err(heat_view::reply::unknown_choice(
                langs.member,
                "default-mode",
                value,
            )),
            mode => Ok(Set::Mode(mode)),
        },
        ("language", ResolvedValue::String(LANGUAGE_OF_DISCORD)) => Ok(Set::Language(None)),
        ("language", ResolvedValue::String(code)) => match Lang::coded(code) {
            Some(lang) => Ok(Set::Language(Some(lang))),
            None => Err(heat_view::reply::unknown_choice(
                langs.member,
                "language",
                code,
            )),
        },
        (options::ZONE, ResolvedValue::String(typed)) => {
            options::read_zone(langs, typed, now_ms).map(Set::Zone)
        }
        ("stop", ResolvedValue::String(value)) => {
            read_steering(langs, value).map(Set::ControlPolicy)
        }
        ("extended-time", ResolvedValue::String(value)) => read_pace(langs, value).map(Set::Pace),
        ("reports", ResolvedValue::Integer(reports)) => u32::try_from(*reports)
            .ok()
            .filter(|reports| (1..=REPORTS_MAX).contains(reports))
            .map(Set::Reports)
            .ok_or_else(|| heat_view::settings::bad_reports(langs.member, REPORTS_MAX)),
        ("wrong-answers", ResolvedValue::String(value)) => match *value {
            "shown" => Ok(Set::HidesTyped(false)),
            "hidden" => Ok(Set::HidesTyped(true)),
            other => Err(heat_view::reply::unknown_choice(
                langs.member,
                "choice",
                other,
            )),
        },
        ("threads", ResolvedValue::String(value)) => match *value {
            "on" => Ok(Set::Threads(true)),
            "off" => Ok(Set::Threads(false)),
            other => Err(heat_view::reply::unknown_choice(
                langs.member,
                "choice",
                other,
            )),
        },
        (MEMBER_COOLDOWN, ResolvedValue::Integer(pause)) => {
            read_cooldown(langs, *pause).map(Set::MemberCooldown)
        }
        (CHANNEL_COOLDOWN, ResolvedValue::Integer(pause)) => {
            read_cooldown(langs, *pause).map(Set::ChannelCooldown)
        }
        _ => Err(heat_view::reply::unknown_interaction(langs.member)),
    }
}

fn read_cooldown(langs: Langs, seconds: i64) -> Result<u32, Message> {
    u32::try_from(seconds)
        .ok()
        .filter(|seconds| *seconds <= COOLDOWN_MAX_S)
        .ok_or_else(|| heat_view::settings::bad_cooldown(langs.member, COOLDOWN_MAX_S))
}

/// A subject for quizzes here, or anything.
fn known_subject(langs: Langs, library: &GuildLibrary, typed: &str) -> Result<Set, Message> {
    Ok(match options::read_about(langs, library, typed)? {
        None => Set::About(None),
        Some(SubjectRequest::Packs(packs)) => Set::Packs(packs),
        Some(SubjectRequest::About(subject)) => {
            let questions = library.questions_about(&subject);
            if questions < PLAYABLE_MIN {
                let few = library.too_few(&subject, questions);
                return Err(heat_view::about::too_few(langs.member, &few));
            }
            Set::About(Some(subject))
        }
    })
}

/// Packs that can be played here, or all of them.
fn known_packs(langs: Langs, library: &GuildLibrary, typed: &str) -> Result<PackList, Message> {
    let packs = options::pack_list(library, typed);
    match library.check(&packs) {
        Ok(()) => Ok(packs),
        Err(error) => Err(heat_view::reply::no_questions(langs.member, &error)),
    }
}

fn read_steering(langs: Langs, value: &str) -> Result<ControlPolicy, Message> {
    match value {
        "starter" => Ok(ControlPolicy::Starter),
        "players" => Ok(ControlPolicy::Players),
        "moderators" => Ok(ControlPolicy::Moderators),
        other => Err(heat_view::reply::unknown_choice(
            langs.member,
            "choice",
            other,
        )),
    }
}

fn read_pace(langs: Langs, value: &str) -> Result<Pace, Message> {
    match value {
        "1" => Ok(Pace::Usual),
        "1.5" => Ok(Pace::OneAndAHalf),
        "2" => Ok(Pace::Double),
        "3" => Ok(Pace::Triple),
        other => Err(heat_view::reply::unknown_choice(
            langs.member,
            "choice",
            other,
        )),
    }
}

/// The named role, unless it is @everyone, which has the server's id.
fn starter(
    langs: Langs,
    guild: GuildId,
    options: &[ResolvedOption<'_>],
) -> Result<RoleId, Message> {
    let role = options.iter().find_map(|option| match option.value {
        ResolvedValue::Role(role) => Some(RoleId(role.id.get())),
        _ => None,
    });
    match role {
        Some(role) if role.0 == guild.0 => {
            Err(heat_view::settings::everyone_is_no_role(langs.member))
        }
        role => role.ok_or_else(|| heat_view::reply::unknown_interaction(langs.member)),
    }
}

/// What the command's channel belongs to: for a thread, the channel that it is in.
fn parent(command: &CommandInteraction) -> Option<ChannelId> {
    let parent = command.channel.as_ref().and_then(|here| here.parent_id);
    parent.map(|parent| ChannelId(parent.get()))
}

/// The named channel, or the one where the command was used; for a thread, its parent.
fn channel(command: &CommandInteraction, options: &[ResolvedOption<'_>]) -> ChannelId {
    let named = options.iter().find_map(|option| match option.value {
        ResolvedValue::Channel(channel) => Some(channel.id),
        _ => None,
    });
    let here = command.channel.as_ref();
    let of_thread = here.and_then(|c| c.thread_metadata.as_ref().and(c.parent_id));
    ChannelId(named.or(of_thread).unwrap_or(command.channel_id).get())
}

/// Whether the bot may post in a channel; `None` for any channel but this one, because Discord does
/// not say what the app may do there.
fn may_post(command: &CommandInteraction, channel: ChannelId) -> Option<bool> {
    let here = command.channel.as_ref();
    let is_here = channel.0 == command.channel_id.get();
    let is_parent = here.is_some_and(|here| here.parent_id.is_some_and(|id| id.get() == channel.0));
    let held = command.app_permissions.filter(|_| is_here || is_parent)?;
    Some(quiz::may_post(held, here.map(|here| here.kind)))
}

fn with_titles(
    app: &App,
    library: &GuildLibrary,
    render: impl FnOnce(&SettingsContext<'_>) -> Message,
) -> Message {
    render(&SettingsContext {
        pack_title: &|id| library.title(id).map(str::to_owned),
        about_title: &|subject| {
            let name = library.name_of(subject);
            name.filter(|_| library.is_playable(subject))
        },
        now_ms: (app.clock)(),
    })
}
