/** Enums without data as Python enums: variants are members; a method is a function of the module that gets the member first. */

import { exclusiveReference, receiverUnsupported, reservedName } from '../../diagnostics/catalogue.ts';
import type { Message } from '../../diagnostics/diagnostic.ts';
import type { EnumItem, ItemKey, Method, Parameter, Path, Signature, Value } from '../../interface/types.ts';
import { itemKey } from '../../interface/types.ts';
import { type ConstantPlan, planAssociated } from './constants.ts';
import { enumSymbol } from './conversions.ts';
import type { Settling } from './fields.ts';
import { type FunctionPlan, refuseFunction } from './functions.ts';
import { isReserved, pythonName, variantName } from './names.ts';
import { functionSignature } from './signature.ts';
import { ownValue } from './operators.ts';
import { stdMethods } from './std-methods.ts';
import { overloadMethods, traitMethods } from './trait-methods.ts';

export interface EnumPlan {
  readonly place: number;
  readonly key: ItemKey;
  readonly symbol: string;
  readonly name: string;
  readonly module: string;
  readonly path: Path;
  readonly docs: string;
  readonly isNumbered: boolean;
  /** Whether values can be of no listed variant. */
  readonly open: boolean;
  readonly members: readonly { readonly name: string; readonly variant: string; readonly value: bigint }[];
  readonly methods: readonly EnumMethodPlan[];
  readonly constants: readonly ConstantPlan[];
  /** `Display` as `__str__`. */
  readonly text: EnumMethodPlan | undefined;
  /** Whether members are compared by `PartialOrd`; those of a numbered enum are compared as numbers. */
  readonly isOrdered: boolean;
}

export interface EnumMethodPlan {
  /** With the member as first parameter, where it has one. */
  readonly plan: FunctionPlan;
  readonly binding: 'instance' | 'static';
}

/** Where the enum will be in Python. */
interface EnumHome {
  readonly name: string;
  readonly module: string;
  readonly place: number;
}

/** Plans an enum without data; `settle` says what becomes of its methods. */
export function planEnum(key: ItemKey, item: EnumItem, home: EnumHome, settle: Settling): EnumPlan {
  const members = item.variants.map((variant, i) => ({
    name: variantName(variant.name),
    variant: variant.name,
    value: item.isNumbered ? variant.discriminant : BigInt(i + 1),
  }));
  const taken = new Set([...members.map(({ name }) => name), ...(item.isNumbered ? INT_NAMES : []), ...ENUM_NAMES]);
  const { traits } = item.type;
  const ownMethods = [
    ...item.type.methods.flatMap((method) => planMethod(key, home.name, method, taken, settle)),
    ...traitMethods(item.type).flatMap((group) =>
      overloadMethods(group.flatMap(({ method, name }) => planMethod(key, home.name, method, taken, settle, name))),
    ),
  ];
  const known = [...ownMethods.map(({ plan }) => plan.name), ...item.type.methods.map(({ path }) => path.at(-1) ?? '')];
  const methods = [...ownMethods, ...planStdMethods(key, item, home.name, new Set([...taken, ...known]), settle)];
  const named = new Set([...taken, ...methods.map(({ plan }) => plan.name)]);
  return {
    ...home,
    key,
    symbol: enumSymbol(key),
    path: item.path,
    docs: item.docs,
    isNumbered: item.isNumbered,
    open: item.open,
    members,
    methods,
    constants: planAssociated(home.name, item.type.constants, named, settle),
    text: traits.has('core::fmt::Display') ? textMethod(key) : undefined,
    isOrdered: traits.has('core::cmp::PartialOrd') && !item.isNumbered,
  };
}

/** Conversions by traits of std. */
function planStdMethods(
  key: ItemKey,
  item: EnumItem,
  enumName: string,
  known: ReadonlySet<string>,
  settle: Settling,
): EnumMethodPlan[] {
  const self = { ...ownValue(key, item.type), form: 'names' } as const;
  const taken = new Set(known);
  return stdMethods(self, item, false).flatMap(({ names, methods }) => {
    const name = names.find((candidate) => !taken.has(candidate) && !isReserved(candidate));
    if (name === undefined) return [];
    taken.add(name);
    return overloadMethods(
      methods.flatMap((method) => planMethod(key, enumName, method, NONE, settle, name, 'implementation')),
    );
  });
}

const NONE: ReadonlySet<string> = new Set();

/** What a caller writes: the member stands before the dot. */
export function withoutMember({ plan, binding }: EnumMethodPlan): FunctionPlan {
  return binding === 'instance' ? withoutFirst(plan) : plan;
}

function withoutFirst(plan: FunctionPlan): FunctionPlan {
  return { ...plan, parameters: plan.parameters.slice(1), alternatives: plan.alternatives.map(withoutFirst) };
}

function planMethod(
  key: ItemKey,
  enumName: string,
  method: Method,
  taken: ReadonlySet<string>,
  settle: Settling,
  bare: string = pythonName(method.path.at(-1) ?? ''),
  kind: 'method' | 'implementation' = 'method',
): EnumMethodPlan[] {
  const name = taken.has(bare) ? `${bare}_` : bare;
  const path = itemKey(method.path);
  const base = { path, kind, span: method.span };
  const signature = withMember(method.signature, key);
  const refusal =
    settle.internal.get(path) ?? refuseMethod(name, method.signature) ?? refuseFunction(signature, settle.types);
  if (refusal) {
    settle.verdict({ ...base, status: 'refused', message: refusal });
    return [];
  }
  const binding = method.signature.receiver === undefined ? 'static' : 'instance';
  const alternatives = method.alternatives.map((one) => withMember(one, key));
  const planned = { plan: settle.plan({ ...method, signature, alternatives }, name), binding } as const;
  settle.verdict({ ...base, status: 'bound', signature: `${enumName}.${functionSignature(withoutMember(planned))}` });
  return [planned];
}

/** A member is one for all, so it cannot change. */
function refuseMethod(name: string, { receiver }: Signature): Message | undefined {
  if (isReserved(name)) return reservedName({ name });
  if (receiver === 'exclusive') return exclusiveReference({ type: '&mut self' });
  return receiver === 'other' ? receiverUnsupported() : undefined;
}

function withMember(signature: Signature, key: ItemKey): Signature {
  if (signature.receiver === undefined) return signature;
  const lent = signature.receiver === 'shared';
  return { ...signature, receiver: undefined, parameters: [memberParameter(key, lent), ...signature.parameters] };
}

function memberParameter(key: ItemKey, lent: boolean): Parameter {
  const member: Value = { kind: 'own', item: key, arguments: [], form: 'names', clone: false };
  return { name: 'self', value: lent ? { kind: 'reference', of: member } : member };
}

function textMethod(key: ItemKey): EnumMethodPlan {
  const self = memberParameter(key, true);
  const plan: FunctionPlan = {
    name: '__str__',
    path: ['std', 'string', 'ToString', 'to_string'],
    callee: '::std::string::ToString::to_string',
    docs: '',
    deprecated: undefined,
    parameters: [{ name: 'self', value: self.value, default: undefined }],
    output: { kind: 'text', owner: 'String' },
    error: undefined,
    pointerType: undefined,
    lending: undefined,
    turbofish: '',
    variables: [],
    alternatives: [],
  };
  return { plan, binding: 'instance' };
}

/** Names that a member has already. */
const ENUM_NAMES = ['name', 'value', 'mro'] as const;
const INT_NAMES = [
  'as_integer_ratio',
  'bit_count',
  'bit_length',
  'conjugate',
  'denominator',
  'from_bytes',
  'imag',
  'is_integer',
  'numerator',
  'real',
  'to_bytes',
] as const;
