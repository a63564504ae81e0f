//! Small tables in the documented form, with the oddities of the real ones.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use super::*;
use heat_core::bank::{self, Bank};
use heat_core::facts::{FactBase, parse_great_pack};
use std::collections::BTreeSet;

const RATINGS: &str = "tconst\taverageRating\tnumVotes
tt0113277\t8.3\t750000
tt0090555\t6.6\t110000
tt0103639\t8.0\t470000
tt0110912\t8.8\t2300000
tt9000001\t5.0\t90000
tt9000002\t5.0\t80000
tt9000003\t5.0\t70000
tt9000004\t5.0\t12\n";

const BASICS: &str = "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres
tt0113277\tmovie\tHeat\tHeat\t0\t1995\t\\N\t170\tAction,Crime,Drama
tt0090555\tmovie\t\"Crocodile\" Dundee\t\"Crocodile\" Dundee\t0\t1986\t\\N\t97\tAdventure,Comedy
tt0103639\tmovie\tAladdin\tAladdin\t0\t1992\t\\N\t90\tAnimation
tt0110912\tmovie\tPulp Fiction\tPulp Fiction\t0\t1994\t\\N\t154\tCrime,Sci-Fi
tt9000001\tmovie\tNot for Here\tNot for Here\t1\t2001\t\\N\t\\N\t\\N
tt9000002\ttvSeries\tA Series\tA Series\t0\t2001\t\\N\t\\N\t\\N
tt9000003\tmovie\tHeat\tHeat\t0\t1995\t\\N\t90\t\\N
tt9000004\tmovie\tUnknown\tUnknown\t0\t1990\t\\N\t90\tDrama\n";

const CREW: &str = "tconst\tdirectors\twriters
tt0113277\tnm0000520\tnm0000520
tt0090555\tnm0266684\t\\N
tt0103639\tnm0166256,nm0615780\tnm0166256
tt0110912\tnm0000233\tnm0000233\n";

const PRINCIPALS: &str = "tconst\tordering\tnconst\tcategory\tjob\tcharacters
tt0113277\t2\tnm0000134\tactor\t\\N\t[\"Neil McCauley\"]
tt0113277\t1\tnm0000199\tactor\t\\N\t[\"Lt. Vincent Hanna\"]
tt0113277\t3\tnm0000001\tactress\t\\N\t[\"Self\"]
tt0113277\t4\tnm0006116\tcomposer\t\\N\t\\N
tt0090555\t1\tnm0000002\tactor\t\\N\t[\"Michael J. \\\"Crocodile\\\" Dundee\"]
tt0103639\t1\tnm0000003\tactor\t\\N\t[\"Genie\",\"Peddler\"]
tt0103639\t2\tnm0000004\tactor\t\\N\t\\N
tt0110912\t1\tnm0000005\tactor\t\\N\t[\"Vincent Vega\"]\n";

const NAMES: &str = "nconst\tprimaryName\tbirthYear\tdeathYear
nm0000520\tMichael Mann\t1943\t\\N
nm0000134\tRobert De Niro\t1943\t\\N
nm0000199\tAl Pacino\t1940\t\\N
nm0000001\tJane Doe\t\\N\t\\N
nm0000002\tPaul Hogan\t1939\t\\N
nm0000003\tRobin Williams\t1951\t2014
nm0000004\tRobin Williams\t1960\t\\N
nm0000005\tJohn Travolta\t1954\t\\N
nm0266684\tPeter Faiman\t\\N\t\\N
nm0166256\tRon Clements\t1953\t\\N
nm0615780\tJohn Musker\t1953\t\\N
nm0000233\tQuentin Tarantino\t1963\t\\N
nm0006116\tElliot Goldenthal\t1954\t\\N\n";

fn filter() -> Filter {
    Filter {
        known_min: 1_000,
        years: 1980..=2020,
        languages: BTreeSet::new(),
    }
}

fn files(principals: &str) -> Files<&[u8]> {
    Files {
        ratings: RATINGS.as_bytes(),
        basics: BASICS.as_bytes(),
        crew: CREW.as_bytes(),
        principals: principals.as_bytes(),
        names: NAMES.as_bytes(),
    }
}

#[test]
fn tables_become_films() {
    let built = build(files(PRINCIPALS), &filter()).unwrap();
    let titles: Vec<_> = built
        .pack
        .films
        .iter()
        .map(|film| film.title.as_str())
        .collect();
    let expected = ["\"Crocodile\" Dundee", "Aladdin", "Pulp Fiction", "Heat"];
    assert_eq!(
        titles, expected,
        "no adult titles, series, unknown films or namesakes"
    );
    let heat = &built.pack.films[3];
    assert_eq!(heat.id, "heat-1995");
    assert_eq!(heat.page.as_deref(), Some("tt0113277"));
    assert_eq!(
        heat.cast,
        [
            "Al Pacino = Lt. Vincent Hanna",
            "Robert De Niro = Neil McCauley",
            "Jane Doe"
        ]
    );
    assert_eq!(heat.women, ["Jane Doe"]);
    assert_eq!(heat.composer.as_deref(), Some("Elliot Goldenthal"));
    assert_eq!(heat.fame, Some(4));
    let aladdin = &built.pack.films[1];
    assert_eq!(aladdin.directors, ["Ron Clements", "John Musker"]);
    assert_eq!(
        aladdin.cast,
        ["Robin Williams = Genie / Peddler", "Robin Williams (1960)"]
    );
    assert_eq!(built.pack.films[2].genres, ["crime", "science fiction"]);
    assert_eq!(
        built.left_out,
        [(
            "films with the title and year of a better known one".to_owned(),
            1
        )]
    );
}

#[test]
fn what_is_built_passes_every_check() {
    let built = build(files(PRINCIPALS), &filter()).unwrap();
    let text = serde_json::to_string(&built.pack).unwrap();
    let pack = parse_great_pack("imdb.json", &text).unwrap();
    let base = FactBase::build(vec![pack]).unwrap();
    let bank = Bank::build(&base);
    assert_eq!(bank::lint(&base, &bank), []);
}

#[test]
fn a_fault_names_its_file_and_line() {
    let missing = build(files("tconst\tordering\n"), &filter()).unwrap_err();
    assert_eq!(
        missing.to_string(),
        "title.principals, line 1: there is no column \"nconst\"; use the publisher's original file"
    );
    let short = build(files(&format!("{PRINCIPALS}tt0113277\t9\n")), &filter()).unwrap_err();
    assert!(
        short
            .to_string()
            .starts_with("title.principals, line 10: it has 2 columns"),
        "{short}"
    );
    let odd = build(files(&PRINCIPALS.replace("nm0000199", "Al")), &filter()).unwrap_err();
    assert!(
        odd.to_string().contains("line 3: \"Al\" is not an id"),
        "{odd}"
    );
    let nothing = Filter {
        known_min: 9_000_000,
        ..filter()
    };
    assert!(matches!(
        build(files(PRINCIPALS), &nothing),
        Err(BuildError::Nothing)
    ));
}
