"""strsim against dynamic programmes."""

import random
from typing import List, Sequence

import strsim

chance = random.Random(26)


def distances(a: Sequence[str], b: Sequence[str], swaps: str) -> int:
    """Levenshtein's distance; with `neighbours` swapped once (optimal string alignment), or `any` (Damerau)."""
    rows: List[List[int]] = [[i + j if i * j == 0 else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            best = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
            if swaps == "neighbours" and i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                best = min(best, rows[i - 2][j - 2] + 1)
            if swaps == "any":
                before = [k for k in range(1, i) if a[k - 1] == b[j - 1]]
                behind = [k for k in range(1, j) if b[k - 1] == a[i - 1]]
                if before and behind:
                    k, m = before[-1], behind[-1]
                    best = min(best, rows[k - 1][m - 1] + (i - k - 1) + 1 + (j - m - 1))
            rows[i][j] = best
    return rows[-1][-1]


def jaro(a: str, b: str) -> float:
    if not a or not b:
        return 1.0 if a == b else 0.0
    reach = max(max(len(a), len(b)) // 2 - 1, 0)
    taken: List[int] = []
    for i, letter in enumerate(a):
        near = range(max(0, i - reach), min(len(b), i + reach + 1))
        taken.extend([j for j in near if b[j] == letter and j not in taken][:1])
    matched = [letter for i, letter in enumerate(a) if _matches(a, b, i, reach)]
    in_b = [b[j] for j in sorted(taken)]
    m = len(taken)
    if m == 0:
        return 0.0
    swapped = sum(x != y for x, y in zip(matched, in_b)) // 2
    return (m / len(a) + m / len(b) + (m - swapped) / m) / 3


def _matches(a: str, b: str, place: int, reach: int) -> bool:
    taken: List[int] = []
    for i, letter in enumerate(a[: place + 1]):
        near = range(max(0, i - reach), min(len(b), i + reach + 1))
        found = [j for j in near if b[j] == letter and j not in taken][:1]
        if i == place:
            return bool(found)
        taken.extend(found)
    return False


def word() -> str:
    return "".join(chance.choices("abcdé😀", k=chance.randrange(9)))


for _ in range(1500):
    a, b = word(), word()
    longest = max(len(a), len(b))
    plain = distances(a, b, "none")
    assert strsim.levenshtein(a, b) == plain
    assert strsim.osa_distance(a, b) == distances(a, b, "neighbours")
    damerau = distances(a, b, "any")
    assert strsim.damerau_levenshtein(a, b) == damerau, (a, b)
    assert abs(strsim.normalized_levenshtein(a, b) - (1 - plain / longest if longest else 1.0)) < 1e-12
    assert abs(strsim.normalized_damerau_levenshtein(a, b) - (1 - damerau / longest if longest else 1.0)) < 1e-12
    assert abs(strsim.jaro(a, b) - jaro(a, b)) < 1e-12, (a, b)
    assert strsim.generic_damerau_levenshtein(list(a), list(b)) == damerau
    assert strsim.generic_levenshtein(list(a), tuple(b)) == plain
    if len(a) == len(b):
        assert strsim.hamming(a, b) == sum(x != y for x, y in zip(a, b))
    else:
        try:
            strsim.hamming(a, b)
        except strsim.StrSimError as error:
            assert isinstance(error, strsim.StrSimError.DifferentLengthArgs)
        else:
            raise AssertionError((a, b))
