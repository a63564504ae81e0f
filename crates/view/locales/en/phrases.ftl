# Short phrases that several messages share.

phrases-count-answers = { $n ->
    [one] 1 answer
   *[other] { $n } answers
}
phrases-count-clues = { $n ->
    [one] 1 clue
   *[other] { $n } clues
}
phrases-count-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
phrases-count-faults = { $n ->
    [one] 1 fault
   *[other] { $n } faults
}
phrases-count-films = { $n ->
    [one] 1 film
   *[other] { $n } films
}
phrases-count-members = { $n ->
    [one] 1 member
   *[other] { $n } members
}
phrases-count-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
}
phrases-count-players = { $n ->
    [one] 1 player
   *[other] { $n } players
}
phrases-count-questions = { $n ->
    [one] 1 question
   *[other] { $n } questions
}
phrases-count-seasons = { $n ->
    [one] 1 season
   *[other] { $n } seasons
}
phrases-count-seconds = { $n ->
    [one] 1 second
   *[other] { $n } seconds
}
phrases-count-suggestions = { $n ->
    [one] 1 suggestion
   *[other] { $n } suggestions
}
# The last of several things in a list: "a, b and c".
phrases-and = { $others } and { $last }
phrases-quoted = “{ $text }”
# Written between the groups of three digits: "12,345".
phrases-thousands-separator = ,
# Written before tenths: "3.2 s".
phrases-decimal-point = .
phrases-points = **{ $points }** points
phrases-seconds = { $seconds } s
phrases-each = { $seconds } seconds each
phrases-each-extended = { $seconds } seconds each (extended time, { $pace })
phrases-easy = easy
phrases-medium = medium
phrases-hard = hard
phrases-mode-classic = Classic
phrases-mode-race = Race
phrases-mode-elimination = Elimination
phrases-mode-sudden-death = Sudden death
phrases-mode-duel = Duel
phrases-mode-ladder = Clue ladder
phrases-mode-teams = Teams
# The same names in the middle of a sentence or a list.
phrases-in-sentence-classic = classic
phrases-in-sentence-race = race
phrases-in-sentence-elimination = elimination
phrases-in-sentence-sudden-death = sudden death
phrases-in-sentence-duel = duel
phrases-in-sentence-ladder = clue ladder
phrases-in-sentence-teams = teams
phrases-short-classic = points for correct and fast answers
phrases-short-race = the first right answer wins it
phrases-short-elimination = three lives
phrases-short-sudden-death = one life
phrases-short-duel = you against one opponent
phrases-short-ladder = guess the film, clue by clue
phrases-short-teams = two to eight, the fastest right answer of each
phrases-rule-classic = Everyone answers in secret; points for correct and fast answers.
phrases-rule-race = The first right answer wins the question, by Discord's own clock. One try each.
phrases-rule-elimination = Three lives each; a wrong or missing answer costs one. The last one standing wins. If several are left, lives decide, then points.
phrases-rule-elimination-alone = You have three lives; a wrong or missing answer costs one. How far do you get?
phrases-rule-sudden-death = One wrong or missing answer and you are out, unless everyone misses it. The last one standing wins. If several are left, points decide.
phrases-rule-sudden-death-alone = One wrong or missing answer and it is over. How far do you get?
phrases-rule-duel = One on one; most points win.
phrases-rule-ladder = One film per question, six clues from hard to easy: 300 points on the first, 50 fewer with each new one. One try each: dare early, or wait.
phrases-rule-teams = Two to eight teams; the fastest right answer of each scores. Every team has as many tries as the smallest has members, so a bigger team has no head start.
# `ending` is "first" for 1, 21 and so on, "second" for 2, "third" for 3, otherwise "other".
phrases-ordinal = { $ending ->
    [first] { $n }st
    [second] { $n }nd
    [third] { $n }rd
   *[other] { $n }th
}
phrases-out = out
phrases-lives-left = { $n ->
    [one] 1 life left
   *[other] { $n } lives left
}
