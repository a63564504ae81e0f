# "My misses": what a member got wrong in a game. They alone read it.

misses-not-played = You did not answer any questions in that game.
misses-none = You missed nothing. Well played.
misses-title = Your misses: { $n }
misses-no-answer = You did not answer.
misses-said = You said: { $answer }
misses-typed = You typed: { $answer }
misses-back = Back
misses-more = More
