"""One process of `ferrule bench`: reads one request as JSON from standard input, writes what happens as lines of JSON to the file it is
given, so that whatever the contenders print is in nobody's way. It writes what it is about to do before it does it: when the process
dies, the last line says of what.

    {"do": "describe", ...}                                       what the bench file defines, and which Python this is
    {"do": "compare", "input": ..., "contenders": [...], ...}     the answers of the contenders, the baseline first
    {"do": "time", "input": ..., "contender": ..., ...}           how long a contender takes

Every request has "file", the bench file; "path", folders that are searched for modules before that of the file; "timeout".
"""

import copy
import faulthandler
import json
import os
import platform
import sys
import traceback
from pathlib import Path
from typing import Any, Callable, Dict, Optional, Tuple

# A script's folder is first on the path, where our modules would hide the user's: the modules that were built and the bench file's folder
# take its place, in this order, as a module that was built earlier may lie beside the bench file.
_HERE = Path(__file__).resolve()
if not getattr(sys.flags, "safe_path", False):
    del sys.path[0]
sys.path.insert(0, str(_HERE.parents[2]))
from ferrule.bench import answers, timing  # noqa: E402
from ferrule.bench import table as tables  # noqa: E402

Event = Callable[..., None]


def main() -> None:
    request = json.load(sys.stdin.buffer)
    path = Path(request["file"])
    sys.path[:1] = [*request["path"], str(path.parent)]
    with open(sys.argv[1], "w", encoding="utf-8") as file:

        def event(kind: str, **fields: Any) -> None:
            json.dump({"event": kind, **fields}, file)
            file.write("\n")
            file.flush()

        try:
            with _watched(request):
                table = tables.read(path)
            _ACTIONS[request["do"]](table, request, event)
        except tables.BadTable as problem:
            event("problem", text=str(problem))
        except answers.Incomparable as problem:
            event("problem", text=str(problem))
        except tables.UnbuiltCrate as problem:
            event("unbuilt", module=problem.module, folder=problem.folder)
        except Exception as exception:
            missing = exception.name if isinstance(exception, ModuleNotFoundError) else None
            event("raised", exception=_summary(exception), trace=_user_trace(exception), place=_syntax(exception), missing=missing)
    # Threads and exit handlers of a contender must not keep us.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def describe(table: tables.Table, request: Dict[str, Any], event: Event) -> None:
    event(
        "table",
        title=table.title,
        baseline=table.baseline,
        contenders=[{"name": name, "note": table.notes.get(name, "")} for name in table.contenders],
        inputs=list(table.inputs),
        tolerance=table.tolerance,
        python=f"{platform.python_implementation()} {platform.python_version()}",
    )


def compare(table: tables.Table, request: Dict[str, Any], event: Event) -> None:
    arguments = tables.make_arguments(table, request["input"])
    if answers.changed(arguments, tables.make_arguments(table, request["input"])):
        raise tables.BadTable(f"INPUTS[{request['input']!r}] makes other arguments each time: seed its random numbers")
    expected = None
    for name in request["contenders"]:
        event("began", contender=name)
        own = _copy(table, request["input"], arguments)
        with _watched(request):
            actual = answers.outcome(table.contenders[name], own)
        fields = {"contender": name, "answer": answers.describe(actual), "raised": actual.exception is not None}
        if expected is None:
            expected = actual
            event("answered", **fields, changes=answers.changed(arguments, actual.arguments), difference=None, rounded=False)
            continue
        try:
            event("answered", **fields, changes=False, **_compared(expected, actual, table.tolerance))
        except answers.Incomparable as problem:
            event("answered", **fields, changes=False, difference=f"cannot be compared: {problem}", rounded=False)


# Floats that are nearer than that, relative to their size, are most likely the same sum in another order.
ROUNDING = 1e-9


def _compared(expected: answers.Outcome, actual: answers.Outcome, tolerance: float) -> Dict[str, Any]:
    """What is different, and whether only the rounding of floats is, which the bench file may tolerate."""
    exact = answers.difference(expected, actual)
    if exact is None:
        return {"difference": None, "rounded": False}
    if tolerance and answers.difference(expected, actual, tolerance) is None:
        return {"difference": None, "rounded": True}
    return {"difference": exact, "rounded": answers.difference(expected, actual, ROUNDING) is None}


def time(table: tables.Table, request: Dict[str, Any], event: Event) -> None:
    arguments = tables.make_arguments(table, request["input"])
    event("began", contender=request["contender"])
    with _watched(request):
        result = timing.measure(
            table.contenders[request["contender"]],
            arguments,
            changes_arguments=request["changes"],
            samples=request["samples"],
            seconds_per_sample=request["secondsPerSample"],
            seconds=request["seconds"],
        )
    event("timed", first=result.first, calls=result.calls, samples=result.samples)


_ACTIONS = {"describe": describe, "compare": compare, "time": time}


class _watched:
    """Ends the process, with a traceback, when the user's code takes longer than the limit: also when it hangs in native code."""

    def __init__(self, request: Dict[str, Any]) -> None:
        self.limit = request["timeout"]

    def __enter__(self) -> None:
        faulthandler.enable()
        faulthandler.dump_traceback_later(self.limit, exit=True)

    def __exit__(self, *_: object) -> None:
        faulthandler.cancel_dump_traceback_later()


def _copy(table: tables.Table, name: str, arguments: Tuple[Any, ...]) -> Tuple[Any, ...]:
    """A contender's own arguments; what cannot be copied (a memoryview, a file) is made again."""
    try:
        return copy.deepcopy(arguments)
    except Exception:
        return tables.make_arguments(table, name)


def _summary(exception: BaseException) -> str:
    """Class and message, without the place of a syntax error above them and the notes below."""
    lines = traceback.format_exception_only(type(exception), exception)
    return next(line for line in lines if not line.startswith("  ")).strip()


def _syntax(exception: BaseException) -> Optional[Dict[str, Any]]:
    """The place of a syntax error in a file."""
    if not isinstance(exception, SyntaxError) or exception.lineno is None or not os.path.isfile(exception.filename or ""):
        return None
    place = {"file": os.path.abspath(str(exception.filename)), "line": exception.lineno, "column": max(1, exception.offset or 1)}
    end = getattr(exception, "end_offset", None)
    if end and exception.end_lineno == exception.lineno and end > place["column"]:
        place.update(endLine=exception.lineno, endColumn=end)
    return place


def _user_trace(exception: BaseException) -> str:
    """The traceback without our own frames and those of the import system."""
    ours = (str(_HERE.parent), "<frozen")
    frames = [frame for frame in traceback.extract_tb(exception.__traceback__) if not frame.filename.startswith(ours)]
    return "".join(traceback.format_list(frames)).rstrip()


if __name__ == "__main__":
    main()
