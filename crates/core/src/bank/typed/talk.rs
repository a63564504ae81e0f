//! What people say around an answer.

/// Words that only introduce an answer: "maybe", "I think it is", "what is".
const OPENING: &str = "\
    a actually aha ah almost am an and answer answers are be been believe bet bit but called can \
    certain certainly could couldve d def deffo defo definitely easily easy eh ehm er erm fairly feeling film final for \
    go going gonna gosh got gotta ha haha guess guessing has have he hes hey hm hmm hmmm hopefully i id \
    ill im imo is isnt it itd itll its ive just kinda let lets like likely lol looks luck may maybe \
    me might mine mm movie must my named obviously obvs of ofc oh ok okay ones only ooh perhaps please \
    possibly pretty prob probably quite really reckon remember say saying she shes shot should \
    so some sorry sound sounds suppose sure surely that thatd thats the these they theyd theyre think \
    thinking this to try trying uh uhm um wanna want was well were what whats where wheres who \
    whos wild with would wow yeah yep yes";

/// Words before a place, a time or a number.
const PLACING: &str = "\
    about approx approximately around at by circa city country from in letter number on over \
    roughly year";

/// Words that only follow an answer: "I think", "right?", "for sure".
const CLOSING: &str = "\
    100 a answer believe bet bro certain correct course d definitely duh easy film final for guess \
    guessing haha hehe i id idk if im imo innit is isnt it just lol mate maybe mistaken movie my no not \
    obviously obvs of ofc or perhaps please pls plz possibly pretty probably reckon right say so something \
    sorry suppose sure surely thankyou thanks then think tho though would";

/// Titles that may precede a name. Not "Mrs." or "Lady": those are other people.
const ADDRESS: &str = "\
    agent capt captain cmdr col colonel commander cpt dame det detective doc doctor dr gen general \
    insp inspector lieutenant lt maj major master mister mr officer pres president prof professor rev \
    reverend sergeant sgt sheriff sir";

/// What people say before a guess.
const DOUBTS: [&[&str]; 14] = [
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

/// Whether a word may follow an answer without changing it.
pub(super) fn closes(word: &str) -> bool {
    is_in(CLOSING, word)
}
