# The replies to `/packs`.

packs-title = Question packs
# After a pack's name, its id and the number of its questions, with " · " before each.
packs-own = this server's own
packs-switched-off = switched off
# The last line of a long list.
packs-more = … and { $n } more.
packs-is-off = **{ $title }** is switched off. Nothing here asks its questions until you use `/packs on`.
packs-is-on = **{ $title }** is switched on.
packs-last-one-on = That is the only pack still on. Switch another one on first.
packs-too-many-off = This server has { $max } packs switched off, which is the limit. Switch one on with `/packs on` first.
# `questions` is "10 questions", the others are numbers.
packs-counts = { $questions }: { $easy } easy, { $medium } medium, { $hard } hard
packs-replaces = **It replaces the pack with the same id.**
packs-left-out-title = Left out
packs-left-out = { $n ->
    [one] 1 row was left out. The file says which, and why.
   *[other] { $n } rows were left out. The file says which, and why.
}
packs-new = New pack: { $title }
packs-not-stored-yet = Nothing is stored yet. Only this server will see the pack.
packs-button-add = Add pack
packs-button-cancel = Cancel
# A sample question's answer, hidden until it is clicked, and its wrong answers.
packs-sample = ||{ $answer }||, not { $wrong }
packs-refused = This pack cannot be stored
# `name` is a file's, `faults` is "3 faults".
packs-faulty = “{ $name }” has { $faults }, so nothing was stored.
packs-no-rows = “{ $name }” has no usable rows, so nothing was stored.
packs-file-has-all = The file has all of them.
packs-stored-title = Stored
packs-stored = { $questions } can be played here now: `/quiz`, and choose **{ $title }** under `pack`.
packs-button-remove = Remove it
packs-button-keep = Keep it
packs-remove-title = Remove this pack?
packs-remove = **{ $title }** with { $questions }. You can undo this for a week with `/packs restore`.
packs-kept = It stays.
packs-button-undo = Undo
packs-removed = “{ $title }” is removed. Running games keep their questions. You can undo this for a week with `/packs restore`.
packs-restored = It is back, with all its questions.
packs-not-removed = No pack called “{ $name }” was removed here in the past week.
packs-button-suggest = Suggest a question
packs-exported = Here is the complete pack “{ $title }”. You can add it again with `/packs add`.
packs-template = Here is a table for a spreadsheet: one line per question, with two examples to replace. Save it as CSV, give it your pack's name, and bring it back with `/packs add`.
# Encodings: suggestions for an option of `/packs add`.
packs-encoding-unicode = UTF-16 ("Unicode")
packs-encoding-western-windows = Windows-1252: Western Europe ("ANSI")
packs-encoding-central = Windows-1250: Central Europe
packs-encoding-cyrillic = Windows-1251: Cyrillic
packs-encoding-turkish = Windows-1254: Turkish
packs-encoding-western-macintosh = Macintosh: Western Europe
packs-encoding-japanese = Shift_JIS: Japanese
packs-encoding-chinese = GBK: Chinese
packs-guessed-encoding = The file is not UTF-8; I read it as { $name }. If its letters look wrong, add it again with the right `encoding`.
packs-dropped = Nothing was stored.
packs-forgotten = That upload has expired. Please add the file again.
packs-not-allowed = Only a member who may manage this server can do that. `/packs list` is for everyone.
packs-only-in-servers = Packs belong to a server: use this in one.
packs-unknown = This server has no pack of its own called “{ $name }”.
packs-too-many = A server may have { $max } packs of its own. Remove one first.
packs-too-large = That file is too large: a pack may have { $kib } KiB.
packs-unreadable-elsewhere = I cannot read that file: it is not a Discord attachment.
# `status` is HTTP's: 404.
packs-unreadable-refused = I cannot read that file: Discord did not deliver it ({ $status }); attach it again.
packs-unreadable-slow = I cannot read that file: Discord did not deliver it (it took too long); attach it again.
packs-unreadable-broken = I cannot read that file: Discord did not deliver it (the connection broke); attach it again.
packs-unreadable-utf16 = I cannot read that file: the file is UTF-16; save it as UTF-8 (in a spreadsheet: CSV UTF-8).
packs-unreadable-one-byte = I cannot read that file: line { $line }: the file is not UTF-8 but probably Windows-1252 or similar; save it as UTF-8 (in a spreadsheet: CSV UTF-8).
packs-unreadable-binary = I cannot read that file: this is not a text file; choose the JSON, YAML or CSV file itself.
packs-unreadable-not = I cannot read that file: the file is not { $name }; name another encoding, or save it as UTF-8 (in a spreadsheet: CSV UTF-8).
packs-unreadable-unknown-encoding = I cannot read that file: no encoding has that name; write one like UTF-8, UTF-16, Windows-1252 or ISO-8859-2.
# `why` is in English, as the faults of packs are.
packs-unreadable-format = I cannot read that file: { $why }.
# The names of files that the bot attaches.
packs-file-left-out = left-out.txt
packs-file-faults = faults.txt
packs-file-template = questions.csv
# Two example questions in that file, which the writer replaces.
packs-template-question-1 = Which colour is the suit of the man at the next table?
packs-template-answer-1 = Grey
packs-template-wrong-1-1 = Black
packs-template-wrong-1-2 = Blue
packs-template-wrong-1-3 = Brown
packs-template-reason-1 = It was grey all evening.
packs-template-question-2 = In which year did our film club begin?
packs-template-reason-2 = The first evening was in May 2019, with eleven of us.
