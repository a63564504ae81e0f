//! Shared by tests of the router: the commands on an in-memory store, and interactions in Discord's
//! form, including ones that its client would not send.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::discord::app::App;
use crate::discord::app::attachments::AttachmentFetcher;
use crate::discord::messenger::DiscordMessenger;
use crate::discord::reply::{Placement, Reply};
use crate::discord::rest::Rest;
use crate::discord::router;
use crate::host::{Clock, Host};
use heat_core::library::Library;
use heat_core::shard::ShardRange;
use heat_store::Store;
use heat_view::message::{Message, Suggestion};
use serde_json::{Value, json};
use serenity::all::Interaction;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

/// The bundled packs, built once for all tests.
pub fn bundled_library() -> Arc<Library> {
    static LIBRARY: LazyLock<Arc<Library>> = LazyLock::new(|| Library::bundled().unwrap());
    Arc::clone(&LIBRARY)
}

/// The permissions of a server manager, of a moderator, and of @everyone.
pub const MANAGER: &str = "32";
pub const MODERATOR: &str = "8192";
pub const MEMBER: &str = "2048";

/// The kinds of interactions.
pub const COMMAND: u8 = 2;
pub const PRESS: u8 = 3;
pub const TYPING: u8 = 4;

/// The acting member, and the place.
#[derive(Clone, Copy)]
pub struct Sender {
    pub guild: u64,
    pub channel: u64,
    /// The parent channel, if the channel is a thread.
    pub thread_of: Option<u64>,
    pub user: u64,
    pub permissions: &'static str,
}

/// What the member finally sees.
#[derive(Debug)]
pub enum Answer {
    Say { message: Message, private: bool },
    Update(Message),
    Suggest(Vec<Suggestion>),
    Ask,
    Accepted,
}

impl Answer {
    fn new(placement: Placement, reply: Reply) -> Self {
        match (reply, placement) {
            (Reply::Show(message), Placement::Update) => Self::Update(message),
            (Reply::Show(message), placement) => Self::Say {
                message,
                private: placement != Placement::PUBLIC,
            },
            (Reply::Aside(message), _) => Self::Say {
                message,
                private: true,
            },
            (Reply::Suggest(suggestions), _) => Self::Suggest(suggestions),
            (Reply::Ask(_) | Reply::Fill(_), _) => Self::Ask,
            (Reply::Accept, _) => Self::Accepted,
        }
    }
}

pub struct TestBot {
    pub app: Arc<App>,
    pub rest: Rest,
    ids: AtomicU64,
    /// The role of each member who has one.
    roles: Mutex<BTreeMap<u64, u64>>,
    /// What the bot may do everywhere.
    may: AtomicU64,
    /// Only the members have the app, each for themselves.
    by_members: AtomicBool,
}

impl TestBot {
    /// Commands that accept attachments only from `origin`, where nothing else responds.
    pub fn on(origin: &str) -> Self {
        let store = Store::open("sqlite::memory:").unwrap();
        let library = bundled_library();
        Self::with(origin, store, library, Arc::new(|| 1_000_000))
    }

    /// The same on the test's own store, library and clock.
    pub fn with(origin: &str, store: Store, library: Arc<Library>, clock: Clock) -> Self {
        let rest = Rest::new("token", Some(origin), Arc::default()).unwrap();
        let host = Host::new(
            store.clone(),
            DiscordMessenger::new(rest.clone()),
            Arc::clone(&clock),
        );
        let attachments = AttachmentFetcher::new(Some(origin)).unwrap();
        let (part, work) = (ShardRange::WHOLE, Arc::default());
        let app = App::new(store, host, clock, attachments, &rest, part, work);
        app.load(library);
        let app = Arc::new(app);
        let ids = AtomicU64::new(9_000);
        let roles = Mutex::default();
        let may = AtomicU64::new(2_147_483_647);
        Self {
            app,
            rest,
            ids,
            roles,
            may,
            by_members: AtomicBool::new(false),
        }
    }

    /// Lets the bot do this and nothing else.
    pub fn let_bot(&self, permissions: u64) {
        self.may.store(permissions, Ordering::Relaxed);
    }

    /// From now on the bot is in no server: members bring the app there.
    pub fn leave_all(&self) {
        self.by_members.store(true, Ordering::Relaxed);
    }

    /// Gives a member a role.
    pub fn give_role(&self, user: u64, role: u64) {
        self.roles.lock().unwrap().insert(user, role);
    }

    /// Lets time pass, as the ids of interactions show it.
    pub fn pass_ms(&self, ms: u64) {
        self.ids.fetch_add(ms << 22, Ordering::Relaxed);
    }

    /// The id of the last interaction, which is that of the game it started.
    pub fn last_id(&self) -> u64 {
        self.ids.load(Ordering::Relaxed) - 1
    }

    /// An interaction in Discord's form.
    pub async fn send(&self, kind: u8, by: Sender, data: Value) -> Answer {
        self.send_from(kind, by, 0, data).await
    }

    /// The same; a click is on a message with these flags.
    pub async fn send_from(&self, kind: u8, by: Sender, flags: u64, data: Value) -> Answer {
        let user = json!({"id": by.user.to_string(), "username": "u", "discriminator": "0", "avatar": null, "global_name": null});
        let channel = by.channel.to_string();
        let role = self.roles.lock().unwrap().get(&by.user).copied();
        let may = self.may.load(Ordering::Relaxed).to_string();
        let owners = if self.by_members.load(Ordering::Relaxed) {
            json!({"1": by.user.to_string()})
        } else {
            json!({"0": by.guild.to_string(), "1": by.user.to_string()})
        };
        let roles: Vec<String> = role.iter().map(u64::to_string).collect();
        let id = self.ids.fetch_add(1, Ordering::Relaxed).to_string();
        let token = format!("t{id}");
        let mut interaction = json!({
            "id": id, "application_id": "11", "type": kind, "version": 1,
            "token": token, "guild_id": by.guild.to_string(), "channel_id": channel, "locale": "en-GB", "entitlements": [],
            "app_permissions": may, "attachment_size_limit": 10_485_760, "context": 0, "authorizing_integration_owners": owners, "data": data,
            "channel": {"id": channel, "type": 0, "permissions": "0"},
            "member": {"user": user, "roles": roles, "joined_at": "2020-01-01T00:00:00Z", "deaf": false, "mute": false,
                "flags": 0, "avatar": null, "nick": null, "pending": false, "permissions": by.permissions, "premium_since": null},
        });
        if let Some(parent) = by.thread_of {
            interaction["channel"] = json!({"id": channel, "type": 11, "permissions": "0", "parent_id": parent.to_string(),
                "thread_metadata": {"archived": false, "auto_archive_duration": 60, "locked": false}});
        }
        if kind == PRESS {
            interaction["message"] = json!({"id": "700", "channel_id": channel, "author": user, "content": "", "timestamp": "2020-01-01T00:00:00Z",
                "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [],
                "embeds": [], "pinned": false, "type": 0, "flags": flags});
        }
        let interaction: Interaction = serde_json::from_value(interaction).unwrap();
        let routed = router::route(&self.app, &interaction);
        let placement = routed.placement;
        Answer::new(placement, routed.run().await.unwrap())
    }

    /// A button with this `custom_id`, real or forged.
    pub async fn press(&self, by: Sender, custom_id: &str) -> Answer {
        let data = json!({"custom_id": custom_id, "component_type": 2});
        self.send(PRESS, by, data).await
    }
}

/// All the text of a message.
pub fn said(message: &Message) -> String {
    let embeds = message
        .embeds
        .iter()
        .map(|e| format!("{} {} {:?}", e.title, e.description, e.fields));
    format!("{} {}", message.content, embeds.collect::<String>())
}
