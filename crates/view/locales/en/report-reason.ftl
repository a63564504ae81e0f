# What may be wrong with a question: choices in a menu, then bold in a sentence.

report-reason-wrong = The answer is wrong
report-reason-two-right = Two choices are right
report-reason-unclear = It is unclear
report-reason-offensive = It is offensive
report-reason-other = Something else
