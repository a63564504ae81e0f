//! Members: seeded actors who do what the buttons allow, in any order.

use super::outside::hear;
use super::world::{Shared, Standing, World, game_of};
use super::{SimHost, questions};
use heat_check::host::{Answer, InteractionToken, Receipt, Route, StartRequest};
use heat_core::game::{
    AnswerStyle, Asks, ControlPolicy, ControlRights, GameId, Input, MessageId, Mode, Pace, Phase,
    Refusal, Response, Settings, UserId,
};
use heat_core::id::{ChannelId, GuildId};
use heat_core::lang::Lang;
use heat_core::standing::Zone;
use heat_view::custom_id::GameButton;
use std::time::Duration;

/// Members of one table.
pub const MEMBERS: u64 = 4;

/// One table for the life of a process: it starts games until there have been enough.
pub async fn table(world: Shared, host: SimHost, channel: u64) {
    for member in 1..=MEMBERS {
        let user = UserId(channel * 100 + member);
        tokio::spawn(sit(world.clone(), host.clone(), channel, user));
    }
    loop {
        pause(&world, 2_000).await;
        if host.is_playing(ChannelId(channel)) {
            continue;
        }
        let request = {
            let mut world = world.lock();
            if world.tables[&channel].games_left == 0 {
                break;
            }
            let request = request(&mut world, channel);
            let table = world.tables.get_mut(&channel).expect("the table is there");
            table.games_left -= 1;
            table.newest = Some(request.id.0);
            request
        };
        // A refusal does not matter: there will be more games, or it was stored after all.
        let started = host.start(request).await.is_ok();
        world
            .lock()
            .note("table", &format!("{channel} started: {started}"));
    }
}

pub fn request(world: &mut World, channel: u64) -> StartRequest {
    let id = GameId(world.new_id());
    let starter = UserId(channel * 100 + 1 + world.draw(MEMBERS));
    let modes = Mode::ALL.len() as u64;
    let mode = Mode::ALL[usize::try_from(world.draw(modes)).unwrap_or(0)];
    let opponent = UserId(channel * 100 + 1 + (starter.0 + world.draw(MEMBERS - 1)) % MEMBERS);
    let typed = world.draw(4) == 0;
    let mut rounds = questions(world.draw(50), 1 + world.draw(3));
    if mode.rules().asks == Asks::Films {
        for round in &mut rounds {
            round.clues = ["First clue", "Second clue", "Third clue"]
                .map(str::to_owned)
                .to_vec();
        }
    }
    let may_post = world.tables[&channel].may_post;
    let hosted = may_post && mode.rules().can_be_hosted && world.draw(3) == 0;
    StartRequest {
        id,
        guild: Some(GuildId(1)),
        route: Route {
            channel: ChannelId(channel),
            may_post,
            may_attach: false,
            in_place: false,
            lang: Lang::English,
            token: InteractionToken(format!("start-{id}").into()),
            posted_with: None,
            started_with: Some(InteractionToken(format!("start-{id}").into())),
            announced_by: None,
            pack_title: None,
            thread: None,
        },
        settings: Settings {
            packs: heat_core::bank::PackList::default(),
            about: None,
            rounds: u16::try_from(rounds.len()).unwrap_or(1),
            seconds: 5,
            difficulty: None,
            starter,
            solo: false,
            mode,
            answers: if typed {
                AnswerStyle::Typed
            } else {
                AnswerStyle::Buttons
            },
            pace: Pace::Usual,
            opponent: (mode == Mode::Duel).then_some(opponent),
            rematch: false,
            finale: true,
            hosted,
        },
        rounds,
        code: format!("CODE{id}"),
        pack_title: "All packs".to_owned(),
        seed: id.0,
        zone: Zone::UTC,
    }
}

async fn pause(world: &Shared, below_ms: u64) {
    let ms = 10 + world.lock().draw(below_ms);
    tokio::time::sleep(Duration::from_millis(ms)).await;
}

/// One member at a table.
async fn sit(world: Shared, host: SimHost, channel: u64, user: UserId) {
    loop {
        pause(&world, 1_500).await;
        let Some((game, input)) = next_input(&world, channel, user) else {
            continue;
        };
        let (late_ms, copies) = {
            let mut world = world.lock();
            let rates = world.rates;
            let late = world.strikes(rates.click_late);
            let late_ms = world.draw(if late { 8_000 } else { 100 });
            (late_ms, 1 + u32::from(world.strikes(rates.click_twice)))
        };
        for _ in 0..copies {
            let click = click(
                world.clone(),
                host.clone(),
                (channel, game),
                user,
                input.clone(),
                late_ms,
            );
            tokio::spawn(click);
        }
    }
}

/// What this member presses now, if anything.
fn next_input(world: &Shared, channel: u64, user: UserId) -> Option<(GameId, Input)> {
    let mut world = world.lock();
    let game = GameId(world.tables[&channel].newest?);
    if matches!(world.state(game.0)?.phase(), Phase::Gathering { .. }) {
        let input = match world.draw(5) {
            0 => Input::Begin { user },
            1 => Input::Accept { user },
            2 if world.draw(6) == 0 => Input::Decline { user },
            3 if world.draw(3) == 0 => Input::Leave { user },
            _ if world.state(game.0)?.settings().rules().teams => {
                let team = u8::try_from(world.draw(3)).unwrap_or(0);
                Input::EnterTeam { user, team }
            }
            _ => Input::Enter { user },
        };
        return Some((game, input));
    }
    if let Phase::Held { next, .. } = world.state(game.0)?.phase()
        && world.draw(3) > 0
    {
        return Some((game, hosts(&mut world, next, user)));
    }
    let standing = world.channels.get(&channel)?.last()?.clone();
    let press = standing.presses[..]
        .get(usize::try_from(world.draw(standing.presses.len().try_into().ok()?)).ok()?)?;
    let input = input(&mut world, &standing, *press, user)?;
    Some((game_of(*press)?, input))
}

/// What a host does between two questions, and what others try.
fn hosts(world: &mut World, next: u16, user: UserId) -> Input {
    let rights = ControlRights {
        may_manage: world.draw(10) == 0,
        steering: ControlPolicy::default(),
    };
    let few = |world: &mut World| u16::try_from(world.draw(3)).unwrap_or(0);
    match world.draw(11) {
        0..=2 => Input::Next { user, rights, next },
        10 => Input::UndoBonus {
            user,
            rights,
            nth: few(world),
        },
        // The button of an earlier message.
        3 => Input::Next {
            user,
            rights,
            next: next.saturating_sub(1),
        },
        4 | 5 => Input::Judge {
            user,
            rights,
            round: next.saturating_sub(1),
            at: few(world),
            right: world.draw(2) == 0,
        },
        6 => Input::MayJudge {
            user,
            rights,
            round: next.saturating_sub(1),
        },
        7 => Input::Break { user, rights, next },
        8 if world.draw(4) == 0 => Input::LastRound { user, rights, next },
        _ => Input::Bonus {
            user,
            rights,
            to: UserId(user.0 / 100 * 100 + 1 + world.draw(MEMBERS)),
            nth: few(world),
            points: 50,
        },
    }
}

fn input(world: &mut World, standing: &Standing, press: GameButton, user: UserId) -> Option<Input> {
    let rights = ControlRights {
        may_manage: world.draw(10) == 0,
        steering: ControlPolicy::default(),
    };
    let answer = |world: &mut World, round, response| Input::Answer {
        round,
        user,
        response,
        message: MessageId(standing.id),
        posted_at_ms: World::made_at_ms(standing.id),
        clicked_at_ms: world.now_ms(),
    };
    // Skips, stops and pauses are rare.
    let seldom = world.draw(12) == 0;
    Some(match press {
        GameButton::Answer { round, choice, .. } => {
            answer(world, round, Response::Choice { choice })
        }
        GameButton::Type { game, round } => {
            let drawn = world.draw(4);
            let asked = world.state(game.0)?.rounds().get(usize::from(round))?;
            let text = match drawn {
                0 => "Something else".to_owned(),
                1 => format!("Nothing like {user}"),
                _ => asked.question.answer.text.clone(),
            };
            answer(world, round, Response::Typed { text })
        }
        GameButton::Hint { round, .. } => Input::Hint { round, user },
        GameButton::Skip { round, .. } if seldom => Input::Skip { round, user },
        GameButton::Pause { .. } if seldom => Input::Pause { user, rights },
        GameButton::Resume { .. } => Input::Unpause { user, rights },
        GameButton::Stop { .. } if seldom && world.draw(4) == 0 => Input::Stop {
            user,
            rights,
            sure: world.draw(2) == 0,
        },
        _ => return None,
    })
}

/// A click on its way to the bot and back.
async fn click(
    world: Shared,
    host: SimHost,
    (channel, game): (u64, GameId),
    user: UserId,
    input: Input,
    late_ms: u64,
) {
    tokio::time::sleep(Duration::from_millis(late_ms)).await;
    let id = {
        let mut world = world.lock();
        let rate = world.rates.clock_jumps;
        if world.strikes(rate) {
            world.jump_clock();
        }
        world.new_id()
    };
    hear(&world, World::made_at_ms(id));
    // With an answer's token the member learns their result.
    let token = match input {
        Input::Answer { round, .. } => format!("answer-{}-{round}-{id}", game.0),
        _ => format!("click-{id}"),
    };
    let token = InteractionToken(token.into());
    let answer = host
        .send(game, ChannelId(channel), input.clone(), token)
        .await;
    let Input::Answer {
        round, response, ..
    } = input
    else {
        return;
    };
    let counts = match answer {
        Ok(Answer::Done(Receipt::Locked { .. })) => response,
        Ok(Answer::Refused {
            refusal: Refusal::AlreadyAnswered { response },
            ..
        }) => response,
        _ => return,
    };
    world.lock().promise((game.0, round, user.0), &counts);
}
