"""shell-words against shlex, on what both read alike: comments and `\\` before other characters in quotes they do not."""

import random
import shlex

import shell_words

chance = random.Random(9)

for _ in range(1000):
    words = ["".join(chance.choices("ab \t'\"\\$`#*é😀-=", k=chance.randrange(8))) for _ in range(chance.randrange(5))]
    assert shlex.split(shell_words.join(words)) == words
    assert shell_words.split(shlex.join(words)) == words
    assert shell_words.split(shell_words.join(iter(words))) == words
    for one in words:
        assert shlex.split(shell_words.quote(one)) == [one]

for _ in range(2000):
    text = "".join(chance.choices("abc  \t'\"-=", k=chance.randrange(14)))
    try:
        expected = shlex.split(text)
    except ValueError:
        expected = None
    try:
        found = shell_words.split(text)
    except shell_words.ParseError:
        assert expected is None, text
    else:
        assert found == expected, text
