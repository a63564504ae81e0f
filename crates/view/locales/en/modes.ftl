# The modes of a game, by the names that members type: what each is called, alone and within a sentence
# or a list; its label as a choice of `/quiz`; and how to win it. A mode with a rule of its own for a
# lone player has an `-alone` as well.

modes-name-classic = Classic
modes-in-sentence-classic = classic
modes-choice-classic = classic: points for correct and fast answers
modes-rule-classic = Everyone answers in secret; points for correct and fast answers.

modes-name-race = Race
modes-in-sentence-race = race
modes-choice-race = race: the first right answer wins it
modes-rule-race = The first right answer wins the question, by Discord's own clock. One try each.

modes-name-elimination = Elimination
modes-in-sentence-elimination = elimination
modes-choice-elimination = elimination: three lives
modes-rule-elimination = Three lives each; a wrong or missing answer costs one. The last one standing wins. If several are left, lives decide, then points.
modes-rule-elimination-alone = You have three lives; a wrong or missing answer costs one. How far do you get?

modes-name-sudden-death = Sudden death
modes-in-sentence-sudden-death = sudden death
modes-choice-sudden-death = sudden death: one life
modes-rule-sudden-death = One wrong or missing answer and you are out, unless everyone misses it. The last one standing wins. If several are left, points decide.
modes-rule-sudden-death-alone = One wrong or missing answer and it is over. How far do you get?

modes-name-ladder = Clue ladder
modes-in-sentence-ladder = clue ladder
modes-choice-ladder = ladder: guess the film, clue by clue
modes-rule-ladder = One film per question, six clues from hard to easy: 300 points on the first, 50 fewer with each new one. One try each: dare early, or wait.

modes-name-teams = Teams
modes-in-sentence-teams = teams
modes-choice-teams = teams: two to eight, the fastest right answer of each
modes-rule-teams = Two to eight teams; the fastest right answer of each scores. Every team has as many tries as the smallest has members, so a bigger team has no head start.

modes-name-duel = Duel
modes-in-sentence-duel = duel
modes-choice-duel = duel: you against one opponent
modes-rule-duel = One on one; most points win.
