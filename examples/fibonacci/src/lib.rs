//! Fibonacci numbers, in 64 bits and in any size.

/// The `n`-th Fibonacci number.
///
/// # Panics
///
/// From `n = 94` on the number needs more than 64 bits. The addition is a plain `+`: where overflow
/// is checked it panics, which is an `OverflowError` in Python. [`fibonacci_digits`] has no such
/// limit.
///
/// # Examples
///
/// ```
/// assert_eq!(fibonacci::fibonacci(10), 55);
/// assert_eq!(fibonacci::fibonacci(93), 12_200_160_415_121_876_738);
/// ```
pub fn fibonacci(n: u32) -> u64 {
    if n == 0 {
        return 0;
    }
    let (mut previous, mut current) = (0, 1);
    for _ in 1..n {
        (previous, current) = (current, previous + current);
    }
    current
}

/// The `n`-th Fibonacci number of any size, as decimal digits.
///
/// In Python, `int(fibonacci_digits(n))` is the number. Like Python's own integers, it takes time
/// that grows with the square of `n`.
///
/// # Examples
///
/// ```
/// assert_eq!(fibonacci::fibonacci_digits(94), "19740274219868223167");
/// assert_eq!(fibonacci::fibonacci_digits(10_000).len(), 2_090);
/// ```
pub fn fibonacci_digits(n: u32) -> String {
    let (mut current, mut next) = (vec![0], vec![1]);
    for _ in 0..n {
        add(&mut current, &next);
        std::mem::swap(&mut current, &mut next);
    }
    digits(&current)
}

/// A limb holds 38 decimal digits: twice that, and the carry, still fit into 128 bits.
const LIMB: u128 = 10_u128.pow(38);

/// Adds `other` to `number`; both are limbs, the lowest first, and `other` is not shorter.
fn add(number: &mut Vec<u128>, other: &[u128]) {
    number.resize(other.len(), 0);
    let mut carry = 0;
    for (limb, other) in number.iter_mut().zip(other) {
        let sum = *limb + other + carry;
        carry = u128::from(sum >= LIMB);
        *limb = sum - carry * LIMB;
    }
    if carry > 0 {
        number.push(carry);
    }
}

fn digits(number: &[u128]) -> String {
    let mut limbs = number.iter().rev();
    let mut text = limbs.next().map(u128::to_string).unwrap_or_default();
    for limb in limbs {
        text.push_str(&format!("{limb:038}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_agree_while_64_bits_suffice() {
        for n in 0..=93 {
            assert_eq!(fibonacci(n).to_string(), fibonacci_digits(n), "{n}");
        }
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "overflow")]
    fn the_94th_needs_more_than_64_bits() {
        fibonacci(94);
    }

    #[test]
    fn digits_of_a_large_one() {
        let text = fibonacci_digits(10_000);
        assert!(text.starts_with("33644764876431783266621612005107543310302148460680063906"));
        assert!(text.ends_with("1121233066073310059947366875"));
    }
}
