stats-rank-here = rank { $rank } of { $players } here
stats-rank-in-all = rank { $rank } of { $players } in all servers
# After or below a number.
stats-points = points
stats-right-by-topic = Right answers by topic
# The figures: what each is, then a note that follows its number.
# `best` is a time or a number of days.
stats-at-best = { $best } at best
stats-none-right = none right yet
stats-right-answers = Right answers
stats-games-won = Games won
stats-played = { $games } played
stats-best-streak = Best streak
stats-now = { $streak } now
stats-typical-speed = Typical speed
stats-daily-streak = Daily streak
stats-of = { $right } of { $answered }
# Topics of questions.
stats-topic-cast = Cast
stats-topic-casting = Casting
stats-topic-crew = Crew
stats-topic-story = Story
stats-topic-production = Production
stats-topic-places = Places
stats-topic-origins = Origins
stats-topic-release = Release
stats-topic-novel = The novel
stats-topic-studio = Studio
stats-topic-career = Careers
stats-topic-other = Other
stats-badges = Badges
stats-by-topic = By topic
stats-title = Stats of { $name }
stats-footer = All games in all servers. Questions count once revealed.
# What the picture says, for those who cannot see it. `content` begins with the member's name.
stats-alt = Stats card of { $content }.
stats-nothing-yet = You have no stats yet: they start with your first answer. Start a game with `/quiz`.
stats-nothing-of = { $who } has not answered a question yet.
stats-bot = Bots do not play, so they have no stats.
stats-elsewhere = That person is not in this server.
stats-direct-message = Here I only show your own stats. For those of others, ask in a server you share.
