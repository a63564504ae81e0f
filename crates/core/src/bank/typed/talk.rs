//! What people say around an answer.

/// Words that only open an answer: "maybe", "I think it is", "what is".
const OPENING: &str = "\
    a actually ah almost am an and answer answers are be been believe bet bit but called can \
    certain certainly could couldve d def definitely eh ehm er erm fairly feeling film final for \
    go going gonna gosh got gotta guess guessing has have he hes hey hm hmm hmmm hopefully i id \
    ill im is isnt it itd itll its ive just kinda let lets like likely lol looks luck may maybe \
    me might mine mm movie must my named obviously of oh ok okay ones only ooh perhaps please \
    possibly pretty prob probably quite really reckon remember say saying she shes shot should \
    so some sound sounds suppose sure surely that thatd thats the these they theyd theyre think \
    thinking this to try trying uh uhm um wanna want was well were what whats where wheres who \
    whos wild with would wow yeah yep yes";

/// Words before a place, a time or a number.
const PLACING: &str = "\
    about approx approximately around at by circa city country from in letter number on over \
    roughly year";

/// Words that only close an answer: "I think", "right?", "for sure".
const CLOSING: &str = "\
    100 a answer believe bet certain correct course d definitely duh film final for guess \
    guessing haha i id idk if im innit is isnt it just lol maybe mistaken movie my no not \
    obviously of or perhaps please possibly pretty probably reckon right say so something \
    suppose sure surely thanks then think tho though would";

fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

/// Whether a word may stand before an answer without changing it.
pub(super) fn opens(word: &str) -> bool {
    // "ummm" and "ummmmm".
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    let drawn: String = letters.into_iter().collect();
    let is_drawn = is_in("um uh hm er ah oh eh erm m", &drawn);
    is_in(OPENING, word) || (is_drawn && word.len() > 1)
}

/// Whether a word may stand before an answer that is a place, a time or a number.
pub(super) fn places(word: &str) -> bool {
    is_in(PLACING, word)
}

/// Whether a word may stand behind an answer without changing it.
pub(super) fn closes(word: &str) -> bool {
    is_in(CLOSING, word)
}
