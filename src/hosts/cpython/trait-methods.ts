/** Methods of the crate's traits on the types that implement them. */

import type { Implementation, ItemKey, Method, TypeFacts } from '../../interface/types.ts';
import { rustType } from '../../interface/rust.ts';
import type { FunctionPlan } from './functions.ts';
import { pythonName } from './names.ts';
import { overload } from './overloads.ts';
import { snakeCase } from './std-methods.ts';

/** A method as its type's: under its own name, or with the trait's where that is taken. */
export interface NamedMethod {
  readonly name: string;
  readonly method: Method;
}

/** Methods of one name; several where a trait with arguments is implemented more than once. */
export type MethodGroup = readonly NamedMethod[];

/** What the type has by traits of its crate. An inherent method of the same name is meant when the name is written. */
export function traitMethods({ methods, implementations }: TypeFacts): readonly MethodGroup[] {
  const inherent = new Set(methods.map(({ path }) => path.at(-1)));
  const taken = new Set(inherent);
  return [...byTrait(implementations)].flatMap(([trait, found]) => {
    const names = [...new Set(found.flatMap((one) => one.methods.map(({ path }) => path.at(-1) ?? '')))];
    return names
      .filter((name) => !inherent.has(name))
      .map((name) => {
        const isTaken = taken.has(name);
        taken.add(name);
        return groupOf(name, trait, found, isTaken);
      });
  });
}

/** All methods that are written for a type, for saying why none is bound. */
export function allMethods(facts: TypeFacts): readonly Method[] {
  const written = { ...facts, implementations: facts.implementations.filter(({ isBlanket }) => !isBlanket) };
  return [...facts.methods, ...traitMethods(written).flatMap((group) => group.map(({ method }) => method))];
}

/** One method of those that could be planned. */
export function overloadMethods<M extends Planned>([first, ...others]: readonly M[]): M[] {
  if (!first) return [];
  const fitting = others.filter(
    ({ receiver, binding, returnsSelf }) =>
      receiver === first.receiver && binding === first.binding && returnsSelf === first.returnsSelf,
  );
  const plan = overload([first, ...fitting].map((method) => method.plan));
  return plan ? [{ ...first, plan }] : [];
}

/** What makes two methods callable in the same way. */
interface Planned {
  readonly plan: FunctionPlan;
  readonly binding: string;
  readonly receiver?: unknown;
  readonly returnsSelf?: boolean;
}

function byTrait(implementations: readonly Implementation[]): ReadonlyMap<ItemKey, readonly Implementation[]> {
  const found = new Map<ItemKey, Implementation[]>();
  for (const one of implementations) {
    if (one.own === undefined || one.isForReference || one.self.kind !== 'own') continue;
    found.set(one.own, [...(found.get(one.own) ?? []), one]);
  }
  return found;
}

function groupOf(name: string, trait: ItemKey, found: readonly Implementation[], isTaken: boolean): MethodGroup {
  const implementing = found.flatMap((one) =>
    one.methods.filter(({ path }) => path.at(-1) === name).map((method) => ({ one, method })),
  );
  const own = pythonName(isTaken ? `${snakeCase(trait.split('::').at(-1) ?? '')}_${name}` : name);
  return implementing.map(({ one, method }) => ({
    name: own,
    method: isTaken || implementing.length > 1 ? { ...method, path: qualified(method, trait, one) } : method,
  }));
}

/** `<demo::Circle as demo::Scale<f64>>::scale`: as code says which one it means. */
function qualified({ path }: Method, trait: ItemKey, { arguments: given }: Implementation): readonly string[] {
  const types = given.map((value) => rustType(value)?.replaceAll(/(?<![\w:])::/g, '') ?? '_');
  const list = types.length === 0 ? '' : `<${types.join(', ')}>`;
  return [`<${path.slice(0, -1).join('::')} as ${trait}${list}>`, path.at(-1) ?? ''];
}
