# A server's seasons: what is said when one opens and closes, its board, and the hall of fame.

season-opened-title = Season { $name } is open
season-opened = From now on every answer in this server counts for it. `/leaderboard period:this season` shows who leads.
# `winners` is how many get the role.
season-prize = { $winners ->
    [one] Its winner gets { $role }, until the next season closes.
   *[other] Its first { $winners } get { $role }, until the next season closes.
}
# A role that winners cannot be given.
season-role-managed = { $role } cannot be given to anybody: it belongs to a bot, to a subscription or to everyone. Pick another role.
season-role-bot-may-not = To give a role I need the permission *Manage Roles* in this server. Grant it to me, or open the season without a role.
season-role-above-bot = { $role } is above my own role, and Discord lets me give only roles below it. Move mine up in *Server Settings → Roles*, or pick another.
season-role-member-may-not = You could not give { $role } yourself, so I will not do it for you: that takes *Manage Roles* and a higher role of your own.
season-role-more-powerful = { $role } may do more than you may, so I will not give it away. Pick a role without those permissions.
# A winner who does not get the role, or keeps it; `why` is one of the four that follow.
season-role-not-given = { $member } does not get { $role } from me: { $why }.
season-role-not-taken = I could not take { $role } from { $member }: { $why }.
season-why-not-allowed = I lack *Manage Roles*, or the role is not below mine
season-why-member-gone = they have left the server
season-why-role-gone = the role is gone
season-why-other = Discord refused it
season-roles-more = … and { $n } more.
season-roles-by-hand = Members who manage roles here can change these by hand.
season-roles-title = About the winners' role
season-already-open = Season **{ $name }** has been open since { $since }. `/season close` ends it; then the next one can begin.
season-none-open = No season is open here. A manager of this server can open one with `/season open`.
season-none-yet = This server has had no season yet. `/season open` starts the first one.
season-unknown = I know no season “{ $typed }” here. Pick one from the list that comes up as you type.
season-gone = I no longer have that season: I keep a server's last { $max }.
season-not-allowed = You need the permission to manage the server to open or close a season. `/season show` and `/season hall` are for everybody.
season-only-in-servers = A season belongs to a server: use this command in one.
season-bad-name = A season needs a name with letters or digits, { $max } characters at most: *Autumn 2026*, say.
season-closing = Season **{ $name }** is closed. I am posting the final standings in this channel.
season-announced-empty = Nobody answered a question in it. The next one is better!
season-over = Season { $name } is over
season-final-standing = Final standings
# On the card.
season-right = { $correct } of { $answered } right
# `players` is a count, such as "12 players".
season-card-subject = Final standings · { $players }
season-role-goes-to = { $role } goes to { $winners }.
# On the board.
season-nobody-yet = Nobody has scored in this season yet. The first `/quiz` takes the lead.
season-nobody-answered = Nobody answered a question in it.
season-not-in-it = { $member } is not in this season yet. `/quiz` changes that.
season-title = Season { $name }
season-board-footer = { $players } · page { $page } of { $pages }
season-hall-empty = The hall of fame is still empty: **{ $name }**, the first season of this server, is being played.
season-hall-nobody = nobody played
# `shown` seasons of `all`.
season-hall-last = The last { $shown } of { $all } seasons · /season show has each
season-hall = Hall of fame
season-suggested-open = { $name } · open
season-hall-row = { $rank } { $member } · { $points } points
season-span = { $from } to { $to }
season-since = Since { $from }
