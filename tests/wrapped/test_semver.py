"""semver against the rules of semver.org, written down in Python, and Cargo's rules for requirements."""

import copy
import random
import re
from typing import List, Optional, Tuple

import semver

chance = random.Random(2)
OFFICIAL = re.compile(
    r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
    r"(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
    r"(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?",
    re.ASCII,
)
Precedence = Tuple[int, int, int, bool, List[Tuple[bool, int, str]]]


def precedence(text: str) -> Precedence:
    match = OFFICIAL.fullmatch(text)
    assert match is not None
    parts = (match[4] or "").split(".") if match[4] else []
    keys = [(False, int(part), "") if part.isdigit() else (True, 0, part) for part in parts]
    return (int(match[1]), int(match[2]), int(match[3]), not parts, keys)


def some_version() -> str:
    numbers = ".".join(str(chance.choice([0, 0, 1, 2, 10, 2**40])) for _ in range(3))
    parts = chance.choices(["alpha", "beta", "rc", "1", "2", "10", "a-b", "0"], k=chance.randrange(1, 4))
    pre = "-" + ".".join(parts) if chance.random() < 0.5 else ""
    build = chance.choice(["", "", "+b1", "+001.x"])
    return numbers + pre + build


for _ in range(2000):
    a, b = some_version(), some_version()
    left, right = semver.Version.parse(a), semver.Version.parse(b)
    assert str(left) == a
    key, other = precedence(a), precedence(b)
    assert left.cmp_precedence(right) == (key > other) - (key < other), (a, b)
    assert (left == right) == (a == b) and (left != right) == (a != b)
    if key != other:
        assert (left < right) == (key < other) and (left >= right) == (key > other)
    else:
        assert (left < right) + (right < left) + (left == right) == 1
    assert left != a and copy.copy(left) == left and hash(copy.deepcopy(left)) == hash(left)
    assert (left.major, left.minor, left.patch) == key[:3]

texts = [some_version() for _ in range(200)]
in_rust = sorted(texts, key=semver.Version.parse)
assert [precedence(text) for text in in_rust] == sorted(map(precedence, texts))

for _ in range(2000):
    text = "".join(chance.choices("0012.-+ax ", k=chance.randrange(10)))
    try:
        parsed: Optional[semver.Version] = semver.Version.parse(text)
    except semver.Error as error:
        assert str(error) and OFFICIAL.fullmatch(text) is None, text
    else:
        assert OFFICIAL.fullmatch(text) is not None and str(parsed) == text, text


def fits(sign: str, wanted: List[int], version: Tuple[int, ...]) -> bool:
    """Whether a release fits `sign` and one to three numbers."""
    given, low = tuple(wanted), tuple(wanted + [0] * (3 - len(wanted)))
    cut = version[: len(given)]
    if sign == "=":
        return cut == given
    if sign == ">":
        return cut > given
    if sign == ">=":
        return version >= low
    if sign == "<":
        return cut < given if len(given) < 3 else version < low
    if sign == "<=":
        return cut <= given
    if sign == "~":
        return version >= low and version[: min(2, len(given))] == given[:2]
    leading = next((i for i, number in enumerate(given) if number > 0), len(given) - 1)
    return version >= low and version[: leading + 1] == given[: leading + 1]


for _ in range(3000):
    sign = chance.choice(["=", ">", ">=", "<", "<=", "~", "^", ""])
    wanted = [chance.randrange(3) for _ in range(chance.randrange(1, 4))]
    version = tuple(chance.randrange(4) for _ in range(3))
    requirement = semver.VersionReq.parse(sign + ".".join(map(str, wanted)))
    assert requirement.matches(semver.Version(*version)) == fits(sign or "^", wanted, version), (sign, wanted, version)
