"""Running totals, in place"""

import array
import random

import in_place
import original

CONTENDERS = {
    "python": original.running_totals,
    "rust": in_place.running_totals,
}


def numbers(count):
    generator = random.Random(1)
    return [generator.randrange(-1_000_000, 1_000_000) for _ in range(count)]


# The functions change their argument, so each timed call gets its own copy, made before the clock starts.
INPUTS = {
    "a list of 10,000 ints": lambda: (numbers(10_000),),
    "an array.array of 10,000 ints": lambda: (array.array("q", numbers(10_000)),),
}
