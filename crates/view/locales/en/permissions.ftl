# `/settings check`: what the bot may do in a channel, and what each permission is for.

# The names of the permissions, as Discord's own settings call them.
permissions-view-channel = View Channel
permissions-send-messages = Send Messages
permissions-send-in-threads = Send Messages in Threads
permissions-embed-links = Embed Links
permissions-attach-files = Attach Files
permissions-create-threads = Create Public Threads
permissions-mention-everyone = Mention @everyone, @here and All Roles
permissions-create-events = Create Events
permissions-manage-roles = Manage Roles
# What each is for. It follows a colon, and a full stop follows it.
permissions-to-view-channel = to play here at all
permissions-to-post-here = to post questions and results, including scheduled ones. Without it a quiz can only reply to clicks, and ends when nobody clicks for a quarter of an hour
permissions-to-post-in-channels = to post in channels; in a thread it has no effect
permissions-to-post-in-threads = to play in threads
permissions-to-embed-links = to show questions, reveals and boards
permissions-to-attach-files = for the cards of quizzes and `/stats`. Without it you get only the text
permissions-to-create-threads = to give each quiz its own thread
permissions-to-mention-everyone = for scheduled posts with a role that not everybody may ping. Without it the role is named but not pinged
permissions-to-create-events = to put scheduled quizzes in this server's list of events
permissions-to-manage-roles = for the role of a season's winners, which must be below my own
permissions-held = ✅ **{ $name }**: { $purpose }.
permissions-missing = ❌ **{ $name }** is missing: { $purpose }.
permissions-may-post = I may post here.
permissions-allowed = Quizzes are allowed in this channel.
permissions-not-allowed = Quizzes are not played in this channel: `/settings channels allow` changes that.
permissions-title = What I may do in this channel
permissions-needed = Needed
permissions-optional = Nice to have
permissions-where = Edit Channel → Permissions changes them for this channel, Server Settings → Roles for all.
permissions-warning = ⚠️ { $warning } `/settings check` says what each permission is for.
# `names` lists permissions: "**Send Messages** and **Embed Links**".
permissions-cannot-post = I may not post in this channel: I need { $names }.
