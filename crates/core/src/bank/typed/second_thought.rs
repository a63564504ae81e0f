//! A first guess that is taken back: "Vertigo? No wait, Psycho", "not Vertigo but Psycho".
//!
//! What counts is the last word, and it has to be right by itself: a guess that is only put beside
//! another ("Vertigo or Psycho") takes nothing back.

/// What takes back all that stands before it.
const TAKES_BACK: [&str; 17] = [
    " no wait ",
    " wait no ",
    " oh wait ",
    " wait its ",
    " no its ",
    " no sorry ",
    " sorry no ",
    " sorry i meant ",
    " i meant ",
    " i mean ",
    " scratch that ",
    " or rather ",
    " make that ",
    " actually no ",
    " no actually ",
    " correction ",
    " changed my mind ",
];

/// How a guess begins that is going to be taken back.
const FIRST_GUESS: [&str; 12] = [
    "not ",
    "its not ",
    "it isnt ",
    "isnt ",
    "i was going to say ",
    "was going to say ",
    "i was gonna say ",
    "was gonna say ",
    "i thought ",
    "i wanted to say ",
    "i almost said ",
    "i nearly said ",
];

/// What follows it.
const INSTEAD: [&str; 6] = [" but ", " so ", " then ", " its ", " rather ", " must be "];

/// What is left of a typed text without the guess that it takes back.
pub(super) fn last_word(text: &str) -> Option<String> {
    let plain = plain(text);
    let behind = TAKES_BACK.iter().filter_map(|mark| {
        plain
            .rfind(mark)
            .filter(|at| *at > 0)
            .map(|at| at + mark.len())
    });
    let behind = behind
        .max()
        .or_else(|| behind_no(&plain))
        .map(|at| &plain[at..]);
    let kept = behind
        .or_else(|| instead(plain.trim_start()))
        .or_else(|| without_denied(&plain))?;
    (!kept.trim().is_empty()).then(|| kept.trim().to_owned())
}

/// In small letters without apostrophes; what ends a sentence or a part of it stands as a comma
/// behind a space.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 2);
    plain.push(' ');
    for c in text.to_lowercase().chars() {
        match c {
            '\'' | '’' => {}
            ',' | ';' | '?' | '!' | '…' => plain.push_str(" , "),
            c => plain.push(c),
        }
    }
    plain.push(' ');
    // "no, wait" as "no wait", but the comma of "Vertigo, no, Psycho" stays.
    let words: Vec<&str> = plain.split_whitespace().collect();
    let is_mark = |at: usize| {
        words[at] == ","
            && at > 0
            && matches!(words[at - 1], "no" | "wait" | "sorry" | "actually" | "that")
            && matches!(
                words.get(at + 1),
                Some(&("no" | "wait" | "sorry" | "actually" | "its" | "i"))
            )
    };
    let told = (0..words.len()).filter(|at| !is_mark(*at));
    format!(
        " {} ",
        told.map(|at| words[at]).collect::<Vec<_>>().join(" ")
    )
}

/// Behind a "no" that stands between two guesses: "Vertigo? No, Psycho".
fn behind_no(plain: &str) -> Option<usize> {
    const NO: [&str; 3] = [" , no , ", " , no ", " no , "];
    let found = NO
        .iter()
        .filter_map(|no| plain.rfind(no).map(|at| (at, at + no.len())));
    found.filter(|(at, _)| *at > 0).map(|(_, end)| end).max()
}

/// "Psycho" of "not Vertigo but Psycho" and "I was going to say Vertigo but it's Psycho".
fn instead(plain: &str) -> Option<&str> {
    let first = FIRST_GUESS
        .iter()
        .find_map(|start| plain.strip_prefix(start))?;
    let joints = INSTEAD.iter().chain(&[" , "]);
    let behind = joints.filter_map(|joint| first.rfind(joint).map(|at| at + joint.len()));
    behind.max().map(|at| &first[at..])
}

/// "Psycho" of "Psycho, not Vertigo".
fn without_denied(plain: &str) -> Option<&str> {
    let (told, denied) = plain.split_once(" not ")?;
    let last = told.split_whitespace().last()?;
    let is_of_answer = matches!(
        last,
        "is" | "its" | "was" | "be" | "or" | "if" | "why" | "im"
    );
    let is_guess = !matches!(denied.trim(), "" | "really" | "it" | "likely" | "at all");
    (!is_of_answer && is_guess).then_some(told)
}

#[cfg(test)]
mod tests {
    use super::last_word;

    #[test]
    fn the_last_word_counts() {
        for text in [
            "vertigo no wait psycho",
            "Vertigo? No, wait, psycho",
            "vertigo? no, psycho",
            "not vertigo but psycho",
            "It's not vertigo, so psycho",
            "I was going to say vertigo but psycho",
            "Vertigo... sorry, I meant psycho",
            "psycho, not vertigo",
        ] {
            let told = last_word(text).unwrap_or_default();
            assert_eq!(told.trim_matches([' ', ',']), "psycho", "{text}");
        }
        for text in [
            "psycho",
            "not psycho",
            "vertigo or psycho",
            "there is no heat",
            "heat is not it",
        ] {
            assert_eq!(last_word(text), None, "{text}");
        }
    }
}
