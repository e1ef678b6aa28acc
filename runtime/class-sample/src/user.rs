//! The user's crate, as it were.

/// A point.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl Point {
    pub fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    pub fn origin() -> Self {
        Self { x: 0.0, y: 0.0 }
    }

    pub fn norm(&self) -> f64 {
        (self.x * self.x + self.y * self.y).sqrt()
    }

    pub fn scale(&mut self, factor: f64) -> &mut Self {
        self.x *= factor;
        self.y *= factor;
        self
    }

    pub fn distance(&self, other: &Self) -> f64 {
        ((self.x - other.x).powi(2) + (self.y - other.y).powi(2)).sqrt()
    }

    pub fn swap(&mut self, other: &mut Self) {
        std::mem::swap(self, other);
    }

    pub fn dot(a: &Self, b: &Self) -> f64 {
        a.x * b.x + a.y * b.y
    }
}

pub fn centroid(points: &[Point]) -> Point {
    let n = points.len() as f64;
    Point::new(
        points.iter().map(|point| point.x).sum::<f64>() / n,
        points.iter().map(|point| point.y).sum::<f64>() / n,
    )
}

pub fn shift(points: &mut [Point], by: f64) {
    for point in points {
        point.x += by;
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd)]
pub struct Six {
    pub a: u16,
    pub b: i32,
    pub c: u32,
    pub d: i64,
    pub e: u64,
}
