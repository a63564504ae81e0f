# Praise below the scores of a game. `who` is a list of names; `n` is how many there are, and 0 in a
# game that a member plays alone.

awards-perfect = { $n ->
    [0] A perfect game
   *[other] A perfect game: { $who }
}
# `times` is how often they alone were right.
awards-sole = { $times ->
    [1] The only one who knew: { $who }
    [2] The only one who knew, twice: { $who }
   *[other] The only one who knew, { $times } times: { $who }
}
awards-sole-several = { $times ->
    [1] Knew what nobody else did: { $who }
    [2] Knew what nobody else did, twice: { $who }
   *[other] Knew what nobody else did, { $times } times: { $who }
}
# `from` and `to` are ordinals: "4th", "1st".
awards-comeback = Comeback: { $who }, from { $from } to { $to }
# The wrong answer that most fell for.
awards-trap = Best trap: { $answer } on question { $number }, { $fell } fell for it
awards-swiftest = Fastest finger: { $who }, { $took } on question { $number }
# `questions` is "10 questions".
awards-best = { $n ->
    [0] A personal best over { $questions }
   *[other] A personal best over { $questions }: { $who }
}
awards-badge = { $n ->
    [0] New badge { $badge }
   *[other] New badge { $badge }: { $who }
}
