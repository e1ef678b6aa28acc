"""The n-th Fibonacci number"""

import fibonacci
import original


def rust_digits(n):
    return int(fibonacci.fibonacci_digits(n))


CONTENDERS = {
    "python": original.fibonacci,
    "rust, u64": fibonacci.fibonacci,
    "rust, digits": rust_digits,
}

NOTES = {"rust, digits": "int() of the digits included"}

INPUTS = {
    "n = 93, the last that fits into 64 bits": lambda: (93,),
    "n = 10,000": lambda: (10_000,),
}
