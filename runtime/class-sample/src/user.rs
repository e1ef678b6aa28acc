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

impl std::ops::Mul<f64> for Point {
    type Output = Self;

    fn mul(self, factor: f64) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }
}

impl std::ops::AddAssign for Point {
    fn add_assign(&mut self, other: Self) {
        self.x += other.x;
        self.y += other.y;
    }
}

impl std::ops::Neg for Point {
    type Output = Self;

    fn neg(self) -> Self {
        Self::new(-self.x, -self.y)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd)]
pub struct Six {
    pub a: u16,
    pub b: i32,
    pub c: u32,
    pub d: i64,
    pub e: u64,
    pub f: i8,
}

impl Six {
    pub fn sum(&self) -> i64 {
        i64::from(self.a)
            + i64::from(self.b)
            + i64::from(self.c)
            + self.d
            + self.e as i64
            + i64::from(self.f)
    }
}

/// Not Clone, with all that can happen to a `&mut self`.
pub struct Counter {
    pub count: i64,
    pub names: Vec<String>,
}

/// How many counters live, to see that each is dropped once.
pub static LIVING: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(0);

impl Counter {
    pub fn new(names: Vec<String>) -> Self {
        LIVING.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Self { count: 0, names }
    }

    pub fn increment(&mut self) -> i64 {
        self.count += 1;
        self.count
    }

    pub fn each(&mut self, mut call: impl FnMut(i64) -> i64) -> i64 {
        self.count = call(self.count);
        self.count
    }

    pub fn look(&self, call: &dyn Fn(i64) -> i64) -> i64 {
        call(self.count)
    }

    pub fn explode(&mut self) {
        panic!("boom");
    }

    pub fn slow(&mut self, milliseconds: u64) {
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        self.count += 1;
    }

    pub fn into_count(self) -> i64 {
        self.count
    }

    pub fn absorb(&mut self, other: Self) {
        self.count += other.count;
    }

    pub fn iter(&self) -> impl Iterator<Item = &String> + '_ {
        self.names.iter()
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        LIVING.fetch_sub(1, std::sync::atomic::Ordering::Relaxed);
        if self.count == -1 {
            panic!("dropped badly");
        }
    }
}

pub struct Ints {
    pub next: i64,
    pub end: i64,
}

impl Iterator for Ints {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        (self.next < self.end).then(|| {
            self.next += 1;
            self.next * 1000
        })
    }
}

pub fn evens(end: i64) -> impl Iterator<Item = i64> {
    (0..end).map(|value| value * 2)
}

pub fn locals(end: i64) -> Box<dyn Iterator<Item = i64>> {
    let shared = std::rc::Rc::new(3);
    Box::new((0..end).map(move |value| value * *shared))
}

pub fn total(values: impl IntoIterator<Item = i64>) -> i64 {
    values.into_iter().sum()
}

pub fn longest<'a>(values: impl Iterator<Item = &'a str>) -> usize {
    values
        .collect::<Vec<_>>()
        .iter()
        .map(|text| text.len())
        .max()
        .unwrap_or(0)
}

pub fn call_many(call: impl Fn(i64) -> i64, count: i64) -> i64 {
    (0..count).map(call).sum()
}

pub fn call_elsewhere(call: Box<dyn Fn(i64) -> String + Send + Sync>, threads: i64) -> Vec<String> {
    let call = &call;
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads)
            .map(|value| scope.spawn(move || call(value)))
            .collect();
        threads
            .into_iter()
            .map(|thread| match thread.join() {
                Ok(text) => text,
                Err(payload) => std::panic::resume_unwind(payload),
            })
            .collect()
    })
}

pub fn mapped(
    values: Vec<i64>,
    call: impl Fn(i64) -> i64 + Send + 'static,
) -> impl Iterator<Item = i64> + Send {
    values.into_iter().map(call)
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Color {
    Red,
    Green,
}

impl Color {
    pub fn other(self) -> Self {
        match self {
            Self::Red => Self::Green,
            Self::Green => Self::Red,
        }
    }
}

#[derive(Clone, Copy)]
pub enum Level {
    Low = -1,
    High = 7,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Circle { radius: f64 },
    Rect(f64, f64),
    Empty,
}

impl Shape {
    pub fn area(&self) -> f64 {
        match self {
            Self::Circle { radius } => 3.0 * radius * radius,
            Self::Rect(a, b) => a * b,
            Self::Empty => 0.0,
        }
    }

    pub fn clear(&mut self) {
        *self = Self::Empty;
    }

    pub fn unit() -> Self {
        Self::Rect(1.0, 1.0)
    }
}

/// A generic container.
#[derive(Clone, Debug, PartialEq)]
pub struct Stack<T> {
    items: Vec<T>,
}

impl<T: Clone + Ord + std::hash::Hash> Stack<T> {
    pub fn new() -> Self {
        Self { items: Vec::new() }
    }

    pub fn push(&mut self, item: T) {
        self.items.push(item);
    }

    pub fn pop(&mut self) -> Option<T> {
        self.items.pop()
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }

    pub fn sort(&mut self) {
        self.items.sort();
    }

    pub fn contains(&self, item: &T) -> bool {
        self.items.contains(item)
    }

    pub fn distinct(&self) -> usize {
        self.items
            .iter()
            .collect::<std::collections::HashSet<_>>()
            .len()
    }

    pub fn get(&self, index: usize) -> Option<&T> {
        self.items.get(index)
    }
}

/// Not Send.
pub struct Local {
    pub value: std::rc::Rc<i64>,
}

#[repr(align(64))]
#[derive(Clone)]
pub struct Aligned {
    pub value: i64,
}

impl Aligned {
    pub fn is_aligned(&self) -> bool {
        std::ptr::from_ref(self) as usize % 64 == 0
    }
}
