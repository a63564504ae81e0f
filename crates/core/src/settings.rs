//! A server's settings: defaults for its quizzes, where they may be played, who may start one and how
//! often, its time zone, who may stop a game, how much time there is to answer.
//!
//! Pure. The store keeps settings as one JSON document per server, which [`read`] accepts from any
//! version of the program: values this version does not know, or outside the limits, count as
//! unset, and unknown fields are kept. Settings hold nothing about members.

use crate::bank::{PackList, Subject};
use crate::facts::limits::ID_LENGTH_MAX;
use crate::facts::{Difficulty, PackId};
use crate::game::{AnswerStyle, ControlPolicy, Mode, Pace, Settings as GameSettings};
use crate::id::{ChannelId, RoleId};
use crate::lang::Lang;
use crate::standing::Zone;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The most channels in which a server may allow quizzes by name.
pub const CHANNELS_MAX: usize = 50;

/// The most packs that a server may switch off.
pub const PACKS_OFF_MAX: usize = 100;
/// The most roles whose members may start quizzes.
pub const STARTERS_MAX: usize = 10;
/// The longest pause between two quizzes, in seconds: an hour.
pub const COOLDOWN_MAX_S: u32 = 3_600;

/// The default number of reports that hide a question.
pub const REPORTS_DEFAULT: u32 = 3;
/// The most reports that a server may require.
pub const REPORTS_MAX: u32 = 100;

/// A server's settings, checked. None means the program's default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServerSettings {
    /// The default packs of a quiz.
    #[serde(
        rename = "pack",
        deserialize_with = "lenient",
        skip_serializing_if = "PackList::is_all"
    )]
    pub packs: PackList,
    /// The packs that are switched off here: no quiz asks their questions.
    #[serde(
        deserialize_with = "lenient",
        skip_serializing_if = "BTreeSet::is_empty"
    )]
    pub packs_off: BTreeSet<PackId>,
    /// The default subject of a quiz; `None` for anything.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub about: Option<Subject>,
    /// The default number of rounds.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub rounds: Option<u16>,
    /// The default seconds to answer, before [`Self::pace`].
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u16>,
    /// The default difficulty; `None` for any.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub difficulty: Option<Difficulty>,
    /// How members answer.
    #[serde(deserialize_with = "lenient")]
    pub answers: AnswerStyle,
    /// The default mode. Never a duel, which needs an opponent.
    #[serde(deserialize_with = "lenient")]
    pub mode: Mode,
    /// The channels where quizzes may be played; everywhere if empty.
    #[serde(
        deserialize_with = "lenient",
        skip_serializing_if = "BTreeSet::is_empty"
    )]
    pub channels: BTreeSet<ChannelId>,
    /// The roles whose members may start quizzes, besides managers; everyone if empty.
    #[serde(
        deserialize_with = "lenient",
        skip_serializing_if = "BTreeSet::is_empty"
    )]
    pub starters: BTreeSet<RoleId>,
    /// The pause between two quizzes that one member starts, in seconds; 0: none.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "is_zero")]
    pub member_cooldown_s: u32,
    /// The pause between the starts of two quizzes in one channel, in seconds; 0: none.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "is_zero")]
    pub channel_cooldown_s: u32,
    /// Whether each quiz gets a thread of its own, where the bot may open one.
    #[serde(
        deserialize_with = "lenient",
        skip_serializing_if = "std::ops::Not::not"
    )]
    pub threads: bool,
    /// The language of public messages; `None` for the server's language in Discord.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub language: Option<Lang>,
    /// The time zone of the server's leaderboards.
    #[serde(deserialize_with = "lenient")]
    pub zone: Zone,
    /// Who may pause, resume and stop games.
    #[serde(deserialize_with = "lenient")]
    pub steering: ControlPolicy,
    /// How much extra time there is to answer.
    #[serde(deserialize_with = "lenient")]
    pub pace: Pace,
    /// How many members' reports hide a question.
    #[serde(
        rename = "reports_rest_after",
        deserialize_with = "lenient",
        skip_serializing_if = "Option::is_none"
    )]
    pub reports_hide_after: Option<u32>,
    /// Whether wrong typed answers are kept out of the reveal.
    #[serde(
        deserialize_with = "lenient",
        skip_serializing_if = "std::ops::Not::not"
    )]
    pub hides_typed: bool,
    /// Fields of a newer version.
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

/// An invalid stored document. Only this program writes it, so something else changed it.
#[derive(Debug, thiserror::Error)]
#[error(
    "the stored settings are not a JSON object ({0}); `/settings set` or `/settings reset` rewrites them"
)]
pub struct ReadError(serde_json::Error);

/// The settings in a stored document.
///
/// # Errors
/// [`ReadError`] if it is not a JSON object.
pub fn read(body: &str) -> Result<ServerSettings, ReadError> {
    let settings: ServerSettings = serde_json::from_str(body).map_err(ReadError)?;
    Ok(settings.within_limits())
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands fields over by reference"
)]
fn is_zero(seconds: &u32) -> bool {
    *seconds == 0
}

/// A field that cannot be read counts as missing.
fn lenient<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    let value = Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

impl ServerSettings {
    /// The document for the store.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Everything in it can be written as JSON.
        serde_json::to_string(self).unwrap_or_else(|_| "{}".to_owned())
    }

    fn within_limits(mut self) -> Self {
        let ok_rounds = |n: &u16| GameSettings::check_rounds(i64::from(*n)).is_ok();
        let ok_seconds = |n: &u16| GameSettings::check_seconds(i64::from(*n)).is_ok();
        self.packs = self.packs.retained(|id| id.len() <= ID_LENGTH_MAX);
        let ids = self.packs_off.into_iter();
        let ids = ids.filter(|id| id.len() <= ID_LENGTH_MAX);
        self.packs_off = ids.take(PACKS_OFF_MAX).collect();
        self.rounds = self.rounds.filter(ok_rounds);
        self.seconds = self.seconds.filter(ok_seconds);
        self.reports_hide_after = self
            .reports_hide_after
            .filter(|n| (1..=REPORTS_MAX).contains(n));
        if self.mode == Mode::Duel {
            self.mode = Mode::default();
        }
        self.channels = self.channels.into_iter().take(CHANNELS_MAX).collect();
        self.starters = self.starters.into_iter().take(STARTERS_MAX).collect();
        self.member_cooldown_s = self.member_cooldown_s.min(COOLDOWN_MAX_S);
        self.channel_cooldown_s = self.channel_cooldown_s.min(COOLDOWN_MAX_S);
        self
    }

    /// The number of rounds, if the starter gives none.
    #[must_use]
    pub fn rounds(&self) -> u16 {
        self.rounds.unwrap_or(GameSettings::ROUNDS_DEFAULT)
    }

    /// The seconds to answer if the starter gives none, before [`Self::pace`].
    #[must_use]
    pub fn seconds(&self) -> u16 {
        self.seconds.unwrap_or(GameSettings::SECONDS_DEFAULT)
    }

    /// How many reports hide a question in this server.
    #[must_use]
    pub fn reports_hide_after(&self) -> u32 {
        self.reports_hide_after.unwrap_or(REPORTS_DEFAULT)
    }

    /// Whether a member with these roles may start quizzes. Managers always may.
    #[must_use]
    pub fn may_start(&self, roles: impl IntoIterator<Item = RoleId>) -> bool {
        let mut roles = roles.into_iter();
        self.starters.is_empty() || roles.any(|role| self.starters.contains(&role))
    }

    /// Whether a quiz may be played in this channel, or in a thread of the channel `parent`.
    #[must_use]
    pub fn allows(&self, channel: ChannelId, parent: Option<ChannelId>) -> bool {
        let named = |id| self.channels.contains(&id);
        self.channels.is_empty() || named(channel) || parent.is_some_and(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_settings() -> impl Strategy<Value = ServerSettings> {
        let zones: Vec<Zone> = Zone::all().collect();
        let paces = Pace::ALL.to_vec();
        let modes = vec![Mode::Classic, Mode::Race, Mode::Elimination];
        (
            proptest::option::of("[a-z-]{1,64}"),
            proptest::option::of(1..=50_u16),
            proptest::option::of(5..=120_u16),
            (prop::sample::select(modes), any::<bool>()),
            prop::collection::btree_set(any::<u64>(), 0..=CHANNELS_MAX),
            prop::sample::select(zones),
            prop::sample::select(ControlPolicy::ALL.to_vec()),
            prop::sample::select(paces),
            proptest::option::of(1..=REPORTS_MAX),
            (
                prop::collection::btree_set(any::<u64>(), 0..=STARTERS_MAX),
                0..=COOLDOWN_MAX_S,
                0..=COOLDOWN_MAX_S,
            ),
        )
            .prop_map(
                |(
                    pack,
                    rounds,
                    seconds,
                    (mode, about),
                    channels,
                    zone,
                    steering,
                    pace,
                    reports,
                    (starters, member_cooldown_s, channel_cooldown_s),
                )| {
                    ServerSettings {
                        packs: pack.into_iter().collect(),
                        packs_off: BTreeSet::new(),
                        about: about.then_some(Subject::Decade(1970)),
                        rounds,
                        seconds,
                        difficulty: Some(Difficulty::Hard),
                        answers: AnswerStyle::Typed,
                        mode,
                        channels: channels.into_iter().map(ChannelId).collect(),
                        starters: starters.into_iter().map(RoleId).collect(),
                        member_cooldown_s,
                        channel_cooldown_s,
                        threads: about,
                        language: about.then_some(Lang::German),
                        zone,
                        steering,
                        pace,
                        reports_hide_after: reports,
                        hides_typed: about,
                        unknown: Map::new(),
                    }
                },
            )
    }

    proptest! {
        #[test]
        fn written_settings_are_read_back(settings in any_settings()) {
            let read = read(&settings.to_json()).expect("our own document");
            prop_assert_eq!(read, settings);
        }

        /// Whatever the database contains, it is either refused as a whole or within the limits.
        #[test]
        fn values_beyond_the_limits_are_never_read(
            rounds in any::<i64>(), seconds in any::<i64>(), reports in any::<i64>(),
            channels in prop::collection::vec(any::<u64>(), 0..80), pause in any::<u32>(),
        ) {
            let body = serde_json::json!({
                "rounds": rounds, "seconds": seconds, "reports_rest_after": reports,
                "channels": channels, "starters": channels, "mode": "duel",
                "member_cooldown_s": pause, "channel_cooldown_s": i64::from(pause) - 1,
            });
            let settings = read(&body.to_string()).expect("an object");
            prop_assert!((1..=50).contains(&settings.rounds()));
            prop_assert!((5..=120).contains(&settings.seconds()));
            prop_assert!((1..=REPORTS_MAX).contains(&settings.reports_hide_after()));
            prop_assert!(settings.channels.len() <= CHANNELS_MAX);
            prop_assert!(settings.starters.len() <= STARTERS_MAX);
            prop_assert!(settings.member_cooldown_s <= COOLDOWN_MAX_S);
            prop_assert!(settings.channel_cooldown_s <= COOLDOWN_MAX_S);
            prop_assert_eq!(settings.mode, Mode::Classic);
        }
    }

    /// A newer version may know more fields, and more values of those that we know.
    #[test]
    fn a_newer_document_is_read_as_far_as_possible_and_kept_whole() {
        let newer = r#"{"rounds":15,"mode":"relay","zone":"Mars/Gale","cinema":{"of":"nl"}}"#;
        let mut settings = read(newer).expect("an object");
        assert_eq!(settings.rounds(), 15);
        assert_eq!(settings.mode, Mode::Classic);
        assert_eq!(settings.zone, Zone::UTC);
        settings.rounds = Some(20);
        let written: Value = serde_json::from_str(&settings.to_json()).expect("our own document");
        assert_eq!(written["cinema"]["of"], "nl");
        assert_eq!(written["rounds"], 20);
    }

    #[test]
    fn anything_else_is_refused_and_empty_settings_are_valid() {
        for body in ["", "null", "[1]", "{\"rounds\":"] {
            assert!(read(body).is_err(), "{body}");
        }
        assert_eq!(read("{}").expect("an object"), ServerSettings::default());
        assert_eq!(
            ServerSettings::default().reports_hide_after(),
            REPORTS_DEFAULT
        );
    }

    #[test]
    fn a_role_is_enough_to_start_and_none_is_needed_where_none_is_named() {
        let mut settings = ServerSettings::default();
        assert!(settings.may_start([]));
        settings.starters = [RoleId(1), RoleId(2)].into();
        assert!(settings.may_start([RoleId(9), RoleId(2)]));
        assert!(!settings.may_start([RoleId(9)]) && !settings.may_start([]));
    }

    #[test]
    fn threads_belong_to_their_channel() {
        let mut settings = ServerSettings::default();
        assert!(settings.allows(ChannelId(1), None));
        settings.channels = [ChannelId(5)].into();
        for (channel, parent, allowed) in [
            (5, None, true),
            (6, None, false),
            (6, Some(5), true),
            (6, Some(7), false),
            // A channel's parent is its category.
            (5, Some(7), true),
        ] {
            assert_eq!(
                settings.allows(ChannelId(channel), parent.map(ChannelId)),
                allowed,
                "{channel} {parent:?}"
            );
        }
    }
}
