/** Type parameters replaced by types. */

import type { RustdocType } from '../rustdoc/format.ts';

/** Puts `given` in the place of type parameters, anywhere inside `type`. */
export function substitute(type: RustdocType, given: ReadonlyMap<string, RustdocType>): RustdocType {
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit);
    if (node === null || typeof node !== 'object') return node;
    const generic = (node as { generic?: unknown }).generic;
    if (typeof generic === 'string' && given.has(generic)) return given.get(generic);
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, visit(value)]));
  };
  return visit(type) as RustdocType;
}
