//! What commands work with: packs, servers' settings and packs, the store, the games.
//!
//! Nothing here knows about interactions or replies.

pub mod attachments;
pub mod daily_puzzles;
pub mod guild_cache;
pub mod guild_events;
pub mod guild_facts;
pub mod guild_locales;
pub mod guild_members;
pub mod guild_packs;
pub mod guild_settings;
pub mod passed_moves;
pub mod question_levels;
pub mod uploads;

use crate::card::CardRenderer;
use crate::discord::messenger::DiscordMessenger;
use crate::discord::meters::WorkMeter;
use crate::discord::rest::Rest;
use crate::host::{Clock, Host};
use arc_swap::ArcSwap;
use attachments::AttachmentFetcher;
use daily_puzzles::DailyPuzzles;
use guild_events::GuildEvents;
use guild_facts::{Facts, GuildFacts};
use guild_locales::GuildLocales;
use guild_members::GuildMembers;
use guild_packs::GuildPacks;
use guild_settings::GuildSettings;
use heat_core::bank::film::FilmPuzzle;
use heat_core::bank::{Levels, PackList, Round};
use heat_core::id::GuildId;
use heat_core::lang::Lang;
use heat_core::library::{GuildLibrary, Library};
use heat_core::settings::ServerSettings;
use heat_core::shard::ShardRange;
use heat_store::{Store, StoreError};
use heat_view::quiz::all_packs_title;
use passed_moves::PassedMoves;
use question_levels::QuestionLevels;
use std::sync::Arc;
use tokio::sync::SetOnce;
use uploads::PendingUploads;

/// Everything the commands work with.
pub struct App {
    /// The packs shared by all servers. Replaced as a whole when they change.
    library: ArcSwap<Library>,
    /// Set once the packs are loaded.
    loaded: SetOnce<()>,
    /// Servers' own packs.
    pub guild_packs: GuildPacks,
    /// Servers' settings.
    pub settings: GuildSettings,
    /// The facts of servers with packs of their own.
    pub guild_facts: GuildFacts,
    /// The recent days' five questions.
    pub daily_puzzles: DailyPuzzles<Vec<Round>>,
    /// Recent films of the day.
    pub daily_films: DailyPuzzles<FilmPuzzle>,
    /// The measured difficulty of the library's questions.
    pub question_levels: QuestionLevels,
    /// Films of chains whose messages are out of date.
    pub passed_moves: PassedMoves,
    /// Uploaded packs that wait for confirmation.
    pub uploads: PendingUploads,
    /// Fetches members' attachments.
    pub attachments: AttachmentFetcher,
    /// Members of servers, and their roles.
    pub members: GuildMembers,
    /// Server events.
    pub guild_events: GuildEvents,
    /// The languages of servers in Discord.
    locales: GuildLocales,
    /// Draws cards, including those of games.
    pub cards: CardRenderer,
    /// Durable state.
    pub store: Store,
    /// Live games.
    pub host: Host<DiscordMessenger>,
    /// The time.
    pub clock: Clock,
    /// The servers whose games are played here.
    pub part: ShardRange,
    /// Counts the work besides games.
    pub work: Arc<WorkMeter>,
}

impl App {
    /// An app with empty caches, and no packs until it gets some. It asks Discord through `rest`.
    #[must_use]
    pub fn new(
        store: Store,
        host: Host<DiscordMessenger>,
        clock: Clock,
        attachments: AttachmentFetcher,
        rest: &Rest,
        part: ShardRange,
        work: Arc<WorkMeter>,
    ) -> Self {
        Self {
            library: ArcSwap::default(),
            loaded: SetOnce::new(),
            guild_packs: GuildPacks::default(),
            settings: GuildSettings::default(),
            guild_facts: GuildFacts::default(),
            daily_puzzles: DailyPuzzles::questions(),
            daily_films: DailyPuzzles::films(),
            question_levels: QuestionLevels::default(),
            passed_moves: PassedMoves::default(),
            uploads: PendingUploads::default(),
            attachments,
            members: GuildMembers::new(rest.clone()),
            guild_events: GuildEvents::new(rest.clone()),
            locales: GuildLocales::new(rest.clone()),
            cards: host.cards().clone(),
            store,
            host,
            clock,
            part,
            work,
        }
    }

    /// Uses these packs from now on.
    pub fn load(&self, library: Arc<Library>) {
        self.library.store(library);
        // It stays set when the packs are reloaded.
        _ = self.loaded.set(());
    }

    /// Waits until packs are loaded.
    pub async fn loaded(&self) {
        self.loaded.wait().await;
    }

    /// The current library, empty until it is [loaded](Self::loaded). Fetch it once per
    /// interaction, so that a reply never mixes two versions.
    #[must_use]
    pub fn library(&self) -> Arc<Library> {
        self.library.load_full()
    }

    /// The library, once it is loaded, together with a server's packs; without any in a direct
    /// message.
    ///
    /// # Errors
    /// If the server's packs cannot be read.
    pub async fn guild_library(&self, guild: Option<GuildId>) -> Result<GuildLibrary, StoreError> {
        self.loaded().await;
        let now_ms = (self.clock)();
        let known = &self.guild_packs;
        let packs = known.of(&self.store, self.library(), guild, now_ms);
        let packs = packs.await?;
        let settings = self.settings(guild).await?;
        Ok(GuildLibrary {
            off: Arc::new(settings.packs_off.clone()),
            ..packs
        })
    }

    /// A server's settings; the defaults in a direct message.
    ///
    /// # Errors
    /// If they cannot be read.
    pub async fn settings(
        &self,
        guild: Option<GuildId>,
    ) -> Result<Arc<ServerSettings>, StoreError> {
        let now_ms = (self.clock)();
        self.settings.of(&self.store, guild, now_ms).await
    }

    /// The language in which to post in a server now: the one in its settings, otherwise its own at
    /// Discord. If that cannot be found out, `planned`.
    ///
    /// # Errors
    /// If its settings cannot be read.
    pub async fn lang_now(&self, guild: GuildId, planned: Lang) -> Result<Lang, StoreError> {
        if let Some(chosen) = self.settings(Some(guild)).await?.language {
            return Ok(chosen);
        }
        let at_discord = self.locales.of(guild).await;
        Ok(at_discord.unwrap_or_else(|error| {
            tracing::info!(guild_id = guild.0, %error, "settings.locale_unknown");
            planned
        }))
    }

    /// The measured difficulty of the library's questions.
    ///
    /// # Errors
    /// If it cannot be read.
    pub async fn levels(&self, library: &Arc<Library>) -> Result<Arc<Levels>, StoreError> {
        let now_ms = (self.clock)();
        self.question_levels.of(&self.store, library, now_ms).await
    }

    /// The facts for a server, including its own.
    ///
    /// # Errors
    /// If the server's packs cannot be read.
    pub async fn facts(&self, guild: Option<GuildId>) -> Result<Facts, StoreError> {
        let library = self.guild_library(guild).await?;
        Ok(match guild {
            Some(guild) => self.guild_facts.of(guild, &library, (self.clock)()).await,
            None => Facts::shared(library.shared),
        })
    }

    /// The titles of shared packs, or of all packs together. A removed pack, a server's own, or any
    /// before they are loaded, is shown by its id.
    #[must_use]
    pub fn pack_title(&self, lang: Lang, packs: &PackList) -> String {
        if packs.is_all() {
            return all_packs_title(lang);
        }
        let library = self.library();
        let ids = packs.ids().iter();
        let titles = ids.map(|id| library.title(id).unwrap_or(id));
        titles.collect::<Vec<_>>().join(" + ")
    }
}
