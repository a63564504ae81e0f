# The puzzle of a day.
daily-name = Heat Check daily #{ $number }
daily-no-more = That puzzle has no more questions.
# `when` counts down: "in 3 hours".
daily-rules = Five questions, the same for everyone, from easy to hard. One attempt, no clock, and only you see it. The next puzzle comes { $when }, at midnight UTC.
# After the question's difficulty: "hard · take your time".
daily-take-your-time = take your time
# In the title, after `daily-name`.
daily-question = question { $number } of { $all }
daily-first-answer-counts = The first answer to each question counts.
daily-so-far = { $right } of { $given } right
daily-answered-before = You already answered this one; your first answer counts.
# Buttons.
daily-next-question = Next question
daily-your-result = Your result
# `answer` has its letter before it: "**B · Heat**".
daily-right = Right: { $answer }
daily-wrong = Wrong: { $answer }
daily-it-is = It is { $answer }
# The result of a question by its number: "1 right · 2 missed".
daily-mark-right = { $number } right
daily-mark-missed = { $number } missed
# `now` and `best` are "3 days".
daily-streak = Streak: **{ $now }** · longest { $best }
daily-today-is-out = Today's puzzle is out: `/daily`.
daily-next-puzzle = The next puzzle comes { $when }, at midnight UTC.
# Buttons.
daily-share = Share here
daily-who-did-best = Who did best
# Above a text to copy.
daily-to-copy = To copy
daily-sharing = Sharing shows your score, but no questions.
daily-score = { $score } of { $all }
# After the squares of a shared result.
daily-all-right = all right
daily-missed-all = missed all
# `numbers` are those of the questions: "2, 5".
daily-missed = missed { $numbers }
# A button.
daily-play = Play today's
# At least two.
daily-days = { $days } days in a row
daily-shared-before = You have already shared this one here.
daily-over = That puzzle is closed. A new one starts at midnight UTC; `/daily` has today's.
daily-not-there-yet = You have not reached that question yet. `/daily` takes you to yours.
daily-not-finished = Answer all five first: `/daily` takes you to the next one.
