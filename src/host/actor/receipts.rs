//! Replies to the sender of an input.

use super::Actor;
use crate::host::journal::Journal;
use crate::host::messenger::Messenger;
use crate::host::protocol::{Answer, Receipt};
use heat_core::game::{CloseReason, EndReason, Event, Input, Phase, Refusal, Response};
use heat_core::lang::Lang;
use heat_view::message::Message;
use heat_view::{hint, host, lobby, quiz, reveal};

impl<S: Messenger, J: Journal> Actor<S, J> {
    pub(super) fn receipt(&self, lang: Lang, input: &Input, events: &[Event]) -> Receipt {
        match *input {
            Input::Answer {
                round,
                ref response,
                ..
            } => Receipt::Locked {
                choice: match *response {
                    Response::Choice { choice } => Some(choice),
                    Response::Typed { .. } => None,
                },
                text: self.text_of(round, response).unwrap_or_default(),
            },
            Input::MayAnswer { round, .. } => Receipt::MayAnswer {
                prompt: self.prompt(round),
            },
            Input::Hint { round, user } => {
                Receipt::Update(hint::given(lang, &self.game, round, user))
            }
            Input::Enter { .. } | Input::EnterTeam { .. } | Input::Leave { .. } => {
                Receipt::Update(lobby::open(&self.frame, &self.game))
            }
            Input::Begin { .. } | Input::Accept { .. } => Receipt::Update(self.start_message()),
            Input::Decline { .. } => {
                let declined = EndReason::Declined;
                Receipt::Update(lobby::closed(&self.frame, &self.game, declined))
            }
            Input::Skip { round, .. } => Receipt::Voted {
                votes: self.game.skip_votes(),
                needed: self.game.skip_votes_needed(round),
                skipped: events.iter().any(is_skip),
            },
            Input::Pause { .. } => Receipt::Paused {
                begun: matches!(self.game.phase(), Phase::Paused { .. }),
            },
            Input::Unpause { .. } => Receipt::Unpaused,
            Input::Next { .. } | Input::Break { .. } | Input::LastRound { .. } => {
                Receipt::Update(self.between_questions())
            }
            Input::MayJudge { round, .. } | Input::Judge { round, .. } => {
                Receipt::Update(host::judge_panel(lang, &self.frame, &self.game, round))
            }
            Input::MayGive { .. } | Input::Bonus { .. } | Input::UndoBonus { .. } => {
                Receipt::BonusPanel {
                    panel: host::bonus_panel(lang, &self.frame, &self.game),
                    unnamed: host::unnamed(&self.frame, &self.game),
                }
            }
            Input::Stop { .. } if events.is_empty() => Receipt::SureToStop,
            Input::Stop { .. } => Receipt::Stopped,
            Input::Deadline | Input::Posted { .. } | Input::PostFailed { .. } | Input::Resumed => {
                Receipt::Noted
            }
        }
    }

    pub(super) fn refused(&self, input: &Input, refusal: Refusal) -> Answer {
        let round = match *input {
            Input::Answer { round, .. }
            | Input::MayAnswer { round, .. }
            | Input::Hint { round, .. } => Some(round),
            _ => None,
        };
        let given = match (round, &refusal) {
            (Some(round), Refusal::AlreadyAnswered { response }) => self.text_of(round, response),
            _ => None,
        };
        Answer::Refused { refusal, given }
    }

    /// The message with the host's buttons: the newest reveal or, before the first question, the
    /// start.
    fn between_questions(&self) -> Message {
        let reveal = reveal::reveal(&self.frame, &self.game);
        reveal.unwrap_or_else(|| self.start_message())
    }

    fn prompt(&self, round: u16) -> String {
        quiz::to_read(&self.game, round)
    }

    fn text_of(&self, round: u16, response: &Response) -> Option<String> {
        match response {
            Response::Choice { choice } => self.choice_text(round, *choice),
            Response::Typed { text } => Some(text.clone()),
        }
    }

    fn choice_text(&self, round: u16, choice: u8) -> Option<String> {
        let round = self.game.rounds().get(usize::from(round))?;
        Some(round.choice(choice)?.text.clone())
    }
}

fn is_skip(event: &Event) -> bool {
    matches!(
        event,
        Event::Closed {
            reason: CloseReason::Skipped,
            ..
        }
    )
}
