"""The same sums, bit by bit, and the same digits."""

import math

import original
import pi


def raised(kind, function, *arguments):
    try:
        result = function(*arguments)
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} expected, got {result!r}")


def test_the_series():
    for terms in (0, 1, 2, 3, 10, 1_000, 100_000):
        assert pi.leibniz(terms).hex() == original.leibniz(terms).hex(), terms
    assert abs(pi.leibniz(1_000_000) - math.pi) < 1e-5


def test_digits():
    for decimals in (*range(60), 100, 1_000, 2_000):
        assert pi.digits(decimals) == original.digits(decimals), decimals
    assert pi.digits(15) == "3.141592653589793"


def test_wrong_arguments():
    raised(OverflowError, pi.leibniz, -1)
    raised(OverflowError, pi.leibniz, 2**32)
    raised(OverflowError, pi.digits, -1)
    raised(TypeError, pi.digits, 2.5)
    raised(TypeError, pi.digits, None)


if __name__ == "__main__":
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            test()
            print(f"{name}: ok")
