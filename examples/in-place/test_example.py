"""Lists and buffers are changed in place; what must not be changed never is."""

import array
import subprocess
import sys

import in_place
import original


def raised(kind, function, *arguments):
    try:
        result = function(*arguments)
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} expected, got {result!r}")


def test_it_prints_sums_and_changes():
    numbers = [1, 2, 3, 4, 5]
    same = numbers
    assert in_place.test("World", numbers) == 15
    assert numbers == [6, 2, 3, 4, 5] and same is numbers


def test_what_it_prints():
    program = "import {}; numbers = [1, 2, 3, 4, 5]; {}.test('Wörld', numbers); print(numbers)"
    outputs = []
    for module in ("in_place", "original"):
        command = [sys.executable, "-X", "utf8", "-u", "-c", program.format(module, module)]
        outputs.append(subprocess.run(command, check=True, capture_output=True).stdout)
    assert outputs[0] == outputs[1]
    assert outputs[0].decode().splitlines() == [
        "Hello, Wörld!",
        "The sum of your numbers is 15",
        "[6, 2, 3, 4, 5]",
    ]


def test_same_as_python():
    for values in ([], [7], [1, 2, 3], [3, -1, 4, -1, -5], [2**40, -(2**40), 2**62], list(range(1000))):
        for name in ("running_totals", "append_total", "remove_negatives"):
            mine, theirs = list(values), list(values)
            assert getattr(in_place, name)(mine) == getattr(original, name)(theirs), (name, values)
            assert mine == theirs, (name, values)


def test_floats():
    mine, theirs = [0.1, -0.0, 1e300, 3], [0.1, -0.0, 1e300, 3.0]
    assert in_place.scale(mine, 1.5) is None
    original.scale(theirs, 1.5)
    assert list(map(repr, mine)) == list(map(repr, theirs))


def test_large_numbers():
    numbers = [2**40, 1]
    assert in_place.test("large", numbers) == 2**40 + 1
    assert numbers == [6, 1]
    numbers = [2**70, 1]
    assert "numbers[0]" in str(raised(OverflowError, in_place.test, "too large", numbers))
    assert numbers == [2**70, 1]


def test_changes_stay_when_it_fails():
    numbers = [1, 2, 2**63 - 1, 4]
    raised(OverflowError, in_place.running_totals, numbers)
    assert numbers == [1, 3, 2**63 - 1, 4]
    numbers = []
    raised(IndexError, in_place.test, "nobody", numbers)
    assert numbers == []


def test_wrong_arguments():
    numbers = [1, 2.5, 3]
    assert "numbers[1]" in str(raised(TypeError, in_place.test, "float", numbers))
    assert numbers == [1, 2.5, 3]
    raised(TypeError, in_place.test)
    raised(TypeError, in_place.test, "one")
    raised(TypeError, in_place.test, "three", [1], [2])
    raised(TypeError, in_place.test, 5, [1])
    raised(TypeError, in_place.test, b"bytes", [1])
    raised(TypeError, in_place.test, "tuple", (1, 2))
    raised(TypeError, in_place.append_total, (1, 2))
    raised(TypeError, in_place.test, "none", None)
    raised(TypeError, in_place.test, "text", "123")


def test_numeric_buffers():
    numbers = array.array("q", [1, 2, 3, 4, 5])
    assert in_place.test("array", numbers) == 15
    assert numbers.tolist() == [6, 2, 3, 4, 5]
    floats = array.array("d", [1.0, 2.0])
    in_place.scale(memoryview(floats), 0.5)
    assert floats.tolist() == [0.5, 1.0]
    raised(TypeError, in_place.running_totals, floats)
    assert floats.tolist() == [0.5, 1.0]


def test_bytes_are_never_written_through():
    literal = b"hello"
    raised(TypeError, in_place.shout, literal)
    raised((TypeError, BufferError), in_place.shout, memoryview(literal))
    assert literal == bytes([104, 101, 108, 108, 111])
    buffer = bytearray(literal)
    in_place.shout(buffer)
    assert buffer == b"HELLO" and literal == bytes([104, 101, 108, 108, 111])
    part = bytearray(b"hello world")
    in_place.shout(memoryview(part)[:5])
    assert part == b"HELLO world"


if __name__ == "__main__":
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            test()
            print(f"{name}: ok")
