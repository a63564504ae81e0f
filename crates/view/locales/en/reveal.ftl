# A closed question: the right answer, why, and who got it.

# `when` counts down by itself: "in 5 seconds".
reveal-final-scores = Final scores { $when }
reveal-next-question = Next question { $when }
# The winner of a race's question, or several if they were exactly level.
reveal-taken = 🏁 Taken by { $winners }
reveal-taken-in = { $user } in { $seconds }
reveal-picks = What everyone picked
reveal-standings = Standings
reveal-report = Report
reveal-look-up = Look it up
reveal-resume = Resume
reveal-source-title = Source
reveal-why = Why
reveal-source = -# Source: { $source }
# Titles above a lone player's result.
reveal-own-none = No answer
reveal-own-right = You had it
reveal-own-wrong = You missed it
reveal-nobody = Nobody answered
reveal-right = Right: { $n }
# If several may be right and only the fastest gets points.
reveal-had-it = Had it right: { $n }
reveal-missed = Missed it: { $n }
reveal-stopped-first = The game was stopped first.
reveal-next-waits = The next one is waiting.
reveal-was-last = That was the last one.
# Parts of a player's line: "+212 · 3.2 s · 🔥 3 in a row · with a hint".
reveal-beyond-tries = right, but the team had used its tries
reveal-not-first = right, but not first
reveal-streak = 🔥 { $n } in a row
reveal-with-hint = with a hint
reveal-by-host = accepted by the host
reveal-accepted-as = { $typed } accepted as { $answer }
reveal-paused-alone = Paused. The game ends { $when } unless you resume it.
reveal-paused = Paused by { $by }. The game ends { $when } unless { $starter } or a member who may manage messages resumes it.
reveal-lost-life = Lost a life
reveal-spared = Nobody is out
reveal-spared-all = You all missed it, so you all stay in. How touching.
reveal-and-more = … and { $n } more
# Why the question closed, in its title: "Question 1 of 10 · time is up".
reveal-closed-answered = answered
reveal-closed-time-up = time is up
reveal-closed-everyone = everyone answered
reveal-closed-taken = taken
reveal-closed-skipped = skipped
reveal-closed-stopped = stopped
