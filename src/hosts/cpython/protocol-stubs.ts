/** Protocols of a class in its stub. */

import type { ClassPlan } from './classes.ts';
import { pyArgument, pyResult } from './conversions.ts';
import type { IterationPlan } from './protocols.ts';
import { imported, type Naming, type PyType, renderPyType, union } from './type.ts';

/** Definitions of special methods; several of one name are overloads. */
export function protocolStubs(names: Naming, item: ClassPlan): readonly (readonly string[])[] {
  const { length, items, assignments, contains, iteration, formats } = item.protocols;
  const render = (type: PyType): string => renderPyType(type, names);
  const name = (builtin: string): string => names.name('builtins', builtin);
  const never = (): string => names.name('typing_extensions', 'Never');
  return [
    length === undefined ? [] : [`def __len__(self) -> ${name('int')}: ...`],
    items.map(
      ({ key, output }) =>
        `def __getitem__(self, key: ${render(pyArgument(key))}, /) -> ${render(pyResult(output))}: ...`,
    ),
    assignments.map(
      ({ key, value }) =>
        `def __setitem__(self, key: ${render(pyArgument(key))}, value: ${render(pyArgument(value))}, /) -> None: ...`,
    ),
    // CPython has one slot for assignment and deletion.
    assignments.length === 0 ? [] : [`def __delitem__(self, key: ${never()}, /) -> None: ...`],
    contains ? [`def __contains__(self, item: ${name('object')}, /) -> ${name('bool')}: ...`] : [],
    iteration ? [`def __iter__(self) -> ${render(iterated(iteration))}: ...`] : [],
    formats.length > 0 || item.traits.display
      ? [`def __format__(self, format_spec: ${name('str')}, /) -> ${name('str')}: ...`]
      : [],
  ];
}

function iterated(iteration: IterationPlan): PyType {
  return iteration.from === 'method'
    ? pyResult(iteration.output)
    : imported('collections.abc', 'Iterator', pyResult(iteration.item));
}

/** The types that objects of the class are compared with by size. */
export function orderedWith(item: ClassPlan): PyType | undefined {
  const variables = item.variables.map((name) => ({ kind: 'variable', name }) as const);
  const own: readonly PyType[] = item.traits.ordering ? [{ kind: 'own', item: item.key, arguments: variables }] : [];
  const others = item.protocols.comparisons.flatMap(({ order, other }) =>
    order === undefined ? [] : [pyArgument(other)],
  );
  const all = [...own, ...others];
  return all.length === 0 ? undefined : union(...all);
}
