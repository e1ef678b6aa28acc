/** Python's types in annotations, as data: imports and shadowed names are settled when a stub is written. */

import { type ItemKey, keyPath } from '../../interface/types.ts';
import { pythonName } from './names.ts';

export type PyType =
  | { readonly kind: 'name'; readonly module: string; readonly name: string; readonly arguments: readonly PyType[] }
  | { readonly kind: 'own'; readonly item: ItemKey; readonly arguments: readonly PyType[] }
  /** A type variable: what goes in comes out. */
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'callable'; readonly arguments: readonly PyType[]; readonly result: PyType }
  | { readonly kind: 'union'; readonly of: readonly PyType[] };

/** A builtin: `int`, `list[int]`. */
export const builtin = (name: string, ...args: readonly PyType[]): PyType => imported('builtins', name, ...args);

/** A name of a module: `imported('collections.abc', 'Sequence', builtin('int'))`. */
export const imported = (module: string, name: string, ...args: readonly PyType[]): PyType => ({
  kind: 'name',
  module,
  name,
  arguments: args,
});

/** `A | B`, flat and without repetitions. */
export function union(...types: readonly PyType[]): PyType {
  const flat = types.flatMap((type) => (type.kind === 'union' ? type.of : [type]));
  const unique = [...new Map(flat.map((type) => [renderPyType(type), type])).values()];
  const [only] = unique;
  return unique.length === 1 && only ? only : { kind: 'union', of: unique };
}

export const NONE = builtin('None');

/** How names are written at one place. */
export interface Naming {
  name(module: string, name: string): string;
  /** A class of the crate. */
  own(item: ItemKey): string;
  variable(name: string): string;
}

/** For a person: bare names. */
const BARE: Naming = {
  name: (_, name) => name,
  own: (item) => pythonName(keyPath(item).at(-1) ?? ''),
  variable: (name) => name,
};

/**
 * @param naming how names are written at this place; alone, for a person, they are bare
 * @example renderPyType(union(builtin('list', builtin('int')), NONE)) // 'list[int] | None'
 */
export function renderPyType(type: PyType, naming: Naming = BARE): string {
  if (type.kind === 'union') return type.of.map((member) => renderPyType(member, naming)).join(' | ');
  if (type.kind === 'own') return subscripted(naming.own(type.item), type.arguments, naming);
  if (type.kind === 'variable') return naming.variable(type.name);
  if (type.kind === 'callable') {
    const taken = type.arguments.map((argument) => renderPyType(argument, naming)).join(', ');
    return `${naming.name('collections.abc', 'Callable')}[[${taken}], ${renderPyType(type.result, naming)}]`;
  }
  return subscripted(naming.name(type.module, type.name), type.arguments, naming);
}

function subscripted(head: string, given: readonly PyType[], naming: Naming): string {
  if (given.length === 0) return head;
  return `${head}[${given.map((argument) => renderPyType(argument, naming)).join(', ')}]`;
}

/** Names of the type variables in a type, each as often as it stands there. */
export function variablesIn(type: PyType): readonly string[] {
  switch (type.kind) {
    case 'variable':
      return [type.name];
    case 'union':
      return type.of.flatMap(variablesIn);
    case 'own':
    case 'name':
      return type.arguments.flatMap(variablesIn);
    case 'callable':
      return [...type.arguments, type.result].flatMap(variablesIn);
  }
}

/** A variable that stands only once in a signature says nothing: it becomes `by`. */
export function replaceVariables(type: PyType, isReplaced: (name: string) => boolean, by: PyType): PyType {
  const inside = (member: PyType): PyType => replaceVariables(member, isReplaced, by);
  switch (type.kind) {
    case 'variable':
      return isReplaced(type.name) ? by : type;
    case 'union':
      return union(...type.of.map(inside));
    case 'own':
    case 'name':
      return { ...type, arguments: type.arguments.map(inside) };
    case 'callable':
      return { ...type, arguments: type.arguments.map(inside), result: inside(type.result) };
  }
}
