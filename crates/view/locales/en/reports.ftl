# Reports of questions, and the list of them for the server's managers.

reports-ask =
    What is wrong with “{ $question }”?
    This server's managers will see your report, but not your name.
reports-ask-menu = Choose what is wrong
# `reason` is one of the file `report-reason`.
reports-noted =
    Noted, thank you: **{ $reason }**.
    You can report a question once; a new report replaces this one.
reports-noted-with-note =
    Noted, thank you: **{ $reason }**. You wrote: “{ $note }”
    You can report a question once; a new report replaces this one.
reports-add-note = Add a note
reports-change-note = Change the note
reports-note = In your own words
reports-note-example = What is right, and what is your source?
reports-not-here = Only closed questions of this server can be reported.
reports-only-in-servers = Reports go to a server's managers, so use this in a server.
reports-not-allowed = Only members who can manage this server can see and dismiss reports.
reports-none = No question is reported here. Press **Report** under a revealed question to add it.
# `number` is the question's in the list.
reports-dismiss = Dismiss { $number }
reports-back = Back
reports-more = More
reports-title = { $n ->
    [one] Reports: 1 reported question
   *[other] Reports: { $n } reported questions
}
# `members` is how many reports hide a question.
reports-hidden-after = { $members ->
    [one] Once a single member reports a question, it is hidden: nobody here gets it until its reports are dismissed, except through a share code.
   *[other] Once { $members } members report a question, it is hidden: nobody here gets it until its reports are dismissed, except through a share code.
}
reports-gone = A question that is no longer in any pack here ({ $id })
# `members` is a count, such as "3 members"; `when` a time, such as "two days ago".
reports-hidden = { $members }, { $when } · **hidden**
reports-still-asked = { $members }, { $when } · still asked
reports-quoted-note = “{ $note }”
# `level` and `meant` are "easy", "medium" or "hard".
reports-answered = { $n ->
    [one] Answered once, { $percent } % right: { $level }
   *[other] Answered { $n } times, { $percent } % right: { $level }
}
reports-answered-unlike-meant = { $n ->
    [one] Answered once, { $percent } % right: { $level }, meant to be { $meant }
   *[other] Answered { $n } times, { $percent } % right: { $level }, meant to be { $meant }
}
