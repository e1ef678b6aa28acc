"""Equal to Python while 64 bits suffice, an exception from there on, and never a wrapped number."""

import fibonacci
import original


def raised(kind, function, *arguments):
    try:
        result = function(*arguments)
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} expected, got {result!r}")


def test_equal_up_to_93():
    for n in range(94):
        assert fibonacci.fibonacci(n) == original.fibonacci(n), n


def test_overflow_from_94_on():
    for n in (94, 95, 100, 1_000, 10_000):
        assert "overflow" in str(raised(OverflowError, fibonacci.fibonacci, n))


def test_digits_of_any_size():
    for n in (*range(300), 1_000, 10_000):
        assert int(fibonacci.fibonacci_digits(n)) == original.fibonacci(n), n
    assert fibonacci.fibonacci_digits(10_000) == original.fibonacci_digits(10_000)


def test_n_is_a_u32():
    for function in (fibonacci.fibonacci, fibonacci.fibonacci_digits):
        raised(OverflowError, function, -1)
        raised(OverflowError, function, 2**32)
        raised(OverflowError, function, 2**70)
        raised(TypeError, function, 10.0)
        raised(TypeError, function, "10")


if __name__ == "__main__":
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            test()
            print(f"{name}: ok")
