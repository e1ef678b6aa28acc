/** Python's types in annotations, as data: imports and shadowed names are settled when a stub is written. */

export type PyType =
  | { readonly kind: 'name'; readonly module: string; readonly name: string; readonly arguments: readonly PyType[] }
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

/**
 * @param name how a name of a module is written at this place; alone, for a person, it is the bare name
 * @example renderPyType(union(builtin('list', builtin('int')), NONE)) // 'list[int] | None'
 */
export function renderPyType(type: PyType, name: (module: string, name: string) => string = (_, bare) => bare): string {
  if (type.kind === 'union') return type.of.map((member) => renderPyType(member, name)).join(' | ');
  const head = name(type.module, type.name);
  if (type.arguments.length === 0) return head;
  return `${head}[${type.arguments.map((argument) => renderPyType(argument, name)).join(', ')}]`;
}
