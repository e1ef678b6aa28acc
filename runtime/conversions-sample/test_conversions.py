"""Every row of the table of conversions: what is taken, what comes out, what is refused and how, and that no reference is lost or kept.

Run it with pytest or with the interpreter alone: `PYTHONPATH=DIRECTORY python test_conversions.py`, where build.sh put the module into DIRECTORY.
"""

import array
import collections
import copy
import ctypes
import datetime
import decimal
import enum
import fractions
import gc
import ipaddress
import math
import os
import pathlib
import sys
import types

import ferrule_conversions as m

try:
    import numpy
except ImportError:
    numpy = None


def raises(kind, text, function, *arguments):
    """Calls and returns the exception, which must be exactly of that class and contain the text."""
    try:
        result = function(*arguments)
    except BaseException as error:  # noqa: BLE001
        assert type(error) is kind, (type(error), error)
        assert text in str(error), str(error)
        return error
    raise AssertionError(f"{function.__name__}{arguments!r} gave {result!r}")


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class Boom(Exception):
    pass


class Bomb:
    """Every hook raises."""

    def boom(self, *_):
        raise Boom("boom")

    __index__ = __float__ = __getitem__ = __len__ = __iter__ = __fspath__ = boom


class Hook:
    """Runs a function in the middle of a conversion."""

    def __init__(self, function, value=1):
        self.function, self.value = function, value

    def __index__(self):
        self.function()
        return self.value

    def __float__(self):
        self.function()
        return float(self.value)


class Items:
    """A sequence by its items alone."""

    def __init__(self, *items):
        self.items = items

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        return self.items[index]


# Numbers


def test_bool():
    assert m.bool(True) is True
    assert m.bool(False) is False
    raises(TypeError, "bool(): value: expected bool, got int", m.bool, 1)
    raises(TypeError, "expected bool, got NoneType", m.bool, None)
    fake = type("bool_", (), {"__module__": "numpy"})()
    raises(TypeError, "expected bool, got bool_", m.bool, fake)


INTS = {
    "i8": (-(2**7), 2**7 - 1),
    "i16": (-(2**15), 2**15 - 1),
    "i32": (-(2**31), 2**31 - 1),
    "i64": (-(2**63), 2**63 - 1),
    "isize": (-(2**63), 2**63 - 1),
    "i128": (-(2**127), 2**127 - 1),
    "u8": (0, 2**8 - 1),
    "u16": (0, 2**16 - 1),
    "u32": (0, 2**32 - 1),
    "u64": (0, 2**64 - 1),
    "usize": (0, 2**64 - 1),
    "u128": (0, 2**128 - 1),
}


def test_int():
    edges = {e + d for b in (0, 7, 8, 15, 16, 29, 30, 31, 32, 59, 60, 61, 63, 64, 65, 89, 90, 119, 120, 127, 128, 129, 150, 300) for e in (2**b, -(2**b)) for d in (-2, -1, 0, 1, 2)}
    for name, (low, high) in INTS.items():
        function = getattr(m, name)
        for value in edges | {low - 1, low, high, high + 1}:
            if low <= value <= high:
                assert function(value) == value
                assert type(function(value)) is int
                assert function(Index(value)) == value
            else:
                raises(OverflowError, f"{name}(): value: expected int in {low}..={high}, got {str(value)[:20]}", function, value)
                raises(OverflowError, "expected int in", function, Index(value))
        assert function(True) == 1 and type(function(True)) is int
        raises(TypeError, f"{name}(): value: expected int, got float", function, 1.0)
        raises(TypeError, "expected int, got str", function, "1")
        raises(TypeError, "expected int, got NoneType", function, None)
        raises(TypeError, "expected int, got Decimal", function, decimal.Decimal(1))
        raises(Boom, "boom", function, Bomb())
        raises(TypeError, "", function, Index(1.5))

    class Colour(enum.IntEnum):
        RED = 3

    class Big(int):
        def __index__(self):
            raise AssertionError("not asked")

    assert m.i64(Colour.RED) == 3 and type(m.i64(Colour.RED)) is int
    assert m.u8(Big(200)) == 200
    assert m.i128(Big(-(2**100))) == -(2**100)


def test_non_zero():
    assert m.non_zero_u8(255) == 255
    assert m.non_zero_i64(-(2**63)) == -(2**63)
    raises(ValueError, "expected int other than 0", m.non_zero_u8, 0)
    raises(OverflowError, "expected int in 1..=255, got 256", m.non_zero_u8, 256)
    raises(OverflowError, "expected int in 1..=255, got -1", m.non_zero_u8, -1)
    raises(OverflowError, "value[0]: expected int in 1..=4294967295, got -1", m.vec_non_zero, array.array("q", [-1]))
    raises(OverflowError, "expected int in -9223372036854775808..=9", m.non_zero_i64, 2**63)
    raises(TypeError, "expected int, got float", m.non_zero_u8, 1.0)
    assert m.vec_non_zero([1, 2]) == [1, 2]
    assert m.vec_non_zero(array.array("q", [1, 2])) == [1, 2]
    raises(ValueError, "value[1]: expected int other than 0", m.vec_non_zero, [1, 0])
    raises(ValueError, "value[1]: expected int other than 0", m.vec_non_zero, array.array("q", [1, 0]))


def test_wrapping():
    assert m.wrapping_u8(255) == 255
    raises(OverflowError, "", m.wrapping_u8, 256)
    assert m.vec_wrapping(array.array("q", [1, -2])) == [1, -2]


def test_float():
    for function in (m.f32, m.f64):
        for value in (0.0, -0.0, 1.5, -2.0, math.inf, -math.inf):
            assert function(value) == value and math.copysign(1, function(value)) == math.copysign(1, value)
        assert math.isnan(function(math.nan))
        assert function(3) == 3.0 and type(function(3)) is float
        assert function(True) == 1.0
        assert function(Index(7)) == 7.0
        assert function(decimal.Decimal("0.5")) == 0.5
        assert function(fractions.Fraction(1, 4)) == 0.25
        raises(TypeError, "expected float, got str", function, "1.5")
        raises(TypeError, "expected float, got NoneType", function, None)
        raises(Boom, "boom", function, Bomb())
        raises(OverflowError, "expected int in the range of float, got 1000", function, 10**400)
    raises(TypeError, "", m.f64, 1j)
    assert m.f64(2**60 + 1) == float(2**60 + 1)
    assert m.f64(1e308) == 1e308
    assert m.f32(0.1) == numpy_f32(0.1)
    raises(OverflowError, "got 1e39", m.f32, 1e39)
    raises(OverflowError, "", m.f32, 10**39)

    class Sub(float):
        def __float__(self):
            raise AssertionError("not asked")

    assert m.f64(Sub(2.5)) == 2.5 and type(m.f64(Sub(2.5))) is float

    class Wrong:
        def __float__(self):
            return "no"

    raises(TypeError, "", m.f64, Wrong())


def numpy_f32(value):
    return ctypes.c_float(value).value


# Text


class Str(str):
    pass


def test_text():
    texts = ["", "a", "abc", "x" * 1000, "é", "ñandú", "日本語", "🦀", "a\0b", "ÿ", "\x7f", "\x80"]
    for name in ("str", "string", "box_str", "arc_str", "rc_str", "cow_str"):
        function = getattr(m, name)
        for text in texts:
            for given in (text, Str(text)):
                result = function(given)
                assert result == text and type(result) is str
                assert hash(result) == hash(text)
        raises(UnicodeEncodeError, "surrogates not allowed", function, "a\ud800")
        raises(UnicodeEncodeError, "surrogates not allowed", function, Str("\udfff"))
        raises(TypeError, f"{name}(): value: expected str, got bytes", function, b"a")
        raises(TypeError, "expected str, got int", function, 1)
        raises(TypeError, "expected str, got NoneType", function, None)


def test_char():
    for text in ("a", "\0", "é", "語", "🦀", Str("b")):
        assert m.char(text) == text and type(m.char(text)) is str
    raises(ValueError, "expected str of length 1, got length 0", m.char, "")
    raises(ValueError, "expected str of length 1, got length 2", m.char, "ab")
    raises(UnicodeEncodeError, "", m.char, "\ud800")
    raises(TypeError, "expected str, got int", m.char, 97)


# Bytes


def test_bytes():
    for name in ("bytes", "byte_vec", "box_bytes", "arc_bytes", "cow_bytes"):
        function = getattr(m, name)
        for content in (b"", b"a", b"abc\0\xff" * 100):
            givens = [content, bytearray(content), memoryview(content), memoryview(bytearray(content)), array.array("B", content), list(content), tuple(content)]
            givens.append(type("Sub", (bytes,), {})(content))
            givens.append((ctypes.c_ubyte * len(content))(*content))
            for given in givens:
                result = function(given)
                assert result == content and type(result) is bytes, given
        assert function(memoryview(b"abcdef")[::2]) == b"ace"
        assert function(memoryview(bytearray(b"abcdef"))[::-1]) == b"fedcba"
        assert function(array.array("b", [-1, 1])) == b"\xff\x01"
        raises(TypeError, f"{name}(): value: expected bytes, got str", function, "abc")
        raises(TypeError, "expected bytes, got NoneType", function, None)
        raises(TypeError, "expected bytes, got int", function, 5)
        raises(TypeError, "expected bytes, got array of int32", function, array.array("i", [1]))
        raises(OverflowError, "value[1]: expected int in 0..=255, got 256", function, [1, 256])
        raises(TypeError, "value[0]: expected int, got str", function, ["a"])
        raises(TypeError, "expected bytes, got set", function, {1})
        released = memoryview(b"abc")
        released.release()
        raises(ValueError, "released", function, released)
    array_ = bytearray(b"abc")
    m.bytes(array_)
    array_ += b"d"  # not exported any more
    buffer = bytearray(100)
    assert m.address_bytes(buffer) == ctypes.addressof((ctypes.c_char * 100).from_buffer(buffer))


def test_byte_array():
    assert m.bytes_4(b"abcd") == b"abcd"
    assert m.bytes_4([1, 2, 3, 4]) == b"\1\2\3\4"
    assert m.bytes_4(bytearray(4)) == bytes(4)
    raises(ValueError, "expected bytes of length 4, got length 3", m.bytes_4, b"abc")
    raises(ValueError, "expected bytes of length 4, got length 5", m.bytes_4, [1, 2, 3, 4, 5])
    raises(TypeError, "expected bytes, got str", m.bytes_4, "abcd")


# Sequences


def test_sequences():
    names = ["vec_i64", "slice_i64", "vec_deque", "linked_list", "box_slice", "arc_slice", "vec_i128", "vec_wrapping"]
    for name in names:
        function = getattr(m, name)
        for content in ([], [1], [3, -1, 2**62], list(range(1000))):
            for given in (content, tuple(content), collections.deque(content), Items(*content), collections.UserList(content), type("L", (list,), {})(content)):
                result = function(given)
                assert result == content and type(result) is list, (name, given)
        assert function(range(3)) == [0, 1, 2]
        assert function([True, Index(5)]) == [1, 5]
        raises(TypeError, f"{name}(): value[3]: expected int, got str", function, [1, 2, 3, "4"])
        raises(TypeError, "value[0]: expected int, got float", function, (1.0,))
        raises(TypeError, "expected list of int, got str", function, "123")
        raises(TypeError, "expected list of int, got int", function, 1)
        raises(TypeError, "expected list of int, got dict", function, {1: 2})
        raises(TypeError, "expected list of int, got set", function, {1})
        raises(TypeError, "expected list of int, got UserDict", function, collections.UserDict({0: 1}))
        raises(TypeError, "expected list of int, got generator", function, (i for i in range(3)))
        raises(TypeError, "expected list of int, got bytes", function, b"12")
        raises(TypeError, "expected list of int, got bytearray", function, bytearray(b"12"))
        raises(Boom, "boom", function, [1, Bomb()])
        raises(Boom, "boom", function, Bomb())
    raises(OverflowError, "value[1]: expected int in -2147483648..=2147483647, got 2147483648", m.vec_i32, [1, 2**31])
    assert m.binary_heap([1, 3, 2]) == [3, 2, 1]
    assert m.rc_slice(["a", "b"]) == ["a", "b"]
    assert m.cow_slice([1, 2.5]) == [1.0, 2.5]
    assert m.vec_u8(b"ab") == [97, 98]
    assert m.vec_u8(bytearray(b"ab")) == [97, 98]
    assert m.vec_f64([1, 2.5, Index(3), decimal.Decimal("4.5")]) == [1.0, 2.5, 3.0, 4.5]
    raises(TypeError, "expected list of float, got str", m.vec_f64, "1")
    assert m.vec_bool([True, False]) == [True, False]
    raises(TypeError, "value[1]: expected bool, got int", m.vec_bool, [True, 1])
    assert m.vec_option([1, None]) == [1, None]
    raises(TypeError, "value[2]: expected int or None, got str", m.vec_option, [1, None, "x"])
    raises(TypeError, "expected list of int or None, got bytes", m.vec_option, b"ab")
    assert m.vec_path(["a", pathlib.Path("b"), b"c"]) == [pathlib.Path("a"), pathlib.Path("b"), pathlib.Path("c")]


def test_text_in_sequences():
    words = ["", "a", "é", "日本", "x" * 50]
    for name in ("vec_str", "slice_str", "vec_string"):
        function = getattr(m, name)
        for given in (words, tuple(words), Items(*words), collections.deque(words), [Str(word) for word in words]):
            assert function(given) == words
        raises(TypeError, "expected list of str, got str", function, "words")
        raises(TypeError, "value[1]: expected str, got int", function, ["a", 1])
        raises(UnicodeEncodeError, "", function, ["a", "\ud800"])

    class Fresh:
        """Makes a new str for every item, which nobody else holds."""

        def __len__(self):
            return 1000

        def __getitem__(self, index):
            if index == 1000:
                raise IndexError
            return f"item number {index}"

    assert m.vec_str(Fresh()) == [f"item number {i}" for i in range(1000)]
    assert m.slice_str(Fresh()) == [f"item number {i}" for i in range(1000)]
    assert m.vec_bytes([b"a", bytearray(b"b"), memoryview(b"cde")[::2], [1, 2]]) == [b"a", b"b", b"ce", b"\1\2"]


def test_nested():
    rows = [[1, 2], [], [3]]
    assert m.vec_vec_i64(rows) == rows
    assert m.vec_vec_i64(((1, 2), [3])) == [[1, 2], [3]]
    assert m.slice_slice_i64(rows) == rows
    assert m.vec_vec_str([["a"], ("é", "b")]) == [["a"], ["é", "b"]]
    assert m.vec_vec_vec_u8([[b"ab", [1]], []]) == [[[97, 98], [1]], []]
    raises(TypeError, "value[1][2]: expected int, got str", m.vec_vec_i64, [[1], [1, 2, "3"]])
    raises(TypeError, "value[1]: expected list of int, got int", m.vec_vec_i64, [[1], 2])
    raises(TypeError, "expected list of list of int, got str", m.vec_vec_i64, "ab")
    assert m.vec_vec_i64([array.array("h", [1, 2]), [3]]) == [[1, 2], [3]]
    assert m.vec_pair([(1, 2.5), [3, 4]]) == [(1.0, 2.5), (3.0, 4.0)]
    assert m.vec_pair_str([("a", 1), ["é", 2], Items("c" * 3, 3)]) == [("a", 1), ("é", 2), ("ccc", 3)]
    raises(TypeError, "value[0][1]: expected float, got str", m.vec_pair, [(1, "2")])
    assert m.vec_array([[1, 2], (3, 4)]) == [[1.0, 2.0], [3.0, 4.0]]
    raises(ValueError, "value[1]: expected list of length 2, got length 1", m.vec_array, [[1, 2], [3]])


def test_array():
    for given in ([1, 2, 3], (1, 2, 3), Items(1, 2, 3), array.array("i", [1, 2, 3]), range(1, 4), [1, Index(2), 3], (1, Index(2), True and 3)):
        assert m.array_3(given) == [1, 2, 3]
    for wrong in ([], [1, 2], [1, 2, 3, 4], (1,), Items(1), array.array("i", [1])):
        raises(ValueError, f"expected list of length 3, got length {len(wrong)}", m.array_3, wrong)
    raises(TypeError, "value[2]: expected int, got str", m.array_3, [1, 2, "3"])
    raises(TypeError, "value[2]: expected int, got str", m.array_3, (1, 2, "3"))
    raises(TypeError, "expected list of int, got str", m.array_3, "123")
    assert m.array_str(["a", "b"]) == ["a", "b"]
    raises(TypeError, "value[1]: expected str, got int", m.array_str, ["a" * 50, 2])


# Buffers


def test_buffers():
    codes = "bBhHiIlLqQ"
    for code in codes:
        content = array.array(code, [0, 1, 2, 100])
        for function in (m.vec_i64, m.slice_i64, m.vec_i32, m.slice_i32, m.vec_u8, m.slice_u8, m.vec_i128, m.vec_deque, m.box_slice):
            assert function(content) == [0, 1, 2, 100], (code, function)
        for function in (m.vec_f64, m.slice_f64, m.vec_f32, m.slice_f32, m.cow_slice):
            assert function(content) == [0.0, 1.0, 2.0, 100.0], (code, function)
            assert all(type(value) is float for value in function(content))
        assert m.vec_i64(array.array(code)) == []
        assert m.slice_f64(array.array(code)) == []
    for code in "df":
        content = array.array(code, [0.5, -2, math.inf])
        for function in (m.vec_f64, m.slice_f64, m.vec_f32, m.slice_f32):
            assert function(content) == [0.5, -2.0, math.inf]
        raises(TypeError, f"expected list of int, got array of float{8 * content.itemsize}", m.vec_i64, content)
        raises(TypeError, f"array of float{8 * content.itemsize}", m.slice_i64, content)
    raises(OverflowError, "value[1]: expected int in 0..=255, got 256", m.vec_u8, array.array("h", [1, 256]))
    raises(OverflowError, "value[0]: expected int in 0..=255, got -1", m.slice_u8, array.array("q", [-1]))
    raises(OverflowError, "value[1]: expected int in", m.vec_i64, array.array("Q", [1, 2**63]))
    raises(OverflowError, "value[1]: expected float in the range of 32 bits, got 1e39", m.vec_f32, array.array("d", [1, 1e39]))
    floats = array.array("d", range(10))
    assert m.address_f64(floats) == floats.buffer_info()[0]
    view = memoryview(floats)
    assert m.address_f64(view[2:]) == floats.buffer_info()[0] + 16
    assert m.slice_f64(view[::3]) == [0.0, 3.0, 6.0, 9.0]
    assert m.vec_f64(view[::-1]) == list(range(9, -1, -1))
    assert m.vec_f64(view[5:5]) == []
    matrix = view.cast("B").cast("d", (2, 5))
    assert m.vec_vec_f64(matrix) == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
    raises(TypeError, "expected list of float, got 2-dimensional memoryview of float64", m.vec_f64, matrix)
    raises(TypeError, "expected list of list of float, got 1-dimensional memoryview", m.vec_vec_f64, view)
    raises(TypeError, "expected list of float, got 0-dimensional", m.vec_f64, view[:1].cast("B").cast("d", ()))
    cube = memoryview(bytearray(range(24))).cast("B", (2, 3, 4))
    assert m.vec_vec_vec_u8(cube) == cube.tolist()
    assert m.slice_slice_i64(memoryview(bytes(range(4))).cast("B", (2, 2))) == [[0, 1], [2, 3]]
    assert m.vec_array(memoryview(array.array("d", [1, 2, 3, 4])).cast("B").cast("d", (2, 2))) == [[1.0, 2.0], [3.0, 4.0]]
    raises(ValueError, "value[0]: expected list of length 2, got length 4", m.vec_array, memoryview(array.array("d", [1, 2, 3, 4])).cast("B").cast("d", (1, 4)))
    assert m.vec_bool(memoryview(bytearray([0, 1, 7])).cast("?")) == [False, True, True]
    assert m.slice_bool(memoryview(bytes([0, 1, 7])).cast("?")) == [False, True, True]
    raises(TypeError, "expected list of bool, got array of int32", m.vec_bool, array.array("i", [1]))
    assert m.vec_i64(memoryview(bytes([0, 1])).cast("?")) == [0, 1]
    raises(TypeError, "of format 'c'", m.vec_u8, memoryview(b"ab").cast("c"))
    raises(TypeError, "array of format", m.vec_u8, array.array("u", "ab"))
    big = (ctypes.c_int32.__ctype_be__ * 2)(1, -2)
    assert m.vec_i64(big) == [1, -2]
    assert m.vec_i32(big) == [1, -2]
    assert m.vec_f64(big) == [1.0, -2.0]
    assert m.slice_f64((ctypes.c_double.__ctype_be__ * 2)(1.5, -2)) == [1.5, -2.0]
    assert m.slice_f64((ctypes.c_double * 2)(1.5, -2)) == [1.5, -2.0]
    del view, matrix
    floats.append(1)  # nothing is exported any more


def test_numpy():
    if numpy is None:
        return
    n = numpy
    assert m.bool(n.bool_(True)) is True and m.bool(n.bool_(False)) is False
    assert m.vec_bool([n.bool_(True), False]) == [True, False]
    assert m.i64(n.int8(5)) == 5 and m.u8(n.uint64(200)) == 200
    raises(OverflowError, "", m.u8, n.int64(256))
    raises(TypeError, "expected int, got float64", m.i64, n.float64(1))
    assert m.f64(n.float32(0.5)) == 0.5 and m.f32(n.float64(0.5)) == 0.5 and m.f64(n.int32(3)) == 3.0
    assert m.vec_bool(n.array([True, False])) == [True, False]
    assert m.slice_bool(n.array([True, False, True])[::2]) == [True, True]
    for kind in (n.int8, n.int16, n.int32, n.int64, n.uint8, n.uint16, n.uint32, n.uint64):
        assert m.vec_i64(n.array([1, 2], kind)) == [1, 2]
        assert m.slice_i64(n.array([1, 2], kind)) == [1, 2]
        assert m.slice_f64(n.array([1, 2], kind)) == [1.0, 2.0]
    assert m.vec_i64(n.array([1, 2], ">i4")) == [1, 2]
    assert m.slice_f64(n.array([1, 2], ">f8")) == [1.0, 2.0]
    raises(TypeError, "format 'e'", m.vec_f64, n.array([1], n.float16))
    raises(TypeError, "format 'Zd'", m.vec_f64, n.array([1], n.complex128))
    raises(TypeError, "vec_i64(): value: expected list of int, got ndarray of float64", m.vec_i64, n.array([1.0]))
    raises(TypeError, "expected list of float, got 0-dimensional ndarray of float64", m.vec_f64, n.array(1.0))
    raises(TypeError, "expected list of float, got float64", m.vec_f64, n.float64(1.0))
    raises(TypeError, "2-dimensional ndarray", m.slice_f64, n.ones((2, 2)))
    values = n.arange(6.0)
    assert m.address_f64(values) == values.ctypes.data
    assert m.address_mut_f64(values) == values.ctypes.data
    assert m.slice_f64(values[::-2]) == [5.0, 3.0, 1.0]
    unaligned = n.frombuffer(bytes(1) + values.tobytes(), "d", offset=1)
    assert m.slice_f64(unaligned) == list(values)
    matrix = values.reshape(2, 3)
    assert m.vec_vec_f64(matrix) == matrix.tolist()
    assert m.vec_vec_f64(matrix.T) == matrix.T.tolist()
    assert m.vec_vec_f64(n.zeros((0, 3))) == []
    assert m.vec_vec_f64(n.zeros((3, 0))) == [[], [], []]
    assert m.vec_pair(values.reshape(3, 2)) == [(0, 1), (2, 3), (4, 5)]
    assert m.vec_string(n.array(["a", "b"])) == ["a", "b"]
    assert m.vec_i64(n.broadcast_to(n.array(7), (3,))) == [7, 7, 7]
    readonly = n.arange(3)
    readonly.flags.writeable = False
    assert m.slice_i64(readonly) == [0, 1, 2]
    raises(TypeError, "expected list of int or writable buffer, got read-only ndarray", m.double, readonly)
    m.double(array_ := n.arange(4))
    assert array_.tolist() == [0, 2, 4, 6]
    m.double(array_[::2])
    assert array_.tolist() == [0, 2, 8, 6]
    m.double(array_ := n.arange(3, dtype=n.int8))
    assert array_.tolist() == [0, 2, 4]
    raises(OverflowError, "128 does not fit the items of the buffer", m.double, n.array([1, 64], n.int8))
    m.double_rows(matrix := n.arange(4).reshape(2, 2))
    assert matrix.tolist() == [[0, 2], [4, 6]]
    m.double_rows(matrix.T)
    assert matrix.tolist() == [[0, 4], [8, 12]]
    m.flip(array_ := n.array([True, False]))
    assert array_.tolist() == [False, True]
    m.fill(array_ := n.zeros(4, n.uint8)[::2], 7)
    assert array_.tolist() == [7, 7]
    raises(ValueError, "cannot take", m.push, n.arange(3), 1)
    m.push(array_ := n.arange(2), 0)
    raises(ValueError, "same object", m.add_to, values, values)
    raises(ValueError, "same object", m.add_to, values[1:], values[:-1])
    m.add_to(values[:3], values[3:])
    assert values.tolist() == [3, 5, 7, 3, 4, 5]
    assert m.bytes(n.arange(4, dtype=n.uint8).reshape(2, 2)) == b"\0\1\2\3"
    assert m.set_i64(n.array([1, 1, 2])) == {1, 2}
    assert m.array_3(n.arange(3)) == [0, 1, 2]


# Products


def test_tuple():
    assert m.tuple_1((1,)) == (1,)
    for given in ((1, "a"), [1, "a"], Items(1, "a"), collections.namedtuple("N", "x y")(1, "a"), collections.deque([1, "a"])):
        result = m.pair(given)
        assert result == (1, "a") and type(result) is tuple
    assert m.triple((True, 2, None)) == (True, 2.0, None)
    assert m.tuple_12(tuple(range(12))) == tuple(range(12))
    raises(ValueError, "expected tuple of length 2, got length 1", m.pair, (1,))
    raises(ValueError, "expected tuple of length 2, got length 3", m.pair, [1, "a", 2])
    raises(ValueError, "expected tuple of length 2, got length 0", m.pair, Items())
    raises(TypeError, "expected tuple of (int, str), got str", m.pair, "ab")
    raises(TypeError, "expected tuple of (int, str), got bytes", m.pair, b"ab")
    raises(TypeError, "expected tuple of (int, str), got dict", m.pair, {1: 2, 3: 4})
    raises(TypeError, "expected tuple of (int, str), got set", m.pair, {1, 2})
    raises(TypeError, "expected tuple of (int, str), got int", m.pair, 1)
    raises(TypeError, "value[1]: expected str, got int", m.pair, (1, 2))
    raises(TypeError, "value[2]: expected str or None, got int", m.triple, (True, 2, 3))
    raises(Boom, "boom", m.pair, Bomb())


class Mapping(collections.abc.Mapping):
    def __init__(self, content):
        self.content = content

    def __getitem__(self, key):
        return self.content[key]

    def __iter__(self):
        return iter(self.content)

    def __len__(self):
        return len(self.content)


def test_map():
    content = {"a": 1, "é": 2, "": -3, "x" * 100: 2**40}
    for function in (m.map_str_i64, m.map_string_i64):
        for given in (content, collections.OrderedDict(content), Mapping(content), types.MappingProxyType(content), collections.UserDict(content), collections.ChainMap(content)):
            result = function(given)
            assert result == content and type(result) is dict
        assert function({}) == {}
        assert function({"a": True, Str("b"): Index(5)}) == {"a": 1, "b": 5}
        assert function(collections.Counter("aab")) == {"a": 2, "b": 1}
        big = {str(i): i for i in range(5000)}
        assert function(big) == big
        raises(TypeError, "value['b']: expected int, got str", function, {"a": 1, "b": "2"})
        raises(TypeError, "value key 1: expected str, got int", function, {1: 1})
        raises(UnicodeEncodeError, "", function, {"\ud800": 1})
        raises(TypeError, "expected dict of str to int, got list", function, [("a", 1)])
        raises(TypeError, "expected dict of str to int, got str", function, "ab")
        raises(TypeError, "expected dict of str to int, got NoneType", function, None)
        raises(Boom, "boom", function, {"a": 1, "b": Bomb()})
    assert m.map_i64_str({1: "a", -1: "b"}) == {1: "a", -1: "b"}
    assert m.map_i64_str({Index(3): "c"}) == {3: "c"}
    nested = {"a": [1, 2], "b": []}
    assert m.map_string_vec(nested) == nested
    raises(TypeError, "value['a'][1]: expected int, got str", m.map_string_vec, {"a": [1, "2"]})
    assert m.map_str_vec_str({"a": ["b", "é"], "c": ()}) == {"a": ["b", "é"], "c": []}

    class Lying(dict):
        def items(self):
            return [1, 2]

    raises(TypeError, "expected pair of key and value, got int", m.map_str_i64, Lying(a=1))

    class Failing(dict):
        def items(self):
            raise Boom("boom")

    raises(Boom, "boom", m.map_str_i64, Failing(a=1))


def test_set():
    for given in ({1, 2}, frozenset([1, 2]), [1, 2, 1], (2, 1), {1: 0, 2: 0}.keys(), range(1, 3), iter([1, 2]), (i for i in (1, 2)), array.array("i", [1, 2]), type("S", (set,), {})([1, 2])):
        result = m.set_i64(given)
        assert result == {1, 2} and type(result) is set
    assert m.set_i64(set()) == set()
    assert m.set_str({"a", "é"}) == {"a", "é"}
    assert m.set_str(f"item {i}" for i in range(100)) == {f"item {i}" for i in range(100)}
    assert m.set_pair({(1, "a")}) == {(1, "a")}
    raises(TypeError, "expected set of str, got str", m.set_str, "ab")
    raises(TypeError, "expected set of int, got bytes", m.set_i64, b"ab")
    raises(TypeError, "expected set of int, got dict", m.set_i64, {1: 2})
    raises(TypeError, "expected set of int, got int", m.set_i64, 1)
    raises(TypeError, "value[1]: expected int, got str", m.set_i64, [1, "2"])
    raises(Boom, "boom", m.set_i64, Bomb())

    def failing():
        yield 1
        raise Boom("boom")

    raises(Boom, "boom", m.set_i64, failing())


def test_option():
    assert m.option_i64(None) is None
    assert m.option_i64() is None
    assert m.option_i64(5) == 5
    assert m.option_str("é") == "é"
    assert m.option_vec([1]) == [1]
    raises(TypeError, "expected int or None, got str", m.option_i64, "5")
    raises(TypeError, "expected list of int or None, got str", m.option_vec, "5")
    raises(TypeError, "value[0]: expected int, got str", m.option_vec, ["5"])
    raises(OverflowError, "", m.option_i64, 2**63)
    raises(TypeError, "missing required argument", m.i64)


def test_pointers():
    assert m.boxed(3) == 3
    assert m.arc("é") == "é"
    assert m.rc([1, 2]) == [1, 2]
    assert m.rc(array.array("q", [1])) == [1]
    assert m.reference("text") == "text"
    raises(TypeError, "expected int, got str", m.boxed, "3")
    assert m.unit(1) is None


# The standard library's own


def test_duration():
    d = datetime.timedelta
    for value in (d(0), d(microseconds=1), d(seconds=1.5), d(days=999999999, seconds=86399, microseconds=999999)):
        assert m.duration(value) == value and type(m.duration(value)) is d
    raises(OverflowError, "expected timedelta that is not negative", m.duration, d(microseconds=-1))
    raises(TypeError, "expected timedelta, got float", m.duration, 1.5)
    raises(TypeError, "expected timedelta, got int", m.duration, 1)
    assert m.big_duration(0, 499) == d(0)
    assert m.big_duration(0, 500) == d(microseconds=1)
    assert m.big_duration(0, 1499) == d(microseconds=1)
    assert m.big_duration(1, 999_999_999) == d(seconds=2)
    raises(OverflowError, "out of the range", m.big_duration, 2**63, 0)
    raises(OverflowError, "", m.big_duration, 86400 * 10**9, 0)
    assert m.big_duration(86400 * 10**9 - 1, 0) == d(days=10**9 - 1, seconds=86399)


def test_system_time():
    utc = datetime.timezone.utc
    dt = datetime.datetime
    moments = [dt(1970, 1, 1, tzinfo=utc), dt(2026, 11, 21, 12, 30, 15, 123456, utc), dt(1900, 2, 3, 4, 5, 6, 7, utc), dt.min.replace(tzinfo=utc), dt.max.replace(tzinfo=utc)]
    for value in moments:
        result = m.system_time(value)
        assert result == value and result.tzinfo is utc and type(result) is dt
    east = datetime.timezone(datetime.timedelta(hours=5, minutes=30))
    assert m.system_time(dt(2020, 1, 1, tzinfo=east)) == dt(2019, 12, 31, 18, 30, tzinfo=utc)
    raises(ValueError, "expected datetime with a time zone, got datetime.datetime(2020, 1, 1", m.system_time, dt(2020, 1, 1))
    raises(TypeError, "expected datetime with a time zone, got date", m.system_time, datetime.date(2020, 1, 1))
    raises(TypeError, "expected datetime with a time zone, got float", m.system_time, 1.5)
    raises(OverflowError, "", m.late_time, 10**12)

    class Zone(datetime.tzinfo):
        def utcoffset(self, _):
            raise Boom("boom")

    raises(Boom, "boom", m.system_time, dt(2020, 1, 1, tzinfo=Zone()))

    class Vague(datetime.tzinfo):
        def utcoffset(self, _):
            return None

    raises(ValueError, "time zone", m.system_time, dt(2020, 1, 1, tzinfo=Vague()))


class Fs:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path


def test_path():
    for name in ("path", "path_buf", "box_path", "os_str", "os_string", "arc_os_str"):
        function = getattr(m, name)
        for text in ("a", "a/b.txt", "/é/日本", "\udcff", "x" * 200):
            for given in (text, Str(text), pathlib.Path(text), Fs(text), os.fsencode(text), Fs(os.fsencode(text))):
                result = function(given)
                assert result == pathlib.Path(text) and isinstance(result, pathlib.Path), given
        raises(UnicodeEncodeError, "", function, "\ud800")
        raises(TypeError, "expected str or os.PathLike, got int", function, 1)
        raises(TypeError, "expected str or os.PathLike, got NoneType", function, None)
        raises(TypeError, "", function, Fs(1))
        raises(Boom, "boom", function, Bomb())
    assert m.odd_path(b"a\xff\xfe") == pathlib.Path("a\udcff\udcfe")


def test_ip():
    v4, v6 = ipaddress.ip_address("192.0.2.1"), ipaddress.ip_address("2001:db8::1")
    for given in (v4, "192.0.2.1"):
        assert m.ip(given) == v4 and m.ipv4(given) == v4
        assert type(m.ip(given)) is ipaddress.IPv4Address
    for given in (v6, "2001:db8::1"):
        assert m.ip(given) == v6 and m.ipv6(given) == v6
    raises(ValueError, 'expected IPv4Address, IPv6Address or str, got "300.0.0.1"', m.ip, "300.0.0.1")
    raises(ValueError, "", m.ipv4, "::1")
    raises(TypeError, "expected IPv4Address or str, got IPv6Address", m.ipv4, v6)
    raises(TypeError, "expected IPv6Address or str, got IPv4Address", m.ipv6, v4)
    for interface in ipaddress.ip_interface("192.0.2.1/8"), ipaddress.ip_interface("2001:db8::1/64"):
        raises(TypeError, f"expected IPv4Address, IPv6Address or str, got {type(interface).__name__}", m.ip, interface)
    raises(TypeError, "got int", m.ip, 1)
    raises(TypeError, "got bytes", m.ip, b"\1\2\3\4")
    raises(ValueError, "without a scope", m.ipv6, ipaddress.IPv6Address("fe80::1%eth0"))
    assert m.ipv6(ipaddress.IPv6Address("fe80::1")) == ipaddress.IPv6Address("fe80::1")


def test_ordering():
    for value in (-1, 0, 1):
        assert m.ordering(value) == value
    raises(ValueError, "expected -1, 0 or 1, got 2", m.ordering, 2)
    raises(TypeError, "", m.ordering, "less")


def test_ranges():
    assert m.range(range(2, 5)) == range(2, 5) and type(m.range(range(2, 5))) is range
    assert m.range(slice(2, 5)) == range(2, 5)
    assert m.range(slice(None, 5)) == range(0, 5)
    assert m.range(range(5, 2)) == range(5, 2)
    assert m.range_i64(range(-5, 2)) == range(-5, 2)
    raises(ValueError, "step 1", m.range, range(0, 10, 2))
    raises(ValueError, "step 1", m.range, range(10, 0, -1))
    raises(ValueError, "open", m.range, slice(2, None))
    raises(OverflowError, "expected int in 0..=", m.range, range(-1, 2))
    raises(TypeError, "expected range or slice, got list", m.range, [0, 1])
    raises(TypeError, "expected range or slice, got tuple", m.range, (0, 1))
    raises(TypeError, "expected int, got str", m.range, slice("a", "b"))
    assert m.range_inclusive(range(2, 5)) == range(2, 5)
    assert m.range_inclusive(range(0, 256)) == range(0, 256)
    assert len(m.range_inclusive(range(0, 0))) == 0
    assert m.range_inclusive(range(3, 3)) == m.range_inclusive(range(5, 2)) == range(0, 0)
    assert m.range_ends(range(3, 3)) == (3, 2) and m.range_ends(range(5, 2)) == (5, 4)
    assert m.range_ends(range(1, 1)) == (1, 0) and m.range_ends(range(0, 0)) == (1, 0)
    raises(OverflowError, "expected int in 0..=255, got 256", m.range_inclusive, range(0, 257))
    assert m.range_from(slice(3, None)) == slice(3, None)
    assert m.range_from(slice(None)) == slice(0, None)
    raises(ValueError, "without an end", m.range_from, slice(3, 4))
    raises(TypeError, "expected slice, got range", m.range_from, range(3))
    assert m.range_to(slice(None, 3)) == slice(None, 3)
    raises(ValueError, "without a start", m.range_to, slice(1, 3))
    assert m.range_to_inclusive(slice(None, 3)) == slice(None, 3)
    assert m.range_to_inclusive(slice(None, 2**63)) == slice(None, 2**63)
    assert m.range_inclusive(slice(1, 2, 1)) == range(1, 2)


# In place


def test_list_in_place():
    values = [1, 2, 3]
    assert m.double(values) is None and values == [2, 4, 6]
    m.double(empty := [])
    assert empty == []
    raises(RuntimeError, "negative", m.double, values := [1, 2, -1, 3])
    assert values == [2, 4, -1, 3]
    raises(m.PanicError, "999", m.double, values := [1, 999, 3])
    assert values == [2, 999, 3]
    raises(TypeError, "expected list of int or writable buffer, got tuple", m.double, (1, 2))
    raises(TypeError, "expected list of int or writable buffer, got str", m.double, "ab")
    raises(TypeError, "expected list of int or writable buffer, got bytes", m.double, b"ab")
    raises(TypeError, "expected list of int or writable buffer, got range", m.double, range(3))
    values = [1, 2, "3"]
    raises(TypeError, "value[2]: expected int, got str", m.double, values)
    assert values == [1, 2, "3"]
    same = [7, 8]
    raises(ValueError, "the same object is passed twice", m.swap, same, same)
    assert same == [7, 8]
    left, right = [1, 2], [3, 4]
    m.swap(left, right)
    assert (left, right) == ([3, 4], [1, 2])
    m.upper(words := ["a", "é"])
    assert words == ["A", "É"]
    m.sort_strs(words := ["b", "a", "é" * 3, "c" * 3])
    assert words == ["a", "b", "ccc", "ééé"]
    unchanged = [object_ := 12345678901234567890 % 2**62, 0.5]
    m.push(values := [object_], 1)
    assert values == [object_, 7]
    m.double_f64(floats := [1.5, 2, True])
    assert floats == [3.0, 4.0, 2.0]
    zero = 1000.25 * 0
    m.double_f64(floats := [zero])
    assert floats[0] is zero and unchanged

    class Sub(list):
        def __setitem__(self, *_):
            raise AssertionError("not asked")

    m.double(sub := Sub([1, 2]))
    assert sub == [2, 4] and type(sub) is Sub


def test_vec_in_place():
    m.push(values := [1], 3)
    assert values == [1, 7, 7, 7]
    assert m.pop(values) == 7 and values == [1, 7, 7]
    assert m.pop(empty := []) is None and empty == []
    rows = [[1], [2, 3]]
    first, second = rows
    m.grow_inner(rows)
    assert rows == [[1, 1], [2, 3, 1]] and rows[0] is first and rows[1] is second
    m.add_row(rows)
    assert rows == [[1, 1], [2, 3, 1], []] and rows[0] is first
    m.double_rows(rows)
    assert rows == [[2, 2], [4, 6, 2], []] and rows[0] is first
    mixed = [[1], (2,)]
    m.grow_inner(mixed)
    assert mixed == [[1, 1], [2, 1]]
    numbers = array.array("q", [1, 2])
    raises(ValueError, "the buffer holds 2 items and cannot take 3", m.push, numbers, 1)
    assert list(numbers) == [1, 2]
    m.push(numbers, 0)
    numbers.append(3)


def test_buffer_in_place():
    for code, function in (("q", m.double), ("h", m.double), ("B", m.double), ("i", m.double_i32), ("d", m.double_f64), ("f", m.double_f64), ("f", m.double_f32), ("d", m.double_f32)):
        numbers = array.array(code, [1, 2, 3])
        function(numbers)
        assert list(numbers) == [2, 4, 6], (code, function)
        numbers.append(1)
        function(memoryview(numbers)[::2])
        assert list(numbers) == [4, 4, 12, 1]
    numbers = array.array("d", [1.5])
    assert m.address_mut_f64(numbers) == numbers.buffer_info()[0]
    raises(TypeError, "", m.double_f64, array.array("q", [1]))
    raises(TypeError, "", m.double, array.array("d", [1]))
    raises(TypeError, "read-only memoryview", m.double, memoryview(b"12345678").cast("q"))
    raises(OverflowError, "value" if False else "254 does not fit", m.double, array.array("b", [127]))
    numbers = array.array("q", [1, -1, 2])
    raises(RuntimeError, "negative", m.double, numbers)
    assert list(numbers) == [2, -1, 2]
    raises(ValueError, "same object", m.add_to, numbers := array.array("d", [1]), numbers)
    numbers.append(1)
    left = memoryview(array.array("d", range(4)))
    m.add_to(left[:2], left[2:])
    assert left.tolist() == [2, 4, 2, 3]
    raises(ValueError, "same object", m.add_to, left[:3], left[2:])
    m.flip(flags := memoryview(bytearray([0, 1, 7])).cast("?"))
    assert bytes(flags) == b"\1\0\0"


def test_bytes_in_place():
    m.fill(content := bytearray(b"abc"), 120)
    assert content == b"xxx"
    content += b"d"
    m.fill(memoryview(content)[::2], 121)
    assert content == b"yxyd"
    m.fill(values := [1, 2], 9)
    assert values == [9, 9]
    m.fill(numbers := array.array("B", [1, 2]), 3)
    assert list(numbers) == [3, 3]
    for wrong in (b"abc", memoryview(b"abc")):
        raises(TypeError, f"expected bytearray or writable buffer of bytes, got read-only {type(wrong).__name__}", m.fill, wrong, 1)
    for wrong in ("abc", (1, 2), None, 1):
        raises(TypeError, f"expected bytearray or writable buffer of bytes, got {type(wrong).__name__}", m.fill, wrong, 1)
    raises(TypeError, "got array of int32", m.fill, array.array("i", [1]), 1)
    m.append(content := bytearray(b"abc"), b"def")
    assert content == b"abcdef"
    m.append(content := bytearray(), b"")
    assert content == b""
    m.append(values := [1], b"\2")
    assert values == [1, 2]
    raises(TypeError, "expected bytearray, got str", m.append, "a", b"b")
    raises(TypeError, "read-only bytes", m.append, b"a", b"b")
    raises(TypeError, "expected bytearray, got tuple", m.append, (1,), b"b")
    content = bytearray(b"abc")
    view = memoryview(content)
    raises(BufferError, "", m.append, content, b"d")
    m.append(content, b"")
    view.release()
    assert content == b"abc"
    raises(ValueError, "same object", m.append, content, content)


# Hostile objects


def test_lists_that_change_under_the_loop():
    for function in (m.vec_i64, m.vec_f64, m.slice_i64, m.array_3, m.set_i64, m.vec_option):
        for change in (lambda v: v.clear(), lambda v: v.append(1), lambda v: v.extend(range(1000)), lambda v: v.pop(), lambda v: v.__setitem__(slice(None), [])):
            values = [1]
            values += [Hook(lambda: change(values)), 2 * 10**9 + len(values)]
            try:
                result = function(values)
            except (ValueError, TypeError):
                continue
            assert isinstance(result, (list, set))
    for function in (m.double, m.pop):
        values = [1]
        values += [Hook(lambda: values.clear()), 2 * 10**9]
        try:
            function(values)
        except (RuntimeError, TypeError):
            pass
    # The item itself dies while it is asked.
    values = [Hook(lambda: values.clear()) for _ in range(10)]
    m.vec_i64(values)
    rows = [[1]]
    rows.append(Items(Hook(lambda: rows.clear())))
    m.vec_vec_i64(rows)
    pairs = []
    pairs.append([Hook(lambda: (pairs[0].clear(), pairs.clear())), 2])
    assert m.vec_pair(pairs) == [(1.0, 2.0)]


def test_sequences_that_are_too_long():
    for function in m.vec_i64, m.slice_f64, m.vec_deque, m.set_i64:
        raises(MemoryError, "", function, range(2**62))

    class Long(Items):
        def __len__(self):
            return 2**62

    raises(MemoryError, "", m.vec_i64, Long(1, 2))
    if os.name == "posix":
        import itertools
        import signal

        previous = signal.signal(signal.SIGALRM, signal.default_int_handler)
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        try:
            raises(KeyboardInterrupt, "", m.set_i64, itertools.repeat(1))
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, previous)


def test_classes_that_are_replaced_for_a_while():
    """As mock.patch and freezegun do."""
    now = datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc)
    true_datetime, true_path = datetime.datetime, pathlib.Path

    class Fake(true_datetime):
        pass

    class FakePath:
        def __init__(self, *_):
            pass

    datetime.datetime, pathlib.Path = Fake, FakePath
    try:
        assert m.system_time(now) == now and type(m.system_time(now)) is true_datetime
        assert m.system_time(Fake(2024, 1, 1, tzinfo=datetime.timezone.utc)) == now
        assert type(m.path("x")) is FakePath
    finally:
        datetime.datetime, pathlib.Path = true_datetime, true_path
    assert m.system_time(now) == now
    assert m.path("x") == pathlib.Path("x")


def test_lists_that_are_in_two_places():
    inner = [1]
    twice = "the same object is passed twice, and the function changes it"
    raises(ValueError, "grow_inner(): value[1]: " + twice, m.grow_inner, [inner, inner])
    raises(ValueError, "double_rows(): value[2]: " + twice, m.double_rows, [inner, [2], inner])
    raises(ValueError, "push_to_both(): other: " + twice, m.push_to_both, [[0], inner], inner)
    raises(ValueError, "push_to_either(): other[1]: " + twice, m.push_to_either, inner, [[0], inner])
    assert inner == [1]
    rows = [[1], [2]]
    m.push_to_both(rows, inner)
    assert (rows, inner) == ([[1, 1], [2, 1]], [1, 1])
    itself = []
    itself.append(itself)
    raises(TypeError, "value[0][0]: expected int, got list", m.grow_inner, itself)
    many = [[i] for i in range(100000)]
    m.grow_inner(many)
    assert many[-1] == [99999, 1]


def test_where_a_change_did_not_fit():
    numbers = array.array("q", [1])
    raises(ValueError, "push(): value: the buffer holds 1 items and cannot take 2", m.push, numbers, 1)
    values = [1, 2]
    error = raises(RuntimeError, "meddle(): value: the list changed its length", m.meddle, values, values.clear)
    assert "was left as it is" in str(error)


class Collected:
    """Goes when the collector runs, and clears."""

    def __init__(self, *containers):
        self.containers, self.itself = containers, self

    def __del__(self):
        self.containers[0].clear()
        self.junk = [chr(0x100 + i % 50) * 40 for i in range(3000)]


def collecting(function, *arguments):
    """Calls a function while every allocation that counts runs the collector: until 3.11 in the middle of any conversion."""
    threshold = gc.get_threshold()
    gc.disable()
    gc.collect()
    garbage = [[] for _ in range(300)]
    Collected(*arguments)
    gc.set_threshold(1)
    gc.enable()
    try:
        return function(*arguments)
    except Exception as error:
        return error
    finally:
        gc.set_threshold(*threshold)
        garbage.clear()


def test_items_that_the_collector_takes():
    def texts():
        return ["é%05d-" % i + "x" * 30 for i in range(200)]

    for _ in range(20):
        taken = collecting(m.map_str_i64, dict(zip(texts(), range(200))))
        assert taken in (dict(zip(texts(), range(200))), {}), taken
        taken = collecting(m.meddle_map, dict(zip(texts(), texts())), [].clear)
        assert taken in (dict(zip(texts(), texts())), {}), taken
        assert collecting(m.slice_str, texts()) in (texts(), [])
        assert collecting(m.vec_pair_str, [(text, 1) for text in texts()]) in ([(text, 1) for text in texts()], [])
        taken = collecting(m.set_str, set(texts()))
        assert taken in (set(texts()), set()) or isinstance(taken, RuntimeError), taken
        # An exception that is being made is what allocates.
        for function in m.map_str_i64, m.map_string_i64:
            try:
                raise Boom
            except Boom:
                assert isinstance(collecting(function, {"a" * 100 + chr(0xD800): 1}), UnicodeEncodeError)
                assert isinstance(collecting(function, {"a" * 100 + "é": 2**70}), OverflowError)
        try:
            raise Boom
        except Boom:
            assert isinstance(collecting(m.vec_string, ["a" * 100 + chr(0xD800)]), UnicodeEncodeError)
            assert isinstance(collecting(m.vec_f64, [10**400 + 1]), OverflowError)


def test_messages_that_run_python_code():
    class Key(bytes):
        def __repr__(self):
            table.clear()
            self.junk = [bytes([i % 256]) * 40 for i in range(3000)]
            return "KEY"

    table = {Key(b"x" * 100): "no number"}
    raises(TypeError, "map_bytes_i64(): value[KEY]: expected int, got str", m.map_bytes_i64, table)
    assert table == {}
    # The repr of a long int may import `_pylong`, or be refused.
    for number in 1 << 20000, -(1 << 20000):
        raises(OverflowError, "value[0]: expected int in 0..=255, got an int too long to show", m.vec_u8, [number])
        raises(OverflowError, "got an int too long to show", m.vec_f64, [number])
        raises(OverflowError, "value key an int too long to show: ", m.map_i64_str, {number: "a"})


def test_dicts_that_change_under_the_walk():
    for change in (lambda d: d.clear(), lambda d: d.update({str(i): i for i in range(1000)}), lambda d: d.pop("a")):
        for function in (m.map_str_i64, m.map_string_i64):
            values = {"a": 1}
            values["b"] = Hook(lambda: change(values), 5)
            values["c" * 20] = 3 * 10**9
            assert function(values) == {"a": 1, "b": 5, "c" * 20: 3 * 10**9}


def test_buffers_that_are_resized():
    numbers = array.array("q", [1, 2, 3])

    def grow():
        numbers.extend(range(10000))

    raises(BufferError, "", m.meddle, numbers, grow)
    assert list(numbers) == [5, 5, 5]
    grow()


def test_lying_lengths():
    class Lying:
        length = 10**15

        def __len__(self):
            return self.length

        __length_hint__ = __len__

        def __getitem__(self, index):
            if index >= 3:
                raise IndexError
            return index

    # As list() does.
    for function in list, m.vec_i64, m.slice_f64, m.set_i64:
        raises(MemoryError, "", function, Lying())
    for Lying.length in 0, 2, 1000:
        assert m.vec_i64(Lying()) == [0, 1, 2]
        assert m.slice_f64(Lying()) == [0.0, 1.0, 2.0]
        assert m.set_i64(Lying()) == {0, 1, 2}
    Lying.length = 10**15
    raises(ValueError, "expected tuple of length 2, got length 1000000000000000", m.pair, Lying())
    Lying.length = 2
    raises(TypeError, "value[1]: expected str, got int", m.pair, Lying())
    Lying.length = 12
    raises(IndexError, "", m.tuple_12, Lying())
    Lying.length = -1
    raises(ValueError, "", m.pair, Lying())
    Lying.length = "x"
    raises(TypeError, "", m.pair, Lying())

    class List(list):
        def __len__(self):
            return 10**15

        def __iter__(self):
            raise AssertionError("not asked")

    assert m.vec_i64(List([1, 2])) == [1, 2]
    assert m.pair(List([1, "a"])) == (1, "a")


def test_changes_during_the_call():
    values = [1, 2, 3]
    raises(RuntimeError, "changed its length", m.meddle, values, values.pop)
    assert values == [1, 2]
    m.meddle(values, lambda: values.__setitem__(0, 9))
    assert values == [5, 5]
    m.meddle_vec(values, values.clear)
    assert values == [5, 5, 5]
    m.meddle_vec(values, lambda: values.extend("abc"))
    assert values == [5, 5, 5, 5]
    raises(Boom, "boom", m.meddle, values := [1, 2], Bomb().boom)
    assert values == [5, 5]
    content = bytearray(b"a")
    m.meddle_bytes(content, lambda: content.extend(b"xyz"))
    assert content == b"a\5"

    def fresh(count):
        return [f"number {i} of {count}" for i in range(count)]

    values = fresh(100)
    assert m.meddle_strs(values, values.clear) == fresh(100)
    values = dict(zip(fresh(50), fresh(50)))
    assert m.meddle_map(values, values.clear) == dict(zip(fresh(50), fresh(50)))
    values = dict(zip(map(Str, fresh(50)), fresh(50)))
    assert m.meddle_map(values, values.clear) == dict(zip(fresh(50), fresh(50)))
    values = set(fresh(50))
    assert m.meddle_set(values, values.clear) == set(fresh(50))
    # Old items that run code when they go.
    class Dying(int):
        def __del__(self):
            values.clear()

    values = [Dying(1), Dying(2), 3]
    m.double(values)
    assert values in ([], [2, 4, 6])
    # A list that is being sorted looks empty.
    values = [3, 1, 2]

    def key(value):
        m.push(values, 1)
        return value

    try:
        values.sort(key=key)
    except ValueError:
        pass
    gc.collect()


# References


def samples():
    """Functions and arguments, good and bad ones, for counting what they leave behind."""
    long = 2**80
    word = "wörd" * 3
    yield from [
        (m.bool, True), (m.i64, long >> 40), (m.i128, long), (m.u128, long), (m.u8, 300), (m.f64, 2.5), (m.f64, 3), (m.f64, "x"), (m.f32, 1e300), (m.f64, 10**400),
        (m.i64, Index(5)), (m.i64, Index(2**70)), (m.i64, Bomb()), (m.str, word), (m.string, "abc" * 5), (m.str, "\ud800"), (m.str, 5), (m.char, "é"), (m.char, "ab"),
        (m.bytes, b"abc"), (m.bytes, bytearray(b"abc")), (m.bytes, memoryview(b"abcd")[::2]), (m.bytes, [1, 2]), (m.bytes, [1, "a"]), (m.bytes, "abc"), (m.bytes_4, b"abc"),
        (m.byte_vec, bytearray(b"abc")), (m.cow_bytes, b"abc"), (m.vec_i64, [1, long >> 40, Index(7)]), (m.vec_i64, [1, "2"]), (m.vec_i64, "abc"), (m.vec_i64, Items(1, 2)),
        (m.vec_i64, Items(1, "2")), (m.vec_i64, collections.deque([1, 2])), (m.slice_i64, array.array("q", [1, 2])), (m.slice_i64, array.array("h", [1, 2])),
        (m.slice_i64, array.array("d", [1])), (m.vec_f64, [1.5, 2.5, 3]), (m.vec_f64, array.array("f", [1.5])), (m.vec_str, [word, "abc"]), (m.vec_str, (word, "abc")),
        (m.vec_str, Items(word, "abc")), (m.vec_str, [word, 5]), (m.vec_string, [word, "\ud800"]), (m.vec_string, [word] * 5), (m.vec_bytes, [b"abc", [1, 2], bytearray(b"c")]),
        (m.vec_vec_i64, [[1, 2], (3,)]), (m.vec_vec_i64, [[1, 2], "x"]), (m.vec_vec_str, [["a", word], [word]]), (m.vec_pair_str, [("a", 1), ["b", 2], Items("c", 3)]),
        (m.vec_pair_str, [("a", 1), ["b", "c"]]), (m.vec_array, [[1, 2], [3]]), (m.array_str, ["a" * 50, 3]), (m.array_3, [1, Index(2), 3]), (m.pair, (1, word)), (m.pair, [1, word]),
        (m.pair, Items(1, word)), (m.pair, (1, 2)), (m.pair, (1,)), (m.triple, (True, 2.5, None)), (m.map_str_i64, {word: 1, "a": long >> 40}), (m.map_str_i64, Mapping({word: 1})),
        (m.map_str_i64, {word: "x"}), (m.map_str_i64, {1: 1}), (m.map_str_i64, {"\ud800": 1}), (m.map_string_vec, {"a": [1, 2], word: [3]}), (m.map_string_vec, {"a": [1, "2"]}),
        (m.map_str_vec_str, {word: [word, "x"]}), (m.map_i64_str, {1: word}), (m.set_i64, {1, 2}), (m.set_i64, [1, 2]), (m.set_i64, {1, "a"}), (m.set_str, {word, "a"}),
        (m.set_str, [word, "a"]), (m.set_pair, {(1, word)}), (m.option_i64, None), (m.option_str, word), (m.reference, word), (m.rc, [1, 2]), (m.duration, datetime.timedelta(1, 2, 3)),
        (m.duration, datetime.timedelta(-1)), (m.system_time, datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)), (m.system_time, datetime.datetime(2020, 1, 1)),
        (m.path, "abc"), (m.path, word), (m.path, pathlib.Path(word)), (m.path_buf, Fs(word)), (m.path, 5), (m.path, Bomb()), (m.vec_path, [word, Fs("a"), Fs(word)]), (m.ip, "::1"), (m.ip, ipaddress.ip_address("::1")),
        (m.ip, "x"), (m.ordering, 1), (m.range, range(3, 300)), (m.range, range(3, 300, 2)), (m.range_inclusive, range(3, 256)), (m.range_from, slice(300, None)),
        (m.double, [500, 2**40]), (m.double, [500, -1]), (m.double, [500, 999]), (m.double, [1, "x"]), (m.double, (1, 2)), (m.double, b"abc"), (m.double, array.array("h", [1, 2])),
        (m.double_f64, [1.5, 2.5]), (m.upper, ["abc", word]), (m.sort_strs, [word, "abc"]), (m.pop, [500, 600]), (m.grow_inner, [[500], [600, 700]]), (m.add_row, [[1]]),
        (m.double_rows, [[500], [1]]), (m.double_rows, [[500], "x"]), (m.fill, bytearray(5), 3), (m.append, bytearray(5), b"abc"), (m.append, bytearray(5), 3),
        (m.push, array.array("q", [1]), 1), (m.push, [1], 1), (m.ret_ints, 10), (m.ret_dict, 10), (m.odd_path, b"\xff"), (m.late_time, 10**12), (m.big_duration, 2**63, 0),
    ]
    yield m.swap, [500, 600], [700, 800]
    yield m.swap, (both := [500, 600]), both
    if numpy is not None:
        yield m.slice_f64, numpy.arange(3.0)
        yield m.double, numpy.arange(5)[::2]
        yield m.vec_vec_f64, numpy.ones((2, 2))
        yield m.vec_f64, numpy.ones(2, numpy.float16)


IN_PLACE = {m.double, m.double_f64, m.upper, m.sort_strs, m.pop, m.grow_inner, m.add_row, m.double_rows, m.fill, m.append, m.push, m.swap}


def attempt(function, arguments):
    try:
        return function(*arguments)
    except Exception:  # noqa: BLE001
        return None


def inside(value):
    """The value and everything in it."""
    yield value
    if isinstance(value, dict):
        for pair in value.items():
            yield from pair
    if isinstance(value, (list, tuple, set)):
        for item in value:
            yield from inside(item)


def test_reference_counts():
    for function, *arguments in samples():
        attempt(function, arguments)
        # What a function writes back are other objects.
        held = arguments if function in IN_PLACE else [item for item in inside(arguments) if type(item) is not int]
        before = [sys.getrefcount(item) for item in held]
        for _ in range(10):
            attempt(function, arguments)
        gc.collect()
        after = [sys.getrefcount(item) for item in held]
        assert before == after, (function, arguments, held, before, after)


def test_total_reference_count():
    """Only on interpreters with Py_DEBUG. A leak is one reference a call; caches of the interpreter itself move the total by a few dozen."""
    if not hasattr(sys, "gettotalrefcount"):
        return

    def total(function, arguments):
        for _ in range(200):
            attempt(function, copy.deepcopy(arguments) if function in IN_PLACE else arguments)
        gc.collect()
        return sys.gettotalrefcount()

    for function, *arguments in samples():
        total(function, arguments)
        growth = min(abs(total(function, arguments) - total(function, arguments)) for _ in range(2))
        assert growth < 150, (function, arguments, growth)


def test_no_pending_exception():
    """A conversion that only looks leaves nothing behind: CPython would complain about a result with an exception set."""
    for function, *arguments in samples():
        attempt(function, arguments)
        assert sys.exc_info() == (None, None, None)


if __name__ == "__main__":
    tests = {name: test for name, test in globals().items() if name.startswith("test_") and (len(sys.argv) < 2 or name in sys.argv[1:])}
    failed = 0
    for name, test in tests.items():
        try:
            test()
        except Exception:  # noqa: BLE001
            import traceback

            failed += 1
            print("FAILED", name)
            traceback.print_exc()
    print(f"{sys.version.split()[0]}: {len(tests) - failed} of {len(tests)} passed" + ("" if numpy else ", without numpy"))
    sys.exit(1 if failed else 0)
