"""One pass over all rows: nanoseconds a call in each module, the loop of timeit included. The modules take turns in short rounds, so that
a slow moment of the machine hits both, and each answer is checked before its row is timed.

usage: measure.py ROUNDS SECONDS MODULE...     writes {row: {module: [ns of each round]}} as JSON
"""

import importlib
import json
import sys
import timeit

import numpy

LETTERS = "abcdefghijklmnopqrstuvwxyz"
INTS = [i * 1000 for i in range(1000)]
FLOATS = [i * 0.5 for i in range(1000)]
TEXTS = [f"key{i}" for i in range(1000)]
TABLE = {f"key{i}": i * 1000 for i in range(1000)}
PAIRS = [(i * 0.5, 1.0) for i in range(1000)]
MATRIX = [[float(i * j) for j in range(10)] for i in range(100)]
ARRAY = numpy.arange(1000.0)
SHORT = numpy.arange(8.0)
DATA = bytes(65536)
RAISE = "try: f(-1)\nexcept E: pass"

# Name, statement, answer, and the function: one name, or PyO3's after the slash where its crate has another for it.
ROWS = [
    ("noop()", "f()", None, "noop"),
    ("inc(int)", "f(41)", 42, "inc"),
    ("add(int, int)", "f(3, 4)", 7, "add"),
    ("add(a=int, b=int)", "f(a=3, b=4)", 7, "add"),
    ("six mixed numbers", "f(1, 2, 3, 4, 5, 6.0)", 21.0, "mixed"),
    ("six mixed numbers by keyword", "f(a=1, b=2, c=3, d=4, e=5, f=6.0)", 21.0, "mixed"),
    ("half(float)", "f(2.5)", 1.25, "half"),
    ("negate(bool)", "f(True)", False, "negate"),
    ("or_zero(None)", "f(None)", 0, "or_zero"),
    ("or_zero()", "f()", 0, "or_zero"),
    ("str, 26 ASCII letters, borrowed", "f(LETTERS)", 26, "str_len"),
    ("str in, new str out", "f(LETTERS)", LETTERS.upper(), "upper"),
    ("bytes, 64 KiB", "f(DATA)", 65536, "bytes_len"),
    ("Result without an error", "f(1)", 1, "checked"),
    ("Err raised and caught", RAISE, None, "checked"),
    ("list of 1,000 ints in", "f(INTS)", sum(INTS), "sum_ints"),
    ("list of 1,000 floats in", "f(FLOATS)", sum(FLOATS), "sum_floats"),
    ("list of 1,000 ints out", "f(1000)", INTS, "make_ints"),
    ("list of 1,000 floats out", "f(1000)", FLOATS, "make_floats"),
    ("list of 1,000 pairs of floats in", "f(PAIRS)", sum(map(sum, PAIRS)), "sum_pairs"),
    ("100 lists of 10 floats in", "f(MATRIX)", sum(map(sum, MATRIX)), "sum_rows"),
    ("list of 1,000 strs in, owned", "f(TEXTS)", sum(map(len, TEXTS)), "total_len"),
    ("list of 1,000 strs in, borrowed", "f(TEXTS)", sum(map(len, TEXTS)), "total_len_borrowed"),
    ("dict of 1,000 ints in, owned keys", "f(TABLE)", sum(TABLE.values()), "sum_values"),
    ("dict of 1,000 ints in, borrowed keys", "f(TABLE)", sum(TABLE.values()), "sum_values_borrowed"),
    ("dict of 1,000 ints out", "f()", TABLE, "make_table"),
    ("numpy array of 1,000, its length; PyO3: Vec<f64>", "f(ARRAY)", 1000, "count_floats"),
    ("numpy array of 1,000, its length; PyO3: numpy crate", "f(ARRAY)", 1000, "count_floats/count_array"),
    ("numpy array of 1,000, its sum; PyO3: Vec<f64>", "f(ARRAY)", float(ARRAY.sum()), "sum_floats"),
    ("numpy array of 1,000, its sum; PyO3: numpy crate", "f(ARRAY)", float(ARRAY.sum()), "sum_floats/sum_array"),
    ("numpy array of 8, its sum; PyO3: numpy crate", "f(SHORT)", float(SHORT.sum()), "sum_floats/sum_array"),
    ("list of 1,000 floats, its length", "f(FLOATS)", 1000, "count_floats"),
    ("numpy array of 1,000, in place; PyO3: numpy crate", "f(ARRAY, 1.0)", None, "scale/scale_array"),
]


def find(module, functions):
    ours, _, theirs = functions.partition("/")
    return getattr(module, theirs if theirs and module.__name__.endswith("pyo3") else ours)


LOCALS = ("f", "E", "LETTERS", "DATA", "INTS", "FLOATS", "PAIRS", "MATRIX", "TEXTS", "TABLE", "ARRAY", "SHORT")


def timer(module, row):
    name, statement, answer, functions = row
    scope = {**globals(), "f": find(module, functions), "E": module.NegativeError}
    if statement != RAISE:
        actual = eval(statement, scope)
        if type(actual) is not type(answer) or actual != answer:
            sys.exit(f"{module.__name__}: {name} gives {actual!r} instead of {answer!r}")
    # Names that are local in the loop, as in a function.
    setup = "; ".join(f"{name} = {name}_" for name in LOCALS)
    return timeit.Timer(statement, setup, globals={f"{name}_": scope[name] for name in LOCALS})


def check(module):
    """What the answers of the rows do not show."""
    array = ARRAY.copy()
    find(module, "scale/scale_array")(array, 2.0)
    if not (array == ARRAY * 2.0).all():
        sys.exit(f"{module.__name__}: the array was not changed in place")
    try:
        module.checked(-1)
    except module.NegativeError as error:
        if str(error) == "negative value":
            return
    sys.exit(f"{module.__name__}: the error is not raised")


def calls_in(timer, seconds):
    calls = 1
    while True:
        elapsed = timer.timeit(calls)
        if elapsed >= seconds / 4:
            return max(1, int(calls * seconds / elapsed))
        calls *= 2


def main(rounds, seconds, modules):
    for module in modules:
        check(module)
    results = {}
    for row in [("(empty loop)", "None", None, "noop"), *ROWS]:
        timers = {}
        for module in modules:
            made = timer(module, row)
            timers[module.__name__] = (made, calls_in(made, seconds))
        times = {name: [] for name in timers}
        for _ in range(rounds):
            for name, (made, calls) in timers.items():
                times[name].append(made.timeit(calls) / calls * 1e9)
        results[row[0]] = times
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), [importlib.import_module(name) for name in sys.argv[3:]])
