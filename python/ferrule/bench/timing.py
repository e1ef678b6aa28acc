"""How long a call takes, after the method of pyperf: warm up, find a number of calls that takes long enough to be measured, and repeat
that. The loop calls with the arguments written out, as a person would, and is part of the time: about ten nanoseconds a call.
"""

import copy
import gc
import itertools
import time
from typing import Any, Callable, Dict, List, NamedTuple, Tuple

# Of arguments that are copied for each call: how many at a time, and how long that may take.
MOST_COPIES = 10_000
SECONDS_OF_COPYING = 0.1


class Timing(NamedTuple):
    first: float  # seconds of the very first call, which may compile or fill caches
    calls: int  # calls a sample
    samples: List[float]  # seconds a call


def measure(
    call: Callable[..., Any],
    arguments: Tuple[Any, ...],
    *,
    changes_arguments: bool,
    samples: int,
    seconds_per_sample: float,
    seconds: float,
) -> Timing:
    """Takes `samples` samples of at least `seconds_per_sample`, and fewer of them when they would take longer than `seconds`."""
    loop = _loop_over_copies(call, arguments) if changes_arguments else _loop(call, arguments)
    most = _affordable_copies(arguments) if changes_arguments else 2**62
    gc.collect()
    gc.disable()
    try:
        first = elapsed = loop(1)
        calls = 1
        while elapsed < seconds_per_sample and calls < most:
            # At most ten times as many as before: the first calls are slower than those to come.
            needed = int(calls * seconds_per_sample * 1.1 / elapsed) + 1 if elapsed > 0 else calls * 10
            calls = min(needed, calls * 10, most)
            elapsed = loop(calls)
        affordable = int(seconds / elapsed) if elapsed > 0 else samples
        return Timing(first, calls, [loop(calls) / calls for _ in range(max(1, min(samples, affordable)))])
    finally:
        gc.enable()


def _loop(call: Callable[..., Any], arguments: Tuple[Any, ...]) -> Callable[[int], float]:
    names = ", ".join(f"a{index}" for index in range(len(arguments)))
    source = f"""
def loop(count):
    calls = repeat(None, count)
    start = clock()
    for _ in calls:
        call({names})
    return clock() - start
"""
    return _compile(source, call, names, arguments)


def _loop_over_copies(call: Callable[..., Any], arguments: Tuple[Any, ...]) -> Callable[[int], float]:
    """For functions that change their arguments: each call gets its own, made before the clock starts."""
    names = ", ".join(f"a{index}" for index in range(len(arguments)))
    source = f"""
def loop(count):
    copies = [deepcopy(arguments) for _ in range(count)]
    start = clock()
    for {names}, in copies:
        call({names})
    return clock() - start
"""
    return _compile(source, call, "arguments", (arguments,))


def _affordable_copies(arguments: Tuple[Any, ...]) -> int:
    start = time.perf_counter()
    copy.deepcopy(arguments)
    elapsed = time.perf_counter() - start
    return max(1, min(MOST_COPIES, int(SECONDS_OF_COPYING / elapsed)))


def _compile(source: str, call: Callable[..., Any], names: str, values: Tuple[Any, ...]) -> Callable[[int], float]:
    """The loop as a closure over the function and the values: as fast as local names, without looking them up by text."""
    indented = source.replace("\n", "\n    ")
    scope: Dict[str, Any] = {"clock": time.perf_counter, "repeat": itertools.repeat, "deepcopy": copy.deepcopy}
    parameters = f"call, {names}" if names else "call"
    exec(f"def bind({parameters}):{indented}return loop", scope)
    bound: Callable[[int], float] = scope["bind"](call, *values)
    return bound
