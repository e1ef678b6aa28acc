"""Whether two answers are the same: equal in type and value down to the last bit.

`1 == True == 1.0` holds in Python, but a function that returns another type answers something else. Floats are compared by their bits, so
that -0.0 is not 0.0, unless a tolerance is given; a NaN equals every NaN. What has no order (dicts, sets) is compared without one.
"""

import array
import math
import reprlib
import struct
from typing import Any, Dict, NamedTuple, Optional, Tuple


class Outcome(NamedTuple):
    """What a call did: returned or raised, and what it left of its arguments."""

    value: Any
    exception: Optional[BaseException]
    arguments: Tuple[Any, ...]


class Incomparable(Exception):
    """No statement can be made about two values."""


def outcome(call: Any, arguments: Tuple[Any, ...]) -> Outcome:
    try:
        return Outcome(call(*arguments), None, arguments)
    except (Exception, SystemExit) as exception:
        return Outcome(None, exception, arguments)
    except BaseException as exception:
        # Some bindings raise panics as a BaseException; Ctrl-C is the user's.
        if isinstance(exception, KeyboardInterrupt):
            raise
        return Outcome(None, exception, arguments)


class _Difference(NamedTuple):
    """What is different, and where in the answer: functions that go into a value put their step in front."""

    phrase: str
    path: str = ""

    def below(self, step: str) -> "_Difference":
        return _Difference(self.phrase, step + self.path)

    def __str__(self) -> str:
        return f"{self.path}: {self.phrase}" if self.path else self.phrase


def difference(expected: Outcome, actual: Outcome, tolerance: float = 0.0) -> Optional[str]:
    """What is different, as a phrase; None when nothing is. Floats may differ by `tolerance`, relative to their size."""
    if expected.exception is not None or actual.exception is not None:
        if _is_caught_as(expected.exception, actual.exception):
            return _left(expected, actual, tolerance)
        return f"{describe(actual)} instead of {describe(expected)}"
    differs = _value(expected.value, actual.value, tolerance)
    return str(differs) if differs else _left(expected, actual, tolerance)


def changed(before: Tuple[Any, ...], after: Tuple[Any, ...]) -> bool:
    """Whether a call changed its arguments; what cannot be compared counts as unchanged."""
    try:
        return _value(before, after, 0.0) is not None
    except Incomparable:
        return False


def describe(outcome: Outcome) -> str:
    exception = outcome.exception
    if exception is None:
        return shorten(outcome.value)
    text = str(exception)
    return f"{type(exception).__name__}: {_cut(text)}" if text else type(exception).__name__


def shorten(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 14_000:
        return f"an int of {value.bit_length()} bits"
    try:
        return _cut(_SHORT.repr(value))
    except Exception:
        return f"a {type(value).__name__}"


_SHORT = reprlib.Repr()
_SHORT.maxlist = _SHORT.maxtuple = _SHORT.maxdict = _SHORT.maxset = _SHORT.maxfrozenset = _SHORT.maxarray = 3
_SHORT.maxstring = _SHORT.maxlong = _SHORT.maxother = 40


def _cut(text: str) -> str:
    line = text.splitlines()[0] if text else text
    return line if len(line) <= 100 else f"{line[:97]}..."


def _is_caught_as(expected: Optional[BaseException], actual: Optional[BaseException]) -> bool:
    """Whether who catches the expected exception also catches the other one. Classes of the same name are the same exception: a module
    cannot raise a class that its Python original defines.
    """
    if expected is None or actual is None:
        return False
    return type(expected).__qualname__ in [kind.__qualname__ for kind in type(actual).__mro__]


def _left(expected: Outcome, actual: Outcome, tolerance: float) -> Optional[str]:
    differs = _value(expected.arguments, actual.arguments, tolerance)
    return f"its arguments were left different: {differs}" if differs else None


def _value(expected: Any, actual: Any, tolerance: float) -> Optional[_Difference]:
    if type(expected) is not type(actual):
        return _Difference(f"{shorten(actual)} ({type(actual).__name__}) instead of {shorten(expected)} ({type(expected).__name__})")
    compare = _KINDS.get(type(expected))
    if compare is None:
        compare = _array if hasattr(expected, "dtype") and hasattr(expected, "tolist") else _other
    try:
        return compare(expected, actual, tolerance)
    except RecursionError:
        raise Incomparable("the answer is nested too deeply") from None


def _instead(expected: Any, actual: Any) -> _Difference:
    return _Difference(f"{shorten(actual)} instead of {shorten(expected)}")


def _plain(expected: Any, actual: Any, tolerance: float) -> Optional[_Difference]:
    return None if expected == actual else _instead(expected, actual)


def _float(expected: float, actual: float, tolerance: float) -> Optional[_Difference]:
    if expected != expected and actual != actual:
        return None
    if tolerance and math.isclose(expected, actual, rel_tol=tolerance):
        return None
    return None if struct.pack("d", expected) == struct.pack("d", actual) else _instead(expected, actual)


def _complex(expected: complex, actual: complex, tolerance: float) -> Optional[_Difference]:
    differs = _float(expected.real, actual.real, tolerance) or _float(expected.imag, actual.imag, tolerance)
    return _instead(expected, actual) if differs else None


def _sequence(expected: Any, actual: Any, tolerance: float) -> Optional[_Difference]:
    if len(expected) != len(actual):
        return _Difference(f"{len(actual)} items instead of {len(expected)}")
    for index, (one, other) in enumerate(zip(expected, actual)):
        differs = None if one is other else _value(one, other, tolerance)
        if differs:
            return differs.below(f"[{index}]")
    return None


def _dict(expected: Dict[Any, Any], actual: Dict[Any, Any], tolerance: float) -> Optional[_Difference]:
    for key in expected:
        if key not in actual:
            return _Difference(f"no key {shorten(key)}")
    keys = {key: key for key in expected}
    for key, value in actual.items():
        if key not in expected:
            return _Difference(f"a key {shorten(key)} too many")
        differs = _value(keys[key], key, tolerance)
        if differs:
            return differs
        differs = _value(expected[key], value, tolerance)
        if differs:
            return differs.below(f"[{shorten(key)}]")
    return None


def _set(expected: Any, actual: Any, tolerance: float) -> Optional[_Difference]:
    return _dict(dict.fromkeys(expected), dict.fromkeys(actual), tolerance)


def _array(expected: Any, actual: Any, tolerance: float) -> Optional[_Difference]:
    """numpy's arrays and scalars, and whatever is built like them."""
    if expected.dtype != actual.dtype:
        return _Difference(f"{actual.dtype} instead of {expected.dtype}")
    if expected.shape != actual.shape:
        return _Difference(f"shape {actual.shape} instead of {expected.shape}")
    return _value(expected.tolist(), actual.tolist(), tolerance)


def _typed_array(expected: Any, actual: Any, tolerance: float) -> Optional[_Difference]:
    if expected.typecode != actual.typecode:
        return _Difference(f"array of {actual.typecode!r} instead of {expected.typecode!r}")
    return _sequence(expected, actual, tolerance)


def _memoryview(expected: memoryview, actual: memoryview, tolerance: float) -> Optional[_Difference]:
    if (expected.format, expected.shape) != (actual.format, actual.shape):
        return _Difference(f"{actual.shape} of {actual.format!r} instead of {expected.shape} of {expected.format!r}")
    return _value(expected.tolist(), actual.tolist(), tolerance)


def _exception(expected: BaseException, actual: BaseException, tolerance: float) -> Optional[_Difference]:
    return _value(expected.args, actual.args, tolerance)


def _other(expected: Any, actual: Any, tolerance: float) -> Optional[_Difference]:
    if isinstance(expected, BaseException):
        return _exception(expected, actual, tolerance)
    if isinstance(expected, tuple):
        return _sequence(expected, actual, tolerance)
    if expected is actual:
        return None
    if type(expected).__eq__ is object.__eq__:
        raise Incomparable(f"{type(expected).__name__} has no equality")
    return _plain(expected, actual, tolerance)


_KINDS = {
    float: _float,
    complex: _complex,
    list: _sequence,
    tuple: _sequence,
    dict: _dict,
    set: _set,
    frozenset: _set,
    array.array: _typed_array,
    memoryview: _memoryview,
    **dict.fromkeys((bool, int, str, bytes, bytearray, range, type(None)), _plain),
}
