# The names of badges, and what each is for.
badges-one-take = One Take
badges-one-take-for = a game of ten or more answers, all right
badges-long-take = Long Take
badges-long-take-for = 25 right answers without a cut
badges-quick-cut = Quick Cut
badges-quick-cut-for = five right in a row, each within three seconds
badges-every-department = Every Department
badges-every-department-for = 25 right answers in each of six topics
badges-box-office = Box Office
badges-box-office-for = 25 games won
badges-final-cut = Final Cut
badges-final-cut-for = a thousand right answers
badges-thirty-days-flat = Thirty Days Flat
badges-thirty-days-flat-for = a month of daily puzzles, and never walked out on one
