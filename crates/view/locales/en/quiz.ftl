# A game's open questions, and words that all of its messages share.

quiz-all-packs = All packs
quiz-removed-pack = A removed pack
# The name of the usual mode in titles: "Quiz: Heat 2".
quiz-classic = Quiz
quiz-any-difficulty = any difficulty
quiz-typed-answers = answers are typed
# `when` counts down by itself: "in 12 seconds".
quiz-closes = Closes { $when }
quiz-clues = clue { $open } of { $all } · **{ $points } points** now
quiz-answered = **{ $n } answered**
quiz-lives = Lives
quiz-and-more = … and { $n } more
quiz-still-in = Still in: { $n }
quiz-answer = Answer
quiz-form-title = Question { $number }
quiz-form-answer = Your answer: the first one counts
quiz-form-question = The question
quiz-hint = Hint −50 %
quiz-skip = Skip
quiz-pause = Pause
quiz-withdrawn = This question was withdrawn: the game has ended.
quiz-restarting = I am restarting and will be back in a moment. The game continues where it is, with every locked-in answer.
quiz-question-finale = Question { $number } of { $all } · the last one, worth double
quiz-question-last = Question { $number } of { $all } · the last one
quiz-question = Question { $number } of { $all }
quiz-stop = Stop
