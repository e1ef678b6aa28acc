//! How often a character of a text equals the character after it.
//!
//! The same count written three ways. [`count_doubles`] and [`count_doubles_once`] look at
//! characters and agree on every text; [`count_doubles_bytes`] looks at the bytes of the UTF-8
//! encoding, which is the same thing for ASCII text only.

/// Counts the characters that equal the character after them.
///
/// Two walks over the text, the second one character ahead.
///
/// # Examples
///
/// ```
/// assert_eq!(count_doubles::count_doubles("bookkeeper"), 3);
/// assert_eq!(count_doubles::count_doubles("éé"), 1);
/// ```
pub fn count_doubles(text: &str) -> usize {
    text.chars()
        .zip(text.chars().skip(1))
        .filter(|(one, next)| one == next)
        .count()
}

/// Counts the characters that equal the character after them, in one walk.
///
/// Same answer as [`count_doubles`], and every character is decoded only once.
///
/// # Examples
///
/// ```
/// assert_eq!(count_doubles::count_doubles_once("bookkeeper"), 3);
/// ```
pub fn count_doubles_once(text: &str) -> usize {
    let mut total = 0;
    let mut characters = text.chars();
    let Some(mut previous) = characters.next() else {
        return total;
    };
    for character in characters {
        if character == previous {
            total += 1;
        }
        previous = character;
    }
    total
}

/// Counts the **bytes** of the UTF-8 encoding that equal the byte after them.
///
/// For ASCII text this is what [`count_doubles`] counts. For other text it is something else: the
/// two equal characters of `"éé"` are four bytes of which no two neighbours are equal, and the
/// single character U+10000 has two equal neighbours inside.
///
/// # Examples
///
/// ```
/// assert_eq!(count_doubles::count_doubles_bytes("bookkeeper"), 3);
/// assert_eq!(count_doubles::count_doubles_bytes("éé"), 0);
/// assert_eq!(count_doubles::count_doubles_bytes("\u{10000}"), 1);
/// ```
pub fn count_doubles_bytes(text: &str) -> usize {
    text.bytes()
        .zip(text.bytes().skip(1))
        .filter(|(one, next)| one == next)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_character_versions_agree() {
        let texts = [
            "",
            "a",
            "aab",
            "éé",
            "😀😀",
            "x\u{10000}y",
            "a\n\nb",
            "a\0bb",
        ];
        let counts = [0, 0, 1, 1, 1, 0, 1, 1];
        for (text, count) in texts.into_iter().zip(counts) {
            assert_eq!(count_doubles(text), count, "{text:?}");
            assert_eq!(count_doubles_once(text), count, "{text:?}");
        }
    }

    #[test]
    fn the_byte_version_agrees_on_ascii() {
        for text in ["", "a", "aab", "a\n\nb", "a\0bb"] {
            assert_eq!(count_doubles_bytes(text), count_doubles(text), "{text:?}");
        }
    }
}
