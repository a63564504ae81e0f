# Why a file or a row of it is not imported, and notes about what is.

# Places in a file.
imports-line = { $file }: line { $line }
imports-result = { $file }: results[{ $at }]

# A whole file that cannot be read, after its name.
imports-unreadable = { $file }: { $says }
imports-too-long = the file has { $bytes } bytes; split it into files of at most { $max }
imports-pack-among-others = it contains a whole pack; import it on its own
# `says` is one of the texts of `json`.
imports-not-json = this is not valid JSON: { $says }
# `code` is what the Open Trivia Database answered.
imports-none-held = { $code ->
    [1] the file holds no questions: the database has fewer than were requested; request fewer
    [2] the file holds no questions: the request was wrong; request them again
    [3] the file holds no questions: the session token is unknown; request them again
    [4] the file holds no questions: the session has already seen all of them; request them again
    [5] the file holds no questions: the requests came too fast; request them again
   *[other] the file holds no questions: the database refused; request them again
}
imports-no-results = there is no list called "results"; use a file from opentdb.com, or see `packs check` for a pack
imports-not-results = this is not a list of questions; use a file from opentdb.com

imports-unknown-header = the first line names the columns { $columns }; add a first line that names the columns: question, answer, wrong1, wrong2, wrong3, accept, difficulty, topic, reason, source, url
imports-no-rows = there is no question below the line of column names; add one per line
imports-empty = the file is empty; write the names of the columns, and below them one question per line
imports-quote-open = line { $line }: a quotation mark is opened and never closed; close it at the end of its cell; inside such a cell, write a quotation mark twice ("")
imports-quote-inside = line { $line }: a quotation mark is opened, and the one that closes it on line { $closed } is in the middle of a cell; close it at the end of its cell; inside such a cell, write a quotation mark twice ("")
imports-quote-behind-space = line { $line }: there is a space before a quotation mark that opens a cell; remove the space between the separator and the mark
imports-too-many-columns = the first line names { $columns } columns; keep at most { $max }
imports-column-twice = the first line names the column "{ $column }" twice, as columns { $first } and { $second }; rename or remove one of them
# `says` is the reader's own message, in English.
imports-not-csv = this is not CSV: { $says }; save it as CSV in UTF-8

imports-long-row = line { $line }: it has more cells than the first line names; put a text with a comma in quotation marks
imports-pack-twice = line { $line }: a second row of the entry "pack"; keep one of the two
imports-unknown-entry = line { $line }: "{ $entry }" is not a kind of entry; use pack, { $known }
imports-unknown-column = line { $line }: rows of this entry have no column "{ $column }"; empty the cell, or move its text to another column
imports-bad-data = line { $line }: under "data": { $says }
imports-data-not-object = line { $line }: the "data" column is not a JSON object; leave it as it was exported

imports-not-trivia-list = line { $line }: this is not a trivia list; write "Question?:" and its answers below, each after a hyphen
imports-question-not-text = line { $line }: a question here is not a text; put it in quotation marks
imports-setting-twice = line { $line }: { $setting } appears a second time; keep one of the two
imports-ends-early = the list ends in the middle; save the whole file again
imports-alias = line { $line }: there is an alias (*name) here; write the text itself
imports-second-document = line { $line }: a second document begins; remove the --- before it, or split the file in two
# `says` is the reader's own message, in English.
imports-not-yaml-after-end = line { $line }: this is not YAML: { $says }; remove everything after the last question
imports-not-yaml = line { $line }: this is not YAML: { $says }; a question with : # - or quotation marks in it must be in quotation marks
imports-tab-in-yaml = line { $line }: this is not YAML: { $says }; begin lines with spaces instead of tabs
imports-too-deep = lists are nested too deeply; keep the answers one level below their question
imports-answer-missing = line { $line }: an answer is missing; add it

# A row that was left out: its place, the start of its question, and why.
imports-left-out = { $place }: “{ $text }”: { $why }
imports-no-question = it has no question
imports-no-answer = it has no answer
imports-question-too-long = its question has { $length } characters, and at most { $max } fit
imports-answer-too-long = its answer has { $length } characters, and at most { $max } fit a button
imports-link = it asks about a link or a picture, which questions do not show
imports-right-as-wrong = “{ $wrong }” is both a right and a wrong answer
imports-few-left = only { $left } of its { $given } wrong answers are different and fit on a button; it needs { $min }
imports-about-others = one of its choices refers to the others, whose order changes each time
imports-few-of-kind = the list has fewer than three other answers of its kind; add wrong answers to it
imports-pack-full = the pack is full at { $max } bytes; import the rest as a second one
imports-too-many-rows = an import is limited to { $max } rows
imports-too-many-cells = it has more cells than the first line names; a text with a comma must be in quotation marks
imports-unknown-difficulty = its difficulty is "{ $cell }"; use easy, medium or hard
imports-unknown-topic = its topic is "{ $cell }"; use cast, casting, crew, story, production, places, origins, release, novel, studio or career
imports-true-or-false = it is true or false: two choices, and a question here has four
imports-yes-or-no = it is yes or no: two choices, and a question here has four
imports-no-correct-answer = "correct_answer" is missing or not readable
imports-no-wrong-answers = it needs three wrong answers
imports-answer-not-text = one of its answers is not a text; put one with a colon in it in quotation marks

# Notes about the pack. `places` are places as above, separated by commas.
imports-wrong-answers-taken = The list has no wrong answers, so they were taken from its other answers of the same kind, or from numbers near the right one. Nobody has checked that they are really wrong; look through them.
imports-lost-invisible = { $places }: invisible characters were removed.
imports-lost-reason-end = { $places }: reasons that are too long were cut.
imports-lost-source = { $places }: sources beyond the limit of a pack were left out.
imports-lost-spellings = { $places }: spellings that are too long or too many were left out.
imports-lost-wrong-answers = { $places }: wrong answers that are too long or too many were left out.
imports-and-more = { $places } and { $more } more
imports-no-header = { $file }: the first line names no columns, so it was read as a question, and the cells of every line as { $columns }.
imports-pictures-as-text = Kotoba draws some questions as pictures; here they are text.
imports-columns-ignored = { $file }: { $columns } was ignored: no such column is known.
