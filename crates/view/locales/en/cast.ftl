# `typed` is what the member typed.
cast-which = Which “{ $typed }” do you mean?
cast-near = Nothing is called “{ $typed }”. Did you mean one of these?
# Above a menu of other things that the name may have meant.
cast-or = Or did you mean …
cast-showing = Showing **{ $name }** for “{ $typed }”.
cast-showing-near = Nothing is called “{ $typed }”; showing **{ $name }**.
cast-gone = That is no longer in any pack. Try `/cast` with a name.
# Above a menu of names.
cast-look-up = Look up …
# On the page of a character.
cast-plays-in = **{ $person }** in { $work }
# On the page of a person.
cast-in-as = **{ $work }** as { $character }
cast-oscar-for = **{ $work }**, Oscar for { $award }
# On the page of a film: its headings, then its lines.
cast-release = Release
cast-crew = Crew
cast-cast = Cast
cast-direction = Direction
cast-more-cast = More of the cast
cast-oscars = Oscars (main categories)
cast-nominated = Nominated for the Oscar
cast-first-out = First out: **{ $date }**
cast-plays = **{ $person }** as { $character }
# What a company did for the film. A colon and its name follow.
cast-produced = Produced by
cast-distributed = Distributed by
cast-published = Published by
cast-broadcast = Broadcast by
cast-no-actor = No pack says who plays this part.
cast-no-job = No pack lists a part or a job for them.
cast-no-cast = No pack lists a cast or a crew for it.
# A list of sentences follows.
cast-what-is-said = What is said:
cast-maybe-more = There may be more: a longer part of the name narrows it down.
cast-choose = Choose …
cast-nothing-typed = Give me a name to look up: a character, an actor or a film. A part of the name is enough, and small typos do no harm. Or start here:
cast-nothing-found = I found nothing called “{ $typed }”. Try a character, an actor or a film. A part of the name is enough, and small typos do no harm. Or start here:
