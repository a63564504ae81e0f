# Faults of a pack, each with how to fix it. They follow the place in the file, as in
# "questions[3].answer: the text is empty; fill it in, or leave the field out", or at a field of the form
# in which members write questions. Words in quotation marks or backticks are typed as they are.

# Variables: `file` is the name of the file, `path` the place in it, `says` one of the texts below.
faults-of-file = { $file }: { $says }
faults-at = { $file }: { $path }: { $says }
faults-on-line = { $file }: line { $line }: { $path }: { $says }

faults-document-too-long = the document is { $bytes } bytes long; keep to at most { $max }
faults-is-table = this is a table, not a pack; turn it into a pack with `heat-check packs import`, or give the file itself to /packs add
faults-is-yaml = this is a YAML list, not a pack; turn it into a pack with `heat-check packs import`, or give the file itself to /packs add
faults-is-opentdb = this is a file of the Open Trivia Database, not a pack; turn it into a pack with `heat-check packs import`
# `says` is one of the texts of `json`.
faults-not-json = this is not JSON: { $says }
faults-not-an-object = the document is not a JSON object; write one object with id, title, description and facts or questions
faults-nothing-in-it = the pack has no facts and no questions; add some
faults-no-questions = the pack has no questions; write some, or add more facts of one kind
faults-pack-full = the pack is full at { $max } bytes; start another one

faults-unknown-pack-field = no such field in a pack; use only { $known }
faults-unknown-fact-field = no such field in an entry of this kind; correct its name or leave it out
faults-field-missing = this text is missing; add "{ $field }": "…" at the top of the document
faults-not-a-list = this is not a list; write [ … ]
faults-too-many-entries = it has { $count } entries, which is too many; keep at most { $max }

faults-invisible = the text contains the invisible character U+{ $code }; remove it
faults-too-many-marks = a letter has more than { $max } combining marks; remove the marks
faults-space-at-end = the text begins or ends with a space; remove it
faults-empty = the text is empty; fill it in, or leave the field out
faults-too-long = the text has { $length } characters; shorten it to { $max } characters
faults-letters-in-emoji = the emoji contain letters; use only emoji

faults-bad-id = "{ $id }" is not a well-formed id; use 1 to { $max } lower-case letters, digits and hyphens
faults-id-twice = the id "{ $id }" is used twice in this list; choose another id, or merge the two
faults-pack-id-used = the pack id "{ $id }" is already used in pack "{ $pack }"; choose another id
faults-fact-id-used = the fact id "{ $id }" is already used in pack "{ $pack }"; choose another id
faults-question-id-used = the question id "{ $id }" is already used in pack "{ $pack }"; choose another id
faults-pack-id-taken = the id "{ $id }" is taken; choose another id
faults-fact-id-taken = the fact id "{ $id }" is taken; choose another id
faults-question-id-taken = the question id "{ $id }" is taken; choose another id
faults-too-many-facts = { $facts } facts is too many for a server's pack; keep at most { $max }, or ask the operator to load the pack

faults-bad-url = "{ $url }" is not a web address; write https://… without spaces, at most { $max } characters
faults-name-shared = "{ $name }" also names "{ $other }"; let only one of the two have this name or alias
faults-only-for-people = only people have this; leave it out
faults-only-for-works = only works have this; leave it out
faults-work-with-pronoun = works have no pronoun; leave it out
faults-unknown-form = "{ $form }" is not a form of a work; use one of: { $known }
faults-unlikely-year-of-work = { $year } is not a plausible year of release; write the year with four digits
faults-unlikely-year-of-film = { $year } is not a plausible year of a film; write the year with four digits
faults-bad-fame = { $fame } is not a valid fame; write 1 (few know it) to 5 (nearly everybody does)
faults-cast-twice = "{ $name }" appears here twice; put all parts in one line: "Name = Part / Part"
faults-award-for-nobody = the award names no film and no person; name them in "film" or "people"
# `entity` is a kind and an id, as in work:heat.
faults-named-otherwise = another pack also declares { $entity }, but names it "{ $known }" instead of "{ $other }"; give both the same name, form and year, or this one another id
# `known` and `other` are years, or faults-no-year.
faults-year-otherwise = another pack also declares { $entity }, but has the year { $known } instead of { $other }; give both the same name, form and year, or this one another id
faults-form-otherwise = another pack also declares { $entity }, but has the form "{ $known }" instead of "{ $other }"; give both the same name, form and year, or this one another id
faults-film-year-otherwise = the work "{ $film }" has the year { $other } elsewhere; give both the same year, or this one another id
faults-no-year = none

faults-unknown-caveat = "{ $id }" is not another fact of this pack; name a fact's id
faults-unknown-entity = the pack declares no { $entity }; add it to the list of its kind, or correct the id
faults-unknown-source = the pack declares no source "{ $id }"; add it to "sources", or correct the id
faults-unknown-fact = the pack states no fact "{ $id }"; add the fact, or correct the id
faults-no-citation = the fact has no citation; say in "cites" which source states it
faults-counts-from-one = paragraphs and sentences start at 1, not 0; count paragraphs and sentences from 1
faults-no-paragraph = the sentence has no paragraph; add "paragraph"
faults-ends-before-start = the last sentence comes before the first; make "sentence" the first and "sentence_end" the last
faults-bad-date = "{ $date }" is not a date; write 1995, 1995-12 or 1995-12-15
faults-unknown-role = "{ $role }" is not a role of a company; use one of: { $known }

faults-few-wrong-answers = { $count } wrong answers are not enough; write at least { $min }
faults-right-as-wrong = "{ $text }" is the right answer; replace it with a wrong one
faults-wrong-twice = "{ $text }" appears here twice; replace it with another one
faults-no-ground = the question has no fact and no reason; name a fact in "facts", or say in "reason" why the answer is right
faults-asks-opinion = the fact "{ $id }" is an opinion; remove the question, or base it on another fact
faults-asks-rumour = the fact "{ $id }" is a rumour; remove the question, or base it on another fact
faults-asks-excluded = the fact "{ $id }" is excluded from questions; remove the question, or base it on another fact

# What is unfair, and how to fix it.
faults-unfair = { $what }; { $mend }
