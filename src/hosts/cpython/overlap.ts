/** Overloads in a stub: what an earlier one takes, a later one never gets, and type checkers say so. */

import { type PyType, renderPyType, union } from './type.ts';

/** The types of one overload. */
export interface Types {
  readonly parameters: readonly PyType[];
  readonly result: PyType;
}

/** Overloads without what earlier ones take; those of which nothing is left are gone. */
export function separated<T extends Types>(all: readonly T[]): readonly T[] {
  const kept: T[] = [];
  for (const one of all) {
    const rest = kept.reduce<T | undefined>((left, earlier) => left && without(left, earlier), one);
    if (rest) kept.push(rest);
  }
  return kept;
}

/** What of the later overload is left: nothing, when the earlier takes all of it; all, when some argument tells them apart. */
function without<T extends Types>(later: T, { parameters: earlier }: Types): T | undefined {
  const left = later.parameters.map((type, i) =>
    membersOf(type).filter((member) => !covers(earlier[i] as PyType, member)),
  );
  const isApart = left.some((members, i) => members.length === membersOf(later.parameters[i] as PyType).length);
  if (isApart || later.parameters.length === 0) return later;
  const place = left.findIndex((members) => members.length > 0);
  if (place === -1) return undefined;
  const rest = union(...(left[place] ?? []));
  return { ...later, parameters: later.parameters.map((type, i) => (i === place ? rest : type)) };
}

function membersOf(type: PyType): readonly PyType[] {
  return type.kind === 'union' ? type.of : [type];
}

/** Whether every argument of the one type is one of the other. */
function covers(wide: PyType, narrow: PyType): boolean {
  if (narrow.kind === 'union') return narrow.of.every((member) => covers(wide, member));
  return membersOf(wide).some((member) => coversMember(member, narrow));
}

function coversMember(wide: PyType, narrow: PyType): boolean {
  if (renderPyType(wide) === renderPyType(narrow)) return true;
  if (wide.kind !== 'name') return false;
  if (wide.name === 'object') return true;
  if (narrow.kind !== 'name') return false;
  const isNamed = wide.name === narrow.name || WIDER[narrow.name]?.includes(wide.name) === true;
  if (!isNamed) return false;
  if (narrow.name === 'tuple' && wide.name !== 'tuple') {
    return narrow.arguments.every((argument) => covers(wide.arguments[0] as PyType, argument));
  }
  return (
    wide.arguments.length === narrow.arguments.length &&
    wide.arguments.every((argument, i) => covers(argument, narrow.arguments[i] as PyType))
  );
}

/** Types that take all objects of others. */
const WIDER: Readonly<Record<string, readonly string[]>> = {
  bool: ['int', 'float', 'complex'],
  int: ['float', 'complex'],
  float: ['complex'],
  list: ['Sequence', 'Iterable'],
  tuple: ['Sequence', 'Iterable'],
  Sequence: ['Iterable'],
  Mapping: ['Iterable'],
  dict: ['Mapping', 'Iterable'],
  set: ['Iterable'],
  Iterator: ['Iterable'],
  bytes: ['Buffer'],
  datetime: ['date'],
};
