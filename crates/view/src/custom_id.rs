//! Everything that a button, menu or text box of the bot can say: the only place where `custom_id`s
//! are written and read.
//!
//! A `custom_id` comes back from a client, so it can contain anything. It has a head that names the
//! action, and fields with its arguments, all separated by colons. It never reveals which choice of
//! a question is right. The parser refuses anything that was not written here, down to a leading
//! zero.
//!
//! Messages stay in channels for years, so changing a head or a field here breaks existing buttons.
//! `ALREADY_POSTED` in the tests below has the spelling of every one of them.

use super::limits::CUSTOM_ID_MAX;
use super::report_reason::Reason;
use heat_core::asked_history::QuestionHash;
use heat_core::daily::Day;
use heat_core::facts::EntityRef;
use heat_core::game::{Mode, Settings};
use heat_core::id::{GameId, InteractionId, SeasonId, UserId};
use heat_core::news::Topic;
use heat_core::standing::Period;
use std::fmt::{self, Display};
use std::str::Split;

/// Declares the buttons of one topic: each variant with its head and the types of its fields.
/// Writing and parsing are both generated from that line, so they cannot disagree.
macro_rules! buttons {
    (
        $(#[$about:meta])*
        $name:ident {
            $(
                $(#[$doc:meta])*
                $head:literal => $variant:ident { $($field:ident: $type:ty),* $(,)? },
            )*
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        // The names and types of the fields are self-explanatory.
        #[allow(missing_docs)]
        pub enum $name {
            $($(#[$doc])* $variant { $($field: $type),* },)*
        }

        impl Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$variant { $($field),* } => {
                        f.write_str($head)?;
                        $(
                            f.write_str(":")?;
                            $field.write(f)?;
                        )*
                        Ok(())
                    })*
                }
            }
        }

        impl $name {
            fn parse(text: &str) -> Option<Self> {
                $(
                    if let Some(found) = Fields::after($head, text).and_then(|mut fields| {
                        let found = Self::$variant { $($field: Field::read(&mut fields)?),* };
                        fields.is_used_up().then_some(found)
                    }) {
                        return Some(found);
                    }
                )*
                None
            }
        }
    };
}

buttons! {
    /// A button of a game.
    #[derive(Copy)]
    GameButton {
        /// A choice of an open question.
        "q" => Answer { game: GameId, round: u16, choice: u8 },
        /// Open the form to type an answer; the form has the same `custom_id`.
        "type" => Type { game: GameId, round: u16 },
        /// Give me a hint at the price shown on the button.
        "hint" => Hint { game: GameId, round: u16 },
        /// The same, in offers of earlier versions.
        "take" => TakeHint { game: GameId, round: u16 },
        /// Skip to the next question.
        "skip" => Skip { game: GameId, round: u16 },
        /// Pause after the open question.
        "pause" => Pause { game: GameId },
        /// Resume after a pause.
        "go" => Resume { game: GameId },
        /// End the game; asks for confirmation.
        "stop" => Stop { game: GameId },
        /// End the game, confirmed.
        "halt" => Halt { game: GameId },
        /// Let the next questions wait for me. In messages of earlier versions; now they always do.
        "join" => Join { game: GameId },
        /// Join the lobby.
        "enter" => Enter { game: GameId },
        /// Join this team, counted from 0, or change to it.
        "team" => Team { game: GameId, team: u8 },
        /// Leave the lobby.
        "leave" => Leave { game: GameId },
        /// Begin before the lobby's time is up.
        "begin" => Begin { game: GameId },
        /// Accept the challenge.
        "accept" => Accept { game: GameId },
        /// Decline it.
        "decline" => Decline { game: GameId },
    }
}

buttons! {
    /// A button or menu of a game's host. The round keeps a late or repeated press from counting for
    /// another one.
    #[derive(Copy)]
    HostButton {
        /// Open this round or, past the last one, show the scores.
        "host:next" => Next { game: GameId, next: u16 },
        /// Take a break before this round.
        "host:break" => Break { game: GameId, next: u16 },
        /// Make this round the last one.
        "host:last" => LastRound { game: GameId, next: u16 },
        /// Show me the typed answers to this closed round.
        "host:judge" => Judge { game: GameId, round: u16 },
        /// A menu of answers to count as right; there may be several. The chosen line is the
        /// answer's place.
        "host:right" => Right { game: GameId, round: u16, part: u8 },
        /// The menu of answers to count as wrong.
        "host:wrong" => Wrong { game: GameId, round: u16 },
        /// Show me who could get bonus points.
        "host:bonus" => Bonus { game: GameId },
        /// A menu of players for bonus number `nth`, from 0; there may be several. The chosen line
        /// is the player's id.
        "host:give" => Give { game: GameId, nth: u16, points: u32, part: u8 },
        /// Take back bonus number `nth`, from 0.
        "host:undo" => Undo { game: GameId, nth: u16 },
    }
}

buttons! {
    /// A button about a game that may be over.
    RecapButton {
        /// Start another game like this one.
        "again" => Again { game: GameId },
        /// Show me what I missed; the page counts from 0.
        "miss" => Misses { game: GameId, page: u16 },
        /// Report this question.
        "report" => Report { game: GameId, round: u16 },
        /// Ask me a missed question again: the miss at this index, from 0, after this many right
        /// answers.
        "again:miss" => Revenge { game: GameId, at: u16, right: u16 },
        /// My answer to it.
        "again:a" => RevengeAnswer { game: GameId, at: u16, right: u16, choice: u8 },
    }
}

buttons! {
    /// A button of the daily puzzle. It always concerns the attempt of the member who presses it.
    DailyButton {
        /// A choice of a question.
        "daily:a" => Answer { day: Day, position: u8, choice: u8 },
        /// Show my next question, or my result.
        "daily:next" => Next { day: Day },
        /// Share my result in the channel.
        "daily:share" => Share { day: Day },
        /// Show the board.
        "daily:board" => Open { day: Day },
        /// Let me play today's five questions, from a public message.
        "daily:play" => Play {},
        /// Show me today's film, with the clues I have opened.
        "daily:film" => Film {},
        /// Open the next clue after this position.
        "daily:film:clue" => NextClue { day: Day, position: u8 },
        /// Open the form for a guess at a day's film; the form has the same `custom_id`.
        "daily:film:guess" => GuessFilm { day: Day },
        /// Show me a day's film, today's or one from the archive. Also the values of the menu.
        "daily:film:day" => FilmOf { day: Day },
        /// The menu of past films. The chosen line says which.
        "daily:film:pick" => PickFilm {},
        /// Show me the past films; the page counts from 0.
        "daily:film:past" => PastFilms { page: u8 },
        /// Share my film result in the channel.
        "daily:film:share" => ShareFilm { day: Day },
        /// Another page or scope of the board.
        "daily" => Turn { query: DailyBoardQuery },
    }
}

buttons! {
    /// A button or menu of the setup panel. Each contains all the current choices.
    SetupButton {
        /// Open the panel.
        "setup" => Open {},
        /// The menu of modes.
        "setup:mode" => Mode { request: GameRequest },
        /// The menu of lengths.
        "setup:rounds" => Rounds { request: GameRequest },
        /// The menu of subjects.
        "setup:about" => About { request: GameRequest },
        /// Start the chosen game.
        "setup:start" => Start { request: GameRequest },
        /// Start the chosen game and host it.
        "setup:host" => Host { request: GameRequest },
    }
}

buttons! {
    /// A button of the help.
    #[derive(Copy)]
    HelpButton {
        /// Show me today's puzzle.
        "help:daily" => Daily {},
        /// How points work.
        "help:points" => Points {},
        /// The modes, and who may control a game.
        "help:modes" => Modes {},
        /// What is stored.
        "help:privacy" => Privacy {},
    }
}

buttons! {
    /// A button or menu of a leaderboard.
    BoardButton {
        /// Under a scoreboard: this server's all-time board (the global one in a direct message).
        "board" => Open {},
        /// Another page or board. Also the values of the menu.
        "board" => Turn { query: BoardQuery },
        /// The menu of boards. The chosen line says which.
        "board-menu" => Menu {},
        /// Turn to a season's board, of the server that the button was pressed in.
        "board-season" => Season { season: SeasonId, page: u32 },
        /// The whole board as a file, for members who manage the server.
        "board-csv" => Table { query: BoardQuery },
        /// The server's games as a file.
        "games-csv" => Games {},
    }
}

buttons! {
    /// A button under the preview of an uploaded pack, or about removing one.
    PackButton {
        /// Store the upload.
        "packs:store" => Store { upload: InteractionId },
        /// Discard it.
        "packs:drop" => Drop { upload: InteractionId },
        /// Remove a pack, confirmed.
        "packs:remove" => Remove { pack: Words },
        /// Keep it.
        "packs:keep" => Keep {},
        /// Restore a removed pack.
        "packs:restore" => Restore { pack: Words },
    }
}

buttons! {
    /// A button, menu or form for writing questions.
    WriteButton {
        /// Open the form for a new question of this pack; the form has the same `custom_id`.
        "write:new" => New { pack: Words },
        /// Open the form for a suggestion; the form has the same `custom_id`.
        "write:suggest" => Suggest {},
        /// Open the form of this draft again; the form has the same `custom_id`.
        "write:mend" => Mend { draft: InteractionId },
        /// Discard this draft.
        "write:drop" => Drop { draft: InteractionId },
        /// Put this suggestion into the server's pack.
        "write:accept" => Accept { draft: InteractionId },
        /// Decline it.
        "write:decline" => Decline { draft: InteractionId },
        /// Show the questions of a pack; the page counts from 0.
        "write:page" => Page { pack: Words, page: u16 },
        /// The menu of a page. The chosen line is the question's hash.
        "write:pick" => Pick { pack: Words },
        /// Show the question with this hash.
        "write:show" => Show { pack: Words, hash: QuestionHash },
        /// Open its form; the form has the same `custom_id`.
        "write:edit" => Edit { pack: Words, hash: QuestionHash },
        /// Delete it; asks for confirmation.
        "write:delete" => Delete { pack: Words, hash: QuestionHash },
        /// Delete it, confirmed.
        "write:erase" => Erase { pack: Words, hash: QuestionHash },
    }
}

buttons! {
    /// A button, menu or form about reports of questions.
    ReportButton {
        /// The menu of reasons.
        "reports:why" => Why { game: GameId, round: u16 },
        /// Open the form for a note; the form has the same `custom_id`.
        "reports:note" => Note { game: GameId, round: u16, reason: Reason },
        /// Show a page of the list, from 0.
        "reports:page" => Page { page: u32 },
        /// Dismiss the reports of the question with this hash that came up to this time; nobody has
        /// seen later ones. The page, from 0, is the one it is on.
        "reports:dismiss" => Dismiss { hash: QuestionHash, until_ms: i64, page: u32 },
    }
}

buttons! {
    /// A button about a member's data. It does nothing for anyone else.
    PrivacyButton {
        /// Delete everything.
        "privacy:delete" => Delete { member: UserId },
        /// Keep everything.
        "privacy:keep" => Keep { member: UserId },
        /// The next file, with the games before this one.
        "privacy:older" => Older { member: UserId, before: GameId },
    }
}

buttons! {
    /// A button or menu of `/cast`, or one that offers a lookup.
    CastButton {
        /// The menu of names. The chosen line says which.
        "c:pick" => Pick {},
        /// Look this up.
        "c" => Show { entity: EntityRef },
        /// Show its page, counted from 1.
        "c" => Turn { entity: EntityRef, page: usize },
    }
}

buttons! {
    /// A button or menu of `/news`.
    NewsButton {
        /// The menu of topics. The chosen line is a [`Topic::name`].
        "n:t" => Switch { about: About },
        /// Show a page, counted from 1, or narrow the news down.
        "n" => Turn { topic: Topic, about: About, page: usize },
    }
}

buttons! {
    /// A button under a message that only one member sees.
    ShareButton {
        /// Show it to everybody.
        "share" => Here {},
    }
}

/// The subject of the news; `None` for everything.
pub type About = Option<EntityRef>;

/// The id or title of a pack: at most [`Words::BYTES_MAX`] bytes, without colons and control
/// characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(String);

impl Words {
    /// The room left beside the heads above.
    pub const BYTES_MAX: usize = 64;

    /// As much of a text as fits.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = text.replace(|c: char| c == ':' || c.is_control(), " ");
        let mut end = text.len().min(Self::BYTES_MAX);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        Self(text[..end].trim().to_owned())
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// The choices on the setup panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GameRequest {
    /// The mode.
    pub mode: Mode,
    /// How many rounds.
    pub rounds: u16,
    /// The subject, in the form of the option `about` of `/quiz`.
    pub about: String,
}

impl GameRequest {
    /// Whether it fits into a button.
    #[must_use]
    pub fn fits(&self) -> bool {
        let longest = SetupButton::Rounds {
            request: self.clone(),
        };
        CustomId::parse(&longest.to_string()).is_some()
    }
}

/// The board that a button asks for. The server is always the one where the button was pressed, so
/// that no forged button can read another server's board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardQuery {
    /// All servers' instead of this server's.
    pub global: bool,
    /// The period.
    pub period: Period,
    /// From 0.
    pub page: u32,
}

impl BoardQuery {
    /// The board that `/leaderboard` shows by default.
    #[must_use]
    pub fn first(in_guild: bool) -> Self {
        Self {
            global: !in_guild,
            period: Period::All,
            page: 0,
        }
    }

    /// The `custom_id` of a button for this board.
    #[must_use]
    pub fn custom_id(self) -> String {
        BoardButton::Turn { query: self }.to_string()
    }
}

/// The requested board of the daily puzzle, in the server where the button was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DailyBoardQuery {
    /// Of which day.
    pub day: Day,
    /// All servers' instead of this server's.
    pub global: bool,
    /// From 0.
    pub page: u32,
}

/// The highest page of a board that a button can reach.
const BOARD_PAGE_MAX: u32 = 1_000_000;
/// The highest page of a lookup or the news, counted from 1.
const LIST_PAGE_MAX: usize = 999;

/// What a member pressed, chose or submitted, by topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CustomId {
    /// A running game.
    Game(GameButton),
    /// The host of a running game.
    Host(HostButton),
    /// A game that may be over.
    Recap(RecapButton),
    /// The setup panel.
    Setup(SetupButton),
    /// The help.
    Help(HelpButton),
    /// The daily puzzle.
    Daily(DailyButton),
    /// A leaderboard.
    Board(BoardButton),
    /// An uploaded pack.
    Packs(PackButton),
    /// Questions being written.
    Write(WriteButton),
    /// Reports of questions.
    Reports(ReportButton),
    /// A member's own data.
    Privacy(PrivacyButton),
    /// Who plays whom.
    Cast(CastButton),
    /// The news.
    News(NewsButton),
    /// Any private message.
    Share(ShareButton),
}

impl CustomId {
    /// Parses a `custom_id`; `None` if it was not written here.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > CUSTOM_ID_MAX {
            return None;
        }
        let found = GameButton::parse(text)
            .map(Self::Game)
            .or_else(|| HostButton::parse(text).map(Self::Host))
            .or_else(|| RecapButton::parse(text).map(Self::Recap))
            .or_else(|| SetupButton::parse(text).map(Self::Setup))
            .or_else(|| HelpButton::parse(text).map(Self::Help))
            .or_else(|| DailyButton::parse(text).map(Self::Daily))
            .or_else(|| BoardButton::parse(text).map(Self::Board))
            .or_else(|| PackButton::parse(text).map(Self::Packs))
            .or_else(|| WriteButton::parse(text).map(Self::Write))
            .or_else(|| ReportButton::parse(text).map(Self::Reports))
            .or_else(|| PrivacyButton::parse(text).map(Self::Privacy))
            .or_else(|| CastButton::parse(text).map(Self::Cast))
            .or_else(|| NewsButton::parse(text).map(Self::News))
            .or_else(|| ShareButton::parse(text).map(Self::Share))?;
        // No sign, no leading zero, nothing around a number.
        (found.has_page_in_range() && found.to_string() == text).then_some(found)
    }

    /// The topics that [`Self::topic`] returns.
    pub const TOPICS: [&'static str; 12] = [
        "answer",
        "game",
        "setup",
        "help",
        "daily",
        "leaderboard",
        "packs",
        "reports",
        "privacy",
        "cast",
        "news",
        "share",
    ];

    /// Its topic, for the metrics.
    #[must_use]
    pub fn topic(&self) -> &'static str {
        match self {
            Self::Game(GameButton::Answer { .. } | GameButton::Type { .. }) => "answer",
            Self::Game(_) | Self::Host(_) | Self::Recap(_) => "game",
            Self::Setup(_) => "setup",
            Self::Help(_) => "help",
            Self::Daily(_) => "daily",
            Self::Board(_) => "leaderboard",
            Self::Packs(_) | Self::Write(_) => "packs",
            Self::Reports(_) => "reports",
            Self::Privacy(_) => "privacy",
            Self::Cast(_) => "cast",
            Self::News(_) => "news",
            Self::Share(_) => "share",
        }
    }

    fn has_page_in_range(&self) -> bool {
        match self {
            Self::Board(BoardButton::Turn { query } | BoardButton::Table { query }) => {
                query.page <= BOARD_PAGE_MAX
            }
            Self::Board(BoardButton::Season { page, .. }) => *page <= BOARD_PAGE_MAX,
            Self::Daily(DailyButton::Turn { query }) => query.page <= BOARD_PAGE_MAX,
            Self::Cast(CastButton::Turn { page, .. })
            | Self::News(NewsButton::Turn { page, .. }) => (1..=LIST_PAGE_MAX).contains(page),
            _ => true,
        }
    }
}

impl Display for CustomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Game(button) => button.fmt(f),
            Self::Host(button) => button.fmt(f),
            Self::Recap(button) => button.fmt(f),
            Self::Setup(button) => button.fmt(f),
            Self::Help(button) => button.fmt(f),
            Self::Daily(button) => button.fmt(f),
            Self::Board(button) => button.fmt(f),
            Self::Packs(button) => button.fmt(f),
            Self::Write(button) => button.fmt(f),
            Self::Reports(button) => button.fmt(f),
            Self::Privacy(button) => button.fmt(f),
            Self::Cast(button) => button.fmt(f),
            Self::News(button) => button.fmt(f),
            Self::Share(button) => button.fmt(f),
        }
    }
}

/// The remaining fields of a `custom_id`.
struct Fields<'a>(Option<Split<'a, char>>);

impl<'a> Fields<'a> {
    /// The rest after the head, if this is the head.
    fn after(head: &str, text: &'a str) -> Option<Self> {
        let rest = text.strip_prefix(head)?;
        if rest.is_empty() {
            return Some(Self(None));
        }
        Some(Self(Some(rest.strip_prefix(':')?.split(':'))))
    }

    fn next(&mut self) -> Option<&'a str> {
        self.0.as_mut()?.next()
    }

    fn is_used_up(&mut self) -> bool {
        self.next().is_none()
    }
}

/// A value in a `custom_id`: one field, or several.
trait Field: Sized {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
    fn read(fields: &mut Fields<'_>) -> Option<Self>;
}

macro_rules! number_fields {
    ($($type:ty),*) => {
        $(impl Field for $type {
            fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                Display::fmt(self, f)
            }

            fn read(fields: &mut Fields<'_>) -> Option<Self> {
                fields.next()?.parse().ok()
            }
        })*
    };
}

number_fields!(u8, u16, u32, u64, i32, i64, usize);

macro_rules! wrapped_fields {
    ($($type:ty),*) => {
        $(impl Field for $type {
            fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.write(f)
            }

            fn read(fields: &mut Fields<'_>) -> Option<Self> {
                Field::read(fields).map(Self)
            }
        })*
    };
}

wrapped_fields!(GameId, InteractionId, SeasonId, UserId, Day, QuestionHash);

impl Field for Reason {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Self::parse(fields.next()?)
    }
}

impl Field for Topic {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Self::named(fields.next()?)
    }
}

impl Field for Words {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let text = fields.next()?;
        Some(Self::of(text)).filter(|words| words.0 == text)
    }
}

/// `kind:id`.
impl Field for EntityRef {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        entity(&format!("{}:{}", fields.next()?, fields.next()?))
    }
}

/// An entity, or a hyphen.
impl Field for About {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            None => f.write_str("-"),
            Some(entity) => entity.write(f),
        }
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        match fields.next()? {
            "-" => Some(None),
            kind => entity(&format!("{kind}:{}", fields.next()?)).map(Some),
        }
    }
}

/// The subject comes last, because it may contain colons.
impl Field for GameRequest {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.mode.name(), self.rounds, self.about)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let mode = Mode::named(fields.next()?)?;
        let rounds: u16 = Field::read(fields)?;
        let mut about = fields.next().filter(|about| !about.is_empty())?.to_owned();
        while let Some(more) = fields.next() {
            about.push(':');
            about.push_str(more);
        }
        let is_in_range = Settings::check_rounds(i64::from(rounds)).is_ok();
        is_in_range.then_some(Self {
            mode,
            rounds,
            about,
        })
    }
}

impl Field for BoardQuery {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scope = scope(self.global);
        write!(f, "{scope}:{}:{}", self.period.name(), self.page)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            global: is_global(fields.next()?)?,
            period: Period::named(fields.next()?)?,
            page: Field::read(fields)?,
        })
    }
}

impl Field for DailyBoardQuery {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scope = scope(self.global);
        write!(f, "{scope}:{}:{}", self.day.0, self.page)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            global: is_global(fields.next()?)?,
            day: Field::read(fields)?,
            page: Field::read(fields)?,
        })
    }
}

fn scope(global: bool) -> &'static str {
    if global { "global" } else { "server" }
}

fn is_global(scope: &str) -> Option<bool> {
    match scope {
        "server" => Some(false),
        "global" => Some(true),
        _ => None,
    }
}

/// An entity that may exist, as menus and buttons name it.
pub(super) fn entity(text: &str) -> Option<EntityRef> {
    let entity = EntityRef::try_from(text.to_owned()).ok()?;
    let is_ours = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (!entity.id.is_empty() && entity.id.bytes().all(is_ours)).then_some(entity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One button of each kind, as released versions wrote it: such buttons are still in channels.
    const ALREADY_POSTED: [&str; 78] = [
        "host:next:1:2",
        "host:break:1:2",
        "host:last:1:2",
        "host:judge:1:2",
        "host:right:1:2:0",
        "host:wrong:1:2",
        "host:bonus:1",
        "host:give:1:0:100:1",
        "host:undo:1:2",
        "board-season:18446744073709551615:7",
        "write:new:Our quiz",
        "write:suggest",
        "write:mend:1",
        "write:drop:1",
        "write:accept:1",
        "write:decline:1",
        "write:page:our-quiz:0",
        "write:pick:our-quiz",
        "write:show:our-quiz:7",
        "write:edit:our-quiz:7",
        "write:delete:our-quiz:7",
        "write:erase:our-quiz:7",
        "packs:remove:our-quiz",
        "packs:keep",
        "packs:restore:our-quiz",
        "q:1311000000000000001:9:3",
        "type:1311000000000000001:0",
        "hint:1:2",
        "take:1:2",
        "skip:1:2",
        "pause:1",
        "go:1",
        "stop:1",
        "join:1",
        "enter:1",
        "team:1:7",
        "leave:1",
        "begin:1",
        "accept:1",
        "decline:1",
        "again:1",
        "miss:1:0",
        "report:1:2",
        "again:miss:1:0:0",
        "again:a:1:2:1:3",
        "daily:a:20400:4:3",
        "daily:next:20400",
        "daily:share:20400",
        "daily:board:20400",
        "daily:play",
        "daily:film",
        "daily:film:clue:20400:5",
        "daily:film:share:20400",
        "daily:film:guess:20400",
        "daily:film:day:20400",
        "daily:film:pick",
        "daily:film:past:5",
        "daily:server:20400:0",
        "daily:global:-1:1000000",
        "board",
        "board:server:week:0",
        "board:global:all:1000000",
        "board-menu",
        "board-csv:server:week:0",
        "games-csv",
        "packs:store:1311000000000000001",
        "packs:drop:1",
        "reports:why:1:2",
        "reports:note:1:2:two-right",
        "reports:page:3",
        "reports:dismiss:14695981039346656037:1800000000000:0",
        "privacy:delete:7",
        "privacy:older:7:18446744073709551615",
        "c:pick",
        "c:person:al-pacino",
        "c:work:heat-1995:12",
        "n:casting:person:christian-bale:2",
        "share",
    ];

    #[test]
    fn buttons_that_were_already_posted_still_work() {
        let more = [
            "setup",
            "setup:mode:classic:10:anything",
            "setup:rounds:elimination:50:person:al-pacino",
            "setup:about:race:5:decade:1970",
            "setup:start:teams:15:pack:heat-2",
            "setup:host:teams:15:pack:heat-2",
            "help:daily",
            "help:points",
            "help:modes",
            "help:privacy",
            "privacy:keep:7",
            "n:headlines:-:1",
            "n:t:-",
            "n:t:person:al-pacino",
        ];
        for posted in ALREADY_POSTED.into_iter().chain(more) {
            let read = CustomId::parse(posted);
            let written = read.as_ref().map(ToString::to_string);
            assert_eq!(written.as_deref(), Some(posted));
        }
    }

    #[test]
    fn a_button_is_parsed_as_written() {
        let game = GameId(5);
        for (text, button) in [
            (
                "q:5:2:3",
                CustomId::Game(GameButton::Answer {
                    game,
                    round: 2,
                    choice: 3,
                }),
            ),
            ("c:pick", CustomId::Cast(CastButton::Pick {})),
            ("board", CustomId::Board(BoardButton::Open {})),
            (
                "daily:board:7",
                CustomId::Daily(DailyButton::Open { day: Day(7) }),
            ),
            ("n:t:-", CustomId::News(NewsButton::Switch { about: None })),
        ] {
            assert_eq!(CustomId::parse(text), Some(button), "{text}");
        }
    }

    #[test]
    fn forged_ids_are_refused() {
        for forged in [
            "",
            "setup:start",
            "setup:start:classic:10",
            "setup:start:classic:10:",
            "setup:start:classic:51:anything",
            "setup:start:chess:10:anything",
            "help",
            "help:points:1",
            "q",
            "q:",
            "q:1:2",
            "q:1:2:3:4",
            "q:+1:2:3",
            "q:01:2:3",
            "q:1:70000:0",
            "host",
            "host:next:1",
            "host:next:1:2:3",
            "host:give:1:0:-50:0",
            "host:right:1:2:256",
            "stop:1:2",
            "stop:-1",
            "stop:1:",
            "daily:",
            "daily:a:1",
            "daily:a:1:0:0:0",
            "daily:a:01:0:0",
            "daily:a:1:256:0",
            "daily:a:99999999999:0:0",
            "daily:next:1:1",
            "daily:film:1",
            "daily:play:1",
            "daily:film:clue:1",
            "daily:film:clue:1:256",
            "daily:film:past:256",
            "daily:film:pick:1",
            "daily:server:1:1000001",
            "daily:elsewhere:1:0",
            "board:",
            "board:server:year:0",
            "board:server:week:1000001",
            "board:server:week:01",
            "boards",
            "board-menu:1",
            "board-season",
            "board-season:1:1000001",
            "board-season:01:0",
            "packs:store:x",
            "packs:keep:1",
            "reports:note:1:2:ugly",
            "privacy:delete:07",
            "c:",
            "c:person",
            "c:person:",
            "c:person:Al",
            "c:ghost:al-pacino",
            "c:work:heat:0",
            "c:work:heat:1000",
            "c:work:heat:01",
            "c:work:heat:1:1",
            "c:pick:1",
            "n:",
            "n:t:",
            "n:casting:-:0",
            "n:casting:-:1000",
            "n:weather:-:1",
            "n:t:person:a:b",
            "share:1",
        ] {
            assert_eq!(CustomId::parse(forged), None, "{forged}");
        }
        let long = format!("c:person:{}", "a".repeat(100));
        assert_eq!(CustomId::parse(&long), None);
    }

    proptest! {
        #[test]
        fn numbers_of_any_size_are_read_back(game: u64, round: u16, choice: u8, day: i32, tag: u64, until_ms: i64, page: u32) {
            let game = GameId(game);
            for id in [
                CustomId::Game(GameButton::Answer { game, round, choice }),
                CustomId::Daily(DailyButton::Answer { day: Day(day), position: choice, choice }),
                CustomId::Reports(ReportButton::Dismiss { hash: QuestionHash(tag), until_ms, page }),
                CustomId::Privacy(PrivacyButton::Older { member: UserId(tag), before: game }),
            ] {
                let text = id.to_string();
                prop_assert!(text.len() <= CUSTOM_ID_MAX, "{text}");
                prop_assert_eq!(CustomId::parse(&text), Some(id));
            }
        }

        #[test]
        fn anything_else_is_refused(
            posted in prop::sample::select(ALREADY_POSTED.to_vec()), at in 0..60_usize, noise in "\\PC{0,3}",
        ) {
            let cut = posted.char_indices().map(|(at, _)| at).nth(at).unwrap_or(posted.len());
            let forged = format!("{}{noise}{}", &posted[..cut], &posted[cut..]);
            if let Some(read) = CustomId::parse(&forged) {
                prop_assert_eq!(read.to_string(), forged);
            }
        }
    }
}
