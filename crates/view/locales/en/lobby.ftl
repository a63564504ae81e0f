# The lobby of a game, and the challenge to a duel.

# `when` counts down by itself ("in 30 seconds"), or is `lobby-now`; `starter` is a mention.
# "Begin" is the button `lobby-begin`.
lobby-begins = It begins { $when }, or when { $starter } presses Begin. After that, nobody can join.
lobby-join = Join
lobby-leave = Leave
lobby-begin = Begin
lobby-stop = Stop
lobby-begins-hosted = It begins when { $starter } presses Begin; otherwise the lobby closes { $when }.
lobby-begins-teams = It begins { $when }, or when { $starter } presses Begin.
# The teams are the departments of a film crew; each has a button.
lobby-choose-team = Choose a department; press another to switch.
lobby-rematch-wanted = { $starter } wants a rematch, { $opponent }!
lobby-challenge = { $starter } challenges { $opponent }.
lobby-challenge-ends = Only { $opponent } can accept or decline; the challenge ends { $when }.
lobby-accept = Accept
lobby-decline = Decline
lobby-withdraw = Withdraw
lobby-declined = { $opponent } declined.
lobby-unanswered = { $opponent } did not answer in time. Try again with `/quiz`.
lobby-one-team = Everyone was on one team, so there was nobody to play against.
lobby-host-away = The host did not begin, so the lobby was closed.
lobby-withdrawn = The challenge was withdrawn.
lobby-closed = The lobby was closed before the game began.
lobby-playing = Playing: { $n }
lobby-now = now
lobby-rematch = Rematch
lobby-code = Share code { $code }
