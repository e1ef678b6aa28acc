"""When two answers count as the same. Run by answers.test.ts, and by itself with python/ on PYTHONPATH."""

import array

from ferrule.bench import answers


def difference(expected, actual, tolerance=0.0):
    return answers.difference(answers.Outcome(expected, None, ()), answers.Outcome(actual, None, ()), tolerance)


def raising(exception, *arguments):
    def call(*_):
        raise exception

    return answers.outcome(call, arguments)


NAN = float("nan")


def test_same():
    for one, other in (
        (1, 1),
        (10**5000, 10**5000),
        (NAN, -NAN),
        ("é", "é"),
        ([1, [2.0, NAN]], [1, [2.0, NAN]]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({1, 2}, {2, 1}),
        (array.array("d", [NAN]), array.array("d", [NAN])),
        (memoryview(b"ab"), memoryview(b"ab")),
        (complex(NAN, 1), complex(NAN, 1)),
        (ValueError("x"), ValueError("x")),
        (range(3), range(3)),
    ):
        assert difference(one, other) is None, (one, other)


def test_different():
    for one, other, phrase in (
        (1, 2, "2 instead of 1"),
        (1, True, "True (bool) instead of 1 (int)"),
        (1, 1.0, "1.0 (float) instead of 1 (int)"),
        (0.0, -0.0, "-0.0 instead of 0.0"),
        (0.1 + 0.2, 0.3, "0.3 instead of 0.30000000000000004"),
        ("a", b"a", "b'a' (bytes) instead of 'a' (str)"),
        ([1], (1,), "(1,) (tuple) instead of [1] (list)"),
        ([1, [2, 3]], [1, [2, 4]], "[1][1]: 4 instead of 3"),
        ([1, 2], [1], "1 items instead of 2"),
        ({"a": 1}, {"b": 1}, "no key 'a'"),
        ({}, {"b": 1}, "a key 'b' too many"),
        ({"a": [1]}, {"a": [2]}, "['a'][0]: 2 instead of 1"),
        ({1}, {True}, "True (bool) instead of 1 (int)"),
        ({1}, {2}, "no key 1"),
        (array.array("i", [1]), array.array("h", [1]), "array of 'h' instead of 'i'"),
        (10**5000, 1, "1 instead of an int of 16610 bits"),
        (3**2000, 1, "1 instead of 174787125172265160...1673819054110440001"),
        ("x" * 1000, "", "'' instead of 'xxxxxxxxxxxxxxxxx...xxxxxxxxxxxxxxxxxx'"),
    ):
        assert difference(one, other) == phrase, (one, other, difference(one, other))


def test_floats_may_differ_by_a_tolerance():
    for one, other in (
        (0.1 + 0.2, 0.3),
        ([{"a": (0.1 + 0.2, 1e300)}], [{"a": (0.3, 1e300)}]),
        (complex(0.1 + 0.2, 1), complex(0.3, 1)),
        (array.array("d", [0.1 + 0.2]), array.array("d", [0.3])),
        (float("inf"), float("inf")),
        (NAN, NAN),
    ):
        assert difference(one, other, 1e-9) is None, (one, other)
    for one, other in ((1.0, 1.00001), (1.0, NAN), (1.0, float("inf")), (1e-300, 0.0), (1, 1.0), ([0.5, "a"], [0.5, "b"])):
        assert difference(one, other, 1e-9) is not None, (one, other)


def test_a_difference_deep_inside_is_found_once():
    expected, actual = [1], [2]
    for _ in range(60):
        expected, actual = [expected], [actual]
    assert difference(expected, actual) == "[0]" * 61 + ": 2 instead of 1"


def test_exceptions_are_compared_by_class():
    class ShapeError(Exception):
        pass

    theirs = type("ShapeError", (Exception,), {"__qualname__": ShapeError.__qualname__})
    assert answers.difference(raising(ShapeError("a")), raising(theirs("b"))) is None
    own = type("WidthError", (ValueError,), {})
    assert answers.difference(raising(ValueError("a")), raising(own("a"))) is None
    assert answers.difference(raising(ShapeError("a")), raising(type("Flat", (theirs,), {})("a"))) is None
    assert answers.difference(raising(own("a")), raising(ValueError("a"))) == "ValueError: a instead of WidthError: a"
    assert answers.difference(raising(KeyError("a")), raising(IndexError("a"))) == "IndexError: a instead of KeyError: 'a'"
    returned = answers.Outcome(3, None, ())
    assert answers.difference(returned, raising(OverflowError("too large"))) == "OverflowError: too large instead of 3"
    assert answers.difference(raising(OverflowError()), returned) == "3 instead of OverflowError"
    assert raising(SystemExit(1)).exception is not None


def test_what_is_left_of_the_arguments_counts():
    sort = answers.outcome(lambda values: values.sort(), ([3, 1, 2],))
    assert answers.difference(sort, answers.outcome(lambda values: None, ([3, 1, 2],))) == (
        "its arguments were left different: [0][0]: 3 instead of 1"
    )
    assert answers.changed(([3, 1, 2],), sort.arguments)
    assert not answers.changed(([1, 2, 3],), sort.arguments)
    assert answers.difference(raising(ValueError(), [1]), raising(ValueError(), [2])) is not None


def test_what_cannot_be_compared_says_so():
    for pair in ((object(), object()), (iter([1]), iter([1]))):
        try:
            difference(*pair)
        except answers.Incomparable:
            continue
        raise AssertionError(pair)
    nested = []
    for _ in range(100_000):
        nested = [nested]
    other = []
    for _ in range(100_000):
        other = [other]
    try:
        difference(nested, other)
    except answers.Incomparable:
        pass
    else:
        raise AssertionError("nested")


if __name__ == "__main__":
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            test()
