//! What people say around an answer.

/// Words that only introduce an answer: "maybe", "I think it is", "what is".
const OPENING: &str = "\
    a absolutely actually aha ah ahh almost alright am an and answer answers are be been believe bet bit bro but called can \
    certain certainly could couldve d def deffo defo definitely doubtless dude easily easy eh ehm er erm fairly feeling film final for \
    go going gonna gosh got gotta ha haha guess guessing happens has have he hes hey hm hmm hmmm honestly hopefully i id \
    ill im imo is isnt it itd itll its ive just kinda let lets like likely locked locking lol looks luck may maybe mean meant \
    me might mine mm movie must my named nah naturally obviously obvs of ofc oh ok okay omfg omg ones oof only ooh perhaps please \
    positive possibly pretty prob probably putting quite really reckon remember say saying she shes shot should \
    simple so some sorry sound sounds suppose sure surely that thatd thats the these they theyd theyre think \
    taking tbh thinking this to try trying ugh uh uhm um undoubtedly wait wanna want was wasnt well were what whats where wheres who \
    whos wild with would wouldnt wow ya yea yeah yep yes yup";

/// Words before a place, a time or a number.
const PLACING: &str = "\
    about approx approximately around at by circa city cost costs country from in lasted letter number \
    on over roughly scored took weighs won year";

/// Words that only follow an answer: "I think", "right?", "for sure".
const CLOSING: &str = "\
    100 a absolutely answer believe bet bro buddy certain confident correct course d dude definitely duh easy emoji film final for ftw guess \
    guessing haha hehe honestly hopefully i id idk indeed if im imo innit is isnt it just lmao locked lol mate maybe mistaken movie my no not \
    obviously obvs of ofc omg or perhaps positive please pls plz possibly pretty probably reckon right say sign so something \
    sorry suppose sure surely symbol tbh thankyou thanks then think tho though was wasnt whatever would wouldnt yeah yep yes";

/// Titles that may precede a name. Not "Mrs." or "Lady": those are other people.
const ADDRESS: &str = "\
    admiral agent archbishop archduke baron bishop capt captain cardinal chancellor cmdr col colonel \
    commander count cpt dame det detective doc doctor dr duke emperor empress gen general \
    insp inspector lieutenant lt madame maj major marshal master mister mme monsieur mr officer pope pres president prof professor rev \
    reverend senator sergeant sgt sheriff signor sir";

/// What people say before a guess.
const DOUBTS: [&[&str]; 33] = [
    &["not", "sure"],
    &["not", "certain"],
    &["not", "100"],
    &["no", "idea"],
    &["no", "clue"],
    &["not", "a", "clue"],
    &["dont", "know"],
    &["dont", "remember"],
    &["cant", "remember"],
    &["havent", "a", "clue"],
    &["beats", "me"],
    &["dunno"],
    &["idk"],
    &["unsure"],
    &["shot", "in", "the", "dark"],
    &["off", "the", "top", "of", "my", "head"],
    &["if", "i", "remember", "right"],
    &["if", "i", "remember", "correctly"],
    &["if", "i", "recall", "correctly"],
    &["if", "memory", "serves"],
    &["if", "im", "not", "mistaken"],
    &["my", "money", "is", "on"],
    &["my", "moneys", "on"],
    &["without", "a", "doubt"],
    &["no", "doubt"],
    &["i", "know", "this", "one"],
    &["easy", "one"],
    &["lock", "in"],
    &["locking", "in"],
    &["i", "vote"],
    &["my", "vote", "is"],
    &["oh", "man"],
    &["ill", "take"],
];

fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

/// Whether a word may precede an answer without changing it.
pub(super) fn opens(word: &str) -> bool {
    // "ummm" and "ummmmm".
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    let drawn: String = letters.into_iter().collect();
    let is_drawn = is_in("um uh hm er ah oh eh erm m", &drawn);
    is_in(OPENING, word) || (is_drawn && word.len() > 1)
}

/// Whether a word may precede an answer that is a place, a time or a number.
pub(super) fn places(word: &str) -> bool {
    is_in(PLACING, word)
}

/// Whether a word may precede a person's name.
pub(super) fn addresses(word: &str) -> bool {
    is_in(ADDRESS, word)
}

/// How many words, followed by "but", only say that a guess comes next.
pub(super) fn doubts(words: &[&str]) -> Option<usize> {
    let mut doubts = DOUBTS.iter();
    let said = doubts.find(|doubt| words.starts_with(doubt))?.len();
    let is_but = matches!(words.get(said), Some(&("but" | "though")));
    Some(said + usize::from(is_but))
}

/// Whether closing words say that what comes before them is not the answer.
pub(super) fn denies(words: &[&str]) -> bool {
    const NOT: [[&str; 2]; 5] = [
        ["is", "not"],
        ["not", "right"],
        ["not", "correct"],
        ["isnt", "right"],
        ["isnt", "correct"],
    ];
    words
        .windows(2)
        .any(|pair| NOT.iter().any(|not| pair == not))
}

/// Whether words tell what somebody or something did, and do not deny it.
pub(super) fn tells(words: &[&str]) -> bool {
    const WHO: [&str; 7] = ["he", "it", "she", "that", "there", "they", "we"];
    const OTHERWISE: [&str; 16] = [
        "after", "before", "below", "cant", "didnt", "doesnt", "isnt", "less", "more", "never",
        "no", "not", "or", "than", "until", "wasnt",
    ];
    let says = |list: &[&str]| words.iter().any(|word| list.contains(word));
    words.first().is_some_and(|first| WHO.contains(first)) && !says(&OTHERWISE)
}

/// How many of the last words only say how sure somebody is.
pub(super) fn sureties(words: &[&str]) -> usize {
    const SURETIES: [&[&str]; 6] = [
        &["no", "doubt"],
        &["without", "a", "doubt"],
        &["without", "doubt"],
        &["no", "question"],
        &["if", "i", "remember", "correctly"],
        &["if", "memory", "serves"],
    ];
    let said = SURETIES.iter().find(|said| words.ends_with(said));
    said.map_or(0, |said| said.len())
}

/// Whether a word may follow an answer without changing it.
pub(super) fn closes(word: &str) -> bool {
    is_in(CLOSING, word)
}
