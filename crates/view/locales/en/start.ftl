# The announcement of a game that begins.

start-first-question = First question { $when }.
start-secret = Answers stay secret until the reveal.
start-few = That is every question I have on this.
