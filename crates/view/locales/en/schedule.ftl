# A server's schedule: its entries, and what is posted at their times.

schedule-planned = Scheduled
schedule-role-hint = The role is pinged if I may mention it: it is open to all mentions, or I have the permission *Mention Everyone*.
# `moment` is a date and how far away it is: "Monday, … (in two days)".
schedule-next = Next: { $moment }
schedule-none = Nothing is scheduled here yet. `/schedule add` schedules a quiz, the daily puzzles or the week's board.
schedule-unreadable = An entry that I cannot read, because a newer version of me made it
schedule-title = This server's schedule
# `n` entries of `max`, the most that a server may have.
schedule-footer = { $n } of { $max } · /schedule remove deletes one
schedule-removed = Removed from the schedule.
schedule-unknown-entry = There is no such entry. Pick one from the list as you type.
schedule-full = The schedule is full with { $max } entries. Make room with `/schedule remove`.
schedule-not-allowed = You need the permission to manage the server for that.
schedule-only-in-servers = A schedule belongs to a server: use this command in one.
schedule-bad-time = “{ $typed }” is not a time I understand. Write it like `20:30` or `8:30 pm`.
# The examples have to be understood: see `crates/core/src/schedule/days.rs`.
schedule-bad-days = “{ $typed }” are not days I understand. Write them like `Monday`, `mon, thu`, `weekdays` or `every day`.
schedule-needs-lobby = That mode needs a lobby, and nobody is there to open it. Pick another one for a scheduled quiz.
schedule-role-is-closed = { $role } can only be pinged by members with the permission *Mention Everyone*, so I will not do it for you.
schedule-not-everyone = I ping a role, but never everyone.
schedule-cannot-post = I may not post there. Give me *View Channel*, *Send Messages* (in a thread *Send Messages in Threads*) and *Embed Links*, then schedule it again.
# Suggestions for days. A suggestion is in the middle of the line that is typed.
schedule-suggest-every-day = every day
schedule-suggest-weekdays = weekdays
schedule-suggest-weekend = weekend
schedule-suggest-unreadable = An entry that cannot be read ({ $id })
schedule-host-is-bot = A bot cannot host. Pick a member.
schedule-host-is-elsewhere = That person is not in this server, so they cannot host here.
schedule-quiz-begins = The quiz begins in a minute!
schedule-quiz-hosted = { $host } hosts a quiz here and opens the first question!
# The event in the server's list in Discord; `channel` is a mention.
schedule-event = Film questions for everyone in { $channel }. The quiz is announced at this time, and the first question follows a minute later.
schedule-event-hosted = Film questions for everyone in { $channel }. A member hosts this quiz and opens each question.
schedule-event-coming = 📅 It will also be in this server's list of events.
schedule-event-not-allowed = 📅 Scheduled quizzes are not in this server's list of events: I need the permission *Create Events* for that. Once I have it, use `/schedule list` and I will try again.
schedule-event-full = 📅 This server has as many events as Discord allows, so a scheduled quiz is missing from the list. I try again every hour.
schedule-event-refused = 📅 Discord does not let me create an event for a scheduled quiz. I try again every hour.
# Greetings of the post about the daily puzzles, one for each day of the week.
schedule-greeting-1 = Good day, film people!
schedule-greeting-2 = Lights, camera, questions!
schedule-greeting-3 = Places, everybody: new puzzles are up.
schedule-greeting-4 = The projector is warm. Who goes first?
schedule-greeting-5 = Fresh reels are in!
schedule-greeting-6 = Popcorn for breakfast, anyone?
schedule-greeting-7 = Roll the opening titles!
schedule-five-questions = Five questions
schedule-daily-title = Today's puzzles
schedule-daily = **Five questions**, from easy to hard, and the **film of the day**: six clues to one film. The same for everybody, and only you see how you do.
schedule-daily-footer = New ones come at midnight UTC
# A row of the week's board; `rank` is a medal or a number.
schedule-week-row = { $rank } { $member } · **{ $points }** points
schedule-week-empty = Nobody has scored this week. `/quiz` starts the next one.
schedule-week-title = The week's board
schedule-week-was = This was the week:
# `due` is the time it was planned for, `why` one of the three that follow, `moment` as above.
schedule-missed-quiz = The quiz scheduled for { $due } did not take place: { $why }. Next: { $moment }
schedule-missed-daily = The post about the daily puzzles scheduled for { $due } did not take place: { $why }. Next: { $moment }
schedule-missed-weekly = The week's board scheduled for { $due } did not take place: { $why }. Next: { $moment }
schedule-why-busy = another game was running in this channel
schedule-why-no-questions = there are no questions for it any more
schedule-why-offline = I was offline
# An entry: "**Quiz: Al Pacino, 10 questions** in #films", and below it "Monday at 20:30, Europe/Berlin · pings @quiz".
schedule-entry = **{ $what }** in { $channel }
schedule-pings = pings { $role }
schedule-hosted = hosted by { $host }
schedule-in-thread = in a thread
schedule-has-event = in the server's events
schedule-times = { $days } at { $time }, { $zone }
schedule-every-day = Every day
schedule-weekdays = Weekdays
schedule-weekend = Weekend
schedule-monday = Monday
schedule-tuesday = Tuesday
schedule-wednesday = Wednesday
schedule-thursday = Thursday
schedule-friday = Friday
schedule-saturday = Saturday
schedule-sunday = Sunday
schedule-daily-puzzles = Daily puzzles
schedule-weeks-board = Week's board
schedule-quiz = Quiz
# `details` are the subject, the packs, the length and the mode, as many as are set.
schedule-quiz-of = Quiz: { $details }
# What happened to an entry on `day`.
schedule-last-done = Last time, { $day }: it took place.
schedule-last-missed = Last time, { $day }: skipped, because I was more than { $minutes } minutes late.
schedule-last-busy = Last time, { $day }: skipped, because a game was running in the channel.
schedule-last-no-questions = Last time, { $day }: skipped, because there are no questions for it.
schedule-last-not-allowed = Last time, { $day }: skipped: `/settings` allows no quizzes in that channel.
schedule-last-unreachable = Last time, { $day }: **I could not post there.** Check my permissions.
schedule-last-interrupted = Last time, { $day }: I was restarted in the middle, so it may be missing.
