//! The rows of the benchmark as an ordinary Rust crate: nothing in it knows of Python.

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

pub fn noop() {}

pub fn inc(x: i64) -> i64 {
    x + 1
}

pub fn add(a: i64, b: i64) -> i64 {
    a + b
}

pub fn mixed(a: u16, b: i32, c: u32, d: i64, e: u64, f: f32) -> f32 {
    a as f32 + b as f32 + c as f32 + d as f32 + e as f32 + f
}

pub fn half(x: f64) -> f64 {
    x * 0.5
}

pub fn negate(x: bool) -> bool {
    !x
}

pub fn str_len(text: &str) -> usize {
    text.len()
}

pub fn upper(text: &str) -> String {
    text.to_ascii_uppercase()
}

pub fn bytes_len(data: &[u8]) -> usize {
    data.len()
}

pub fn sum_ints(values: Vec<i64>) -> i64 {
    values.iter().sum()
}

pub fn sum_floats(values: &[f64]) -> f64 {
    values.iter().sum()
}

pub fn count_floats(values: &[f64]) -> usize {
    values.len()
}

pub fn make_ints(count: i64) -> Vec<i64> {
    (0..count).map(|i| i * 1000).collect()
}

pub fn make_floats(count: i64) -> Vec<f64> {
    (0..count).map(|i| i as f64 * 0.5).collect()
}

pub fn total_len(texts: Vec<String>) -> usize {
    texts.iter().map(|text| text.len()).sum()
}

pub fn total_len_borrowed(texts: &[&str]) -> usize {
    texts.iter().map(|text| text.len()).sum()
}

pub fn sum_values(table: HashMap<String, i64>) -> i64 {
    table.values().sum()
}

pub fn sum_values_borrowed(table: HashMap<&str, i64>) -> i64 {
    table.values().sum()
}

pub fn make_table() -> HashMap<String, i64> {
    static TABLE: OnceLock<HashMap<String, i64>> = OnceLock::new();
    TABLE
        .get_or_init(|| (0..1000).map(|i| (format!("key{i}"), i * 1000)).collect())
        .clone()
}

pub fn sum_pairs(pairs: Vec<(f64, f64)>) -> f64 {
    pairs.iter().map(|(a, b)| a + b).sum()
}

pub fn sum_rows(rows: Vec<Vec<f64>>) -> f64 {
    rows.iter().flatten().sum()
}

pub fn or_zero(value: Option<i64>) -> i64 {
    value.unwrap_or(0)
}

pub fn scale(values: &mut [f64], factor: f64) {
    for value in values {
        *value *= factor;
    }
}

#[derive(Debug)]
pub struct NegativeError;

impl fmt::Display for NegativeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("negative value")
    }
}

impl std::error::Error for NegativeError {}

pub fn checked(x: i64) -> Result<i64, NegativeError> {
    if x < 0 {
        return Err(NegativeError);
    }
    Ok(x)
}
