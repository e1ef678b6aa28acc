"""The product of two matrices, as lists of lists"""

import random

import nested_lists
import original

CONTENDERS = {
    "python": original.multiply,
    "rust": nested_lists.multiply,
}


def matrix(size, seed):
    numbers = random.Random(seed)
    return [[numbers.uniform(-1, 1) for _ in range(size)] for _ in range(size)]


INPUTS = {
    "3 x 3": lambda: (matrix(3, 1), matrix(3, 2)),
    "100 x 100": lambda: (matrix(100, 1), matrix(100, 2)),
}
