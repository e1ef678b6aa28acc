"""How often a character equals the one after it"""

import random
import string

import count_doubles
import original

CONTENDERS = {
    "python, zip": original.count_doubles,
    "python, once": original.count_doubles_once,
    "python, regex": original.count_doubles_regex,
    "rust, zip": count_doubles.count_doubles,
    "rust, once": count_doubles.count_doubles_once,
    "rust, bytes": count_doubles.count_doubles_bytes,
}

NOTES = {"rust, bytes": "counts bytes, not characters"}


def letters(alphabet, count):
    return ("".join(random.Random(1).choices(alphabet, k=count)),)


INPUTS = {
    "1,000,000 random ASCII letters": lambda: letters(string.ascii_letters, 1_000_000),
    "10,000 letters with accents": lambda: letters("aàâäeéèêëiîïoôöuùûü", 10_000),
}
