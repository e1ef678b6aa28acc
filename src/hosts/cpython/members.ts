/** Methods of what is no class of ours, an enum without data or an error: functions of the module that get the object first. */

import { exclusiveReference, receiverUnsupported, reservedName } from '../../diagnostics/catalogue.ts';
import type { Message } from '../../diagnostics/diagnostic.ts';
import type { Method, Parameter, Signature, TypeFacts, Value } from '../../interface/types.ts';
import { itemKey } from '../../interface/types.ts';
import type { Settling } from './fields.ts';
import { type FunctionPlan, refuseFunction } from './functions.ts';
import { isReserved, pythonName } from './names.ts';
import { functionSignature } from './signature.ts';
import { overloadMethods, traitMethods } from './trait-methods.ts';

export interface MemberPlan {
  /** With the object as first parameter, where it has one. */
  readonly plan: FunctionPlan;
  readonly binding: 'instance' | 'static';
}

/** Whose members they are. */
export interface MemberOwner {
  readonly name: string;
  /** The object as a value. */
  readonly value: Value;
  /** Names that the object has already. */
  readonly taken: ReadonlySet<string>;
}

/** Plans the methods of a type; `settle` says what becomes of them. */
export function planMembers(type: TypeFacts, owner: MemberOwner, settle: Settling): readonly MemberPlan[] {
  return [
    ...type.methods.flatMap((method) => planMember(method, owner, settle)),
    ...traitMethods(type).flatMap((group) =>
      overloadMethods(group.flatMap(({ method, name }) => planMember(method, owner, settle, name))),
    ),
  ];
}

/** What a caller writes: the object stands before the dot. */
export function withoutObject({ plan, binding }: MemberPlan): FunctionPlan {
  return binding === 'instance' ? withoutFirst(plan) : plan;
}

function withoutFirst(plan: FunctionPlan): FunctionPlan {
  return { ...plan, parameters: plan.parameters.slice(1), alternatives: plan.alternatives.map(withoutFirst) };
}

/** The object as the first parameter. */
export function selfParameter(value: Value, isLent: boolean): Parameter {
  return { name: 'self', value: isLent ? { kind: 'reference', of: value } : value };
}

/** Plans one method, under a name of its own where it has one. */
export function planMember(
  method: Method,
  owner: MemberOwner,
  settle: Settling,
  bare: string = pythonName(method.path.at(-1) ?? ''),
  kind: 'method' | 'implementation' = 'method',
): MemberPlan[] {
  const name = owner.taken.has(bare) ? `${bare}_` : bare;
  const path = itemKey(method.path);
  const base = { path, kind, span: method.span };
  const signature = withSelf(method.signature, owner.value);
  const refusal =
    settle.internal.get(path) ?? refuseMember(name, method.signature) ?? refuseFunction(signature, settle.types);
  if (refusal) {
    settle.verdict({ ...base, status: 'refused', message: refusal });
    return [];
  }
  const binding = method.signature.receiver === undefined ? 'static' : 'instance';
  const alternatives = method.alternatives.map((one) => withSelf(one, owner.value));
  const planned = { plan: settle.plan({ ...method, signature, alternatives }, name), binding } as const;
  settle.verdict({ ...base, status: 'bound', signature: `${owner.name}.${functionSignature(withoutObject(planned))}` });
  return [planned];
}

/** Neither a member of an enum nor an exception, which is told by its attributes, can change. */
function refuseMember(name: string, { receiver }: Signature): Message | undefined {
  if (isReserved(name)) return reservedName({ name });
  if (receiver === 'exclusive') return exclusiveReference({ type: '&mut self' });
  return receiver === 'other' ? receiverUnsupported() : undefined;
}

function withSelf(signature: Signature, value: Value): Signature {
  const { receiver, parameters } = signature;
  if (receiver === undefined) return signature;
  return {
    ...signature,
    receiver: undefined,
    parameters: [selfParameter(value, receiver === 'shared'), ...parameters],
  };
}
