"""Values for an annotation of a stub: right ones, wrong ones, and those at the edges."""

from __future__ import annotations

import ast
import datetime
import decimal
import fractions
import io
import ipaddress
import pathlib
import random
import uuid
from typing import Any, Callable

# Sizes stay small: memory that runs out ends the process, whatever language asked for it.
INTEGERS = [0, 1, 2, 3, 7, 10, 16, 59, 64, 100, 255, 256, 1000, 2024, 65535, -1, -7, -128]
TOO_LARGE = [2**64, -(2**63) - 1, 2**128, -(2**200)]
FLOATS = [0.0, 1.0, -1.0, 0.5, 3.25, 1e9, 1e-9, -0.0, 1e308, float("inf"), float("-inf"), float("nan")]
TEXTS = [
    *("", "a", "b", "hello", "hello world", "Hello, Wörld", "ß", "é😀", "a\0b", "\ud800", "x" * 300, " \t\n"),
    *("1", "-7", "12.5", "1.2.3", ">=1.2, <2", "1.0.0-rc.1+build", "0x1F", "deadbeef", "68656c6c6f", "SGVsbG8=", "XIV"),
    *("2024-02-29", "2024-02-29T12:30:00Z", "12:34:56", "1h 30m", "5 KiB", "%Y-%m-%d %H:%M", "Thu, 29 Feb 2024 12:30:00 GMT"),
    *("#ff8800", "rgb(1, 2, 3)", "hsl(120, 50%, 50%)", "red", "10.0.0.0/8", "192.168.0.1", "::1", "fe80::/64"),
    *("http://user@example.org:8080/a/b?c=d#e", "text/html; charset=utf-8", '<a b="c">d<e/></a>', "<a>", "'a b' c", "*.txt", "[a-z]+(b)"),
    *("01ARZ3NDEKTSV4RRFFQ69G5FAV", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "a,b;c", "a b c d e f g h i j k l m n o p"),
]
BYTES = [b"", b"a", b"hello", b"\0\xff\x80", bytes(range(256)), b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"68656c6c6f", b"SGVsbG8=", b"x" * 1000]
WRONG = [None, True, 0, -1, 2.5, "text", b"bytes", [], [1, "a"], (), (1, 2), {}, {"a": 1}, set(), object(), int, len, 1j, range(3), TOO_LARGE[0]]


class Arguments:
    """Makes values; `instances` has those of the package's own classes that were seen so far."""

    def __init__(self, chance: random.Random, aliases: dict[str, ast.expr], instances: Callable[[str], list[Any]]):
        self._chance = chance
        self._aliases = aliases
        self._instances = instances

    def value(self, annotation: ast.expr | None, depth: int = 0) -> Any:
        """Right most of the time."""
        if annotation is None or self._chance.random() < 0.1:
            return self._chance.choice(WRONG)
        return self._right(annotation, depth)

    def _right(self, node: ast.expr, depth: int) -> Any:
        if isinstance(node, ast.BinOp):
            return self.value(self._chance.choice([node.left, node.right]), depth)
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                return self._right(ast.parse(node.value, mode="eval").body, depth)
            return node.value
        if isinstance(node, ast.Subscript):
            return self._subscript(_last(node.value), _elements(node.slice), depth)
        return self._named(_last(node), depth)

    def _named(self, name: str, depth: int) -> Any:
        choose = self._chance.choice
        own = self._instances(name)
        if own:
            return choose(own)
        simple: dict[str, Callable[[], Any]] = {
            "int": lambda: choose(INTEGERS if self._chance.random() < 0.9 else TOO_LARGE),
            "SupportsIndex": lambda: choose(INTEGERS),
            "float": lambda: choose(FLOATS),
            "SupportsFloat": lambda: choose(FLOATS),
            "bool": lambda: choose([True, False]),
            "str": lambda: choose(TEXTS),
            "bytes": lambda: choose(BYTES),
            "bytearray": lambda: bytearray(choose(BYTES)),
            "Buffer": lambda: choose([bytes, bytearray, memoryview])(choose(BYTES)),
            "None": lambda: None,
            "complex": lambda: complex(choose(FLOATS), 1.0),
            "object": lambda: choose(WRONG),
            "Any": lambda: choose(WRONG),
            "Decimal": lambda: decimal.Decimal(choose(["0", "1.5", "-7.25", "NaN", "1e30"])),
            "Fraction": lambda: fractions.Fraction(choose(INTEGERS), 7),
            "timedelta": lambda: datetime.timedelta(seconds=choose([0, 1, 90, -1, 86400, 1e-6])),
            "datetime": lambda: datetime.datetime(2024, 2, 29, 12, 30, tzinfo=choose([None, datetime.timezone.utc])),
            "date": lambda: datetime.date(choose([1, 1970, 2024, 9999]), 2, 28),
            "time": lambda: datetime.time(choose([0, 12, 23]), 59, 59, 999999),
            "tzinfo": lambda: datetime.timezone(datetime.timedelta(hours=choose([-12, 0, 5]))),
            "timezone": lambda: datetime.timezone(datetime.timedelta(hours=choose([-12, 0, 5]))),
            "UUID": lambda: uuid.UUID(int=choose([0, 1, 2**128 - 1])),
            "IPv4Address": lambda: ipaddress.IPv4Address(choose(["0.0.0.0", "10.1.2.3"])),
            "IPv6Address": lambda: ipaddress.IPv6Address(choose(["::", "fe80::1"])),
            "PathLike": lambda: pathlib.Path(choose(["", ".", "/nowhere", "a/b"])),
            "Path": lambda: pathlib.Path(choose(["", ".", "/nowhere", "a/b"])),
            "slice": lambda: slice(*sorted([choose([0, 1, 2]), choose([2, 3, 9])])),
            "range": lambda: range(choose([0, 1]), choose([0, 1, 5, 100])),
            "Hashable": lambda: choose([1, "a", (1, 2), None]),
        }
        if name in simple:
            return simple[name]()
        if name in self._aliases and depth < 8:
            return self._right(self._aliases[name], depth + 1)
        if "IO" in name or "Read" in name or "Write" in name or "File" in name:
            return io.BytesIO(choose(BYTES))
        containers = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset, "dict": dict}
        if name in containers:
            return containers[name]()
        # A type variable: any object that can be compared and hashed.
        return choose([0, 1, 2, "a", "b", 2.5, (1, 2)])

    def _subscript(self, name: str, elements: list[ast.expr], depth: int) -> Any:
        if name in ("Optional",):
            return self._chance.choice([None, self.value(elements[0], depth)])
        if name == "Union":
            return self.value(self._chance.choice(elements), depth)
        if name == "Literal":
            return ast.literal_eval(self._chance.choice(elements))
        if name in ("Annotated", "Final", "ClassVar"):
            return self.value(elements[0], depth)
        if name == "Callable":
            return self._callable(elements[-1], depth)
        if name in ("dict", "Mapping", "MutableMapping"):
            pairs = [(self._right(elements[0], depth + 1), self.value(elements[1], depth + 1)) for _ in range(self._size(depth))]
            return {key: item for key, item in pairs if _is_hashable(key)}
        if name == "tuple" and not _is_ellipsis(elements[-1]):
            return tuple(self.value(element, depth + 1) for element in elements)
        if name in ("PathLike", "type", "Type"):
            return self._named(name, depth)
        if self._instances(name):
            return self._chance.choice(self._instances(name))
        items = [self.value(elements[0], depth + 1) for _ in range(self._size(depth))]
        if name in ("set", "frozenset", "Set", "AbstractSet"):
            return {item for item in items if _is_hashable(item)}
        if name in ("Iterator", "Generator"):
            return iter(items)
        return self._chance.choice([list, tuple])(items)

    def _callable(self, result: ast.expr, depth: int) -> Callable[..., Any]:
        if self._chance.random() < 0.2:
            return _raise
        answer = self.value(result, depth + 1)
        return lambda *_: answer

    def _size(self, depth: int) -> int:
        return self._chance.choice([0, 1, 2, 3, 8] if depth == 0 else [0, 1, 2])


def _raise(*_: Any) -> Any:
    raise LookupError("raised by the caller's own function")


def _last(node: ast.expr) -> str:
    return ast.unparse(node).split(".")[-1]


def _elements(node: ast.expr) -> list[ast.expr]:
    return list(node.elts) if isinstance(node, ast.Tuple) else [node]


def _is_ellipsis(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is Ellipsis


def _is_hashable(value: Any) -> bool:
    try:
        hash(value)
    except Exception:
        return False
    return True
