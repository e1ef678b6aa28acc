/** The type arguments of paths. */

import type { RustdocPath, RustdocType } from '../rustdoc/format.ts';

/** The type arguments of a path, without lifetimes. */
export function typeArguments(path: RustdocPath): readonly RustdocType[] {
  const args = path.args?.angle_bracketed?.args ?? [];
  return args.flatMap((argument) => (argument !== 'infer' && argument.type !== undefined ? [argument.type] : []));
}
