# The last message of a game.

scoreboard-and-more = … and { $n } more.
scoreboard-no-answer = No answer this time.
scoreboard-nobody = Nobody answered this time.
scoreboard-footer = { $pack } · play the same questions with /quiz code:{ $code }
scoreboard-misses = My misses
scoreboard-leaderboard = Leaderboard
scoreboard-rematch = Rematch
scoreboard-again = Play again
# Parts of a player's line: "2 lives left · **420** points · 5 of 8 right · 🔥 3 in a row".
scoreboard-out = out in question { $number }
scoreboard-streak = 🔥 { $n } in a row
# The questions of a race that a player won.
scoreboard-won = won { $taken } of { $all }
scoreboard-right = { $right } of { $answered } right
scoreboard-nobody-scored = Nobody scored. The questions win.
scoreboard-outlasts = { $winner } outlasts them all.
scoreboard-wins = { $winner } wins.
scoreboard-even = Even: { $winners }.
# The result of a duel is alone or within a line, so it has no full stop. `by` is what decides:
# "draw" for nothing, "points", or "right" for the number of right answers.
scoreboard-duel = { $by ->
    [draw] { $first } and { $second } draw, { $right }:{ $other_right }
    [points] { $first } beats { $second } on points, { $points } to { $other_points }
   *[right] { $first } beats { $second } { $right }:{ $other_right }
}
# The same of a duel that was not played to its end.
scoreboard-duel-so-far = { $by ->
    [draw] { $first } and { $second } were level, { $right }:{ $other_right }
    [points] { $first } led { $second } on points, { $points } to { $other_points }
   *[right] { $first } led { $second } { $right }:{ $other_right }
}
scoreboard-title-all-done = That was all of them
scoreboard-title-out-of-lives = Out of lives
scoreboard-title-stopped-alone = Stopped here
scoreboard-title-final = Final scores
scoreboard-title-stopped = Stopped: the scores so far
scoreboard-title-abandoned = That seems to be all for now
scoreboard-title-cannot-post = The game could not go on
scoreboard-title-last-standing = One is left standing
scoreboard-title-all-out = Nobody is left standing
scoreboard-title-paused-too-long = The pause was too long
scoreboard-title-host-away = The host has left the stage
scoreboard-title-no-game = No game
scoreboard-stopped-by = Stopped by { $user }.
scoreboard-counts = Every point counts.
scoreboard-host-away = The host did nothing for half an hour, so the game ended. Every point counts.
scoreboard-paused-too-long = The pause lasted ten minutes, so the game ended. Every point counts.
scoreboard-abandoned = Three questions in a row went unanswered, so the game ended. Every point counts.
scoreboard-cannot-post = I could not post the next question in this channel. Every point so far counts.
