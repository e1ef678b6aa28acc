/** Traits of the crate as Python people meet them: a namespace of functions for types of others, methods for own ones. */

import { extensionTrait } from '../../diagnostics/catalogue.ts';
import type { Message } from '../../diagnostics/diagnostic.ts';
import type { ItemKey, Method, Path, TraitItem, Value } from '../../interface/types.ts';
import { itemKey } from '../../interface/types.ts';
import { type FunctionPlan, type OwnTypes, refuseFunction } from './functions.ts';
import { overload, preference } from './overloads.ts';

/** A trait with functions for types that are no classes of the crate. */
export interface ExtensionPlan {
  readonly key: ItemKey;
  /** The zero-sized type in the shim. */
  readonly symbol: string;
  readonly name: string;
  /** Dotted name of the Python module it belongs to. */
  readonly module: string;
  /** In Rust. */
  readonly path: Path;
  readonly docs: string;
  readonly functions: readonly FunctionPlan[];
}

/** What becomes of one method of a trait on types of others. */
export type ExtensionFunction =
  | { readonly kind: 'bound'; readonly method: Method; readonly plan: FunctionPlan }
  | { readonly kind: 'refused'; readonly method: Method; readonly message: Message };

/** The trait's methods as functions over what implements it. */
export function planExtensions(
  item: TraitItem,
  types: OwnTypes,
  internal: ReadonlyMap<string, Message>,
  plan: (method: Method, name: string) => FunctionPlan,
  nameOf: (path: Path) => string,
): readonly ExtensionFunction[] {
  return item.methods.map((method) => {
    const own = nameOf(method.path);
    const found = candidates(item, method).map((candidate) => ({
      candidate,
      refusal: internal.get(itemKey(candidate.path)) ?? refuseFunction(candidate.signature, types),
    }));
    const fitting = found.filter(({ refusal }) => refusal === undefined).map(({ candidate }) => candidate);
    // Nothing could choose between functions without an object: the type that comes first stands for all.
    const chosen = method.signature.receiver === undefined ? fitting.slice(0, 1) : fitting;
    const bound = overload(chosen.map((candidate) => withObject(plan(candidate, own), method)));
    if (bound) return { kind: 'bound', method, plan: bound };
    return { kind: 'refused', method, message: found[0]?.refusal ?? extensionTrait() };
  });
}

/** The object itself has to be given, also where it is an `Option`. */
function withObject(plan: FunctionPlan, { signature }: Method): FunctionPlan {
  if (signature.receiver === undefined) return plan;
  const parameters = plan.parameters.map((parameter, i) =>
    i === 0 ? { ...parameter, default: undefined } : parameter,
  );
  return { ...plan, parameters };
}

function candidates({ extensions }: TraitItem, { path }: Method): readonly Method[] {
  const found = [...extensions]
    .sort((a, b) => preference(a.self) - preference(b.self))
    .flatMap(({ self, functions }) =>
      functions.filter((fn) => fn.path.at(-1) === path.at(-1)).map((fn) => ({ self, fn })),
    );
  const names = new Set(found.map(({ self }) => objectName(self)));
  const [name = OTHER_OBJECT] = names;
  return found.map(({ fn }) => named(fn, names.size === 1 ? name : OTHER_OBJECT));
}

/** The object as a parameter with a name that says what it is. */
function named(fn: Method, name: string): Method {
  const [first, ...others] = fn.signature.parameters;
  if (first?.name !== 'self') return fn;
  const taken = new Set(others.map((parameter) => parameter.name));
  const parameters = [{ ...first, name: taken.has(name) ? 'this' : name }, ...others];
  return { ...fn, signature: { ...fn.signature, parameters } };
}

const OTHER_OBJECT = 'value';

function objectName(value: Value): string {
  switch (value.kind) {
    case 'text':
      return 'text';
    case 'bytes':
      return 'data';
    default:
      return OTHER_OBJECT;
  }
}
