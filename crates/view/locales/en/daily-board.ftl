daily-board-empty = Nobody has finished it yet. The first `/daily` takes the lead.
daily-board-not-finished = { $who } has not finished it yet. Play it with `/daily`.
# In the title, after the puzzle's name.
daily-board-all-servers = all servers
daily-board-this-server = this server
# `place` is the rank and the member.
daily-board-line = { $place } · **{ $score }** of { $all }
