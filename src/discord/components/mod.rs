//! Buttons, menus and modals. Each `custom_id` is self-contained, so that clicks work even after a
//! restart.
//!
//! Two tables cover every [`CustomId`]: where the reply goes, and who makes it.

mod game;
mod host;
mod share;

use crate::discord::app::App;
use crate::discord::command::CommandFuture;
use crate::discord::commands::{
    cast, daily, help, leaderboard, news, packs, privacy, quiz, reports, write,
};
use crate::discord::interaction::{Langs, Origin, is_ephemeral, is_own};
use crate::discord::reply::{Placement, Reply};
use heat_view::custom_id::{
    BoardButton, CastButton, CustomId, DailyButton, GameButton, HostButton, NewsButton,
    PrivacyButton, RecapButton, ReportButton, SetupButton, ShareButton, WriteButton,
};
use serenity::all::{ComponentInteraction, MessageFlags, ModalInteraction};

/// Where the reply to a click goes.
#[must_use]
pub fn placement(id: &CustomId, press: &ComponentInteraction) -> Placement {
    match id {
        CustomId::Game(button) if game::is_shown_in_place(*button, Origin::from(press)) => {
            Placement::Update
        }
        CustomId::Game(button) => match button {
            GameButton::Type { .. } => Placement::Modal,
            GameButton::TakeHint { .. } | GameButton::Halt { .. } => {
                in_place_if_private(press.message.flags)
            }
            GameButton::Enter { .. }
            | GameButton::Team { .. }
            | GameButton::Leave { .. }
            | GameButton::Begin { .. }
            | GameButton::Accept { .. }
            | GameButton::Decline { .. } => Placement::Update,
            GameButton::Answer { .. }
            | GameButton::Hint { .. }
            | GameButton::Skip { .. }
            | GameButton::Pause { .. }
            | GameButton::Resume { .. }
            | GameButton::Stop { .. }
            | GameButton::Join { .. } => Placement::PRIVATE,
        },
        CustomId::Host(button) => match button {
            HostButton::Next { .. } | HostButton::Break { .. } | HostButton::LastRound { .. } => {
                Placement::Update
            }
            HostButton::Judge { .. } | HostButton::Bonus { .. } => Placement::PRIVATE,
            HostButton::Right { .. }
            | HostButton::Wrong { .. }
            | HostButton::Give { .. }
            | HostButton::Undo { .. } => in_place_if_private(press.message.flags),
        },
        CustomId::Recap(button) => match button {
            RecapButton::Again { .. } => Placement::PUBLIC,
            RecapButton::Misses { page: 0, .. } | RecapButton::Report { .. } => Placement::PRIVATE,
            RecapButton::Misses { .. }
            | RecapButton::Revenge { .. }
            | RecapButton::RevengeAnswer { .. } => in_place_if_private(press.message.flags),
        },
        CustomId::Setup(button) => match button {
            SetupButton::Open {} => Placement::PRIVATE,
            SetupButton::Start { .. } | SetupButton::Host { .. } => Placement::PUBLIC,
            SetupButton::Mode { .. } | SetupButton::Rounds { .. } | SetupButton::About { .. } => {
                in_place_if_private(press.message.flags)
            }
        },
        CustomId::Help(_) => Placement::PRIVATE,
        CustomId::Daily(button) => match button {
            DailyButton::Share { .. } | DailyButton::ShareFilm { .. } => Placement::PUBLIC,
            DailyButton::Open { .. } | DailyButton::Play {} | DailyButton::Film {} => {
                Placement::PRIVATE
            }
            DailyButton::Turn { .. } => in_place_if_own(press),
            DailyButton::GuessFilm { .. } => Placement::Modal,
            DailyButton::Answer { .. }
            | DailyButton::Next { .. }
            | DailyButton::FilmOf { .. }
            | DailyButton::PickFilm {}
            | DailyButton::PastFilms { .. }
            | DailyButton::NextClue { .. } => in_place_if_private(press.message.flags),
        },
        CustomId::Board(button) => match button {
            BoardButton::Open {} | BoardButton::Table { .. } | BoardButton::Games {} => {
                Placement::PRIVATE
            }
            BoardButton::Turn { .. } | BoardButton::Season { .. } | BoardButton::Menu {} => {
                in_place_if_own(press)
            }
        },
        CustomId::Reports(ReportButton::Note { .. })
        | CustomId::Write(
            WriteButton::New { .. }
            | WriteButton::Suggest {}
            | WriteButton::Mend { .. }
            | WriteButton::Edit { .. },
        ) => Placement::Modal,
        CustomId::Packs(_) | CustomId::Write(_) | CustomId::Reports(_) => {
            in_place_if_private(press.message.flags)
        }
        CustomId::Privacy(button) => match button {
            PrivacyButton::Older { .. } => Placement::PRIVATE,
            PrivacyButton::Delete { .. } | PrivacyButton::Keep { .. } => {
                in_place_if_private(press.message.flags)
            }
        },
        CustomId::Cast(button) => match button {
            CastButton::Show { .. } | CastButton::Pick {} => Placement::PRIVATE,
            CastButton::Turn { .. } => in_place_if_own(press),
        },
        CustomId::Share(ShareButton::Here {}) => Placement::PUBLIC,
        CustomId::News(NewsButton::Turn { .. } | NewsButton::Switch { .. }) => {
            in_place_if_own(press)
        }
    }
}

/// Whether a click asks for something to be shown to everybody, even where all else is private
/// because only the member has the app.
#[must_use]
pub fn shares(id: &CustomId) -> bool {
    matches!(
        id,
        CustomId::Daily(DailyButton::Share { .. } | DailyButton::ShareFilm { .. })
            | CustomId::Share(ShareButton::Here {})
    )
}

/// Whether the reply to a click is a page that may be shared.
#[must_use]
pub fn is_sharable(id: &CustomId) -> bool {
    matches!(id, CustomId::Cast(_) | CustomId::News(_))
}

/// Where the reply to a form goes.
#[must_use]
pub fn modal_placement(id: &CustomId, filled: &ModalInteraction) -> Placement {
    match id {
        CustomId::Game(GameButton::Type { .. }) if Origin::from(filled).is_by_member() => {
            Placement::Update
        }
        CustomId::Reports(_) | CustomId::Write(_) | CustomId::Daily(_) => {
            in_place_if_private(filled.message.as_ref().and_then(|message| message.flags))
        }
        _ => Placement::PRIVATE,
    }
}

/// Paging through another member's message opens a private copy, so that messages never change for
/// others.
fn in_place_if_own(press: &ComponentInteraction) -> Placement {
    if is_own(press) {
        Placement::Update
    } else {
        Placement::PRIVATE
    }
}

/// Private replies stay private: a private message's button may be forged on a public one.
fn in_place_if_private(flags: Option<MessageFlags>) -> Placement {
    if is_ephemeral(flags) {
        Placement::Update
    } else {
        Placement::PRIVATE
    }
}

/// Replies to a click.
pub fn run<'a>(
    langs: Langs,
    app: &'a App,
    press: &'a ComponentInteraction,
    id: CustomId,
) -> CommandFuture<'a, Reply> {
    match id {
        CustomId::Game(button) => Box::pin(game::press(langs, app, press, button)),
        CustomId::Host(button) => Box::pin(host::press(langs, app, press, button)),
        CustomId::Recap(RecapButton::Again { game }) => {
            Box::pin(quiz::again(langs, app, press, game))
        }
        CustomId::Recap(RecapButton::Misses { game, page }) => {
            Box::pin(game::misses(langs, app, press, game, page))
        }
        CustomId::Recap(RecapButton::Report { game, round }) => {
            Box::pin(reports::open(langs, app, press, game, round))
        }
        CustomId::Recap(RecapButton::Revenge { game, at, right }) => {
            Box::pin(game::revenge(langs, app, press, game, (at, right), None))
        }
        CustomId::Recap(RecapButton::RevengeAnswer {
            game,
            at,
            right,
            choice,
        }) => Box::pin(game::revenge(
            langs,
            app,
            press,
            game,
            (at, right),
            Some(choice),
        )),
        CustomId::Setup(button) => Box::pin(quiz::set_up(langs, app, press, button)),
        CustomId::Help(button) => Box::pin(help::press(langs, app, press, button)),
        CustomId::Daily(button) => Box::pin(daily::press(langs, app, press, button)),
        CustomId::Board(button) => Box::pin(leaderboard::press(langs, app, press, button)),
        CustomId::Packs(button) => Box::pin(packs::press(langs, app, press, button)),
        CustomId::Write(button) => Box::pin(write::press(langs, app, press, button)),
        CustomId::Reports(button) => Box::pin(reports::press(langs, app, press, button)),
        CustomId::Privacy(button) => Box::pin(privacy::press(langs, app, press, button)),
        CustomId::Cast(button) => Box::pin(cast::press(langs, app, press, button)),
        CustomId::News(button) => Box::pin(news::press(langs, app, press, button)),
        CustomId::Share(ShareButton::Here {}) => {
            Box::pin(async move { Ok(share::share(langs, press)) })
        }
    }
}

/// Replies to a filled-in form.
pub fn submit<'a>(
    langs: Langs,
    app: &'a App,
    filled: &'a ModalInteraction,
    id: &CustomId,
) -> CommandFuture<'a, Reply> {
    if let CustomId::Write(button) = id {
        return Box::pin(write::filled(langs, app, filled, button.clone()));
    }
    match *id {
        CustomId::Game(GameButton::Type { game, round }) => {
            Box::pin(game::typed(langs, app, filled, game, round))
        }
        CustomId::Reports(ReportButton::Note {
            game,
            round,
            reason,
        }) => Box::pin(reports::note(langs, app, filled, (game, round), reason)),
        CustomId::Daily(DailyButton::GuessFilm { day }) => {
            Box::pin(daily::film::boxed(langs, app, filled, day))
        }
        _ => Box::pin(async move {
            Ok(Reply::Aside(heat_view::reply::unknown_interaction(
                langs.member,
            )))
        }),
    }
}
