"""The Rust functions and the Python ones count the same."""

import random
import string

import count_doubles
import original

TEXTS = ["", "a", "aab", "éé", "😀😀", "x\U00010000y", "a\n\nb", "a\0bb"]
OF_CHARACTERS = [
    count_doubles.count_doubles,
    count_doubles.count_doubles_once,
    original.count_doubles,
    original.count_doubles_once,
    original.count_doubles_itertools,
    original.count_doubles_comprehension,
    original.count_doubles_regex,
]


def expected(text):
    return sum(a == b for a, b in zip(text, text[1:]))


def test_every_text():
    for text in TEXTS:
        for count in OF_CHARACTERS:
            assert count(text) == expected(text), (count, text)


def test_bytes_are_something_else():
    assert count_doubles.count_doubles_bytes("aab") == 1
    assert count_doubles.count_doubles_bytes("éé") == 0
    assert count_doubles.count_doubles_bytes("x\U00010000y") == 1


def test_a_lone_surrogate_is_no_text():
    for count in (
        count_doubles.count_doubles,
        count_doubles.count_doubles_once,
        count_doubles.count_doubles_bytes,
    ):
        try:
            count("\ud800\ud800")
        except UnicodeEncodeError as error:
            assert error.start == 0 and error.reason == "surrogates not allowed"
        else:
            raise AssertionError("a lone surrogate was accepted")


def test_a_million_letters():
    letters = random.Random(1)
    text = "".join(letters.choices(string.ascii_letters, k=1_000_000))
    for count in (*OF_CHARACTERS, count_doubles.count_doubles_bytes):
        assert count(text) == expected(text), count


def test_it_reads_like_python():
    assert count_doubles.count_doubles(text="aab") == 1
    assert count_doubles.count_doubles.__name__ == "count_doubles"
    assert "Counts the characters" in count_doubles.count_doubles.__doc__
    assert "How often a character" in count_doubles.__doc__


def test_wrong_arguments():
    for arguments, keywords in [((), {}), (("a", "b"), {}), ((1,), {}), ((b"a",), {}), ((), {"txt": "a"})]:
        try:
            count_doubles.count_doubles(*arguments, **keywords)
        except TypeError:
            continue
        raise AssertionError(f"accepted: {arguments} {keywords}")


if __name__ == "__main__":
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            test()
            print(f"{name}: ok")
