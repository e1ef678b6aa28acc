"""Whether two answers are the same: equal in type and value down to the last bit.

`1 == True == 1.0` holds in Python, but a function that returns another type answers something else. Floats are compared by their bits, so
that -0.0 is not 0.0; a NaN equals every NaN. What has no order (dicts, sets) is compared without one.
"""

import array
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


def difference(expected: Outcome, actual: Outcome) -> Optional[str]:
    """What is different, as a phrase; None when nothing is."""
    if expected.exception is not None or actual.exception is not None:
        # Classes of the same name are the same exception: a module cannot raise a class that its Python original defines.
        if type(expected.exception).__qualname__ == type(actual.exception).__qualname__:
            return _left(expected, actual)
        return f"{describe(actual)} instead of {describe(expected)}"
    return _value(expected.value, actual.value, "") or _left(expected, actual)


def changed(before: Tuple[Any, ...], after: Tuple[Any, ...]) -> bool:
    """Whether a call changed its arguments; what cannot be compared counts as unchanged."""
    try:
        return _value(before, after, "") is not None
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


def _left(expected: Outcome, actual: Outcome) -> Optional[str]:
    phrase = _value(expected.arguments, actual.arguments, "")
    return phrase and f"its arguments were left different: {phrase}"


def _value(expected: Any, actual: Any, path: str) -> Optional[str]:
    if type(expected) is not type(actual):
        return _at(path, f"{shorten(actual)} ({type(actual).__name__}) instead of {shorten(expected)} ({type(expected).__name__})")
    compare = _KINDS.get(type(expected))
    if compare is None:
        compare = _array if hasattr(expected, "dtype") and hasattr(expected, "tolist") else _other
    try:
        return compare(expected, actual, path)
    except RecursionError:
        raise Incomparable("the answer is nested too deeply") from None


def _at(path: str, phrase: str) -> str:
    return f"{path}: {phrase}" if path else phrase


def _instead(expected: Any, actual: Any, path: str) -> str:
    return _at(path, f"{shorten(actual)} instead of {shorten(expected)}")


def _plain(expected: Any, actual: Any, path: str) -> Optional[str]:
    return None if expected == actual else _instead(expected, actual, path)


def _float(expected: float, actual: float, path: str) -> Optional[str]:
    both_nan = expected != expected and actual != actual
    return None if both_nan or struct.pack("d", expected) == struct.pack("d", actual) else _instead(expected, actual, path)


def _complex(expected: complex, actual: complex, path: str) -> Optional[str]:
    differs = _float(expected.real, actual.real, path) or _float(expected.imag, actual.imag, path)
    return _instead(expected, actual, path) if differs else None


def _sequence(expected: Any, actual: Any, path: str) -> Optional[str]:
    if len(expected) != len(actual):
        return _at(path, f"{len(actual)} items instead of {len(expected)}")
    for index, (one, other) in enumerate(zip(expected, actual)):
        # Most items of a long list are equal: the path is made only where it is shown.
        if one is other or _value(one, other, "") is None:
            continue
        return _value(one, other, f"{path}[{index}]")
    return None


def _dict(expected: Dict[Any, Any], actual: Dict[Any, Any], path: str) -> Optional[str]:
    for key in expected:
        if key not in actual:
            return _at(path, f"no key {shorten(key)}")
    keys = {key: key for key in expected}
    for key, value in actual.items():
        if key not in expected:
            return _at(path, f"a key {shorten(key)} too many")
        differs = _value(keys[key], key, path) or _value(expected[key], value, f"{path}[{shorten(key)}]")
        if differs:
            return differs
    return None


def _set(expected: Any, actual: Any, path: str) -> Optional[str]:
    return _dict(dict.fromkeys(expected), dict.fromkeys(actual), path)


def _array(expected: Any, actual: Any, path: str) -> Optional[str]:
    """numpy's arrays and scalars, and whatever is built like them."""
    if expected.dtype != actual.dtype:
        return _at(path, f"{actual.dtype} instead of {expected.dtype}")
    if expected.shape != actual.shape:
        return _at(path, f"shape {actual.shape} instead of {expected.shape}")
    return _value(expected.tolist(), actual.tolist(), path)


def _typed_array(expected: Any, actual: Any, path: str) -> Optional[str]:
    if expected.typecode != actual.typecode:
        return _at(path, f"array of {actual.typecode!r} instead of {expected.typecode!r}")
    return _sequence(expected, actual, path)


def _memoryview(expected: memoryview, actual: memoryview, path: str) -> Optional[str]:
    if (expected.format, expected.shape) != (actual.format, actual.shape):
        return _at(path, f"{actual.shape} of {actual.format!r} instead of {expected.shape} of {expected.format!r}")
    return _value(expected.tolist(), actual.tolist(), path)


def _exception(expected: BaseException, actual: BaseException, path: str) -> Optional[str]:
    return _value(expected.args, actual.args, path)


def _other(expected: Any, actual: Any, path: str) -> Optional[str]:
    if isinstance(expected, BaseException):
        return _exception(expected, actual, path)
    if isinstance(expected, tuple):
        return _sequence(expected, actual, path)
    if expected is actual:
        return None
    if type(expected).__eq__ is object.__eq__:
        raise Incomparable(f"{type(expected).__name__} has no equality")
    return _plain(expected, actual, path)


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
