# "Play these again": a member's misses of one game, asked again. They alone read it.

revenge-footer = No clock, no points: just you and the ones that got away.
revenge-right = ✅ **{ $answer }** · got it this time
revenge-wrong = ❌ It was **{ $letter } · { $answer }**
revenge-next = Next
revenge-once-more = Once more
revenge-all = { $right } of { $all }: revenge is yours.
revenge-none = They got away again. There is always a sequel.
revenge-some = { $right } of { $all } this time.
revenge-result = Revenge
revenge-title = Revenge · { $number } of { $all }
revenge-begin = Play these again
revenge-nothing = There is nothing left to replay from that game.
