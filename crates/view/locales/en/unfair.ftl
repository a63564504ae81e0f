# What is unfair about a question.

unfair-choices-alike = the choices "{ $one }" and "{ $other }" could be one
unfair-wrong-accepted = the wrong answer "{ $wrong }" is accepted as right
unfair-may-be-true = the wrong answer "{ $wrong }" may be true as well
unfair-is-true = the wrong answer "{ $wrong }" is true as well
unfair-unsupported = no fact says that "{ $answer }" is right
unfair-several-answers = the prompt fits several answers, or none
unfair-wrong-order = the films did not come out in this order
unfair-names-answer = the prompt contains the answer
unfair-no-question-mark = the prompt is not a question
unfair-length-tells = the answer has { $right } characters, the others { $shortest } to { $longest }
unfair-sounds-certain = the prompt treats "{ $fact }" as certain, but it is not
unfair-no-fact = it is based on "{ $fact }", an opinion or a rumour
unfair-no-reason = no reason is given
unfair-no-citation = its citation points to nothing
unfair-unknown-fact = no fact "{ $fact }" is loaded
unfair-same-as = it asks the same as { $other }

# How to fix it.
unfair-mend-replace-one = replace one of them
unfair-mend-replace = replace it
unfair-mend-replace-or-specify = replace it, or make the prompt more specific
unfair-mend-correct-answer = correct the answer or the facts
unfair-mend-specify = make the prompt more specific
unfair-mend-correct-years = correct their years
unfair-mend-not-naming = ask without naming it
unfair-mend-question-mark = end it with a question mark
unfair-mend-length = give them about the same length
unfair-mend-hedge = begin with "According to the article", or say "reported"
unfair-mend-remove = remove it
unfair-mend-add-reason = add a reason or a fact
unfair-mend-cite = cite the fact
unfair-mend-correct-id = correct the id
unfair-mend-remove-one = remove one of the two, or make the prompt more specific
