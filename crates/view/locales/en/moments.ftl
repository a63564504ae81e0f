# A line at a reveal, when something special happened. Each text is a list: one line for each way to
# say it, at least three. A game takes them in turn, so a list may be longer or shorter than here.
# `user` and `other` are mentions.

# None of `n` members was right.
moments-nobody =
    Nobody had that one.
    A clean miss, all round.
    The question wins this round.
    Nought out of { $n }. Ouch.
    Not one right answer. The question takes a bow.
    That one ends up on the cutting-room floor.
    { $n } answers, { $n } misses. Blame the writers.
    Tumbleweed rolls past: nobody knew.
# All of `n` members gave the same wrong answer.
moments-trap =
    Unanimous, and wrong: { $answer }.
    All { $n } walked into the same trap: { $answer }.
    { $answer }, said everybody. Great minds.
    One decoy, { $n } victims: { $answer }.
    { $answer } should have been right, by popular vote.
# Only one of several was right.
moments-sole =
    Only { $user } knew.
    { $user } and nobody else.
    One right answer, and it was { $user }'s.
    { $user } against the room, and the room was wrong.
    A solo from { $user }.
    { $user }, party of one.
    The spotlight is on { $user }, the only one who had it.
    Everybody missed it. Well, everybody but { $user }.
# Right just before the time was up. `left` is "0.4 s".
moments-just-in-time =
    { $user }, with { $left } on the clock.
    { $user } got it with { $left } to go.
    { $left } left, and { $user } had it.
    { $user } cuts the right wire with { $left } to spare.
    { $user } likes a dramatic entrance: { $left } left.
    In the nick of time: { $user }, { $left } before the end.
# `user` was faster than `other` by almost nothing. `gap` is "0.08 s".
moments-photo-finish =
    Photo finish: { $user } beats { $other } by { $gap }.
    { $gap } between { $user } and { $other }.
    { $user } by a whisker: { $other } was { $gap } behind.
    { $other } blinked, and { $user } was { $gap } ahead.
    Roll the slow motion: { $user } before { $other }, by { $gap }.
# A time below a second: "0.08 s".
moments-gap = 0.{ $hundredths } s
# The two fastest were equally fast.
moments-dead-heat =
    A dead heat: { $user } and { $other }, to the hundredth of a second.
    { $user } and { $other } pressed as one.
    Same hundredth of a second: { $user } and { $other }. Rehearsed?
# A new leader.
moments-lead =
    { $user } takes the lead.
    A new name on top: { $user }.
    { $user } gets top billing.
    Change at the top: enter { $user }.
    { $user } moves into the director's chair.
    Plot twist: { $user } leads.
    Make way for { $user }, out in front.
# All of `n` members were right.
moments-everybody =
    Everybody knew. Too easy for this room.
    A full house: all { $n } right.
    Not a single slip.
    All { $n } of them. Show-offs.
    Nobody missed it. Suspicious.
    A standing ovation for all { $n }.
    Right across the board.
# Up `n` places at once, at least three.
moments-climb =
    { $user } jumps { $n } places.
    Up { $n } places in one go: { $user }.
    { $user } comes through the field, { $n } places up.
    { $n } places at once. { $user } has woken up.
# Right `n` times in a row, at least five.
moments-streak =
    { $user } has not missed in { $n } questions.
    { $n } in a row now for { $user }.
    { $user } is on a run of { $n }.
    { $n } straight for { $user }. Somebody stop this.
    { $user }: { $n } and counting.
    That makes { $n } for { $user }, without a miss.
