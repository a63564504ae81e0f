//! What the commands work with: the packs, what servers have of their own, the store, the games.
//!
//! Nothing here knows an interaction or a reply.

pub mod attachments;
pub mod daily_films;
pub mod daily_puzzles;
pub mod guild_cache;
pub mod guild_facts;
pub mod guild_members;
pub mod guild_packs;
pub mod guild_settings;
pub mod question_levels;
pub mod uploads;

use crate::card::CardRenderer;
use crate::discord::messenger::DiscordMessenger;
use crate::host::{Clock, Host};
use arc_swap::ArcSwap;
use attachments::AttachmentFetcher;
use daily_films::DailyFilms;
use daily_puzzles::DailyPuzzles;
use guild_facts::{Facts, GuildFacts};
use guild_members::GuildMembers;
use guild_packs::GuildPacks;
use guild_settings::GuildSettings;
use heat_core::bank::Levels;
use heat_core::id::GuildId;
use heat_core::library::{GuildLibrary, Library};
use heat_core::settings::ServerSettings;
use heat_core::shard::ShardRange;
use heat_store::{Store, StoreError};
use heat_view::quiz::ALL_PACKS_TITLE;
use question_levels::QuestionLevels;
use std::sync::Arc;
use tokio::sync::SetOnce;
use uploads::PendingUploads;

/// Everything the commands work with.
pub struct App {
    /// The packs shared by all servers. Replaced as a whole when they change.
    library: ArcSwap<Library>,
    /// Set once they are there.
    loaded: SetOnce<()>,
    /// Servers' own packs.
    pub guild_packs: GuildPacks,
    /// What single servers have settled.
    pub settings: GuildSettings,
    /// The facts of servers that have some of their own.
    pub guild_facts: GuildFacts,
    /// The questions of the daily puzzles at hand.
    pub daily_puzzles: DailyPuzzles,
    /// The films of the day at hand.
    pub daily_films: DailyFilms,
    /// How hard the library's questions turned out to be.
    pub question_levels: QuestionLevels,
    /// Packs that were uploaded and wait to be confirmed.
    pub uploads: PendingUploads,
    /// Fetches what members attach.
    pub attachments: AttachmentFetcher,
    /// Servers' roles.
    pub members: GuildMembers,
    /// Draws cards, those of the games among them.
    pub cards: CardRenderer,
    /// Durable state.
    pub store: Store,
    /// Live games.
    pub host: Host<DiscordMessenger>,
    /// The time.
    pub clock: Clock,
    /// The servers whose games are played here.
    pub part: ShardRange,
}

impl App {
    /// An app with nothing read or waiting yet, and with no packs until it is given some.
    #[must_use]
    pub fn new(
        store: Store,
        host: Host<DiscordMessenger>,
        clock: Clock,
        attachments: AttachmentFetcher,
        members: GuildMembers,
        part: ShardRange,
    ) -> Self {
        Self {
            library: ArcSwap::default(),
            loaded: SetOnce::new(),
            guild_packs: GuildPacks::default(),
            settings: GuildSettings::default(),
            guild_facts: GuildFacts::default(),
            daily_puzzles: DailyPuzzles::default(),
            daily_films: DailyFilms::default(),
            question_levels: QuestionLevels::default(),
            uploads: PendingUploads::default(),
            attachments,
            members,
            cards: host.cards().clone(),
            store,
            host,
            clock,
            part,
        }
    }

    /// Takes these packs from now on.
    pub fn load(&self, library: Arc<Library>) {
        self.library.store(library);
        // It stays set when the packs are loaded anew.
        _ = self.loaded.set(());
    }

    /// Waits until there are packs.
    pub async fn loaded(&self) {
        self.loaded.wait().await;
    }

    /// The library as it is now, empty before it is [loaded](Self::loaded): taken once for each
    /// interaction, so that an answer never mixes two states of it.
    #[must_use]
    pub fn library(&self) -> Arc<Library> {
        self.library.load_full()
    }

    /// The library, once it is loaded, together with the packs of a server; of none in a direct
    /// message.
    ///
    /// # Errors
    /// If the server's packs cannot be read.
    pub async fn shelf(&self, guild: Option<GuildId>) -> Result<GuildLibrary, StoreError> {
        self.loaded().await;
        let now_ms = (self.clock)();
        self.guild_packs
            .shelf(&self.store, self.library(), guild, now_ms)
            .await
    }

    /// What a server has settled; nothing in a direct message.
    ///
    /// # Errors
    /// If it cannot be read.
    pub async fn settings(
        &self,
        guild: Option<GuildId>,
    ) -> Result<Arc<ServerSettings>, StoreError> {
        let now_ms = (self.clock)();
        self.settings.of(&self.store, guild, now_ms).await
    }

    /// How hard the library's questions turned out to be.
    ///
    /// # Errors
    /// If it cannot be read.
    pub async fn levels(&self, library: &Arc<Library>) -> Result<Arc<Levels>, StoreError> {
        let now_ms = (self.clock)();
        self.question_levels.of(&self.store, library, now_ms).await
    }

    /// What is told in a server, its own facts among them.
    ///
    /// # Errors
    /// If the server's packs cannot be read.
    pub async fn facts(&self, guild: Option<GuildId>) -> Result<Facts, StoreError> {
        let here = self.shelf(guild).await?;
        Ok(match guild {
            Some(guild) => self.guild_facts.of(guild, &here, (self.clock)()).await,
            None => Facts::Shared(here.library),
        })
    }

    /// The title of a shared pack, or of all packs together. A removed pack, a server's own, or any
    /// before they are loaded, is shown by its id.
    #[must_use]
    pub fn pack_title(&self, pack: Option<&str>) -> String {
        let library = self.library();
        let title = pack.map(|id| library.title(id).unwrap_or(id));
        title.unwrap_or(ALL_PACKS_TITLE).to_owned()
    }
}
