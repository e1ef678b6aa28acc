/** Structs and enums with data as classes: constructor, methods, properties, and what the traits of std mean in Python. */

import { borrowingClass, genericClass, receiverUnsupported, reservedName } from '../../diagnostics/catalogue.ts';
import type { Message } from '../../diagnostics/diagnostic.ts';
import { checkOfPart, type Lending, type LendingCheck } from '../../interface/lifetimes.ts';
import { borrows } from '../../interface/rust.ts';
import type {
  EnumItem,
  Interface,
  ItemKey,
  Method,
  Path,
  Signature,
  StructItem,
  Value,
} from '../../interface/types.ts';
import { itemKey } from '../../interface/types.ts';
import type { ModuleConfig } from '../../project/config.ts';
import type { Verdict } from '../host.ts';
import { type ConstantPlan, planAssociated } from './constants.ts';
import { classSymbol, hostParameters } from './conversions.ts';
import {
  type Construction,
  constructorFields,
  fieldsAsFunction,
  madeFunction,
  matchArguments,
  planProperties,
  type PropertyPlan,
  type Settling,
} from './fields.ts';
import { derefMethods } from './deref.ts';
import { type FunctionPlan, type OwnTypes, refuseFunction, refuseOutput } from './functions.ts';
import { comesOut } from './parameters.ts';
import { isReserved, moduleName, pythonName } from './names.ts';
import { functionSignature } from './signature.ts';
import { type OperatorPlan, ownValue, planOperators } from './operators.ts';
import { planProtocols, protocolPath, type Protocols } from './protocols.ts';
import { type StdMethod, stdMethods } from './std-methods.ts';
import { overloadMethods, traitMethods } from './trait-methods.ts';
import { type Pickling, planPickling } from './pickling.ts';
import { planVariants, type VariantPlan } from './variants.ts';

export interface ClassPlan {
  /** Place in the module's table of classes. */
  readonly place: number;
  readonly key: ItemKey;
  /** The zero-sized type in the shim. */
  readonly symbol: string;
  readonly name: string;
  /** Dotted name of the Python module it belongs to. */
  readonly module: string;
  /** In Rust. */
  readonly path: Path;
  /** How many lifetime parameters the type has. */
  readonly lifetimes: number;
  /** Whether it has lifetimes, of its own or in its arguments. */
  readonly borrows: boolean;
  readonly docs: string;
  /** Type variables of a class that holds Python's own objects. */
  readonly variables: readonly string[];
  readonly constructor: Construction | undefined;
  readonly methods: readonly MethodPlan[];
  readonly properties: readonly PropertyPlan[];
  readonly constants: readonly ConstantPlan[];
  readonly traits: ClassTraits;
  readonly operators: readonly OperatorPlan[];
  readonly protocols: Protocols;
  /** Of an enum with data, a class each; undefined for structs. */
  readonly variants: readonly VariantPlan[] | undefined;
  /** Whether values can be of no listed variant. */
  readonly open: boolean;
  /** Whether all fields are public. */
  readonly isTransparent: boolean;
  /** `__match_args__`, where all fields are public. */
  readonly matchArguments: readonly string[] | undefined;
  /** How pickle makes a value again; undefined where it cannot. */
  readonly pickling: Pickling | undefined;
}

export interface MethodPlan {
  readonly plan: FunctionPlan;
  /** How it takes its object; undefined for functions of the class. */
  readonly receiver: 'shared' | 'exclusive' | 'owned' | undefined;
  /** `self: Box<Self>`: the pointer that the value is moved into. */
  readonly pointer?: 'Box' | 'Arc' | 'Rc' | undefined;
  /** For functions without an object: `class` when they make one, else `static`. */
  readonly binding: 'instance' | 'class' | 'static';
  /** `&mut self -> &mut Self`: the call returns the same object. */
  readonly returnsSelf: boolean;
}

/** What the type's traits offer in Python's words. */
export interface ClassTraits {
  readonly clone: boolean;
  readonly display: boolean;
  readonly debug: boolean;
  readonly equality: boolean;
  readonly ordering: boolean;
  readonly hash: boolean;
  /** Items, for a type that is an `Iterator`. */
  readonly items: Value | undefined;
}

/** Decides which types are classes, and plans them. */
export class ClassTable {
  readonly #interface: Interface;
  readonly #config: ModuleConfig;
  readonly #isError: (key: ItemKey) => boolean;
  readonly #plans: ClassPlan[] = [];
  readonly #byKey = new Map<ItemKey, ClassPlan>();

  constructor(from: Interface, config: ModuleConfig, isError: (key: ItemKey) => boolean) {
    this.#interface = from;
    this.#config = config;
    this.#isError = isError;
  }

  get plans(): readonly ClassPlan[] {
    return this.#plans;
  }

  find(key: ItemKey): ClassPlan | undefined {
    return this.#byKey.get(key);
  }

  /** Why values of the type cannot be instances; undefined when they can. */
  refuse(key: ItemKey): Message | undefined {
    const item = this.#interface.items.get(key);
    if ((item?.kind !== 'struct' && item?.kind !== 'enum') || this.#isError(key)) return borrowingClass({ type: key });
    const { types, constants } = item.type.generics;
    return types.length + constants.length > 0
      ? genericClass({ parameters: [...types, ...constants].join(', ') })
      : undefined;
  }

  /** Adds a class; `settle` says what becomes of its methods and fields. */
  plan(key: ItemKey, item: StructItem | EnumItem, name: string, settle: Settling): ClassPlan {
    const constructor = item.kind === 'struct' ? this.#construction(key, item, name, settle) : undefined;
    const used = constructor?.kind === 'function' ? constructor.item : undefined;
    const ownMethods = [
      ...item.type.methods
        .filter((method) => method !== used)
        .flatMap((method) => planMethod(key, name, method, settle)),
      ...traitMethods(item.type).flatMap((group) =>
        overloadMethods(group.flatMap(({ method, name: own }) => planMethod(key, name, method, settle, own))),
      ),
    ];
    const value = ownValue(key, item.type);
    const offered = [
      ...stdMethods(value, item, constructor?.kind === 'default'),
      ...derefMethods(key, item.path, item.type, this.#interface.items),
    ];
    const methods = [...ownMethods, ...planStdMethods(key, offered, name, namesOf(item, ownMethods), settle)];
    const taken = new Set(methods.map((method) => method.plan.name));
    const properties = item.kind === 'struct' ? planProperties(item, taken, settle, true) : [];
    const isTransparent = item.kind === 'struct' && item.fields.complete;
    const traits = traitsOf(key, item, settle);
    const variants = item.kind === 'enum' ? planVariants(item, { name, value, methods: taken }, settle) : undefined;
    const made = { value, constructor: constructor?.construction, methods, properties, variants };
    const plan: ClassPlan = {
      place: this.#plans.length,
      key,
      symbol: classSymbol(key),
      name,
      module: moduleName(this.#config.moduleName, item.path.slice(0, -1)),
      path: item.path,
      lifetimes: item.type.generics.lifetimes.length,
      borrows: borrows(value),
      docs: item.docs,
      variables: [...new Set(hostParameters(item.type.arguments))],
      constructor: constructor?.construction,
      methods,
      properties,
      constants: planAssociated(
        name,
        item.type.constants,
        new Set([...taken, ...properties.map((one) => one.name)]),
        settle,
      ),
      traits,
      operators: planOperators(value, item.type.implementations, settle.types.refuseClass, settle.internal),
      protocols: planProtocols({
        ...{ key, path: item.path, type: item.type, methods, clone: value.clone },
        refuseOwn: settle.types.refuseClass,
        isIterator: (type) => (type === key ? traits.items !== undefined : this.#isIterator(type)),
        isOut: (method) => settle.internal.has(protocolPath(item, method)),
      }),
      variants,
      open: item.kind === 'enum' && (item.open || item.variants.length === 0),
      isTransparent,
      matchArguments: isTransparent && properties.length > 0 ? matchArguments(properties) : undefined,
      pickling: planPickling(item, made, settle),
    };
    this.#plans.push(plan);
    this.#byKey.set(key, plan);
    return plan;
  }

  #isIterator(key: ItemKey): boolean {
    const item = this.#interface.items.get(key);
    const facts = item?.kind === 'struct' || item?.kind === 'enum' ? item.type : undefined;
    return facts?.traits.has('core::iter::traits::iterator::Iterator') === true && this.refuse(key) === undefined;
  }

  #construction(key: ItemKey, item: StructItem, name: string, settle: Settling): ChosenConstructor | undefined {
    const method = item.type.methods.find(
      (candidate) => makesItself(candidate, key) && candidate.path.at(-1) === 'new' && !givesMore(candidate),
    );
    const isOut = method === undefined || settle.internal.has(itemKey(method.path));
    if (!isOut && refuseFunction(method.signature, settle.types) === undefined) {
      const plan = settle.plan(method, name);
      settle.verdict({ ...verdictBase(method, 'method'), status: 'bound', signature: constructorSignature(plan) });
      return { kind: 'function', item: method, construction: { plan, fields: undefined } };
    }
    const value = ownValue(key, item.type);
    const fields = constructorFields(item, settle);
    if (fields)
      return {
        kind: 'fields',
        construction: { plan: settle.plan(fieldsAsFunction(item, fields, value), name), fields },
      };
    if (!item.type.traits.has('core::default::Default')) return undefined;
    const made = madeFunction({ path: [...item.path, 'default'], span: item.span }, [], value);
    return { kind: 'default', construction: { plan: settle.plan(made, name), fields: undefined } };
  }
}

/** An enum without data. */
export function isPlain({ variants }: EnumItem): boolean {
  return variants.length > 0 && variants.every(({ fields }) => fields.style === 'unit');
}

type ChosenConstructor =
  | { readonly kind: 'function'; readonly item: Method; readonly construction: Construction }
  | { readonly kind: 'fields' | 'default'; readonly construction: Construction };

/** Names that are taken: also those of methods that are refused, which are not to be mistaken for others. */
function namesOf(item: StructItem | EnumItem, methods: readonly MethodPlan[]): ReadonlySet<string> {
  return new Set([
    ...item.type.methods.map(({ path }) => pythonName(path.at(-1) ?? '')),
    ...methods.map(({ plan }) => plan.name),
  ]);
}

function planStdMethods(
  key: ItemKey,
  offered: readonly StdMethod[],
  className: string,
  names: ReadonlySet<string>,
  settle: Settling,
): MethodPlan[] {
  const taken = new Set(names);
  return offered.flatMap((found) => {
    const name = found.names.find((candidate) => !taken.has(candidate));
    if (name === undefined) return [];
    taken.add(name);
    return overloadMethods(
      found.methods.flatMap((method) => planMethod(key, className, method, settle, name, 'implementation')),
    );
  });
}

function planMethod(
  key: ItemKey,
  className: string,
  method: Method,
  settle: Settling,
  name: string = pythonName(method.path.at(-1) ?? ''),
  kind: 'method' | 'implementation' = 'method',
): MethodPlan[] {
  const { receiver, output } = method.signature;
  const returnsSelf =
    receiver === 'exclusive' && output.kind === 'exclusive' && isOwn(output.of, key) && !givesMore(method);
  const signature: Signature = returnsSelf ? { ...method.signature, output: { kind: 'unit' } } : method.signature;
  const refusal =
    settle.internal.get(itemKey(method.path)) ?? refuseMethod(kind === 'method' ? name : '', signature, settle.types);
  if (refusal) {
    settle.verdict({ ...verdictBase(method, kind), status: 'refused', message: refusal });
    return [];
  }
  const plan = settle.plan({ ...method, signature }, name);
  const proof = returnsSelf ? checkOfPart(method.signature) : undefined;
  const shown = returnsSelf ? { ...plan, output: output.of, lending: proven(plan.lending, proof) } : plan;
  settle.verdict({
    ...verdictBase(method, kind),
    status: 'bound',
    signature: `${className}.${functionSignature(shown)}`,
  });
  const binding = receiver !== undefined ? 'instance' : makesItself(method, key) ? 'class' : 'static';
  const { self } = method.signature;
  const pointer = self?.kind === 'pointer' ? self.owner : undefined;
  return [{ plan: shown, receiver: receiver === 'other' ? undefined : receiver, pointer, binding, returnsSelf }];
}

/** With the proof that the result is the object or a part of it. */
function proven(lending: Lending | undefined, proof: LendingCheck | undefined): Lending | undefined {
  const known = lending ?? { receiver: false, parameters: [], owing: [], check: undefined };
  return proof ? { ...known, check: proof } : lending;
}

/** Whether new values of parameters come out beside the result. */
function givesMore({ signature }: Method): boolean {
  return signature.parameters.some(({ value }) => comesOut(value));
}

function refuseMethod(name: string, signature: Signature, types: OwnTypes): Message | undefined {
  if (isReserved(name)) return reservedName({ name });
  return signature.receiver === 'other' ? receiverUnsupported() : refuseFunction(signature, types);
}

/** `-> Self` or `-> Result<Self, E>`. */
function makesItself({ signature: { receiver, output } }: Method, key: ItemKey): boolean {
  if (receiver !== undefined) return false;
  return isOwn(output, key) || (output.kind === 'result' && isOwn(output.ok, key));
}

function isOwn(value: Value, key: ItemKey): boolean {
  return value.kind === 'own' && value.item === key;
}

function traitsOf(key: ItemKey, item: StructItem | EnumItem, { types }: Settling): ClassTraits {
  const { traits, implementations } = item.type;
  const own = implementations.filter(({ self }) => isOwn(self, key));
  const withItself = (trait: string): boolean =>
    own.some((found) => found.trait === trait && found.arguments.every((argument) => isOwn(argument, key)));
  // Order and hash mean nothing to Python without equality.
  const equality = withItself('core::cmp::PartialEq');
  const items = own.find(({ trait }) => trait === 'core::iter::traits::iterator::Iterator')?.associated.get('Item');
  return {
    clone: traits.has('core::clone::Clone'),
    display: traits.has('core::fmt::Display'),
    debug: traits.has('core::fmt::Debug'),
    equality,
    ordering: equality && withItself('core::cmp::PartialOrd'),
    hash: equality && traits.has('core::cmp::Eq') && traits.has('core::hash::Hash'),
    items: items && refuseOutput(items, types) === undefined ? items : undefined,
  };
}

function constructorSignature(plan: FunctionPlan): string {
  return functionSignature(plan).replace(/ -> .*$/, '');
}

function verdictBase({ path, span }: Method, kind: string): Pick<Verdict, 'path' | 'kind' | 'span'> {
  return { path: itemKey(path), kind, span };
}
