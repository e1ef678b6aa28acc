"""Lists of lists go in, come out and are changed in place as in Python."""

import copy
import random

import nested_lists
import original


def raised(kind, function, *arguments):
    try:
        result = function(*arguments)
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} expected, got {result!r}")


def matrix(rows, columns, seed=1):
    numbers = random.Random(seed)
    return [[numbers.uniform(-1, 1) for _ in range(columns)] for _ in range(rows)]


def test_multiply():
    for rows, inner, columns in ((0, 0, 0), (1, 1, 1), (2, 3, 4), (17, 5, 9), (3, 0, 0)):
        left, right = matrix(rows, inner), matrix(inner, columns, seed=2)
        assert nested_lists.multiply(left, right) == original.multiply(left, right)


def test_shapes_that_do_not_fit():
    for left, right in (([[1.0]], [[1.0], [2.0]]), ([[1.0, 2.0]], [[1.0], [2.0, 3.0]])):
        mine = raised(nested_lists.ShapeError, nested_lists.multiply, left, right)
        theirs = raised(original.ShapeError, original.multiply, left, right)
        assert str(mine) == str(theirs) == mine.problem == theirs.problem


def test_transpose():
    for value in ([], [[]], [[1.0]], [[1.0, 2.0, 3.0], [4.0, 5.0]], matrix(7, 3)):
        assert nested_lists.transpose(value) == original.transpose(value)
    assert nested_lists.transpose(((1, 2), [3.5, True])) == [[1.0, 3.5], [2.0, 1.0]]


def test_row_sums():
    for value in ([], [[]], [[1, 2, 3], [], [-4]], [[2**62, 2**62 - 1]]):
        assert nested_lists.row_sums(value) == original.row_sums(value)
    raised(OverflowError, nested_lists.row_sums, [[2**62, 2**62]])


def test_the_error_names_the_place():
    assert "matrix[1][2]" in str(raised(TypeError, nested_lists.row_sums, [[1], [1, 2, "3"]]))
    assert "matrix[1]" in str(raised(TypeError, nested_lists.row_sums, [[1], None]))
    assert "matrix[0][0]" in str(raised(OverflowError, nested_lists.row_sums, [[2**70]]))
    raised(TypeError, nested_lists.row_sums, [[1.5]])
    raised(TypeError, nested_lists.row_sums, ["12"])


def test_in_place_keeps_the_inner_lists():
    mine = [[1.0, 3.0], [0.0, 0.0], [], [2.0]]
    rows = list(mine)
    nested_lists.normalise_rows(mine)
    assert mine == [[0.25, 0.75], [0.0, 0.0], [], [1.0]]
    assert all(before is after for before, after in zip(rows, mine))


def test_in_place_as_in_python():
    mine = matrix(20, 30)
    theirs = copy.deepcopy(mine)
    nested_lists.normalise_rows(mine)
    original.normalise_rows(theirs)
    assert mine == theirs


def test_texts():
    for table in ([], [[]], [["é", "ab"], ["xyz"], []], [["😀😀", ""]]):
        assert nested_lists.column_widths(table) == original.column_widths(table)


if __name__ == "__main__":
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            test()
            print(f"{name}: ok")
