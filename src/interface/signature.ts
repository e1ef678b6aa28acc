/** The parts of a function's declaration as the model has them. */

import type { RustdocFunction, RustdocGenerics, RustdocType } from '../rustdoc/format.ts';
import type { Binding } from './instances.ts';
import { lifetimeParameters, outlivings } from './lifetime-arguments.ts';
import type { Generics, Parameter, Receiver, Signature, Value } from './types.ts';

/** The name in `extern "..."`. */
export function abiName(abi: RustdocFunction['header']['abi']): string | undefined {
  if (typeof abi === 'string') return abi;
  const [[key, details] = ['', undefined]] = Object.entries(abi);
  const name = ABIS[key];
  const unwinds = (details as { unwind?: boolean } | undefined)?.unwind === true;
  return name === undefined ? undefined : `${name}${unwinds ? '-unwind' : ''}`;
}

/** rustdoc's names of calling conventions, and Rust's. */
const ABIS: Readonly<Record<string, string>> = {
  C: 'C',
  System: 'system',
  SysV64: 'sysv64',
  Win64: 'win64',
  Stdcall: 'stdcall',
  Fastcall: 'fastcall',
  Aapcs: 'aapcs',
  Cdecl: 'cdecl',
};

/** `self` has a type; how it reads is what a host must know. */
export function receiverOf(type: RustdocType): Receiver {
  if (type === 'infer') return 'other';
  if (type.generic === 'Self' || isPointerToSelf(type)) return 'owned';
  const reference = type.borrowed_ref;
  const isSelf = reference && reference.type !== 'infer' && reference.type.generic === 'Self';
  if (!isSelf) return 'other';
  if (reference.lifetime === "'static") return 'other';
  return reference.is_mutable ? 'exclusive' : 'shared';
}

/** `self: Box<Self>`: the object's value moves into a pointer. No other types of these names can be receivers. */
function isPointerToSelf({ resolved_path: path }: Exclude<RustdocType, 'infer'>): boolean {
  const name = path?.path.split('::').at(-1) ?? '';
  const [argument] = path?.args?.angle_bracketed?.args ?? [];
  const target = argument === 'infer' ? undefined : argument?.type;
  const isSelf = target !== undefined && target !== 'infer' && target.generic === 'Self';
  return isSelf && ['Box', 'Rc', 'Arc'].includes(name);
}

/** Whether the parameter stands somewhere in the types of the arguments, or is one's `impl Trait`. */
export function mentions(inputs: RustdocFunction['sig']['inputs'], name: string): boolean {
  return name.startsWith('impl ') || JSON.stringify(inputs).includes(`"generic":${JSON.stringify(name)}`);
}

/** What stands between `::<` and `>`: nothing where the arguments tell all. */
export function instantiationOf({ params }: RustdocGenerics, chosen: Binding): Signature['instantiation'] {
  if (chosen.size === 0) return [];
  const named = params.filter(({ kind }) => kind.type !== undefined && !kind.type.is_synthetic);
  return named.map(({ name }) => chosen.get(name));
}

export function generics(given: RustdocGenerics, natural: ReadonlyMap<string, Value> = new Map()): Generics {
  const { params, where_predicates } = given;
  const all = params.filter(({ kind }) => kind.type !== undefined).map(({ name }) => name);
  const types = all.filter((name) => !natural.has(name));
  const constants = params.filter(({ kind }) => kind.const !== undefined).map(({ name }) => name);
  const lifetimes = lifetimeParameters(given);
  const outlives = outlivings(given);
  const bounds = JSON.stringify([params, where_predicates]);
  return {
    types,
    constants,
    lifetimes,
    staticLifetimes: /"outlives":\[[^\]]*"'static"/.test(bounds) && lifetimes.length > 0,
    outlives,
    boundLifetimes: outlives.length > 0 || where_predicates.length > 0 || natural.size > 0,
  };
}

/** The signature of a function that stands nowhere in the source. */
export function madeSignature(
  receiver: Receiver | undefined,
  parameters: readonly Parameter[],
  output: Value,
): Signature {
  return {
    receiver,
    parameters,
    output,
    generics: { types: [], constants: [], lifetimes: [], outlives: [], staticLifetimes: false, boundLifetimes: true },
    instantiation: [],
    hostParameters: [],
    qualifiers: { unsafe: false, async: false, variadic: false, abi: 'Rust', targetFeature: false },
  };
}
