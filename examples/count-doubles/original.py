"""How often a character of a text equals the character after it, in Python."""

import itertools
import re


def count_doubles(text: str) -> int:
    """Two walks over the text, the second one character ahead."""
    total = 0
    for one, following in zip(text, text[1:]):
        if one == following:
            total += 1
    return total


def count_doubles_once(text: str) -> int:
    """One walk that remembers the character before."""
    total = 0
    characters = iter(text)
    previous = next(characters, None)
    for character in characters:
        if character == previous:
            total += 1
        previous = character
    return total


def count_doubles_itertools(text: str) -> int:
    """Two iterators of one walk."""
    ones, followings = itertools.tee(text)
    next(followings, None)
    total = 0
    for one, following in zip(ones, followings):
        if one == following:
            total += 1
    return total


def count_doubles_comprehension(text: str) -> int:
    """The shortest way to write it."""
    return sum(1 for one, following in zip(text, text[1:]) if one == following)


DOUBLE = re.compile(r"(?=(.)\1)", re.DOTALL)


def count_doubles_regex(text: str) -> int:
    """A look-ahead with a back-reference, so that doubles may overlap."""
    return len(DOUBLE.findall(text))
