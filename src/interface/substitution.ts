/** Type parameters and lifetimes replaced by types and lifetimes. */

import type { RustdocType } from '../rustdoc/format.ts';

/** Puts `given` in the place of type parameters, and `lifetimes` in that of lifetimes, anywhere inside `type`. */
export function substitute(
  type: RustdocType,
  given: ReadonlyMap<string, RustdocType>,
  lifetimes: ReadonlyMap<string, string>,
): RustdocType {
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit);
    if (node === null || typeof node !== 'object') return node;
    const generic = (node as { generic?: unknown }).generic;
    if (typeof generic === 'string' && given.has(generic)) return given.get(generic);
    const named = (key: string, value: unknown): unknown =>
      key === 'lifetime' && typeof value === 'string' ? (lifetimes.get(value) ?? value) : visit(value);
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, named(key, value)]));
  };
  return visit(type) as RustdocType;
}
