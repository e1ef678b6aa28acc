"""Fibonacci numbers in Python, whose integers have no limit."""


def fibonacci(n: int) -> int:
    current, following = 0, 1
    for _ in range(n):
        current, following = following, current + following
    return current


def fibonacci_digits(n: int) -> str:
    return str(fibonacci(n))
