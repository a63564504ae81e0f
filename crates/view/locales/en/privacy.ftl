# `/privacy`: a member's own data, downloaded or deleted.

privacy-exported = Here is everything I store about you, as a file. Only you see this.
# The bold words are those on the button, `privacy-older`.
privacy-exported-in-part =
    Here is everything I store about you, as a file. Only you see this.
    It did not all fit: **Older games** sends the next file.
privacy-older = Older games
privacy-confirm-title = Delete everything I store about you?
privacy-confirm =
    This deletes your answers, your points and places on every board and in every season, your daily puzzles and your reports, in every server. It cannot be undone. Games that you played with others stay, with a nameless player in your place. Packs that you added stay with their servers, without your name.

    What I posted in channels stays in Discord. `/privacy export` gives you a copy of your data first.
privacy-confirm-valid = Valid for a quarter of an hour.
privacy-delete = Delete everything
privacy-keep = Keep it
privacy-deleted = Done: nothing about you is stored any more. If you play again, you start from scratch.
privacy-kept = Nothing was deleted.
# `games` lists the channels of the games, and maybe `privacy-playing-alone`.
privacy-playing = Nothing was deleted: you are in a game that is still running ({ $games }). Finish it, or have it stopped, then try again.
privacy-playing-alone = one that only you see; `/quiz` lets you stop it
privacy-typed-shown = Your wrong typed answers may be shown at the reveal, if the server allows it.
privacy-typed-hidden = No reveal shows your wrong typed answers from now on. Where a game has a host, only the host reads them, without your name.
privacy-expired = Nothing was deleted: the confirmation has expired. Use `/privacy delete` again.
privacy-not-yours = That button is about somebody else's data. Use `/privacy` for yours.
# The name of the file with a member's data, and what it says at the top.
privacy-file-name = heat-check-my-data.json
privacy-about-export = What Heat Check has stored about you. Ids are Discord's; times are UTC. For a question that is still open, only your answer is included.
