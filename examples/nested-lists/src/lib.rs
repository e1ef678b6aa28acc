//! Matrices and tables as lists of lists: in, out and in place.

use std::fmt;

/// Two matrices cannot be multiplied: the rows of the left one are not as long as the right one has
/// rows, or the rows of one matrix are not equally long.
#[derive(Debug, Clone, PartialEq)]
pub struct ShapeError {
    /// What does not fit.
    pub problem: String,
}

impl fmt::Display for ShapeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.problem)
    }
}

impl std::error::Error for ShapeError {}

/// The product of two matrices.
///
/// # Errors
///
/// [`ShapeError`] when the shapes do not fit.
pub fn multiply(left: &[Vec<f64>], right: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, ShapeError> {
    let width = right.first().map_or(0, Vec::len);
    if let Some(row) = right.iter().find(|row| row.len() != width) {
        let problem = format!("rows of {width} and of {} numbers", row.len());
        return Err(ShapeError { problem });
    }
    left.iter()
        .map(|row| {
            if row.len() != right.len() {
                let problem = format!("a row of {} numbers for {} rows", row.len(), right.len());
                return Err(ShapeError { problem });
            }
            let mut product = vec![0.0; width];
            for (factor, other) in row.iter().zip(right) {
                for (sum, number) in product.iter_mut().zip(other) {
                    *sum += factor * number;
                }
            }
            Ok(product)
        })
        .collect()
}

/// Rows become columns. Rows longer than the shortest are cut, as `zip` does.
pub fn transpose(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let width = matrix.iter().map(Vec::len).min().unwrap_or(0);
    (0..width)
        .map(|column| matrix.iter().map(|row| row[column]).collect())
        .collect()
}

/// The sum of each row.
pub fn row_sums(matrix: &[Vec<i64>]) -> Vec<i64> {
    matrix.iter().map(|row| row.iter().sum()).collect()
}

/// Divides each row by its sum, in place. Rows with the sum zero stay as they are.
pub fn normalise_rows(matrix: &mut [Vec<f64>]) {
    for row in matrix {
        let mut sum = 0.0;
        for number in row.iter() {
            sum += number;
        }
        if sum != 0.0 {
            for number in row {
                *number /= sum;
            }
        }
    }
}

/// The width of each column of a table of texts: that of its longest cell, in characters.
pub fn column_widths(table: &[Vec<String>]) -> Vec<usize> {
    let columns = table.iter().map(Vec::len).max().unwrap_or(0);
    let width = |cell: Option<&String>| cell.map_or(0, |text| text.chars().count());
    (0..columns)
        .map(|column| {
            let cells = table.iter().map(|row| width(row.get(column)));
            cells.max().unwrap_or(0)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products() {
        let left = [vec![1.0, 2.0], vec![3.0, 4.0]];
        let right = [vec![5.0], vec![6.0]];
        assert_eq!(multiply(&left, &right), Ok(vec![vec![17.0], vec![39.0]]));
        assert!(multiply(&left, &right[..1]).is_err());
        assert_eq!(multiply(&[], &[]), Ok(vec![]));
    }

    #[test]
    fn rows_and_columns() {
        let ragged = [vec![1.0, 2.0, 3.0], vec![4.0, 5.0]];
        assert_eq!(transpose(&ragged), [[1.0, 4.0], [2.0, 5.0]]);
        assert_eq!(row_sums(&[vec![1, 2], vec![]]), [3, 0]);
        let mut matrix = [vec![1.0, 3.0], vec![0.0, 0.0]];
        normalise_rows(&mut matrix);
        assert_eq!(matrix, [[0.25, 0.75], [0.0, 0.0]]);
    }

    #[test]
    fn widths_are_in_characters() {
        let table = [vec!["é".into(), "ab".into()], vec!["xyz".into()]];
        assert_eq!(column_widths(&table), [3, 2]);
    }
}
