/** What a type has by `Deref`: the methods of the class that it leads to, the places of the slice that it leads to. */

import { rustPath } from '../../interface/rust.ts';
import type { Implementation, Item, ItemKey, Method, Path, TypeFacts, Value } from '../../interface/types.ts';
import { itemKey } from '../../interface/types.ts';
import type { StdMethod } from './std-methods.ts';
import { traitMethods } from './trait-methods.ts';

/** Methods of the class behind `Deref`; those that change it where `DerefMut` is there too. */
export function derefMethods(
  key: ItemKey,
  path: Path,
  { implementations }: TypeFacts,
  items: ReadonlyMap<ItemKey, Item>,
): readonly StdMethod[] {
  const target = derefOf(key, implementations)?.associated.get('Target');
  const item = target?.kind === 'own' && target.item !== key ? items.get(target.item) : undefined;
  if (item?.kind !== 'struct' && item?.kind !== 'enum') return [];
  const isChangeable = implementations.some(({ trait }) => trait === 'core::ops::deref::DerefMut');
  const all = [...item.type.methods, ...traitMethods(item.type).flatMap((group) => group.map(({ method }) => method))];
  return all
    .filter(({ signature: { receiver } }) => receiver === 'shared' || (isChangeable && receiver === 'exclusive'))
    .map((method) => ({ names: [method.path.at(-1) ?? ''], methods: [behind(method, path)] }));
}

function behind(method: Method, path: Path): Method {
  const callee = method.callee ?? rustPath(method.path);
  return { ...method, callee, path: [`<${itemKey(path)} as Deref>`, method.path.at(-1) ?? ''] };
}

/** The elements of `Deref<Target = [T]>` and `Deref<Target = Vec<T>>`. */
export function derefElement(key: ItemKey, implementations: readonly Implementation[]): Value | undefined {
  const method = derefOf(key, implementations)?.methods.find(({ path }) => path.at(-1) === 'deref');
  const output = method?.signature.output;
  const target = output?.kind === 'reference' ? output.of : output;
  if (target?.kind === 'bytes') return { kind: 'int', type: 'u8' };
  return target?.kind === 'sequence' && SLICES.has(target.owner) ? target.element : undefined;
}

const SLICES: ReadonlySet<string> = new Set(['slice', 'Vec', 'Box', 'Arc', 'Rc']);

function derefOf(key: ItemKey, implementations: readonly Implementation[]): Implementation | undefined {
  return implementations.find(
    ({ trait, self }) => trait === 'core::ops::deref::Deref' && self.kind === 'own' && self.item === key,
  );
}
