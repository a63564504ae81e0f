# Buttons. The first one is on other pages of the film, the second in messages of the five questions.
daily-film-todays = Today's film
daily-film-offer = 🎬 Film of the day
daily-film-past = Past films
daily-film-name = Film of the day #{ $number }
# A clue follows.
daily-film-not = Not **{ $title }**. Here is another clue:
daily-film-repeated = You tried that one already, so it costs nothing.
# "Guess" is the button.
daily-film-how-to-guess = Press **Guess**, or use `/daily guess:`, which lists titles as you type.
daily-film-how-to-guess-for-fun = Press **Guess** when you know.
# Buttons.
daily-film-guess = Guess
daily-film-give-up = Give up
daily-film-next-clue = Next clue
daily-film-private-last = Only you see this · the last guess
daily-film-private = Only you see this
# In the title, after `daily-film-name`.
daily-film-clue-of = clue { $clue } of { $clues }
# The form for a guess: its label, what the field is for, and above a list.
daily-film-box-label = Which film is it?
daily-film-box-title = Its title
daily-film-box-clues = The clues so far
daily-film-rules-past = The film of { $date }. Six clues, from hard to easy, and a miss opens the next one. Past films are just for fun: no rank, no streak.
# `when` counts down: "in 3 hours".
daily-film-rules = Six clues to one film, from hard to easy. A miss opens the next one. The next film comes { $when }.
# `titles` are the wrong guesses: "Alien (1979) · Heat (1995)".
daily-film-tried = Not { $titles }
# `film` includes its year: "**Heat** (1995)".
daily-film-it-was = It was { $film }.
daily-film-first-clue = { $film }, with the very first clue!
daily-film-found = { $film }! You got it on clue { $clue }.
# `when` counts down: "in 3 hours".
daily-film-next = The next film comes { $when }.
# Buttons.
daily-film-share = Share here
daily-film-play = Play today's
daily-film-sharing = Sharing reveals neither the film nor any clue.
daily-film-for-fun = A past film, just for fun: no rank, no streak.
daily-film-rank = Rank **{ $rank }** of { $players } here today
daily-film-days-bold = **{ $days }** days in a row
# A score, or how many found it there: "clue 3 ████ 4".
daily-film-not-found = not found
daily-film-clue = clue { $clue }
daily-film-how-it-went = How it went here
# A score: the clue on which it was found, and how many there are.
daily-film-score = { $clue } of { $clues }
# A result for the whole channel.
daily-film-found-it = { $who } found it with { $n ->
    [one] 1 clue
   *[other] { $n } clues
}
daily-film-not-found-it = { $who } did not find it
daily-film-not-finished = Finish first: find the film, or use up the clues. Then you can share it.
daily-film-unknown = I know no film called “{ $title }”, so that cost you nothing. `/daily guess:` lists titles as you type.
