# A game with a thread of its own, as its channel sees it.

thread-below = It is played in the thread below this message.
thread-refused = I may not open a thread here (`/settings check` says what I need), so we play in this channel.
# The thread's name after the game; `game` is its name before: "Quiz: Heat 2".
thread-name-won = { $winner } won · { $game }
thread-name-over = Over · { $game }
# The outcomes are between other parts of a line, so they begin in lower case and have no full stop.
thread-nobody = nobody answered
thread-won = { $winner } won with { $points } points
thread-ended-early = it ended early, { $leader } led with { $points } points
thread-even = { $winners } are even at { $points } points
thread-even-many = { $n } players are even at { $points } points
