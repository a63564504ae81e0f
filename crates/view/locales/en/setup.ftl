# `/quiz` without options: a panel with menus and a start button.

setup-title = What shall we play?
# `rule` is how to win the chosen mode, in a sentence.
setup-choose =
    { $rule }

    {""}**Start now**, or choose first.
setup-choose-or-duel =
    { $rule }

    {""}**Start now**, or choose first. A duel begins with `/quiz opponent:`.
setup-start = Start now
# Starts the game with the member who presses it as its host.
setup-host = Start as host
setup-mode = Mode
setup-length = Length
setup-about = About
