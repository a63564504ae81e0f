//! The units of numbers: money, lengths, weights, times.

/// What a word or symbol after a number may mean; several units if it is ambiguous.
pub(super) type Unit = &'static [&'static str];

/// Each notation with the units that it may mean.
const UNITS: [(&[&str], Unit); 66] = [
    (
        &["$", "dollar", "dollars", "usd", "buck", "bucks"],
        &["dollar"],
    ),
    (&["£", "gbp", "quid"], &["pound sterling"]),
    (&["pound", "pounds"], &["pound sterling", "pound"]),
    (&["lb", "lbs"], &["pound"]),
    (&["€", "euro", "euros", "eur"], &["euro"]),
    (&["¥", "yen", "jpy"], &["yen"]),
    (&["yuan", "renminbi", "rmb", "cny"], &["yuan"]),
    (&["₹", "rupee", "rupees", "inr"], &["rupee"]),
    (
        &["₽", "rouble", "roubles", "ruble", "rubles", "rub"],
        &["rouble"],
    ),
    (&["₩", "won", "krw"], &["won"]),
    (&["franc", "francs", "fr", "chf"], &["franc"]),
    (&["¢", "cent", "cents"], &["cent"]),
    (&["penny", "pence", "pennies", "p"], &["penny"]),
    (&["krona", "kronor", "kroner", "krone"], &["krone"]),
    (&["peso", "pesos"], &["peso"]),
    (&["%", "percent", "pct", "pc", "percentage"], &["percent"]),
    (
        &["°", "degree", "degrees", "deg"],
        &["degree", "celsius", "fahrenheit", "kelvin"],
    ),
    (&["celsius", "centigrade"], &["celsius"]),
    // "37 C" and "50c".
    (&["c"], &["celsius", "cent"]),
    (&["fahrenheit", "f"], &["fahrenheit"]),
    (&["kelvin"], &["kelvin"]),
    (
        &[
            "km",
            "kms",
            "kilometre",
            "kilometres",
            "kilometer",
            "kilometers",
        ],
        &["kilometre"],
    ),
    (&["m"], &["metre", "minute"]),
    (&["metre", "metres", "meter", "meters"], &["metre"]),
    (
        &[
            "cm",
            "cms",
            "centimetre",
            "centimetres",
            "centimeter",
            "centimeters",
        ],
        &["centimetre"],
    ),
    (
        &[
            "mm",
            "millimetre",
            "millimetres",
            "millimeter",
            "millimeters",
        ],
        &["millimetre"],
    ),
    (&["mile", "miles", "mi"], &["mile"]),
    (&["yard", "yards", "yd", "yds"], &["yard"]),
    (&["foot", "feet", "ft", "'"], &["foot"]),
    (&["inch", "inches", "in", "\""], &["inch"]),
    (
        &[
            "kg",
            "kgs",
            "kilo",
            "kilos",
            "kilogram",
            "kilograms",
            "kilogramme",
            "kilogrammes",
        ],
        &["kilogram"],
    ),
    (&["g", "gram", "grams", "gramme", "grammes"], &["gram"]),
    (&["mg", "milligram", "milligrams"], &["milligram"]),
    (&["t", "ton", "tons", "tonne", "tonnes"], &["tonne"]),
    (&["oz", "ounce", "ounces"], &["ounce"]),
    (&["stone", "stones", "st"], &["stone"]),
    (&["l", "litre", "litres", "liter", "liters"], &["litre"]),
    (
        &[
            "ml",
            "millilitre",
            "millilitres",
            "milliliter",
            "milliliters",
        ],
        &["millilitre"],
    ),
    (&["pint", "pints"], &["pint"]),
    (&["gallon", "gallons", "gal"], &["gallon"]),
    (&["second", "seconds", "sec", "secs", "s"], &["second"]),
    (&["ms", "millisecond", "milliseconds"], &["millisecond"]),
    (&["minute", "minutes", "min", "mins"], &["minute"]),
    (&["hour", "hours", "hr", "hrs", "h"], &["hour"]),
    (&["day", "days"], &["day"]),
    (&["week", "weeks", "wk", "wks"], &["week"]),
    (&["month", "months"], &["month"]),
    (&["year", "years", "yr", "yrs"], &["year"]),
    (&["decade", "decades"], &["decade"]),
    (&["century", "centuries"], &["century"]),
    (&["w", "watt", "watts"], &["watt"]),
    (&["kw", "kilowatt", "kilowatts"], &["kilowatt"]),
    (&["mw", "megawatt", "megawatts"], &["megawatt"]),
    (
        &["gw", "gigawatt", "gigawatts", "jigawatt", "jigawatts"],
        &["gigawatt"],
    ),
    (&["knot", "knots", "kt", "kts"], &["knot"]),
    (&["v", "volt", "volts"], &["volt"]),
    (&["amp", "amps", "ampere", "amperes"], &["ampere"]),
    (&["hz", "hertz"], &["hertz"]),
    (&["mb", "megabyte", "megabytes"], &["megabyte"]),
    (&["gb", "gigabyte", "gigabytes"], &["gigabyte"]),
    (&["tb", "terabyte", "terabytes"], &["terabyte"]),
    (&["frame", "frames"], &["frame"]),
    (&["ha", "hectare", "hectares"], &["hectare"]),
    (&["acre", "acres"], &["acre"]),
    (&["bc", "bce"], &["bc"]),
    (&["ad", "ce"], &["ad"]),
];

/// The unit that a word after a number names; speeds use two words joined into one.
pub(super) fn unit(word: &str) -> Option<Vec<Unit>> {
    match word {
        "mph" => return Some(vec![&["mile"], &["hour"]]),
        "fps" => return Some(vec![&["frame"], &["second"]]),
        "kph" | "kmh" => return Some(vec![&["kilometre"], &["hour"]]),
        _ => {}
    }
    let found = UNITS.iter().find(|(written, _)| written.contains(&word));
    found.map(|(_, unit)| vec![*unit])
}

/// Units that can be converted into each other, each with its size in the smallest.
pub(super) type Measure = &'static [(&'static str, i128)];

pub(super) const MEASURES: [Measure; 9] = [
    &[
        ("second", 1),
        ("minute", 60),
        ("hour", 3_600),
        ("day", 86_400),
        ("week", 604_800),
    ],
    &[
        ("millimetre", 1),
        ("centimetre", 10),
        ("metre", 1_000),
        ("kilometre", 1_000_000),
    ],
    &[
        ("month", 1),
        ("year", 12),
        ("decade", 120),
        ("century", 1_200),
    ],
    &[("inch", 1), ("foot", 12), ("yard", 36)],
    &[
        ("milligram", 1),
        ("gram", 1_000),
        ("kilogram", 1_000_000),
        ("tonne", 1_000_000_000),
    ],
    &[("cent", 1), ("dollar", 100)],
    &[("cent", 1), ("euro", 100)],
    &[("penny", 1), ("pound sterling", 100)],
    &[("millilitre", 1), ("litre", 1_000)],
];

/// The unit of a number without one that follows a number with another unit.
pub(super) fn smaller(unit: &str) -> Option<&'static str> {
    match unit {
        "hour" => Some("minute"),
        "foot" => Some("inch"),
        "metre" => Some("centimetre"),
        "dollar" | "euro" => Some("cent"),
        "pound sterling" => Some("penny"),
        _ => None,
    }
}

/// Whether two may be the same unit.
pub(super) fn agree(a: Unit, b: Unit) -> bool {
    a.iter().any(|meaning| b.contains(meaning))
}
