# `/help`: three lines, and a button for each topic.

# What members can do, in three lines.
help-welcome =
    🎬 `/quiz`: everybody answers in secret, and every answer has its source. `/chain` links films by shared actors.
    📅 `/daily`: five questions and a film a day, for you alone. *Past films* are there, too.
    🔎 `/cast` and `/news` look things up, `/stats` and `/leaderboard` keep score, `/schedule` plans evenings.
help-button-play = Play
help-button-daily = Daily
# A button, and the title of its page.
help-points = How points work
help-modes = Modes
help-privacy = Privacy
help-points-worth = Points
help-points-typed = Typed answers
help-modes-playing = How a game goes
help-modes-control = Who may do what
help-privacy-known = What I store
help-privacy-yours = What is yours
help-typed = Capitals, accents, punctuation, articles and small typos do not matter; a surname is enough where only one person has it; Heat II is Heat 2. Numbers must be exact, and two names do not count as an answer.
# **My misses** and **Report** are buttons.
help-playing = Your first answer counts. A question closes when its time is up, or once everybody has answered, but never in its first eight seconds: latecomers are welcome. **My misses** shows you alone what you got wrong, and why. **Report** tells the server's managers what is wrong with a question.
# **Hint**, **Skip**, **Pause** and **Stop** are buttons.
help-control = **Hint**: anyone who can answer. **Skip**: more than half of the players, or in classic and race the starter alone. **Pause** and **Stop**: the starter, or a member who may manage messages, unless this server has other rules. A pause begins after the open question; after ten minutes it ends the game. With `/quiz host:True` you run the evening instead of playing: you open each question, judge typed answers, give bonus points and call breaks.
help-known = I read no messages: only commands, buttons and what you type into my forms reach me. I store your answers, your points, your daily puzzles and your reports, under your Discord id.
help-yours = `/privacy export` gives you all of it as a file. `/privacy delete` deletes it. `/privacy typed` sets whether others see your wrong typed answers.
# `modes` lists the modes that one person can play, as they are typed.
help-alone = In a direct message you play alone: { $modes }.
# What answers are worth: a line each.
help-worth-right = **Right**: { $easy } points if it is easy, { $medium } if medium, { $hard } if hard
help-worth-fast = **Fast**: up to half as much again, by Discord's own clock
help-worth-row = **In a row**: { $step } more for each right answer before it, at most { $most }
help-worth-last = **Last question**: double
help-worth-hint = **Hint**: half
help-worth-wrong = **Wrong**: costs nothing
help-worth-modes = In a race only the first right answer scores; a clue ladder counts by clues.
