//! A server's seasons: what is said when one opens and closes, its board, and the hall of fame.

use super::catalogue::text;
use super::custom_id::BoardButton;
use super::escape::{clip, escape, escape_clipped, plain};
use super::final_card::{self, FinalSheet, Wording};
use super::leaderboard::{self, line};
use super::limits::OPTION_MAX;
use super::message::{Button, Embed, Message, Row, Style, Suggestion, Tone};
use super::phrases;
use heat_core::id::{RoleId, SeasonId, UserId};
use heat_core::lang::Lang;
use heat_core::season::{NAME_MAX, ROLE_HOLDERS_MAX, RoleRefusal, SEASONS_MAX, Season, WhyNot};
use heat_core::standing::{BoardPage, PAGE_ROWS, Standing};

/// The value of `/leaderboard`'s `period` that asks for the running season.
pub const PERIOD: &str = "season";
/// How many seasons the hall of fame shows.
const HALL_SEASONS: usize = 10;
/// How many refused role changes are listed.
const REFUSED_MAX: usize = 20;
/// How many characters of a typed text are repeated.
const TYPED_MAX: usize = 60;

/// A season was opened.
#[must_use]
pub fn opened(lang: Lang, season: &Season) -> Message {
    let mut lines = vec![text!(lang, "season-opened")];
    lines.extend(prize(lang, season));
    Message {
        embeds: vec![Embed {
            title: text!(lang, "season-opened-title", name = escape(&season.name)),
            description: lines.join("\n"),
            tone: Tone::Good,
            ..Embed::default()
        }],
        ..Message::default()
    }
}

/// What there is to win.
fn prize(lang: Lang, season: &Season) -> Option<String> {
    let role = format!("<@&{}>", season.role?);
    let winners = season.winners;
    Some(text!(lang, "season-prize", winners = winners, role = role))
}

/// A role that winners cannot be given.
#[must_use]
pub fn role_refused(lang: Lang, role: RoleId, why: RoleRefusal) -> Message {
    let role = format!("<@&{role}>");
    Message::sentence(match why {
        RoleRefusal::Managed => text!(lang, "season-role-managed", role = role),
        RoleRefusal::BotMayNot => text!(lang, "season-role-bot-may-not"),
        RoleRefusal::AboveBot => text!(lang, "season-role-above-bot", role = role),
        RoleRefusal::MemberMayNot => text!(lang, "season-role-member-may-not", role = role),
        RoleRefusal::MorePowerful => text!(lang, "season-role-more-powerful", role = role),
    })
}

/// A role change that Discord refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotChanged {
    /// The winner.
    pub user: UserId,
    /// The role.
    pub role: RoleId,
    /// Whether it was to be given; otherwise it was to be taken.
    pub gives: bool,
    /// Why it was refused.
    pub why: WhyNot,
}

/// Which roles could not be given or taken, for everybody in the channel.
#[must_use]
pub fn roles_refused(lang: Lang, refused: &[NotChanged]) -> Message {
    let line = |one: &NotChanged| {
        let role = format!("<@&{}>", one.role);
        let member = format!("<@{}>", one.user);
        let why = match one.why {
            WhyNot::NotAllowed => text!(lang, "season-why-not-allowed"),
            WhyNot::MemberGone => text!(lang, "season-why-member-gone"),
            WhyNot::RoleGone => text!(lang, "season-why-role-gone"),
            WhyNot::Other => text!(lang, "season-why-other"),
        };
        if one.gives {
            text!(
                lang,
                "season-role-not-given",
                member = member,
                role = role,
                why = why
            )
        } else {
            text!(
                lang,
                "season-role-not-taken",
                member = member,
                role = role,
                why = why
            )
        }
    };
    let mut lines: Vec<String> = refused.iter().take(REFUSED_MAX).map(line).collect();
    if refused.len() > REFUSED_MAX {
        let more = refused.len() - REFUSED_MAX;
        lines.push(text!(lang, "season-roles-more", n = more));
    }
    if refused.iter().any(|one| one.why == WhyNot::NotAllowed) {
        lines.push(text!(lang, "season-roles-by-hand"));
    }
    let title = text!(lang, "season-roles-title");
    Message::framed(&title, lines.join("\n"), Tone::Plain)
}

/// Another season runs.
#[must_use]
pub fn already_open(lang: Lang, season: &Season) -> Message {
    Message::sentence(text!(
        lang,
        "season-already-open",
        name = escape(&season.name),
        since = date(season.opened_at_ms),
    ))
}

/// No season runs.
#[must_use]
pub fn none_open(lang: Lang) -> Message {
    Message::sentence(text!(lang, "season-none-open"))
}

/// The server has had no season yet.
#[must_use]
pub fn none_yet(lang: Lang) -> Message {
    Message::sentence(text!(lang, "season-none-yet"))
}

/// No season is called that.
#[must_use]
pub fn unknown(lang: Lang, typed: &str) -> Message {
    Message::sentence(text!(
        lang,
        "season-unknown",
        typed = escape_clipped(typed, TYPED_MAX)
    ))
}

/// The season of a button is no longer kept.
#[must_use]
pub fn gone(lang: Lang) -> Message {
    Message::sentence(text!(lang, "season-gone", max = SEASONS_MAX))
}

/// The member may not open or close seasons.
#[must_use]
pub fn not_allowed(lang: Lang) -> Message {
    Message::sentence(text!(lang, "season-not-allowed"))
}

/// A direct message has no seasons.
#[must_use]
pub fn only_in_servers(lang: Lang) -> Message {
    Message::sentence(text!(lang, "season-only-in-servers"))
}

/// Not a name that can be shown.
#[must_use]
pub fn bad_name(lang: Lang) -> Message {
    Message::sentence(text!(lang, "season-bad-name", max = NAME_MAX))
}

/// The season was closed, and its end will be announced in the channel.
#[must_use]
pub fn closing(lang: Lang, season: &Season) -> Message {
    Message::sentence(text!(lang, "season-closing", name = escape(&season.name)))
}

/// The end of a season, for everybody in the channel.
#[must_use]
pub fn announcement(lang: Lang, season: &Season, page: &BoardPage) -> Message {
    let mut lines = vec![span(lang, season)];
    lines.extend(page.rows.iter().map(|row| line(lang, row, false)));
    if page.rows.is_empty() {
        lines.push(text!(lang, "season-announced-empty"));
    }
    lines.extend(awarded(lang, season, page));
    Message {
        embeds: vec![Embed {
            title: text!(lang, "season-over", name = escape(&season.name)),
            description: lines.join("\n"),
            tone: Tone::Good,
            footer: players(lang, page.players),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(vec![Button::new(
            BoardButton::Season {
                season: season.id,
                page: 0,
            }
            .to_string(),
            text!(lang, "season-final-standing"),
            Style::Secondary,
        )])],
        ..Message::default()
    }
}

/// What a member is called, for the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The member.
    pub user: UserId,
    /// What they are called in the server.
    pub name: String,
    /// Their username, whose letters every font has.
    pub username: String,
}

/// Who is on the card of a season's end: the first of the final standing.
pub fn on_card(page: &BoardPage) -> impl Iterator<Item = &Standing> {
    page.rows.iter().take(final_card::LINES_MAX)
}

/// The sheet of a season's end; none if nobody played, or if a name on it is not known.
#[must_use]
pub fn sheet(lang: Lang, season: &Season, page: &BoardPage, names: &[Named]) -> Option<FinalSheet> {
    let line = |row: &Standing| {
        let player = names.iter().find(|player| player.user == row.user)?;
        Some(final_card::Standing::new(
            usize::try_from(row.rank).unwrap_or(usize::MAX),
            (&player.name, &player.username),
            phrases::thousands(lang, row.points),
            text!(
                lang,
                "season-right",
                correct = phrases::thousands(lang, row.correct),
                answered = phrases::thousands(lang, row.answered),
            ),
        ))
    };
    let mut podium = on_card(page).map(line).collect::<Option<Vec<_>>>()?;
    let rest = podium.split_off(podium.len().min(final_card::PODIUM_MAX));
    let title = text!(lang, "season-title", name = plain(&season.name));
    let players = players(lang, page.players);
    (!podium.is_empty()).then(|| FinalSheet {
        title: Wording {
            text: title.clone(),
            with_usernames: title,
        },
        subject: text!(lang, "season-card-subject", players = players),
        podium,
        rest,
        awards: Vec::new(),
    })
}

/// Who gets the role.
fn awarded(lang: Lang, season: &Season, page: &BoardPage) -> Option<String> {
    let role = season.role?;
    let is_winner = |row: &&Standing| row.rank <= u64::from(season.winners) && row.points > 0;
    let most = usize::try_from(ROLE_HOLDERS_MAX).unwrap_or(usize::MAX);
    let winners = page.rows.iter().filter(is_winner).take(most);
    let winners: Vec<String> = winners.map(|row| format!("<@{}>", row.user)).collect();
    let winners: Vec<&str> = winners.iter().map(String::as_str).collect();
    if winners.is_empty() {
        return None;
    }
    let goes = text!(
        lang,
        "season-role-goes-to",
        role = format!("<@&{role}>"),
        winners = phrases::listed(lang, &winners),
    );
    Some(format!("\n{goes}"))
}

/// A page of a season's board. `running` is the season that runs now, for the menu of boards.
#[must_use]
pub fn board(
    lang: Lang,
    season: &Season,
    page: &BoardPage,
    caller: UserId,
    own: Option<&Standing>,
    running: Option<&Season>,
) -> Message {
    let mut lines = vec![span(lang, season)];
    let rows = page.rows.iter();
    lines.extend(rows.map(|row| line(lang, row, row.user == caller)));
    let is_running = season.closed_at_ms.is_none();
    match own {
        Some(own) if page.rows.iter().all(|row| row.user != own.user) => {
            lines.push("…".to_owned());
            lines.push(line(lang, own, true));
        }
        None if page.rows.is_empty() && is_running => {
            lines.push(text!(lang, "season-nobody-yet"));
        }
        None if page.rows.is_empty() => lines.push(text!(lang, "season-nobody-answered")),
        None if is_running => {
            lines.push(String::new());
            let member = format!("<@{caller}>");
            lines.push(text!(lang, "season-not-in-it", member = member));
        }
        _ => {}
    }
    let mut rows = vec![Row::Select(leaderboard::menu(
        lang,
        leaderboard::Shown::Season(season.id),
        true,
        running,
    ))];
    if page.pages > 1 {
        let turned = |page| BoardButton::Season {
            season: season.id,
            page,
        };
        rows.push(Row::Buttons(leaderboard::turn_buttons(
            lang, page.page, page.pages, turned,
        )));
    }
    Message {
        embeds: vec![Embed {
            title: text!(lang, "season-title", name = escape(&season.name)),
            description: lines.join("\n"),
            tone: Tone::Plain,
            footer: text!(
                lang,
                "season-board-footer",
                players = players(lang, page.players),
                page = page.page + 1,
                pages = page.pages.max(1),
            ),
            ..Embed::default()
        }],
        rows,
        ..Message::default()
    }
}

/// The winners of the server's seasons, the newest season first.
#[must_use]
pub fn hall(lang: Lang, seasons: &[Season], best: &[(SeasonId, Standing)]) -> Message {
    let closed: Vec<&Season> = seasons
        .iter()
        .filter(|season| season.closed_at_ms.is_some())
        .collect();
    let running = seasons.iter().find(|season| season.closed_at_ms.is_none());
    if closed.is_empty() {
        return match running {
            Some(running) => Message::sentence(text!(
                lang,
                "season-hall-empty",
                name = escape(&running.name)
            )),
            None => none_yet(lang),
        };
    }
    let lines = closed.iter().take(HALL_SEASONS).map(|season| {
        let places = best.iter().filter(|(id, _)| *id == season.id);
        let places: Vec<String> = places.map(|(_, place)| winner(lang, place)).collect();
        let places = if places.is_empty() {
            text!(lang, "season-hall-nobody")
        } else {
            places.join("\n")
        };
        let until = season.closed_at_ms.unwrap_or(season.opened_at_ms);
        format!("**{}** · {}\n{places}", escape(&season.name), date(until))
    });
    let lines: Vec<String> = lines.collect();
    let shown = lines.len();
    let footer = if closed.len() > shown {
        text!(lang, "season-hall-last", shown = shown, all = closed.len())
    } else {
        phrases::count(lang, shown, phrases::Counted::Seasons)
    };
    Message {
        embeds: vec![Embed {
            title: text!(lang, "season-hall"),
            description: lines.join("\n\n"),
            tone: Tone::Plain,
            footer,
            ..Embed::default()
        }],
        ..Message::default()
    }
}

/// A season as a suggestion.
#[must_use]
pub fn suggest(lang: Lang, season: &Season) -> Suggestion {
    let name = match season.closed_at_ms {
        None => text!(lang, "season-suggested-open", name = plain(&season.name)),
        Some(_) => plain(&season.name),
    };
    Suggestion {
        name: clip(&name, OPTION_MAX),
        value: season.id.to_string(),
    }
}

fn winner(lang: Lang, place: &Standing) -> String {
    let rank = usize::try_from(place.rank).unwrap_or(usize::MAX);
    text!(
        lang,
        "season-hall-row",
        rank = phrases::medal(rank, place.points),
        member = format!("<@{}>", place.user),
        points = phrases::thousands(lang, place.points),
    )
}

fn players(lang: Lang, players: u64) -> String {
    phrases::count(
        lang,
        usize::try_from(players).unwrap_or(usize::MAX),
        phrases::Counted::Players,
    )
}

/// From when to when.
fn span(lang: Lang, season: &Season) -> String {
    let from = date(season.opened_at_ms);
    match season.closed_at_ms {
        Some(to) => text!(lang, "season-span", from = from, to = date(to)),
        None => text!(lang, "season-since", from = from),
    }
}

/// A day by the reader's clock and language.
fn date(unix_ms: i64) -> String {
    format!("<t:{}:d>", unix_ms.div_euclid(1_000))
}

const _: () = assert!(
    PAGE_ROWS <= 10 && SEASONS_MAX <= 100,
    "a page and the hall of fame fit into one message"
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits;

    const ANN: UserId = UserId(11);

    fn season(id: u64, closed_at_ms: Option<i64>) -> Season {
        Season {
            id: SeasonId(id),
            name: "*Autumn* 2026".to_owned(),
            role: None,
            winners: 1,
            opened_at_ms: 1_788_998_400_000,
            closed_at_ms,
        }
    }

    const END_MS: Option<i64> = Some(1_795_910_400_000);

    fn place(rank: u64, user: u64, points: u64) -> Standing {
        Standing {
            rank,
            user: UserId(user),
            points,
            correct: points / 100,
            answered: 40,
        }
    }

    fn page(rows: Vec<Standing>, page: u32, pages: u32) -> BoardPage {
        BoardPage {
            players: rows.len() as u64,
            rows,
            page,
            pages,
        }
    }

    fn assert_reads(name: &str, message: &Message) {
        assert_eq!(limits::check(message), Ok(()), "{name}");
        insta::assert_json_snapshot!(name, message);
    }

    #[test]
    fn a_season_reads_well_from_opening_to_hall_of_fame() {
        let (running, closed) = (season(2, None), season(1, END_MS));
        assert_reads("season_opened", &opened(Lang::English, &running));
        let rows = vec![place(1, 12, 3_100), place(2, 11, 900), place(2, 13, 900)];
        let first = page(rows, 0, 2);
        let shown = board(
            Lang::English,
            &running,
            &first,
            ANN,
            Some(&first.rows[1]),
            Some(&running),
        );
        assert_reads("season_board", &shown);
        let own = place(14, 11, 20);
        let past = board(
            Lang::English,
            &closed,
            &first,
            UserId(14),
            Some(&own),
            Some(&running),
        );
        assert_reads("season_board_past", &past);
        let nobody = page(vec![], 0, 0);
        assert_reads(
            "season_board_empty",
            &board(Lang::English, &running, &nobody, ANN, None, Some(&running)),
        );
        assert_reads(
            "season_announced",
            &announcement(Lang::English, &closed, &first),
        );
        assert_reads(
            "season_announced_empty",
            &announcement(Lang::English, &closed, &nobody),
        );
        let seasons = [running.clone(), closed.clone(), season(3, END_MS)];
        let best: Vec<_> = first.rows.iter().map(|row| (closed.id, *row)).collect();
        assert_reads("season_hall", &hall(Lang::English, &seasons, &best));
        assert_reads("season_hall_german", &hall(Lang::German, &seasons, &best));
        let with_role = |winners| Season {
            role: Some(RoleId(77)),
            winners,
            ..closed.clone()
        };
        assert_reads(
            "season_opened_with_role",
            &opened(Lang::English, &with_role(1)),
        );
        assert_reads(
            "season_announced_with_role",
            &announcement(Lang::English, &with_role(3), &first),
        );
        let refused = [
            (true, WhyNot::NotAllowed),
            (true, WhyNot::MemberGone),
            (true, WhyNot::RoleGone),
            (false, WhyNot::NotAllowed),
            (false, WhyNot::Other),
        ];
        let refused = refused.map(|(gives, why)| NotChanged {
            user: ANN,
            role: RoleId(77),
            gives,
            why,
        });
        assert_reads(
            "season_roles_refused",
            &roles_refused(Lang::English, &refused),
        );
        let sentences = [
            role_refused(Lang::English, RoleId(77), RoleRefusal::Managed),
            role_refused(Lang::English, RoleId(77), RoleRefusal::BotMayNot),
            role_refused(Lang::English, RoleId(77), RoleRefusal::AboveBot),
            role_refused(Lang::English, RoleId(77), RoleRefusal::MemberMayNot),
            role_refused(Lang::English, RoleId(77), RoleRefusal::MorePowerful),
            already_open(Lang::English, &running),
            none_open(Lang::English),
            none_yet(Lang::English),
            unknown(Lang::English, "*no*"),
            gone(Lang::English),
            not_allowed(Lang::English),
            only_in_servers(Lang::English),
            bad_name(Lang::English),
            closing(Lang::English, &closed),
            hall(Lang::English, &[], &[]),
            hall(Lang::English, std::slice::from_ref(&running), &[]),
        ];
        let sentences = sentences.map(|message| message.content);
        insta::assert_json_snapshot!("season_sentences", sentences);
    }

    /// Every name and number on the card is in the message too, and in its alt text.
    #[test]
    fn the_card_says_what_the_message_says() {
        let rows = (1..=10).map(|rank| place(rank, rank + 10, 1_200 - 100 * rank));
        let all = page(rows.collect(), 0, 1);
        let as_ann = |row: &Standing| Named {
            user: row.user,
            name: format!("*Ann* {}", row.user),
            username: format!("ann{}", row.user),
        };
        let names: Vec<Named> = on_card(&all).map(as_ann).collect();
        let closed = season(1, END_MS);
        let drawn = sheet(Lang::English, &closed, &all, &names).expect("all are named");
        let words = announcement(Lang::English, &closed, &all);
        let shown = final_card::with_card(Lang::English, words.clone(), &drawn, vec![1]);
        let description = &words.embeds[0].description;
        assert_eq!((drawn.podium.len(), drawn.rest.len()), (3, 5));
        let alt = shown.file.as_ref().map(|file| file.alt.clone());
        for (row, line) in all.rows.iter().zip(drawn.podium.iter().chain(&drawn.rest)) {
            assert!(description.contains(&format!("<@{}>", row.user)));
            assert!(description.contains(&format!("**{}** points · {}", line.points, line.right)));
            assert!(alt.as_ref().is_some_and(|alt| alt.contains(&line.name)));
        }
        assert_reads("season_announced_with_card", &shown);
        insta::assert_debug_snapshot!("season_sheet", drawn);
        assert_eq!(
            sheet(Lang::English, &closed, &all, &names[1..]),
            None,
            "a name is missing"
        );
        assert_eq!(
            sheet(Lang::English, &closed, &page(vec![], 0, 0), &[]),
            None
        );
    }

    #[test]
    fn the_fullest_messages_keep_to_the_limits() {
        let longest = |id| Season {
            name: "*".repeat(usize::from(NAME_MAX) - 1) + "a",
            ..season(id, END_MS)
        };
        let seasons: Vec<Season> = (0..u64::from(SEASONS_MAX)).map(longest).collect();
        let most = |rank| place(rank, u64::MAX, u64::MAX);
        let best: Vec<_> = seasons
            .iter()
            .flat_map(|season| (1..=3).map(|rank| (season.id, most(rank))))
            .collect();
        let fullest = page((1..=u64::from(PAGE_ROWS)).map(most).collect(), 0, u32::MAX);
        let own = most(u64::MAX);
        let own = Standing { user: ANN, ..own };
        for lang in Lang::ALL {
            for message in [
                hall(lang, &seasons, &best),
                opened(lang, &seasons[0]),
                closing(lang, &seasons[0]),
                roles_refused(
                    lang,
                    &[NotChanged {
                        user: UserId(u64::MAX),
                        role: RoleId(u64::MAX),
                        gives: false,
                        why: WhyNot::NotAllowed,
                    }; 100],
                ),
                announcement(lang, &seasons[0], &fullest),
                board(
                    lang,
                    &seasons[0],
                    &fullest,
                    ANN,
                    Some(&own),
                    Some(&seasons[1]),
                ),
            ] {
                assert_eq!(limits::check(&message), Ok(()), "{lang:?}");
            }
            assert!(suggest(lang, &seasons[0]).name.len() <= OPTION_MAX);
        }
    }
}
