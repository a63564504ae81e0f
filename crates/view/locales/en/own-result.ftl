# What a member alone reads at the reveal about their own answer.

own-result-beyond-tries = ☑️ Right, but your team had used its tries
own-result-team-slower = ☑️ Right, but a team-mate was faster
own-result-slower = ☑️ Right, but somebody was faster
own-result-wrong = ❌ It was **{ $answer }**
own-result-points = { $points } points so far
own-result-level = level at the top
own-result-leads = 1st, { $points } ahead
# `place` is an ordinal: "2nd".
own-result-behind = { $place }, { $points } behind the leader
own-result-place = { $place }
