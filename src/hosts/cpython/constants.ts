/** Constants and statics: attributes of a module; associated constants: attributes of a class. */

import { constantResult, mutableStatic, reservedName } from '../../diagnostics/catalogue.ts';
import type { Message } from '../../diagnostics/diagnostic.ts';
import { rustPath } from '../../interface/rust.ts';
import type { ConstantItem, Path, StaticItem, Value } from '../../interface/types.ts';
import { itemKey } from '../../interface/types.ts';
import { isObject, pyResult } from './conversions.ts';
import type { Settling } from './fields.ts';
import { isReserved, pythonName } from './names.ts';
import { refuseResult, type RefuseOwn } from './refusals.ts';
import { renderPyType } from './type.ts';
import { viewed } from './views.ts';

export interface ConstantPlan {
  readonly name: string;
  readonly path: Path;
  /** How code names it. */
  readonly callee: string;
  readonly docs: string;
  readonly value: Value;
  readonly isStatic: boolean;
}

/** Why a constant is no attribute; undefined when it is one. */
export function refuseConstant(item: ConstantItem | StaticItem, refuseClass: RefuseOwn): Message | undefined {
  if (item.kind === 'static' && item.mutable) return mutableStatic();
  return item.value.kind === 'result' ? constantResult() : refuseResult(constantValue(item), refuseClass);
}

/** Plans a constant under a Python name. */
export function planConstant(item: ConstantItem | StaticItem, name: string): ConstantPlan {
  const { kind, path, docs } = item;
  const value = constantValue(item);
  const callee = (item.kind === 'constant' ? item.callee : undefined) ?? rustPath(path);
  return { name, path, callee, docs, value, isStatic: kind === 'static' };
}

/** A static that cannot be copied is looked at where it is. */
function constantValue({ kind, value }: ConstantItem | StaticItem): Value {
  return viewed(kind === 'static' && isObject(value) && !value.clone ? { kind: 'reference', of: value } : value);
}

/** `LIMIT: int` */
export function constantSignature({ name, value }: ConstantPlan): string {
  return `${name}: ${renderPyType(pyResult(value))}`;
}

/** Plans the constants of a class; `taken` are names that win. */
export function planAssociated(
  className: string,
  constants: readonly ConstantItem[],
  taken: ReadonlySet<string>,
  settle: Settling,
): readonly ConstantPlan[] {
  const found = new Set(taken);
  return constants.flatMap((item) => {
    const base = { path: itemKey(item.path), kind: item.kind, span: item.span };
    const bare = pythonName(item.path.at(-1) ?? '');
    const message =
      settle.internal.get(base.path) ??
      (isReserved(bare) ? reservedName({ name: bare }) : refuseConstant(item, settle.types.refuseClass));
    if (message) {
      settle.verdict({ ...base, status: 'refused', message });
      return [];
    }
    const name = freeName(bare, found);
    found.add(name);
    const plan = planConstant(item, name);
    settle.verdict({ ...base, status: 'bound', signature: `${className}.${constantSignature(plan)}` });
    return [plan];
  });
}

function freeName(bare: string, taken: ReadonlySet<string>): string {
  let name = bare;
  while (taken.has(name)) name += '_';
  return name;
}
