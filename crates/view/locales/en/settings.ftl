# The replies to `/settings`: the settings, the changes, and the refusals.

settings-title = Settings of this server
settings-for-a-quiz = A quiz, unless its starter chooses otherwise
settings-for-all = Every quiz here
settings-unchanged = No change: it was already set that way.
settings-changed = Settings changed
settings-running-games = Running games keep their questions and their time.
settings-rights-missing = ⚠️ I may not post in { $channel } yet. There I need *View Channel*, *Send Messages* (in a thread *Send Messages in Threads*) and *Embed Links*.
settings-rights-unknown = I cannot see from here whether I may post in { $channel }. There I need *View Channel*, *Send Messages* (in a thread *Send Messages in Threads*) and *Embed Links*.
# `pack` is a pack's id.
settings-pack-gone = `{ $pack }`, which is no longer here
# `packs` are packs that are all gone, each like the text above.
settings-packs-all-gone = { $packs }, so all packs
# A setting's name and value. The names follow, each with its values.
settings-line = **{ $name }**: { $value }
settings-change = **{ $name }**: { $before } → { $after }
settings-packs = Packs
settings-about = About
settings-about-anything = anything
settings-about-too-few = { $subject }, which has too few questions now, so anything
settings-rounds = Rounds
settings-seconds = Seconds
settings-difficulty = Difficulty
settings-difficulty-any = any
settings-answers = Answers
settings-answers-buttons = buttons
settings-answers-typed = typed
settings-mode = Mode
settings-packs-off = Packs switched off
settings-packs-off-none = none
settings-channels = Channels
settings-channels-all = everywhere
# `named` are channels, with commas between them.
settings-channels-more = { $named } and { $more } more
settings-threads = Threads
settings-threads-on = one for each quiz
settings-threads-off = off: quizzes are played in the channel
settings-starters = Started by
settings-starters-all = everyone
# `roles` is one role, or several: "A, B or C".
settings-starters-roles = { $roles }, and managers
settings-roles-or = { $others } or { $last }
settings-pause = Pause between two quizzes
settings-pause-none = none
# `time` is "90 seconds" or "5 minutes".
settings-pause-member = { $time } per member
settings-pause-channel = { $time } per channel
settings-zone = Time zone
settings-zone-now = { $zone }, { $time } now
settings-language = Language
settings-language-discord = the server's language in Discord
settings-steering = Pause and stop
settings-steering-starter = the starter, and members who can manage messages
settings-steering-players = any player, and members who can manage messages
settings-steering-moderators = only members who can manage messages
settings-extended-time = Extended time
settings-extended-time-none = none
# "1.5×, so that 20 seconds become 30"
settings-extended-time-factor = { $factor }, so that { $seconds } seconds become { $stretched }
settings-reports = Hide a question after
settings-reports-members = { $n ->
    [one] 1 member's report
   *[other] the reports of { $n } members
}
settings-typed = Wrong typed answers
settings-typed-shown = shown at the reveal, except for members who opted out (`/privacy typed`)
settings-typed-hidden = never shown to others
# The refusals.
settings-not-here = Quizzes are not allowed in this channel. Start one in { $channels }.
settings-not-a-starter = Only managers and members with { $roles } start quizzes here. Ask one of them; everybody may play.
# `then` is a time, such as "in two minutes".
settings-too-soon-member = You started a quiz here not long ago. You can start the next one { $then }.
settings-too-soon-channel = This channel had a quiz not long ago. The next one can start { $then }.
settings-too-many-starters = The list is full with { $max } roles. `/settings starters everyone` lets everybody start quizzes.
settings-not-named = { $role } is not among the roles that start quizzes: `/settings show` lists them.
settings-last-starter = That is the only role that starts quizzes. Add another first, or let everybody start quizzes with `/settings starters everyone`.
settings-everyone-is-no-role = Everybody has that role: use `/settings starters everyone`.
settings-bad-pause = The pause between two quizzes is 0 to { $max } seconds.
settings-too-many-channels = The list is full with { $max } channels. `/settings channels everywhere` allows all of them.
settings-all-allowed = Quizzes are allowed everywhere. Use `/settings channels allow` to choose channels; quizzes are then forbidden in all others.
settings-last-channel = That is the only channel where quizzes are allowed. Allow another first, or `/settings channels everywhere`. To forbid quizzes entirely, disable `/quiz` under Server Settings → Integrations.
settings-bad-reports = Choose a number from 1 to { $max } members.
settings-nothing-named = Choose at least one option to change, for example `/settings set rounds:15`.
# `like` names one to three time zones.
settings-unknown-zone = I know no time zone called “{ $typed }”. Pick one from the list that appears as you type, like { $like }.
settings-not-allowed = You need the permission to manage the server to change settings.
settings-only-in-servers = Settings belong to a server: use this command in one.
# A suggestion: "Europe/Berlin · UTC+2 · 14:00 now".
settings-zone-suggested = { $zone } · { $offset } · { $time } now
