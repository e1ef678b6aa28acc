//! Pi by a series, and as many of its digits as one likes.

/// Pi by the series of Leibniz: 4 - 4/3 + 4/5 - 4/7 + ...
///
/// A million terms give six right digits: it is simple, not fast.
///
/// # Examples
///
/// ```
/// assert!((pi::leibniz(1_000_000) - std::f64::consts::PI).abs() < 1e-5);
/// ```
pub fn leibniz(terms: u32) -> f64 {
    let mut sum = 0.0;
    let mut numerator = 4.0;
    for term in 0..terms {
        sum += numerator / (2.0 * f64::from(term) + 1.0);
        numerator = -numerator;
    }
    sum
}

/// Pi with `decimals` digits after the point, all of them right, and not rounded.
///
/// Machin's formula, 16 arctan(1/5) - 4 arctan(1/239), in fixed-point numbers of as many limbs as
/// it takes.
///
/// # Examples
///
/// ```
/// assert_eq!(pi::digits(0), "3");
/// assert_eq!(pi::digits(10), "3.1415926535");
/// ```
pub fn digits(decimals: usize) -> String {
    let limbs = (decimals + GUARD).div_ceil(LIMB_DIGITS) + 1;
    let mut pi = arctan_of_inverse(16, 5, limbs);
    subtract(&mut pi, &arctan_of_inverse(4, 239, limbs));
    let mut text = pi[0].to_string();
    if decimals > 0 {
        text.push('.');
        for limb in &pi[1..] {
            text.push_str(&format!("{limb:09}"));
        }
        text.truncate("3.".len() + decimals);
    }
    text
}

/// Digits beyond those asked for: each term of a series is cut, so the last digits are wrong.
const GUARD: usize = 20;

/// A number is a row of limbs of nine digits, the first of them before the point.
const LIMB_DIGITS: usize = 9;
const LIMB: u64 = 1_000_000_000;

/// `factor * arctan(1 / inverse)`
fn arctan_of_inverse(factor: u64, inverse: u64, limbs: usize) -> Vec<u64> {
    let mut power = vec![0; limbs];
    power[0] = factor;
    divide(&mut power, inverse);
    let mut sum = power.clone();
    for odd in (3..).step_by(2) {
        divide(&mut power, inverse * inverse);
        if power.iter().all(|&limb| limb == 0) {
            break;
        }
        let mut term = power.clone();
        divide(&mut term, odd);
        if odd % 4 == 1 {
            add(&mut sum, &term);
        } else {
            subtract(&mut sum, &term);
        }
    }
    sum
}

fn divide(number: &mut [u64], divisor: u64) {
    let mut rest = 0;
    for limb in number {
        let value = rest * LIMB + *limb;
        *limb = value / divisor;
        rest = value % divisor;
    }
}

fn add(number: &mut [u64], other: &[u64]) {
    let mut carry = 0;
    for (limb, other) in number.iter_mut().zip(other).rev() {
        let sum = *limb + other + carry;
        carry = sum / LIMB;
        *limb = sum % LIMB;
    }
}

fn subtract(number: &mut [u64], other: &[u64]) {
    let mut borrow = 0;
    for (limb, other) in number.iter_mut().zip(other).rev() {
        let difference = LIMB + *limb - other - borrow;
        borrow = 1 - difference / LIMB;
        *limb = difference % LIMB;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_comes_closer() {
        assert_eq!(leibniz(0), 0.0);
        assert_eq!(leibniz(1), 4.0);
        assert!((leibniz(100_000) - std::f64::consts::PI).abs() < 2e-5);
    }

    #[test]
    fn known_digits() {
        let fifty = "3.14159265358979323846264338327950288419716939937510";
        assert_eq!(digits(50), fifty);
        for decimals in 1..50 {
            assert_eq!(digits(decimals), fifty[..decimals + 2]);
        }
        // The "Feynman point": six nines from the 762nd decimal on.
        assert_eq!(&digits(1000)[763..769], "999999");
    }
}
