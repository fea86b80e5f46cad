//! Names of months, in the languages that journals are often in.

/// Numbers of the months of successive lines.
#[derive(Debug, Default)]
pub(super) struct Months {
    last: Option<(String, i64)>,
    years: i64,
    is_unknown: bool,
}

impl Months {
    /// The number of a month, and the years that have ended. One in an unknown language follows
    /// the one before it.
    pub(super) fn number(&mut self, word: &str) -> (i64, i64) {
        let last = match &self.last {
            Some((name, number)) if name == word => return (*number, self.years),
            Some((_, number)) => Some(*number),
            None => None,
        };
        let known = month_number(word);
        self.is_unknown = known.is_none();
        let number = known.unwrap_or_else(|| last.map_or(1, |last| last % 12 + 1));
        // A journal that goes back by a month or two is out of order; by more, it is a new year.
        self.years += i64::from(last.is_some_and(|last| last - number > 6));
        self.last = Some((word.to_owned(), number));
        (number, self.years)
    }

    /// Whether the name of the last one is known.
    pub(super) fn is_known(&self) -> bool {
        !self.is_unknown
    }
}

/// Beginnings of the names of months, January first, in the languages that journals are often in.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "sty", "led", "янв", "січ"],
    &["feb", "fév", "fev", "lut", "úno", "фев", "лют"],
    &["mar", "mär", "mrz", "mrt", "maa", "bře", "мар", "бер"],
    &["apr", "avr", "abr", "kwi", "dub", "апр", "кві"],
    &["may", "mai", "maj", "mag", "mei", "kvě", "май", "мая", "тра"],
    &["jun", "juin", "giu", "cze", "čen", "čvn", "июн", "чер"],
    &["jul", "juil", "lug", "lip", "čec", "čvc", "июл", "лип"],
    &["aug", "aoû", "ago", "sie", "srp", "авг", "сер"],
    &["sep", "set", "wrz", "zář", "сен", "вер"],
    &["oct", "okt", "ott", "out", "paź", "říj", "окт", "жов"],
    &["nov", "lis", "ноя", "лис"],
    &["dec", "dez", "déc", "dic", "des", "gru", "pro", "дек", "гру"],
];

fn month_number(word: &str) -> Option<i64> {
    if let Some(digits) = word.strip_suffix('月') {
        return digits.parse().ok().filter(|number| (1..=12).contains(number));
    }
    let word: String = word.chars().map(lower).collect();
    let starts = |names: &&[&str]| names.iter().any(|name| word.starts_with(name));
    MONTHS.iter().position(starts).and_then(|at| i64::try_from(at + 1).ok())
}

/// The small letter of a Latin or Cyrillic one, as names of months begin with: those of all
/// alphabets are a large table.
fn lower(letter: char) -> char {
    match letter {
        // Úno
        'À'..='Þ' | 'А'..='Я' => char::from_u32(letter as u32 + 0x20).unwrap_or(letter),
        // Čen, Říj
        'Č' => 'č',
        'Ř' => 'ř',
        _ => letter.to_ascii_lowercase(),
    }
}
