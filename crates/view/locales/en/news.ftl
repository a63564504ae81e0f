# `typed` is what the member typed.
news-none-about = There is no news about “{ $typed }”. There is some about these:
# The heading of notes that belong to several lines.
news-keep-in-mind = Keep in mind
news-not-settled = { $topic }, not settled yet
# How certain a line is, in brackets after it.
news-reported = reported
news-in-talks = in talks
news-studios-word = the studio's word
news-rumour = a rumour
news-opinion = an opinion
# Headings: who says so, and how certain it is.
news-voice-settled = Stated as settled
news-voice-reported = Reported, not confirmed
news-voice-talks = In talks or negotiating
news-voice-studio = What the studio says
news-voice-rumour = Only a rumour
news-voice-writer = What the writer thinks
# Topics, as headings and in the menu.
news-topic-headlines = Headlines
news-topic-casting = Casting
news-topic-production = Production
news-topic-novel = The novel
news-topic-studio = The studio
news-topic-analysis = The writer's view
news-title = News
# Instead of a name that no pack has any more.
news-someone = someone who is not in any pack
news-undated = The article is undated.
news-none = The loaded packs have no news.
news-none-on = The loaded packs have no news about **{ $about }**.
# `topics` is a list of topics with the number of their lines: "Casting (3), Production (1)".
news-elsewhere = Nothing under this topic. Elsewhere: { $topics }. Choose below.
news-elsewhere-on = Nothing about **{ $about }** under this topic. Elsewhere: { $topics }. Choose below.
news-another-topic = Another topic …
