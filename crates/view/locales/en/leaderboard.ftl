leaderboard-not-on-it = { $who } is not on this board yet. `/quiz` changes that.
# Buttons, and what comes with the files they make.
leaderboard-save = Save as CSV
leaderboard-save-games = Games as CSV
leaderboard-file = The board as a file, with at most a thousand places. Only you see it.
leaderboard-games-file = This server's latest games as a file, at most two hundred. Only you see it.
leaderboard-not-a-manager = Only members who may manage this server can save its tables.
leaderboard-zone = time zone { $zone }
# The title of a board; the period follows: "Leaderboard of this server · this week".
leaderboard-of-all = Leaderboard of all servers
leaderboard-of-this = Leaderboard of this server
leaderboard-today = today
leaderboard-week = this week
leaderboard-month = this month
leaderboard-all-time = all time
leaderboard-empty-today = Nobody has scored today. The first `/quiz` takes the lead.
leaderboard-empty-week = Nobody has scored this week. The first `/quiz` takes the lead.
leaderboard-empty-month = Nobody has scored this month. The first `/quiz` takes the lead.
leaderboard-empty = Nobody has scored yet. The first `/quiz` takes the lead.
# `place` is the rank and the member.
leaderboard-line = { $place } · **{ $points }** points · { $right } of { $answered } right
leaderboard-season = Season { $name }
# Above the menu of boards.
leaderboard-another = Another board
leaderboard-all-servers = All servers
leaderboard-this-server = This server
# Buttons that turn pages.
leaderboard-higher = Higher ranks
leaderboard-lower = Lower ranks
# The name of the board's file; `period` is `today`, `week`, `month` or `all`.
leaderboard-file-name = leaderboard-{ $period }.csv
# Its columns.
leaderboard-column-place = place
leaderboard-column-member = member
leaderboard-column-points = points
leaderboard-column-right = right
leaderboard-column-answered = answered
leaderboard-games-file-name = games.csv
