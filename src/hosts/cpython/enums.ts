/** Enums without data as Python enums: variants are members; a method is a function of the module that gets the member first. */

import type { EnumItem, ItemKey, Path, Value } from '../../interface/types.ts';
import { type ConstantPlan, planAssociated } from './constants.ts';
import { enumSymbol } from './conversions.ts';
import type { Settling } from './fields.ts';
import type { FunctionPlan } from './functions.ts';
import { type MemberOwner, type MemberPlan, planMember, planMembers, selfParameter } from './members.ts';
import { isReserved, variantName } from './names.ts';
import { ownValue } from './operators.ts';
import { stdMethods } from './std-methods.ts';
import { overloadMethods } from './trait-methods.ts';

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
  readonly methods: readonly MemberPlan[];
  readonly constants: readonly ConstantPlan[];
  /** `Display` as `__str__`. */
  readonly text: MemberPlan | undefined;
  /** Whether members are compared by `PartialOrd`; those of a numbered enum are compared as numbers. */
  readonly isOrdered: boolean;
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
  const owner = { name: home.name, value: memberValue(key), taken };
  const own = planMembers(item.type, owner, settle);
  const known = [...own.map(({ plan }) => plan.name), ...item.type.methods.map(({ path }) => path.at(-1) ?? '')];
  const methods = [...own, ...planStdMethods(key, item, { ...owner, taken: new Set([...taken, ...known]) }, settle)];
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
function planStdMethods(key: ItemKey, item: EnumItem, owner: MemberOwner, settle: Settling): readonly MemberPlan[] {
  const self = { ...ownValue(key, item.type), form: 'names' } as const;
  const taken = new Set(owner.taken);
  return stdMethods(self, item, false).flatMap(({ names, methods }) => {
    const name = names.find((candidate) => !taken.has(candidate) && !isReserved(candidate));
    if (name === undefined) return [];
    taken.add(name);
    const free = { ...owner, taken: NONE };
    return overloadMethods(methods.flatMap((method) => planMember(method, free, settle, name, 'implementation')));
  });
}

const NONE: ReadonlySet<string> = new Set();

function memberValue(key: ItemKey): Value {
  return { kind: 'own', item: key, arguments: [], form: 'names', clone: false };
}

function textMethod(key: ItemKey): MemberPlan {
  const self = selfParameter(memberValue(key), true);
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
