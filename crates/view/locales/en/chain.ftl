# Films are named as "Heat (1995)". `is_known` is "yes" if the film has a name, "no" if no pack has
# it any more.

# After the length of a chain: "7 films · the longest here so far".
chain-on-record = the longest here so far
chain-missed = **{ $film }** would have followed, with { $actor }.
chain-missed-none = I know of no film that would have followed, either.
# `last` is the member who named the last film.
chain-full = 🏁 **{ $n } films: no chain can get longer.** Bravo! { $last } named the last one{ $is_known ->
    [yes] , **{ $film }**
   *[no] {""}
}.
chain-duel-won = ⏰ **Time is up after { $n ->
    [one] 1 film
   *[other] { $n } films
}.** { $rival } had nothing to follow { $is_known ->
    [yes] **{ $film }**
   *[no] the last film
}: { $last } wins the duel!
chain-not-followed = ⏰ **Time is up.** Nobody followed { $is_known ->
    [yes] **{ $film }**
   *[no] the last film
} by { $last }. `/chain` starts another chain.
chain-won = ⏰ **Time is up after { $n } films.** { $last } named the last one{ $is_known ->
    [yes] , **{ $film }**,
   *[no] {""}
} and wins!
chain-new-record = The longest chain of this server so far.
chain-ties-record = That ties the record here.
chain-record = The record here: { $n } films.
chain-starts = { $who } starts a chain with **{ $film }**.
# `time` is "3rd".
chain-linked-last = Linked by { $actor }, for the { $time } and last time.
chain-linked-by = Linked by { $actor }.
# `until` counts down: "in 20 seconds".
chain-next = Next: { $who }. Name a film with one of its actors: `/chain film:` · time is up { $until }
chain-next-anybody = Next: anybody but { $last }. Name a film with one of its actors: `/chain film:` · time is up { $until }
chain-not-your-turn = You named the last film, { $is_known ->
    [yes] **{ $before }**
   *[no] the last film
}. Now it is someone else's turn.
chain-not-your-duel = Two others are in a duel here. Start the next chain when they are done.
chain-named = **{ $film }** is in this chain already. Quick, another one!
chain-apart = I know of no actor who is in both { $is_known ->
    [yes] **{ $before }**
   *[no] the last film
} and **{ $film }**. Try another one!
chain-worn-out = The actors in both { $is_known ->
    [yes] **{ $before }**
   *[no] the last film
} and **{ $film }** have linked { $most } times each. Try another film!
chain-no-longer = { $n } films: a chain cannot get any longer. Well played, all of you!
chain-too-slow = Someone was faster. Check the newest film and try again!
chain-unknown = I know no film called “{ $typed }”. Pick one from the list as you type.
chain-no-rival = For a duel, pick another member of this server.
chain-duel-on = Two members are in a duel here. Start yours when they are done.
chain-on = A chain is running here. Leave `opponent` out and join it!
