"""A bench file: plain Python with two tables, and nothing of ours to import.

    CONTENDERS = {"python": original.total, "rust": fast.total}       what is compared: callables by their name
    INPUTS = {"1,000 numbers": lambda: (list(range(1000)),)}          on what: each makes the tuple of arguments

    BASELINE = "python"                                               optional: whose answer is right and whose time is 1; else the first
    NOTES = {"rust": "numbers are copied"}                            optional: what a reader has to know of a contender
    TOLERANCE = 1e-9                                                  optional: how much floats may differ, relative to their size; else not

The first line of the docstring is the title. The generators of `random` and numpy are seeded before the file runs and before an input is
made, so that every process works on the same.
"""

import importlib.util
import random
import sys
from pathlib import Path
from typing import Any, Callable, Dict, NamedTuple, Tuple


class BadTable(Exception):
    """The file does not hold what a bench file has to hold."""


class UnbuiltCrate(Exception):
    """A module of the bench file is the folder of its crate, which Python takes for a package without code."""

    def __init__(self, module: str, folder: str) -> None:
        super().__init__(module, folder)
        self.module = module
        self.folder = folder


class Table(NamedTuple):
    title: str
    contenders: Dict[str, Callable[..., Any]]
    inputs: Dict[str, Callable[[], Tuple[Any, ...]]]
    baseline: str
    notes: Dict[str, str]
    tolerance: float


def read(path: Path) -> Table:
    """Runs the bench file, which may raise anything, and checks what it defines."""
    spec = importlib.util.spec_from_file_location("bench", path)
    if spec is None or spec.loader is None:
        raise BadTable("this is no Python file; a bench file is one, such as bench.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    _seed()
    try:
        spec.loader.exec_module(module)
    finally:
        _refuse_unbuilt_crates()

    contenders = _callables(module, "CONTENDERS", "the functions to compare, by name")
    inputs = _callables(module, "INPUTS", "functions that make the arguments, by name")
    baseline = getattr(module, "BASELINE", next(iter(contenders)))
    if baseline not in contenders:
        raise BadTable(f"BASELINE is {baseline!r}, which is none of CONTENDERS")
    notes = getattr(module, "NOTES", {})
    if not isinstance(notes, dict):
        raise BadTable("NOTES must be a dict of texts by contender")
    for name, note in notes.items():
        if name not in contenders:
            raise BadTable(f"NOTES has {name!r}, which is none of CONTENDERS")
        if not isinstance(note, str):
            raise BadTable(f"NOTES[{name!r}] must be a text, not {type(note).__name__}")
    tolerance = getattr(module, "TOLERANCE", 0.0)
    if isinstance(tolerance, bool) or not isinstance(tolerance, (int, float)) or not 0 <= tolerance < 1:
        raise BadTable(f"TOLERANCE must be a number below 1, relative to the values, such as 1e-9, not {tolerance!r}")
    title = (module.__doc__ or path.parent.resolve().name).strip().splitlines()[0]
    return Table(title, contenders, inputs, baseline, notes, float(tolerance))


def make_arguments(table: Table, name: str) -> Tuple[Any, ...]:
    """The arguments of one input, the same in every process."""
    _seed()
    arguments = table.inputs[name]()
    if not isinstance(arguments, tuple):
        kind = type(arguments).__name__
        raise BadTable(f"INPUTS[{name!r}] must make a tuple of arguments, not {kind}: write (value,) for a single one")
    return arguments


def _refuse_unbuilt_crates() -> None:
    for name, module in list(sys.modules.items()):
        folders = getattr(module, "__path__", ()) if getattr(module, "__file__", None) is None else ()
        crate = next((folder for folder in folders if Path(folder, "Cargo.toml").is_file()), None)
        if crate is not None and not any(other.startswith(f"{name}.") for other in sys.modules):
            raise UnbuiltCrate(name, crate)


def _seed() -> None:
    random.seed(0)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(0)


def _callables(module: Any, table: str, meaning: str) -> Dict[str, Callable[..., Any]]:
    entries = getattr(module, table, None)
    if entries is None:
        raise BadTable(f"{table} is missing: a dict of {meaning}")
    if not isinstance(entries, dict) or not entries:
        raise BadTable(f"{table} must be a dict of {meaning}, with at least one entry")
    for name, entry in entries.items():
        if not isinstance(name, str):
            raise BadTable(f"{table} has the name {name!r}, which must be a text")
        if not callable(entry):
            raise BadTable(f"{table}[{name!r}] must be callable, not {type(entry).__name__}")
    return entries
