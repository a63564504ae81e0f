# A game with a host: a member who opens the questions and does not play.

host-introduction = 🎙️ { $host } hosts: they open each question and do not play.
host-introduction-typed = 🎙️ { $host } hosts: they open each question and do not play. The host reads what you type once a question is closed, and may accept it.
# Buttons of the host.
host-first-question = First question
host-final-scores = Final scores
host-last-question = Last question
host-next-question = Next question
host-judge = Judge answers
host-bonus = Bonus
host-break = Break
host-one-last-question = One last question
# `until` counts down by itself: "in 30 minutes".
host-shows-scores = { $host } shows the final scores, at the latest { $until }.
# `which` is "finale" for the last question if it is worth double, "last", "first", or "next".
host-opens = { $which ->
    [finale] { $host } opens the last question, worth double. The game ends { $until } otherwise.
    [last] { $host } opens the last question. The game ends { $until } otherwise.
    [first] { $host } opens the first question. The game ends { $until } otherwise.
   *[next] { $host } opens the next question. The game ends { $until } otherwise.
}
host-opens-after-break = { $which ->
    [finale] Break! When everyone has a drink, { $host } opens the last question, worth double. The game ends { $until } otherwise.
    [last] Break! When everyone has a drink, { $host } opens the last question. The game ends { $until } otherwise.
    [first] Break! When everyone has a drink, { $host } opens the first question. The game ends { $until } otherwise.
   *[next] Break! When everyone has a drink, { $host } opens the next question. The game ends { $until } otherwise.
}
# `answers` is a list of quoted answers, or of `host-answer-of` and `host-answer-of-several`.
host-also-accepted = The host also accepted { $answers }.
host-not-accepted = The host did not accept { $answers }.
host-judged = Judged
host-answer-of = the answer of { $user }
host-answer-of-several = an answer that { $n } members gave
host-bonus-given = Bonus from the host
host-bonuses-more = { $n } more
host-bonuses = 🎁 Bonus from the host: { $list }.
# The panel for judging typed answers. The host alone reads it.
host-count-right = Count as right …
host-count-wrong = Count as wrong …
host-accepted = You accepted { $answer }.
host-refused = You refused { $answer }.
host-counted = { $right ->
    [one] Counted as right: 1 answer · as wrong: { $wrong }
   *[other] Counted as right: { $right } answers · as wrong: { $wrong }
}
host-judge-more = { $n } more do not fit here; judge some of these first.
host-judge-note = Everyone who typed it gains or loses the points at once. You can change your mind until you go on.
host-judge-title = Judge the answers
# The panel for bonus points. The host alone reads it.
host-points-for = +{ $points } for …
# A player whose name is unknown, by the order of the menu.
host-number-is = Number { $number } is { $user }
host-undo-bonus = Take back the last bonus
# A line of the panel for a bonus that the host took back; `bonus` is who got how much.
host-bonus-undone = ~~{ $bonus }~~ taken back
host-bonus-left = Left for this game: { $points } points. They count on tonight's board, not on the server's.
host-bonus-title = Bonus points
host-player = { $name } · { $points } points
host-number = Number { $number }
host-not-in-mode = { $mode } cannot have a host. Choose one of the modes { $modes }.
host-not-alone = A host needs an audience. Start it in a server that has added me.
host-not-where-mute = A hosted game can wait a long time, but here I can only speak right after a command. Choose a channel where I may post; `/settings check` says which permissions I need.
