# Questions written in Discord: the form, its mistakes, a pack's questions, and members' suggestions.

# Examples in the form's empty fields: a question about a circle of friends, its answer, wrong answers, and why.
write-example-question = Who brought the cake to our first film evening?
write-example-answer = Robin
write-example-wrong =
    Kim
    Sascha
    Toni
write-example-reason = It was a carrot cake, and none was left.
write-form-suggest = Suggest a question
write-form-change = Change a question
write-form-new = Write a question
# The names of the form's fields: 45 characters at most.
write-label-question = Question
write-label-answer = The right answer
write-label-wrong = Three or more wrong answers, one per line
write-label-reason = Why: shown with the answer (optional)
write-mistakes-title = Not stored yet
write-mistakes = What you typed is kept for a day.
write-answer-again = Fix it
write-throw-away = Discard
# `questions` is a count, such as "12 questions".
write-stored = It is in **{ $pack }**, which has { $questions } now.
write-change-it = Change it
write-stored-title = Stored
write-add-another = Add another
write-preview = Preview
write-play-now = Play now
# `answer` is the right one, hidden until it is tapped; `wrong` are three others.
write-answer-not = ||{ $answer }||, not { $wrong }
write-pick = Change or delete one of these
write-back = Back
write-next = Next
write-page = { $questions } written by hand. Tap an answer to see it.
write-delete-it = Delete it
write-keep-it = Keep it
write-change = Change
write-delete = Delete
write-all-questions = All questions
write-delete-title = Delete this question?
write-question-title = A question
write-in-pack = In **{ $pack }**.
write-wrong-answers = Wrong answers
write-why = Why
write-suggest-another = Suggest another
write-thanks-title = Thank you!
write-thanks = Thank you! A manager of this server will look at your question.
write-too-many = You have { $max } suggestions waiting here. Please give the managers time to read them.
# What happened to the suggestion before this one.
write-accepted = Accepted.
write-declined = Declined.
write-by-another = Another manager was quicker.
write-none-waiting = No suggestions are waiting.
write-suggestion-title = A suggested question
write-suggestion = From { $author }. Accept it, and it goes into “{ $pack }”.
# `suggestions` is a count, such as "3 suggestions".
write-waiting = { $suggestions } waiting
write-accept = Accept
write-decline = Decline
write-gone = That one is gone: someone stored, deleted or declined it.
write-dropped = Discarded. Nothing was stored.
write-only-one = This is the pack's only question. To remove the whole pack, use `/packs remove`.
write-busy = Someone else is changing this pack right now. Please press again.
write-unfit = The pack with that name conflicts with the packs loaded here. Choose another name.
write-empty = *(empty)*
# The title of the pack for questions that are written without naming a pack, and the reason of a question
# that gives none.
write-our-questions = Our questions
write-default-reason = The answer is { $answer }.
