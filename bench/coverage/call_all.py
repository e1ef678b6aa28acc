"""Calls everything that a package's stubs promise, with generated arguments.

usage: call_all.py FOLDER PACKAGE JOURNAL [SKIPPED...]

Every call is written to the journal before it is made, so that whoever started this process knows which one ended it. Exceptions are answers;
SystemError is not, because it means that the interpreter was misused.
"""

from __future__ import annotations

import copy
import importlib
import json
import os
import pickle
import random
import resource
import sys
import time
import weakref
from collections import defaultdict
from pathlib import Path
from typing import Any

from arguments import Arguments
from stub import Promise, read_stubs

ROUNDS = 3
CALLS = 20
KEPT = 12


class Exerciser:
    def __init__(self, folder: Path, package: str, journal: int, skipped: frozenset[str]):
        self._stubs = read_stubs(folder, package)
        self._package = package
        self._journal = journal
        self._skipped = skipped
        self._chance = random.Random(package)
        self._seen: dict[str, list[Any]] = defaultdict(list)
        self._arguments = Arguments(self._chance, self._stubs.aliases, lambda name: self._seen.get(name, []))
        self._answered: set[str] = set()
        self._called: set[str] = set()

    def run(self) -> None:
        self._keep_enums()
        # Values that the first round brings are the arguments of the next.
        for _ in range(ROUNDS):
            for promise in self._stubs.promises:
                self._call_often(promise)
            for name in list(self._seen):
                self._use(name)
        names = {str(promise) for promise in self._stubs.promises}
        silent = sorted(names - self._answered)
        self._note(event="end", promised=len(names), called=len(self._called), silent=silent)

    def _keep_enums(self) -> None:
        for promise in self._stubs.promises:
            if promise.owner:
                self._keep_members(promise)

    def _keep_members(self, promise: Promise) -> None:
        try:
            owner = self._owner(promise)
            members = list(owner)
        except Exception:
            return
        self._seen[owner.__name__] = members[:KEPT]

    def _owner(self, promise: Promise) -> Any:
        owner: Any = importlib.import_module(promise.module)
        for name in promise.owner:
            owner = getattr(owner, name)
        return owner

    def _call_often(self, promise: Promise) -> None:
        if str(promise) in self._skipped:
            return
        try:
            self._owner(promise)
        except AttributeError as error:
            self._note(event="missing", name=str(promise), error=str(error))
            return
        for _ in range(CALLS):
            if not self._call(promise):
                return

    def _call(self, promise: Promise) -> bool:
        """False when there is no object to call it on yet."""
        owner = self._owner(promise)
        needs_object = promise.kind in ("method", "getter", "setter")
        objects = self._instances_of(owner) if needs_object else []
        if needs_object and not objects:
            return False
        target = self._chance.choice(objects) if needs_object else owner
        positional, named = self._choose(promise)
        self._note(event="call", name=str(promise), arguments=_shown(positional, named))
        self._called.add(str(promise))
        began = time.monotonic()
        try:
            answer = _perform(promise, target, positional, named)
        except SystemError as error:
            self._note(event="misuse", name=str(promise), error=str(error))
        except (Exception, GeneratorExit, SystemExit):
            pass
        else:
            self._answered.add(str(promise))
            # What took long to make is large, and would make the next calls longer still.
            if time.monotonic() - began < 0.1:
                self._keep(answer)
        return True

    def _instances_of(self, owner: Any) -> list[Any]:
        return [one for kept in self._seen.values() for one in kept if isinstance(owner, type) and isinstance(one, owner)]

    def _choose(self, promise: Promise) -> tuple[list[Any], dict[str, Any]]:
        positional: list[Any] = []
        named: dict[str, Any] = {}
        for parameter in promise.parameters:
            if parameter.is_optional and self._chance.random() < 0.3:
                continue
            value = self._arguments.value(parameter.annotation)
            by_name = parameter.is_keyword_only or named or self._chance.random() < 0.1
            if by_name and not promise.name.startswith("__") or parameter.is_keyword_only:
                named[parameter.name] = value
            else:
                positional.append(value)
        if self._chance.random() < 0.02:
            positional.append(None)
        return positional, named

    def _keep(self, answer: Any, depth: int = 0) -> None:
        if type(answer).__module__.split(".")[0] == self._package:
            for name in (base.__name__ for base in type(answer).__mro__[:-1]):
                kept = self._seen[name]
                if len(kept) < KEPT:
                    kept.append(answer)
                elif self._chance.random() < 0.2:
                    kept[self._chance.randrange(KEPT)] = answer
        if depth < 3 and isinstance(answer, (list, tuple, set, frozenset)):
            for item in list(answer)[:5]:
                self._keep(item, depth + 1)
        elif depth < 3 and isinstance(answer, dict):
            for item in list(answer.items())[:5]:
                self._keep(item, depth + 1)
        elif depth < 3 and hasattr(type(answer), "__next__"):
            self._advance(answer, depth)

    def _advance(self, iterator: Any, depth: int) -> None:
        try:
            for _ in range(5):
                self._keep(next(iterator), depth + 1)
        except Exception:
            pass

    def _use(self, name: str) -> None:
        """What every object of Python may be asked."""
        for one in list(self._seen[name]):
            for what, use in USES.items():
                self._note(event="call", name=f"{self._package}.{name} {what}", arguments="")
                if f"{self._package}.{name} {what}" in self._skipped:
                    continue
                try:
                    use(one)
                except SystemError as error:
                    self._note(event="misuse", name=f"{self._package}.{name} {what}", error=str(error))
                except Exception:
                    pass

    def _note(self, **entry: Any) -> None:
        os.write(self._journal, (json.dumps(entry) + "\n").encode())


def _perform(promise: Promise, target: Any, positional: list[Any], named: dict[str, Any]) -> Any:
    if promise.kind == "constructor":
        return target(*positional, **named)
    if promise.kind == "getter":
        return getattr(target, promise.name)
    if promise.kind == "setter":
        return setattr(target, promise.name, positional[0] if positional else None)
    return getattr(target, promise.name)(*positional, **named)


USES = {
    "repr": repr,
    "str": str,
    "hash": hash,
    "bool": bool,
    "equal": lambda one: (one == one, one == object(), one != 1),
    "less": lambda one: one < one,
    "less than foreign": lambda one: one < object(),
    "add foreign": lambda one: one + object(),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda one: pickle.loads(pickle.dumps(one)),
    "weakref": weakref.ref,
    "length": len,
    "iterate": lambda one: [item for _, item in zip(range(5), one)],
    # Without a method of its own, Python would go through all items of an iterator.
    "contains": lambda one: hasattr(type(one), "__contains__") and object() in one,
    "index": lambda one: one[object()],
    "dir": dir,
    "set": lambda one: setattr(one, "no_such_attribute", 1),
    "delete": lambda one: delattr(one, "no_such_attribute"),
}


def _shown(positional: list[Any], named: dict[str, Any]) -> str:
    try:
        parts = [*map(repr, positional), *(f"{name}={value!r}" for name, value in named.items())]
    except Exception as error:
        return f"(not shown: {error})"
    return ascii(", ".join(parts))[1:-1][:400]


def main() -> None:
    folder, package, journal, *skipped = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.path.insert(0, folder)
    file = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    importlib.import_module(package)
    os.write(file, b'{"event": "imported"}\n')
    Exerciser(Path(folder), package, file, frozenset(skipped)).run()


main()
