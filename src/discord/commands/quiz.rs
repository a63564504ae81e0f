//! `/quiz`: starts a game in this channel.

use super::{number, options, text, user};
use crate::bank::{ChooseError, Round, Wish};
use crate::discord::Reply;
use crate::discord::app::App;
use crate::discord::components::is_of;
use crate::discord::router::Trouble;
use crate::game::{AnswerStyle, GameId, Mode, Settings, UserId};
use crate::host::{InteractionToken, Route, StartError, StartRequest, game_of};
use crate::library::Shelf;
use crate::settings::ServerSettings;
use crate::view;
use crate::view::message::{Message, Suggestion};
use crate::view::reply::NoOpponent;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serenity::all::{
    ChannelId, CommandInteraction, CommandOptionType, ComponentInteraction, CreateCommand,
    CreateCommandOption, GuildId, InteractionContext, PartialChannel, Permissions,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The command's name.
pub const NAME: &str = "quiz";
/// The value of `pack` that stands for all packs together.
const ALL_PACKS: &str = "all";
/// The letters of share codes: no letter that looks like a digit.
const CODE_LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The length of a share code: 40 bits.
const CODE_LENGTH: usize = 8;

/// As registered with Discord.
pub fn registration() -> CreateCommand {
    let mode = options::mode("How it is won (if left out: as the server has it, or classic)")
        .add_string_choice("duel: you against one opponent", "duel");
    let opponent = CreateCommandOption::new(
        CommandOptionType::User,
        "opponent",
        "Whom you challenge to a duel",
    );
    let code = CreateCommandOption::new(
        CommandOptionType::String,
        "code",
        "The share code of an earlier game, to play its questions again",
    )
    .max_length(20);
    CreateCommand::new(NAME)
        .description("Start a quiz in this channel")
        .add_option(options::pack(
            "Which questions (if left out: as the server has it, or all packs)",
        ))
        .add_option(options::rounds(
            "How many questions, 1 to 50 (if left out: as the server has it, or 10)",
        ))
        .add_option(options::seconds(
            "Seconds to answer, 5 to 120 (if left out: as the server has it, or 20)",
        ))
        .add_option(options::difficulty(
            "How hard (if left out: as the server has it, or any)",
        ))
        .add_option(options::answers(
            "How to answer (if left out: as the server has it, or buttons)",
        ))
        .add_option(mode)
        .add_option(opponent)
        .add_option(code)
}

/// The packs whose title or id has what was typed.
pub fn suggest_pack(shelf: &Shelf, typed: &str) -> Vec<Suggestion> {
    let typed = typed.to_lowercase();
    let all = (ALL_PACKS.to_owned(), view::quiz::ALL_PACKS_TITLE.to_owned());
    let packs = shelf.packs().map(|p| (p.id.clone(), p.title.to_owned()));
    std::iter::once(all)
        .chain(packs)
        .filter(|(id, title)| id.contains(&typed) || title.to_lowercase().contains(&typed))
        .take(25)
        .map(|(value, title)| Suggestion {
            name: view::escape::clip(&view::escape::plain(&title), 100),
            value,
        })
        .collect()
}

/// The reply to `/quiz`.
pub async fn run(app: &App, command: &CommandInteraction) -> Result<Reply, Trouble> {
    let place = Place::of_command(app, command).await?;
    if let Some(refusal) = place.refusal() {
        return Ok(refusal);
    }
    let shelf = place.shelf(app).await?;
    let settings = match settings(&shelf, command, &place) {
        Ok(settings) => settings,
        Err(message) => return Ok(Reply::private(message)),
    };
    match text(command, "code")
        .map(str::trim)
        .filter(|code| !code.is_empty())
    {
        Some(code) => with_code(app, &shelf, place, settings, code).await,
        None => with_new_questions(app, &shelf, place, settings).await,
    }
}

/// The reply to "Play again": a new game with the settings of an old one.
pub async fn again(
    app: &App,
    press: &ComponentInteraction,
    game: GameId,
) -> Result<Reply, Trouble> {
    let stored = app.store.game(game.0).await?;
    let Some(stored) = stored.filter(|stored| is_of(stored, press)) else {
        return Ok(Reply::private(view::reply::game_over()));
    };
    let old = game_of(&stored)?;
    let place = Place::of_press(app, press).await?;
    if let Some(refusal) = place.refusal() {
        return Ok(refusal);
    }
    let opponent = match old.settings().opponent {
        None => None,
        Some(opponent) if place.user == old.settings().starter => Some(opponent),
        Some(opponent) if place.user == opponent => Some(old.settings().starter),
        Some(_) => return Ok(Reply::private(view::reply::not_your_duel())),
    };
    if opponent.is_some_and(UserId::is_nobody) {
        return Ok(Reply::private(view::reply::opponent_gone()));
    }
    let settings = Settings {
        starter: place.user,
        solo: place.guild.is_none(),
        opponent,
        pace: place.server.pace,
        ..old.settings().clone()
    };
    let shelf = place.shelf(app).await?;
    with_new_questions(app, &shelf, place, settings).await
}

/// Where and by whom a game is started.
struct Place {
    id: u64,
    guild: Option<GuildId>,
    /// The channel that a thread belongs to.
    parent: Option<u64>,
    user: UserId,
    route: Route,
    /// What the server has settled.
    server: Arc<ServerSettings>,
}

impl Place {
    async fn of_command(app: &App, it: &CommandInteraction) -> Result<Self, Trouble> {
        Ok(Self {
            id: it.id.get(),
            guild: it.guild_id,
            parent: parent(it.channel.as_ref()),
            user: UserId(it.user.id.get()),
            route: route(
                it.channel_id.get(),
                &it.token,
                it.app_permissions,
                it.context,
            ),
            server: app.settings(it.guild_id.map(GuildId::get)).await?,
        })
    }

    async fn of_press(app: &App, it: &ComponentInteraction) -> Result<Self, Trouble> {
        Ok(Self {
            id: it.id.get(),
            guild: it.guild_id,
            parent: parent(it.channel.as_ref()),
            user: UserId(it.user.id.get()),
            route: route(
                it.channel_id.get(),
                &it.token,
                it.app_permissions,
                it.context,
            ),
            server: app.settings(it.guild_id.map(GuildId::get)).await?,
        })
    }

    /// The reply where the server has its quizzes elsewhere.
    fn refusal(&self) -> Option<Reply> {
        let allowed = self.server.allows(self.route.channel, self.parent);
        (!allowed).then(|| Reply::private(view::settings::not_here(&self.server.channels)))
    }

    /// The packs that are to be had here.
    async fn shelf(&self, app: &App) -> Result<Shelf, Trouble> {
        Ok(app.shelf(self.guild.map(GuildId::get)).await?)
    }

    /// Whose history of asked questions counts: the server's, or the direct message's.
    fn history(&self) -> u64 {
        self.guild.map_or(self.route.channel, GuildId::get)
    }
}

fn parent(channel: Option<&PartialChannel>) -> Option<u64> {
    channel?.parent_id.map(ChannelId::get)
}

/// The app may post by itself where Discord says so; in a server that takes three permissions, in
/// a direct message with the bot two.
fn route(
    channel: u64,
    token: &str,
    app_permissions: Option<Permissions>,
    context: Option<InteractionContext>,
) -> Route {
    let needed = match context {
        Some(InteractionContext::BotDm) => Permissions::SEND_MESSAGES,
        Some(InteractionContext::PrivateChannel) => Permissions::all(),
        _ => Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES | Permissions::EMBED_LINKS,
    };
    let may_post = app_permissions.is_some_and(|p| p.administrator() || p.contains(needed));
    Route {
        channel,
        may_post,
        token: InteractionToken(token.into()),
        posted_with: None,
        started_with: Some(InteractionToken(token.into())),
        pack_title: None,
    }
}

/// The settings that the options ask for, the server's own where they say nothing; or what is
/// wrong with them.
fn settings(
    shelf: &Shelf,
    command: &CommandInteraction,
    place: &Place,
) -> Result<Settings, Message> {
    let server = &place.server;
    let rounds = match number(command, "rounds") {
        Some(rounds) => Settings::check_rounds(rounds).map_err(view::reply::bad_setting)?,
        None => server.rounds(),
    };
    let seconds = match number(command, "seconds") {
        Some(seconds) => Settings::check_seconds(seconds).map_err(view::reply::bad_setting)?,
        None => server.seconds(),
    };
    let pack = match text(command, "pack") {
        Some(typed) => pack_id(shelf, typed),
        // A pack may have gone since it was settled.
        None => server.pack.clone().filter(|id| shelf.title(id).is_some()),
    };
    let difficulty = text(command, "difficulty").map(options::read_difficulty);
    let answers = text(command, "answers").map(options::read_answers);
    let (mode, opponent) = mode(command, place)?;
    Ok(Settings {
        pack,
        rounds,
        seconds,
        difficulty: difficulty.unwrap_or(Ok(server.difficulty))?,
        starter: place.user,
        solo: place.guild.is_none(),
        mode,
        answers: answers.unwrap_or(Ok(server.answers))?,
        pace: server.pace,
        opponent,
    })
}

/// The mode and, in a duel, the opponent; or what is wrong with them. Naming an opponent alone
/// asks for a duel.
fn mode(command: &CommandInteraction, place: &Place) -> Result<(Mode, Option<UserId>), Message> {
    let named = user(command, "opponent");
    let mode = match text(command, "mode") {
        Some(mode) => options::read_mode(mode)?,
        None if named.is_some() => Mode::Duel,
        None => place.server.mode,
    };
    if place.guild.is_none() && !mode.rules().alone {
        return Err(view::reply::not_alone(mode));
    }
    match (mode, named) {
        (Mode::Duel, Some((opponent, member))) => {
            let unfit = if UserId(opponent.id.get()) == place.user {
                Some(NoOpponent::Yourself)
            } else if opponent.bot {
                Some(NoOpponent::Bot)
            } else if member.is_none() {
                Some(NoOpponent::Elsewhere)
            } else {
                None
            };
            match unfit {
                Some(why) => Err(view::reply::no_opponent(why)),
                None => Ok((mode, Some(UserId(opponent.id.get())))),
            }
        }
        (Mode::Duel, None) => Err(view::reply::duel_needs_opponent()),
        (_, Some(_)) => Err(view::reply::opponent_without_duel()),
        (_, None) => Ok((mode, None)),
    }
}

/// The pack a member means: a suggestion's id, or a title typed by hand. What fits no pack is
/// passed on as it is, and refused where questions are chosen.
pub fn pack_id(shelf: &Shelf, typed: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.is_empty()
        || typed.eq_ignore_ascii_case(ALL_PACKS)
        || typed == view::quiz::ALL_PACKS_TITLE
    {
        return None;
    }
    let known = shelf
        .packs()
        .find(|p| p.id.eq_ignore_ascii_case(typed) || p.title.eq_ignore_ascii_case(typed));
    Some(known.map_or_else(|| typed.to_owned(), |p| p.id.clone()))
}

async fn with_new_questions(
    app: &App,
    shelf: &Shelf,
    place: Place,
    settings: Settings,
) -> Result<Reply, Trouble> {
    let wish = Wish {
        pack: settings.pack.clone(),
        rounds: settings.rounds,
        difficulty: settings.difficulty,
        typed: settings.answers == AnswerStyle::Typed,
    };
    let mut luck: ChaCha8Rng = rand::make_rng();
    let rounds = match choose(app, shelf, &place, &wish, luck.random()).await? {
        Ok(rounds) => rounds,
        Err(error) => return Ok(Reply::private(view::reply::no_questions(&error))),
    };
    let code = new_code(&mut luck);
    start(app, shelf, place, settings, rounds, code).await
}

/// Chooses the questions: none that rests in this server, and first those it was never asked.
async fn choose(
    app: &App,
    shelf: &Shelf,
    place: &Place,
    wish: &Wish,
    seed: u64,
) -> Result<Result<Vec<Round>, ChooseError>, Trouble> {
    let resting = match place.guild {
        Some(guild) => {
            let reported = app.store.reported_questions(guild.get()).await?;
            let members = place.server.reports_rest_after();
            app.store.resting(guild.get(), reported, members).await?
        }
        None => BTreeSet::new(),
    };
    let asked = app.store.asked(place.history()).await?;
    Ok(shelf.choose(wish, &asked, &resting, seed))
}

async fn with_code(
    app: &App,
    shelf: &Shelf,
    place: Place,
    settings: Settings,
    typed: &str,
) -> Result<Reply, Trouble> {
    let Some(code) = read_code(typed) else {
        return Ok(Reply::private(view::reply::unknown_code(typed)));
    };
    let Some(stored) = app.store.game_by_code(&code).await? else {
        return Ok(Reply::private(view::reply::unknown_code(typed)));
    };
    let old = game_of(&stored)?;
    let settings = Settings {
        pack: old.settings().pack.clone(),
        difficulty: old.settings().difficulty,
        rounds: old.settings().rounds,
        ..settings
    };
    // A code may go from server to server, but a server's own questions may not.
    let is_at_home = stored.meta.guild == place.guild.map(GuildId::get);
    let mut asked = old.rounds().iter().map(|round| &round.question);
    if !is_at_home && !asked.all(|q| shelf.is_shared(&q.id, &q.pack)) {
        return Ok(Reply::private(view::reply::unknown_code(typed)));
    }
    start(app, shelf, place, settings, old.rounds().to_vec(), code).await
}

async fn start(
    app: &App,
    shelf: &Shelf,
    place: Place,
    settings: Settings,
    rounds: Vec<Round>,
    code: String,
) -> Result<Reply, Trouble> {
    // A code may bring questions from a game with buttons, or the other way round.
    let rounds = match settings.answers {
        AnswerStyle::Typed => shelf.typed(rounds),
        AnswerStyle::Buttons => rounds,
    };
    let mut luck: ChaCha8Rng = rand::make_rng();
    let pack_title = match settings.pack.as_deref() {
        None => view::quiz::ALL_PACKS_TITLE.to_owned(),
        Some(pack) => shelf.title(pack).unwrap_or(pack).to_owned(),
    };
    let request = StartRequest {
        id: GameId(place.id),
        guild: place.guild.map(GuildId::get),
        route: place.route,
        pack_title,
        settings,
        rounds,
        code,
        seed: luck.random(),
        zone: place.server.zone,
    };
    match app.host.start(request).await {
        Ok(started) => Ok(Reply::public(started.message)),
        Err(StartError::Busy) => Ok(Reply::private(view::reply::channel_busy())),
        Err(StartError::Stopping) => Ok(Reply::private(view::reply::restarting())),
        Err(StartError::Full) => Ok(Reply::private(view::reply::no_room())),
        Err(error) => Err(error.into()),
    }
}

/// A fresh share code in Crockford's base 32: <https://www.crockford.com/base32.html>.
fn new_code(luck: &mut ChaCha8Rng) -> String {
    (0..CODE_LENGTH)
        .map(|_| char::from(CODE_LETTERS[luck.random_range(0..CODE_LETTERS.len())]))
        .collect()
}

/// A share code as a member typed it: any case, hyphens and spaces, O for 0, I and L for 1.
fn read_code(typed: &str) -> Option<String> {
    let code: String = typed
        .chars()
        .filter(|c| !matches!(c, ' ' | '-'))
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect();
    let known = code.len() == CODE_LENGTH && code.bytes().all(|b| CODE_LETTERS.contains(&b));
    known.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn codes_are_read_as_members_type_them() {
        let mut luck = ChaCha8Rng::seed_from_u64(7);
        for _ in 0..200 {
            let code = new_code(&mut luck);
            assert_eq!(read_code(&code), Some(code.clone()));
            let typed = format!(" {}-{} ", code[..4].to_lowercase(), &code[4..]);
            let confused = typed.replace('0', "o").replace('1', "l");
            assert_eq!(read_code(&confused), Some(code));
        }
        for wrong in ["", "ABC", "ABCDEFGHJ", "ABCDEFG!", "ABCDEFGU", "ÄBCDEFG"] {
            assert_eq!(read_code(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_app_posts_only_where_discord_says_it_may() {
        let may = |permissions, context| route(1, "t", permissions, context).may_post;
        let guild = Some(InteractionContext::Guild);
        let all = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES | Permissions::EMBED_LINKS;
        assert!(may(Some(all), guild));
        assert!(may(Some(Permissions::ADMINISTRATOR), guild));
        assert!(!may(Some(all - Permissions::SEND_MESSAGES), guild));
        assert!(!may(Some(all - Permissions::EMBED_LINKS), guild));
        assert!(!may(None, guild));
        assert!(may(
            Some(Permissions::SEND_MESSAGES),
            Some(InteractionContext::BotDm)
        ));
        assert!(!may(Some(all), Some(InteractionContext::PrivateChannel)));
    }
}
