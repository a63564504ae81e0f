//! What a member says again of the question: "the capital of Norway is Oslo", "planet Saturn".

use super::known::are_variants;

/// Words that stand between those of a question and say nothing by themselves.
const SMALL: &str = "\
    a an and as at by did do does for from had has have he her him his i im in is it its looking name \
    named need of on one right she that the their them they to want wanted was were which who with you \
    youre";

/// What any question may be said to ask for.
const FILLING: &str = "answer film movie question title";

/// What stands between the question said again and the answer.
const IS: [&str; 7] = ["are", "be", "by", "called", "is", "was", "were"];

/// What opens the question said again behind the answer; besides, its verb does.
const JOINTS: &str = "a an as at by for from in is that the was were which who with";

/// Words that tell one thing from another of the same name: "South Sudan" is no Sudan.
const TELLING: &str = "\
    black east eastern ex great lower new no non north northern not old south southern upper west \
    western white";

/// Words behind "which" among which stands what is asked for: "Which 1995 crime film".
const NEAR: usize = 5;

fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

/// Whether a word tells one thing from another of the same name.
pub(super) fn tells_apart(word: &str) -> bool {
    is_in(TELLING, word)
}

/// The words of a prompt, which may be said again.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Repeated<'k> {
    /// Folded, in order.
    pub prompt: &'k [String],
}

impl Repeated<'_> {
    pub fn says(&self, word: &str) -> bool {
        self.prompt.iter().any(|said| said == word)
    }

    /// Whether a word says what kind of thing is asked for: "planet" of "Which planet has rings?"
    pub fn is_asked(&self, word: &str) -> bool {
        let asks = |word: &String| matches!(word.as_str(), "which" | "what");
        let Some(place) = self.prompt.iter().position(asks) else {
            return false;
        };
        let tells = word.chars().count() > 1 && !is_in(SMALL, word) && !is_in(TELLING, word);
        let mut near = self.prompt[place + 1..].iter().take(NEAR);
        tells && near.any(|said| said == word || are_variants(said, word))
    }

    /// How many words in front of an answer only say the question again. In a name or a title what
    /// kind of thing it is may be a part of it.
    pub fn before(&self, words: &[&str], is_name: bool) -> Vec<usize> {
        let is_article = |word: &str| matches!(word, "a" | "an" | "the");
        let of_kind = words.iter().take_while(|word| {
            is_article(word) || self.owns(word) || (!is_name && self.is_asked(word))
        });
        let mut counts: Vec<usize> = (1..=of_kind.count()).collect();
        let mut tells = false;
        for (at, word) in words.iter().enumerate() {
            if tells && IS.contains(word) {
                counts.push(at + 1);
            }
            let is_said = self.says(word) || is_in(FILLING, word);
            tells |= is_said && !is_in(SMALL, word);
            if self.owns(word) {
                counts.push(at + 1);
            }
            if !(is_said || is_in(SMALL, word) || IS.contains(word) || self.owns(word)) {
                break;
            }
        }
        counts
    }

    /// Whether all of the words behind an answer say the question again: "directed Psycho", "is the
    /// capital of Norway".
    pub fn is_after(&self, words: &[&str], is_name: bool) -> bool {
        let Some(first) = words.first() else {
            return false;
        };
        let joins = is_in(JOINTS, first) || self.is_verb(first);
        let tells = words
            .iter()
            .any(|word| self.says(word) && !is_in(SMALL, word));
        let is_kind = !is_name && words.iter().all(|word| self.is_asked(word));
        is_kind
            || joins
                && tells
                && words
                    .iter()
                    .all(|word| self.says(word) || is_in(SMALL, word))
    }

    /// "Hitchcock's", where the question says "Hitchcock".
    fn owns(&self, word: &str) -> bool {
        word.strip_suffix('s')
            .is_some_and(|owner| owner.len() > 2 && self.says(owner))
    }

    /// The verb of "Who wrote Emma?", and any that ends as most do.
    fn is_verb(&self, word: &str) -> bool {
        let mut pairs = self.prompt.windows(2);
        let is_behind_who = pairs.any(|pair| pair[0] == "who" && pair[1] == word);
        is_behind_who || (word.ends_with("ed") && self.says(word))
    }
}

#[cfg(test)]
mod tests {
    use super::Repeated;

    fn words(text: &str) -> Vec<&str> {
        text.split(' ').collect()
    }

    #[test]
    fn the_question_said_again() {
        let prompt = words("what is the capital of norway");
        let prompt: Vec<String> = prompt.into_iter().map(str::to_owned).collect();
        let repeated = Repeated { prompt: &prompt };
        let begins_at_oslo = |text: &str| repeated.before(&words(text), false).contains(&5);
        assert!(begins_at_oslo("the capital of norway is oslo"));
        assert!(!begins_at_oslo("the capital of sweden is oslo"));
        assert!(repeated.is_after(&words("is the capital of norway"), false));
        assert!(!repeated.is_after(&words("is not the capital of norway"), false));
        assert!(!repeated.is_after(&words("norway"), true));
    }
}
