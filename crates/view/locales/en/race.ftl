# Who won which questions of a race. The numbers are those of questions: "1, 3–5".

# `list` has the players, each with their numbers, and `race-nobody` last.
race-won-by = 🏁 Who won which question: { $list }
race-nobody = nobody { $numbers }
# On the card, after a player's name and points. It has room for 30 characters.
race-won-none = won no question
race-won = won { $numbers }
