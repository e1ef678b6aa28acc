//! Functions that change what the caller passed: lists of numbers and buffers of bytes.

/// Greets `name`, prints the sum of `numbers`, sets the first of them to 6 and returns the sum.
///
/// # Panics
///
/// When `numbers` is empty: there is no first one (an `IndexError` in Python).
pub fn test(name: &str, numbers: &mut [i64]) -> i64 {
    let sum = numbers.iter().sum();
    println!("Hello, {name}!");
    println!("The sum of your numbers is {sum}");
    numbers[0] = 6;
    sum
}

/// Replaces every number by the sum of the numbers up to it.
///
/// # Panics
///
/// When a sum needs more than 64 bits (an `OverflowError` in Python). The sums before it stay.
pub fn running_totals(numbers: &mut [i64]) {
    for index in 1..numbers.len() {
        numbers[index] += numbers[index - 1];
    }
}

/// Multiplies every number by `factor`.
pub fn scale(numbers: &mut [f64], factor: f64) {
    for number in numbers {
        *number *= factor;
    }
}

/// Appends the sum of the numbers: the list grows by one.
pub fn append_total(numbers: &mut Vec<i64>) {
    numbers.push(numbers.iter().sum());
}

/// Removes the negative numbers and returns how many there were: the list shrinks.
pub fn remove_negatives(numbers: &mut Vec<i64>) -> usize {
    let before = numbers.len();
    numbers.retain(|number| *number >= 0);
    before - numbers.len()
}

/// Makes the ASCII letters of a buffer upper case.
pub fn shout(buffer: &mut [u8]) {
    buffer.make_ascii_uppercase();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_changed_in_place() {
        let mut numbers = [1, 2, 3, 4, 5];
        assert_eq!(test("World", &mut numbers), 15);
        assert_eq!(numbers, [6, 2, 3, 4, 5]);
        running_totals(&mut numbers);
        assert_eq!(numbers, [6, 8, 11, 15, 20]);
    }

    #[test]
    fn vectors_grow_and_shrink() {
        let mut numbers = vec![3, -1, 4, -1, -5];
        assert_eq!(remove_negatives(&mut numbers), 3);
        append_total(&mut numbers);
        assert_eq!(numbers, [3, 4, 7]);
    }

    #[test]
    fn bytes_and_floats() {
        let mut text = *b"hello";
        shout(&mut text);
        assert_eq!(&text, b"HELLO");
        let mut numbers = [1.0, 2.5];
        scale(&mut numbers, 2.0);
        assert_eq!(numbers, [2.0, 5.0]);
    }
}
