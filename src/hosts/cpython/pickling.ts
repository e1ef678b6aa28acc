/** How a value is made again when it is unpickled: from its fields, from its variant's, or from the text that it shows. */

import type { EnumItem, Field, StructItem, Value } from '../../interface/types.ts';
import { itemKey } from '../../interface/types.ts';
import { type Construction, constructorFields, fieldsAsFunction, type PropertyPlan, type Settling } from './fields.ts';
import type { FunctionPlan } from './functions.ts';
import type { VariantPlan } from './variants.ts';

export type Pickling =
  /** The class, or that of the variant, is called with the fields. */
  | { readonly kind: 'fields' }
  | { readonly kind: 'variants' }
  /** The constructor takes something else, so another function takes the fields. */
  | { readonly kind: 'rebuild'; readonly plan: FunctionPlan; readonly fields: readonly Field[] }
  /** `parse` takes the text. */
  | { readonly kind: 'text'; readonly method: string; readonly isCompared: boolean };

/** What a class has so far. */
interface Offer {
  readonly value: Value;
  readonly constructor: Construction | undefined;
  readonly methods: readonly { readonly plan: FunctionPlan }[];
  readonly properties: readonly PropertyPlan[];
  readonly variants: readonly VariantPlan[] | undefined;
}

/** Undefined for what cannot be made again. */
export function planPickling(item: StructItem | EnumItem, offer: Offer, settle: Settling): Pickling | undefined {
  if (item.type.generics.lifetimes.length > 0 || settle.internal.has(itemKey([...item.path, REDUCE]))) return undefined;
  if (item.kind === 'struct') return byFields(item, offer, settle) ?? byText(item, offer);
  const again = (offer.variants ?? []).filter(isRebuilt);
  const isWhole = !item.open && again.length === item.variants.length;
  if (isWhole && again.length > 0) return { kind: 'variants' };
  return byText(item, offer) ?? (again.length > 0 ? { kind: 'variants' } : undefined);
}

/** The method that pickle calls; also what stands for it in the paths of items. */
export const REDUCE = '__reduce__';

/** Whether a variant can be made again from what can be read of it. */
export function isRebuilt({ constructor, isTransparent }: VariantPlan): boolean {
  return constructor !== undefined && isTransparent;
}

function byFields(item: StructItem, { value, constructor, properties }: Offer, settle: Settling): Pickling | undefined {
  const fields = constructorFields(item, settle);
  if (!fields || properties.length !== fields.length) return undefined;
  if (constructor?.fields) return { kind: 'fields' };
  return { kind: 'rebuild', plan: settle.plan(fieldsAsFunction(item, fields, value), '_rebuild'), fields };
}

function byText({ type }: StructItem | EnumItem, { methods }: Offer): Pickling | undefined {
  const method = methods.find(({ plan }) => plan.callee.endsWith('as std::str::FromStr>::from_str'));
  if (!method || !type.traits.has('core::fmt::Display')) return undefined;
  const isCompared = type.implementations.some(
    ({ trait, arguments: given }) => trait === 'core::cmp::PartialEq' && given.length === 0,
  );
  return { kind: 'text', method: method.plan.name, isCompared };
}
