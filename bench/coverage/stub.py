"""What a package's stubs promise: every function, method and property, with the annotations of its parameters."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, Optional


@dataclass(frozen=True)
class Parameter:
    name: str
    annotation: Optional[ast.expr]
    is_optional: bool
    is_keyword_only: bool = False


@dataclass(frozen=True)
class Promise:
    """Something that can be called: `kind` is function, constructor, static, method, getter or setter."""

    module: str
    owner: tuple[str, ...]
    name: str
    kind: str
    parameters: tuple[Parameter, ...]

    def __str__(self) -> str:
        suffix = " (set)" if self.kind == "setter" else ""
        return ".".join([self.module, *self.owner, self.name]) + suffix


@dataclass(frozen=True)
class Stubs:
    promises: tuple[Promise, ...]
    #: Alternatives of each type alias and protocol that the stubs define, by name.
    aliases: dict[str, ast.expr]


def read_stubs(folder: Path, package: str) -> Stubs:
    promises: list[Promise] = []
    aliases: dict[str, ast.expr] = {}
    for file in sorted((folder / package).rglob("__init__.pyi")):
        module = ".".join(file.parent.relative_to(folder).parts)
        tree = ast.parse(file.read_text(encoding="utf-8"))
        promises.extend(_of_body(tree.body, module, ()))
        aliases.update(_aliases(tree.body))
    return Stubs(tuple(promises), aliases)


def _aliases(body: list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    for node in body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            yield node.target.id, node.value
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value


def _of_body(body: list[ast.stmt], module: str, owner: tuple[str, ...]) -> Iterator[Promise]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            if not node.name.startswith("_") and not _is_protocol(node):
                yield from _of_body(node.body, module, (*owner, node.name))
        elif isinstance(node, ast.FunctionDef):
            promise = _promise(node, module, owner)
            if promise is not None:
                yield promise
        elif owner and isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield Promise(module, owner, node.target.id, "getter", ())


def _is_protocol(node: ast.ClassDef) -> bool:
    return any("Protocol" in ast.unparse(base) for base in node.bases)


def _promise(node: ast.FunctionDef, module: str, owner: tuple[str, ...]) -> Promise | None:
    marks = {ast.unparse(mark) for mark in node.decorator_list}
    parameters = _parameters(node.args)
    if not owner:
        return None if node.name.startswith("__") else Promise(module, owner, node.name, "function", parameters)
    if node.name in ("__init__", "__new__"):
        return Promise(module, owner, node.name, "constructor", parameters[1:])
    if "property" in marks:
        return Promise(module, owner, node.name, "getter", ())
    if any(mark.endswith(".setter") for mark in marks):
        return Promise(module, owner, node.name, "setter", parameters[1:])
    if "staticmethod" in marks:
        return Promise(module, owner, node.name, "static", parameters)
    kind = "static" if "classmethod" in marks else "method"
    return Promise(module, owner, node.name, kind, parameters[1:])


def _parameters(arguments: ast.arguments) -> tuple[Parameter, ...]:
    positional = [*arguments.posonlyargs, *arguments.args]
    required = len(positional) - len(arguments.defaults)
    return (
        *(Parameter(a.arg, a.annotation, i >= required) for i, a in enumerate(positional)),
        *(
            Parameter(a.arg, a.annotation, default is not None, True)
            for a, default in zip(arguments.kwonlyargs, arguments.kw_defaults)
        ),
    )
