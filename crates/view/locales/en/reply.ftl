# The bot's private replies to clicks and to wrong input: one plain sentence each.

# `letter` is the choice's: A to D.
reply-locked-in-choice = Locked in: **{ $letter }** · { $answer }
reply-locked-in-typed = Locked in: “{ $answer }”
reply-paused = Paused. **Resume** is under the last question; after ten minutes the game ends.
reply-pause-comes = The game pauses when this question has closed.
reply-resumed = On we go: the next question comes in a moment.
reply-alone-duel = A duel takes two. Start it in a server that has me, with `opponent`.
# `modes` lists the modes that one person can play, as they are typed.
reply-alone-race = A race needs someone to race against. Start it in a server that has me; here, { $modes } work.
reply-alone-teams = That takes company. Start it in a server that has me; here, { $modes } work.
reply-duel-needs-opponent = Choose whom to challenge with `opponent`.
reply-opponent-without-duel = `opponent` is for duels only. Leave it out, or choose the mode `duel`.
reply-opponent-yourself = You cannot duel yourself. `/quiz` in a direct message with me is for practising.
reply-opponent-bot = Bots do not play: challenge a person.
reply-opponent-elsewhere = That person is not in this server.
reply-not-your-duel = Only the two players can ask for a rematch. Start your own duel with `/quiz mode:duel`.
reply-opponent-gone = I no longer know who your opponent was: their data was deleted. Start a new duel with `/quiz mode:duel`.
reply-skipped = Skipped. On to the next one.
reply-voted = Your vote to skip counts: { $votes } of { $needed }.
reply-sure-to-stop-alone = Stop here? Your points so far count.
reply-sure-to-stop = Stop the game for everyone? The scores so far count.
reply-button-stop = Stop the game
reply-stopped-alone = Stopped. Your points so far count.
reply-stopped = Stopped. The scores so far count.
reply-just-answer = No need to sign up: just answer the next question.
reply-first-answer-choice = Your first answer counts: **{ $letter }** · { $answer }.
reply-first-answer-typed = Your first answer counts: “{ $answer }”.
reply-too-late = Too late: this question is closed.
reply-not-open-yet = One moment, that question has only just arrived. Try again.
reply-game-over = This game is over. Start another with `/quiz`.
reply-no-such-choice = There is no such choice.
reply-voted-already = You have already voted: { $votes } of { $needed } to skip.
reply-already-in = You are already in. Changed your mind? Press **Leave**.
reply-not-playing = Answer a question first; then your vote to skip counts.
reply-not-seated = You are not in this game: it is for those who joined before it began.
reply-out = You have no lives left. Enjoy the show!
reply-lobby-full = This lobby is full.
reply-full = This game has as many players as it can hold. Catch the next one!
reply-one-team = Everyone is on one team. Someone has to switch before you can begin.
reply-starter-stays = You opened this lobby; **Stop** closes it.
reply-begun-already = The game has already begun.
# `opponent`, `starter` and `host` are mentions.
reply-not-invited = Only { $opponent } can accept or decline this challenge.
reply-not-your-lobby = Only { $starter }, who opened this lobby, can begin before its time is up.
reply-nothing-typed = Type at least one letter or digit.
reply-paused-already = The game is already paused, or will be after this question.
reply-not-paused = The game is not paused.
reply-last-question = No need to pause: this is the last question.
reply-not-yours = Only { $starter }, who started this game, or a member who can manage messages can do that.
reply-players-only = In this server only players and members who can manage messages can do that. Answer a question first.
reply-moderators-only = In this server only members who can manage messages can do that.
reply-host-does-not-play = You are the host tonight, and know too much: the host does not play.
reply-not-the-host = Only { $host }, who hosts this game, or a member who can manage messages can do that.
reply-confirmed = The game has moved on: the answers to that question are final.
reply-not-between-questions = Bonus points are given between two questions, once the first has closed.
reply-bonus-given-already = That bonus is already given. Press **Bonus** again to give another.
reply-no-such-player = That member has not played in this game.
reply-bonus-spent = A game has { $max } bonus points at most, and { $left } are left.
reply-stale = That is already done.
reply-game-elsewhere = I cannot reach this game right now. Please try again in a moment.
reply-other-part = Another part of me handles this server, and I cannot reach it from here. The bot's operator has to fix that.
reply-busy-alone = You are in the middle of a game here. Finish it, or press **Stop** under its question.
reply-busy-starter = A game is running in this channel; start another when it is over. If it was forgotten, its starter or a moderator can stop it.
reply-busy-players = A game is running in this channel; start another when it is over. If it was forgotten, any player or a moderator can stop it.
reply-busy-moderators = A game is running in this channel; start another when it is over. If it was forgotten, a moderator can stop it.
reply-already-playing = You are already playing a quiz that only you see. Finish it, or stop it here.
reply-button-stop-other = Stop that one
reply-not-without-bot = That works only in servers that have added me. Everywhere else you can use `/quiz`, `/daily`, `/cast`, `/news` and `/stats`.
reply-no-private-quiz = I cannot run a quiz here. Send me a direct message and use `/quiz` there; everything else works here.
reply-restarting = I am restarting. Please try again in a minute; running games continue on their own.
# The title above `reply-not-stored` and `reply-broken`.
reply-failed = That did not work
# `incident` finds the fault in the log.
reply-not-stored = I could not save that, so it did not count. Please try again in a moment; if it keeps happening, give the bot's operator the code `{ $incident }`.
reply-no-room = I cannot take another game right now. Please try again in a few minutes.
reply-bad-rounds = A game has 1 to { $max } rounds, not { $given }.
reply-bad-seconds = A question stays open for { $min } to { $max } seconds, not { $given }.
reply-unknown-pack = I know no pack called “{ $pack }”. Pick one from the list that appears as you type.
reply-pack-off = The pack “{ $pack }” is switched off in this server. A manager can switch it on with `/packs on`.
reply-no-question = No questions fit that choice. Try another pack or difficulty.
reply-all-rest = Every question that fits is hidden here, because members reported it. Try another pack or difficulty. Managers can see the reports with `/reports`.
reply-unknown-code = No game has the code “{ $code }”. Codes look like K7TQ2M4X; you find them at the start and end of every game.
# `option` is its name as it is typed, such as "topic", or "default-mode" for a setting.
reply-unknown-choice = “{ $value }” is not a valid { $option ->
    [answers] way to answer
    [default-mode] default mode
   *[other] { $option }
}. Pick one from the list.
reply-unknown-interaction = I do not know that one. `/help` shows what I can do.
reply-broken = Something went wrong on my side. Nothing confirmed is lost. Please try again; if it keeps happening, give the bot's operator the code `{ $incident }`.
