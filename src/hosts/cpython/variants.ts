/** Variants of an enum with data: one frozen class each, which derives from the class of the enum. */

import type { EnumItem, Path, Value, Variant } from '../../interface/types.ts';
import { itemKey } from '../../interface/types.ts';
import { classSymbol } from './conversions.ts';
import {
  type Construction,
  constructorFields,
  fieldsAsFunction,
  matchArguments,
  planProperties,
  type PropertyPlan,
  type Settling,
} from './fields.ts';
import { variantName } from './names.ts';
import { functionSignature } from './signature.ts';

export interface VariantPlan {
  readonly name: string;
  /** `Shape.Circle` */
  readonly qualifiedName: string;
  readonly symbol: string;
  /** In Rust: `demo::Shape::Circle`. */
  readonly path: Path;
  readonly docs: string;
  /** Undefined where a caller cannot give all fields. */
  readonly constructor: Construction | undefined;
  readonly properties: readonly PropertyPlan[];
  readonly matchArguments: readonly string[];
  /** Whether all fields are properties. */
  readonly isTransparent: boolean;
}

/** The enum's class, as far as its variants need it. */
interface Base {
  readonly name: string;
  /** A value of the enum. */
  readonly value: Value;
  /** Names of the methods. */
  readonly methods: ReadonlySet<string>;
}

/** Plans the classes of an enum's variants. */
export function planVariants(item: EnumItem, base: Base, settle: Settling): readonly VariantPlan[] {
  return item.variants.map((variant) => planVariant(item, variant, base, settle));
}

function planVariant(item: EnumItem, variant: Variant, base: Base, settle: Settling): VariantPlan {
  const path = [...item.path, variant.name];
  const bare = variantName(variant.name);
  const name = base.methods.has(bare) ? `${bare}_` : bare;
  const qualifiedName = `${base.name}.${name}`;
  const owner = { path, fields: variant.fields, span: item.span };
  const isClosed = !variant.open && !settle.internal.has(itemKey(path));
  const fields = isClosed ? constructorFields(owner, settle) : undefined;
  const constructor = fields && {
    plan: settle.plan(fieldsAsFunction(owner, fields, base.value), qualifiedName),
    fields,
  };
  const signature = constructor ? functionSignature(constructor.plan).replace(/ -> .*$/, '') : qualifiedName;
  settle.verdict({
    path: itemKey(path),
    kind: 'variant',
    span: item.span,
    status: 'bound',
    signature: `class ${signature}`,
  });
  const properties = planProperties(owner, base.methods, settle, false);
  return {
    name,
    qualifiedName,
    symbol: classSymbol(itemKey(path)),
    path,
    docs: variant.docs,
    constructor,
    properties,
    matchArguments: matchArguments(properties),
    isTransparent: variant.fields.complete && properties.length === variant.fields.list.length,
  };
}
