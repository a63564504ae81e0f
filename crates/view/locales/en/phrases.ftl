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
