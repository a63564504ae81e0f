//! `/settings`: a server's own settings.
//!
//! Discord shows the command to members who may manage the server. A server can change that, so
//! each change checks the permission. Viewing is allowed to everyone who sees the command.

use super::options;
use super::quiz;
use crate::discord::app::App;
use crate::discord::command::{Audience, Command, FocusedOption, Scope};
use crate::discord::error::HandlerError;
use crate::discord::interaction::{Origin, may_manage_server};
use crate::discord::reply::Reply;
use heat_core::bank::{ChooseError, PLAYABLE_MIN, Subject};
use heat_core::game::{ControlPolicy, Mode, Pace, Players, Settings};
use heat_core::id::{ChannelId, GuildId};
use heat_core::library::{GuildLibrary, SubjectRequest};
use heat_core::settings::{CHANNELS_MAX, REPORTS_MAX, ServerSettings};
use heat_core::standing::Zone;
use heat_view::message::{Message, Suggestion};
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
    run: |app, command| Box::pin(run(app, command)),
    complete: Some(|app, typing, typed| Box::pin(complete(app, typing, typed))),
};

fn describe(command: CreateCommand) -> CreateCommand {
    command
        .description("This server's settings for its quizzes")
        .default_member_permissions(Permissions::MANAGE_GUILD)
        .add_option(options::subcommand("show", "All settings of this server"))
        .add_option(set())
        .add_option(channels())
        .add_option(options::subcommand("reset", "Restore the defaults"))
}

/// One subcommand for everything but the channels, with any number of options at once.
fn set() -> CreateCommandOption {
    let text = |name: &str, description: &str| {
        CreateCommandOption::new(CommandOptionType::String, name, description)
    };
    let zone = text(options::ZONE, "The time zone of this server's leaderboards")
        .set_autocomplete(true)
        .max_length(64);
    let steering = text("stop", "Who may pause, resume and stop a quiz")
        .add_string_choice("the starter and moderators", "starter")
        .add_string_choice("any player", "players")
        .add_string_choice("moderators only", "moderators");
    let pace = text("extended-time", "Extra time to answer, as a multiple")
        .add_string_choice("1×: no extended time", "1")
        .add_string_choice("1.5×", "1.5")
        .add_string_choice("2×", "2")
        .add_string_choice("3×", "3");
    let reports = CreateCommandOption::new(
        CommandOptionType::Integer,
        "reports",
        "How many reports hide a question here",
    )
    .min_int_value(1)
    .max_int_value(u64::from(REPORTS_MAX));
    let typed = text(
        "wrong-answers",
        "Whether the reveal shows wrong typed answers",
    )
    .add_string_choice("shown, for a laugh", "shown")
    .add_string_choice("never shown to others", "hidden");
    CreateCommandOption::new(
        CommandOptionType::SubCommand,
        "set",
        "Change one or more settings",
    )
    .add_sub_option(options::pack("The default question pack"))
    .add_sub_option(options::about(
        "The default subject: a film, person, decade or genre",
    ))
    .add_sub_option(options::rounds("The default number of questions, 1 to 50"))
    .add_sub_option(options::seconds("The default seconds to answer, 5 to 120"))
    .add_sub_option(options::difficulty("The default difficulty"))
    .add_sub_option(options::answers("The default way to answer"))
    .add_sub_option(options::mode(
        "The default game mode",
        Mode::ALL
            .into_iter()
            .filter(|mode| mode.rules().players != Players::Invited),
    ))
    .add_sub_option(zone)
    .add_sub_option(steering)
    .add_sub_option(pace)
    .add_sub_option(reports)
    .add_sub_option(typed)
}

fn channels() -> CreateCommandOption {
    let channel = || {
        CreateCommandOption::new(
            CommandOptionType::Channel,
            "channel",
            "The channel (default: this one)",
        )
        .channel_types(vec![
            ChannelType::Text,
            ChannelType::News,
            ChannelType::Voice,
            ChannelType::Stage,
            ChannelType::Forum,
        ])
    };
    CreateCommandOption::new(
        CommandOptionType::SubCommandGroup,
        "channels",
        "Where quizzes may be played",
    )
    .add_sub_option(
        options::subcommand(
            "allow",
            "Allow quizzes in a channel and its threads, and forbid them in channels not listed",
        )
        .add_sub_option(channel()),
    )
    .add_sub_option(
        options::subcommand("forbid", "Remove a channel from the list").add_sub_option(channel()),
    )
    .add_sub_option(options::subcommand(
        "everywhere",
        "Allow quizzes in all channels",
    ))
}

/// Packs and time zones that match what has been typed so far.
async fn complete(
    app: &App,
    typing: &CommandInteraction,
    typed: FocusedOption<'_>,
) -> Result<Vec<Suggestion>, HandlerError> {
    Ok(match typed.option {
        "pack" => {
            let shelf = app.shelf(Origin::from(typing).guild).await?;
            options::suggest_pack(&shelf, typed.text)
        }
        "about" => {
            let shelf = app.shelf(Origin::from(typing).guild).await?;
            options::suggest_about(&shelf, typed.text)
        }
        options::ZONE => heat_view::settings::suggest_zones(typed.text, (app.clock)()),
        _ => Vec::new(),
    })
}

/// The reply to `/settings`.
async fn run(app: &App, command: &CommandInteraction) -> Result<Reply, HandlerError> {
    let Some(guild) = Origin::from(command).guild else {
        return Ok(Reply::Aside(heat_view::settings::only_in_servers()));
    };
    let options = command.data.options();
    let Some((path, options)) = options::path(&options) else {
        return Ok(Reply::Aside(heat_view::reply::unknown_interaction()));
    };
    let shelf = app.shelf(Some(guild)).await?;
    if path == ["show"] {
        let settings = app.settings(Some(guild)).await?;
        return Ok(Reply::Show(with_titles(app, &shelf, |around| {
            heat_view::settings::show(&settings, around)
        })));
    }
    if !may_manage_server(command.member.as_deref()) {
        return Ok(Reply::Aside(heat_view::settings::not_allowed()));
    }
    let request = match path[..] {
        ["set"] => changes(&shelf, options, (app.clock)()),
        ["channels", "allow"] => Ok(Request::Allow(channel(command, options))),
        ["channels", "forbid"] => Ok(Request::Forbid(channel(command, options))),
        ["channels", "everywhere"] => Ok(Request::Everywhere),
        ["reset"] => Ok(Request::Reset),
        _ => Err(heat_view::reply::unknown_interaction()),
    };
    match request {
        Ok(request) => change(app, &shelf, command, guild, request).await,
        Err(message) => Ok(Reply::Show(message)),
    }
}

/// A requested change, checked.
enum Request {
    Set(Vec<Set>),
    Allow(ChannelId),
    Forbid(ChannelId),
    Everywhere,
    Reset,
}

/// One option of `set`.
enum Set {
    Pack(Option<String>),
    About(Option<Subject>),
    Rounds(u16),
    Seconds(u16),
    Difficulty(Option<heat_core::facts::Difficulty>),
    Answers(heat_core::game::AnswerStyle),
    Mode(Mode),
    Zone(Zone),
    ControlPolicy(ControlPolicy),
    Pace(Pace),
    Reports(u32),
    HidesTyped(bool),
}

async fn change(
    app: &App,
    shelf: &GuildLibrary,
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
            refusal = apply(settings, request).err();
        })
        .await?;
    if let Some(refusal) = refusal {
        return Ok(Reply::Show(refusal));
    }
    let user_id = Origin::from(command).user.0;
    tracing::info!(guild_id = guild.0, user_id, "settings.changed");
    let told = with_titles(app, shelf, |around| {
        heat_view::settings::changed(&changed.before, &changed.after, around)
    });
    Ok(Reply::Show(match allowed {
        Some((channel, may_post)) => heat_view::settings::with_rights(told, channel, may_post),
        None => told,
    }))
}

/// Changes the settings, or leaves them and says why.
fn apply(settings: &mut ServerSettings, request: Request) -> Result<(), Message> {
    match request {
        Request::Set(all) => {
            for one in all {
                set_one(settings, one);
            }
        }
        Request::Allow(channel) => {
            let full = settings.channels.len() >= CHANNELS_MAX;
            if full && !settings.channels.contains(&channel) {
                return Err(heat_view::settings::too_many_channels(CHANNELS_MAX));
            }
            settings.channels.insert(channel);
        }
        Request::Forbid(channel) => {
            if settings.channels.is_empty() {
                return Err(heat_view::settings::all_are_allowed());
            }
            // An empty list would allow all channels.
            if settings.channels.iter().eq([&channel]) {
                return Err(heat_view::settings::last_channel());
            }
            settings.channels.remove(&channel);
        }
        Request::Everywhere => settings.channels.clear(),
        Request::Reset => *settings = ServerSettings::default(),
    }
    Ok(())
}

fn set_one(settings: &mut ServerSettings, one: Set) {
    match one {
        // Pack and subject exclude each other, because many quizzes would have no question that
        // fits both.
        Set::Pack(pack) => {
            settings.about = settings.about.take().filter(|_| pack.is_none());
            settings.pack = pack;
        }
        Set::About(about) => {
            settings.pack = settings.pack.take().filter(|_| about.is_none());
            settings.about = about;
        }
        Set::Rounds(rounds) => settings.rounds = Some(rounds),
        Set::Seconds(seconds) => settings.seconds = Some(seconds),
        Set::Difficulty(difficulty) => settings.difficulty = difficulty,
        Set::Answers(answers) => settings.answers = answers,
        Set::Mode(mode) => settings.mode = mode,
        Set::Zone(zone) => settings.zone = zone,
        Set::ControlPolicy(steering) => settings.steering = steering,
        Set::Pace(pace) => settings.pace = pace,
        Set::Reports(reports) => settings.reports_rest_after = Some(reports),
        Set::HidesTyped(hidden) => settings.hides_typed = hidden,
    }
}

/// The options of `set`, or what is wrong with the first faulty one.
fn changes(
    shelf: &GuildLibrary,
    options: &[ResolvedOption<'_>],
    now_ms: i64,
) -> Result<Request, Message> {
    if options.is_empty() {
        return Err(heat_view::settings::nothing_named());
    }
    let changes = options.iter().map(|option| read(shelf, option, now_ms));
    Ok(Request::Set(changes.collect::<Result<_, _>>()?))
}

fn read(shelf: &GuildLibrary, option: &ResolvedOption<'_>, now_ms: i64) -> Result<Set, Message> {
    match (option.name, &option.value) {
        ("pack", ResolvedValue::String(typed)) => known_pack(shelf, typed).map(Set::Pack),
        ("about", ResolvedValue::String(typed)) => known_subject(shelf, typed),
        ("rounds", ResolvedValue::Integer(rounds)) => Settings::check_rounds(*rounds)
            .map(Set::Rounds)
            .map_err(heat_view::reply::bad_setting),
        ("seconds", ResolvedValue::Integer(seconds)) => Settings::check_seconds(*seconds)
            .map(Set::Seconds)
            .map_err(heat_view::reply::bad_setting),
        ("difficulty", ResolvedValue::String(value)) => {
            options::read_difficulty(value).map(Set::Difficulty)
        }
        ("answers", ResolvedValue::String(value)) => options::read_answers(value).map(Set::Answers),
        ("mode", ResolvedValue::String(value)) => match options::read_mode(value)? {
            Mode::Duel => Err(heat_view::reply::unknown_choice(
                "mode to begin with",
                value,
            )),
            mode => Ok(Set::Mode(mode)),
        },
        (options::ZONE, ResolvedValue::String(typed)) => {
            options::read_zone(typed, now_ms).map(Set::Zone)
        }
        ("stop", ResolvedValue::String(value)) => read_steering(value).map(Set::ControlPolicy),
        ("extended-time", ResolvedValue::String(value)) => read_pace(value).map(Set::Pace),
        ("reports", ResolvedValue::Integer(reports)) => u32::try_from(*reports)
            .ok()
            .filter(|reports| (1..=REPORTS_MAX).contains(reports))
            .map(Set::Reports)
            .ok_or_else(|| heat_view::settings::bad_reports(REPORTS_MAX)),
        ("wrong-answers", ResolvedValue::String(value)) => match *value {
            "shown" => Ok(Set::HidesTyped(false)),
            "hidden" => Ok(Set::HidesTyped(true)),
            other => Err(heat_view::reply::unknown_choice("choice", other)),
        },
        _ => Err(heat_view::reply::unknown_interaction()),
    }
}

/// A subject for quizzes here, or anything.
fn known_subject(shelf: &GuildLibrary, typed: &str) -> Result<Set, Message> {
    Ok(match options::read_about(shelf, typed)? {
        None => Set::About(None),
        Some(SubjectRequest::Pack(pack)) => Set::Pack(Some(pack)),
        Some(SubjectRequest::About(subject)) => {
            let questions = shelf.questions_about(&subject);
            if questions < PLAYABLE_MIN {
                let few = shelf.too_few(&subject, questions);
                return Err(heat_view::about::too_few(&few));
            }
            Set::About(Some(subject))
        }
    })
}

/// A pack that can be played here, or all of them.
fn known_pack(shelf: &GuildLibrary, typed: &str) -> Result<Option<String>, Message> {
    let pack = options::pack_id(shelf, typed);
    match pack {
        Some(id) if shelf.title(&id).is_none() => Err(heat_view::reply::no_questions(
            &ChooseError::UnknownPack(id),
        )),
        pack => Ok(pack),
    }
}

fn read_steering(value: &str) -> Result<ControlPolicy, Message> {
    match value {
        "starter" => Ok(ControlPolicy::Starter),
        "players" => Ok(ControlPolicy::Players),
        "moderators" => Ok(ControlPolicy::Moderators),
        other => Err(heat_view::reply::unknown_choice("choice", other)),
    }
}

fn read_pace(value: &str) -> Result<Pace, Message> {
    match value {
        "1" => Ok(Pace::Usual),
        "1.5" => Ok(Pace::OneAndAHalf),
        "2" => Ok(Pace::Double),
        "3" => Ok(Pace::Triple),
        other => Err(heat_view::reply::unknown_choice("choice", other)),
    }
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

/// Whether the bot may post in a channel; none of another one than this, of which Discord does not
/// tell what the app may do there.
fn may_post(command: &CommandInteraction, channel: ChannelId) -> Option<bool> {
    let here = command.channel.as_ref();
    let is_here = channel.0 == command.channel_id.get();
    let is_parent = here.is_some_and(|here| here.parent_id.is_some_and(|id| id.get() == channel.0));
    let held = command.app_permissions.filter(|_| is_here || is_parent)?;
    Some(quiz::may_post(held, here.map(|here| here.kind)))
}

fn with_titles(
    app: &App,
    shelf: &GuildLibrary,
    render: impl FnOnce(&SettingsContext<'_>) -> Message,
) -> Message {
    render(&SettingsContext {
        pack_title: &|id| shelf.title(id).map(str::to_owned),
        about_title: &|subject| {
            let name = shelf.name_of(subject);
            name.filter(|_| shelf.is_playable(subject))
        },
        now_ms: (app.clock)(),
    })
}
