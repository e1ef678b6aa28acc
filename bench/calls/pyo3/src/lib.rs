//! The same functions as in ../plain, written as PyO3's guide does.

#[pyo3::pymodule]
mod calls_pyo3 {
    use numpy::{PyReadonlyArray1, PyReadwriteArray1};
    use pyo3::create_exception;
    use pyo3::exceptions::PyException;
    use pyo3::prelude::*;
    use pyo3::pybacked::PyBackedStr;
    use std::collections::HashMap;
    use std::sync::OnceLock;

    #[pyfunction]
    fn noop() {}

    #[pyfunction]
    fn inc(x: i64) -> i64 {
        x + 1
    }

    #[pyfunction]
    fn add(a: i64, b: i64) -> i64 {
        a + b
    }

    #[pyfunction]
    fn mixed(a: u16, b: i32, c: u32, d: i64, e: u64, f: f32) -> f32 {
        a as f32 + b as f32 + c as f32 + d as f32 + e as f32 + f
    }

    #[pyfunction]
    fn half(x: f64) -> f64 {
        x * 0.5
    }

    #[pyfunction]
    fn negate(x: bool) -> bool {
        !x
    }

    #[pyfunction]
    fn str_len(text: &str) -> usize {
        text.len()
    }

    #[pyfunction]
    fn upper(text: &str) -> String {
        text.to_ascii_uppercase()
    }

    #[pyfunction]
    fn bytes_len(data: &[u8]) -> usize {
        data.len()
    }

    #[pyfunction]
    fn sum_ints(values: Vec<i64>) -> i64 {
        values.iter().sum()
    }

    #[pyfunction]
    fn sum_floats(values: Vec<f64>) -> f64 {
        values.iter().sum()
    }

    #[pyfunction]
    fn count_floats(values: Vec<f64>) -> usize {
        values.len()
    }

    #[pyfunction]
    fn count_array(values: PyReadonlyArray1<f64>) -> PyResult<usize> {
        Ok(values.as_slice()?.len())
    }

    #[pyfunction]
    fn sum_array(values: PyReadonlyArray1<f64>) -> PyResult<f64> {
        Ok(values.as_slice()?.iter().sum())
    }

    #[pyfunction]
    fn make_ints(count: i64) -> Vec<i64> {
        (0..count).map(|i| i * 1000).collect()
    }

    #[pyfunction]
    fn make_floats(count: i64) -> Vec<f64> {
        (0..count).map(|i| i as f64 * 0.5).collect()
    }

    #[pyfunction]
    fn total_len(texts: Vec<String>) -> usize {
        texts.iter().map(|text| text.len()).sum()
    }

    #[pyfunction]
    fn total_len_borrowed(texts: Vec<PyBackedStr>) -> usize {
        texts.iter().map(|text| text.len()).sum()
    }

    #[pyfunction]
    fn sum_values(table: HashMap<String, i64>) -> i64 {
        table.values().sum()
    }

    #[pyfunction]
    fn sum_values_borrowed(table: HashMap<PyBackedStr, i64>) -> i64 {
        table.values().sum()
    }

    #[pyfunction]
    fn make_table() -> HashMap<String, i64> {
        static TABLE: OnceLock<HashMap<String, i64>> = OnceLock::new();
        TABLE
            .get_or_init(|| (0..1000).map(|i| (format!("key{i}"), i * 1000)).collect())
            .clone()
    }

    #[pyfunction]
    fn sum_pairs(pairs: Vec<(f64, f64)>) -> f64 {
        pairs.iter().map(|(a, b)| a + b).sum()
    }

    #[pyfunction]
    fn sum_rows(rows: Vec<Vec<f64>>) -> f64 {
        rows.iter().flatten().sum()
    }

    #[pyfunction]
    #[pyo3(signature = (value=None))]
    fn or_zero(value: Option<i64>) -> i64 {
        value.unwrap_or(0)
    }

    #[pyfunction]
    fn scale_array(mut values: PyReadwriteArray1<f64>, factor: f64) -> PyResult<()> {
        for value in values.as_slice_mut()? {
            *value *= factor;
        }
        Ok(())
    }

    create_exception!(calls_pyo3, NegativeError, PyException);

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("NegativeError", module.py().get_type::<NegativeError>())
    }

    #[pyfunction]
    fn checked(x: i64) -> PyResult<i64> {
        if x < 0 {
            return Err(NegativeError::new_err("negative value"));
        }
        Ok(x)
    }
}
