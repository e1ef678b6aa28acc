/** Enums with data: which variant a value is, and the classes of the variants. */

import { fits, list, structItem, WIDTH } from '../../../emit/layout.ts';
import { rustCString, rustString } from '../../../emit/rust.ts';
import { paragraphs, text } from '../../../emit/text.ts';
import { rustPath } from '../../../interface/rust.ts';
import type { ClassPlan } from '../classes.ts';
import { conversionOf } from '../conversions.ts';
import type { ModulePlan } from '../plan.ts';
import { textSignature } from '../signature.ts';
import type { VariantPlan } from '../variants.ts';
import {
  construction,
  constructorName,
  type FieldHome,
  fieldPlace,
  matchArguments,
  propertyEntries,
  propertyTable,
  tableName,
} from './fields.ts';

/** The classes of an enum's variants. */
export function variantItems(plan: ModulePlan, item: ClassPlan): string | undefined {
  return item.variants && paragraphs(item.variants.map((variant) => variantClass(plan, item, variant)));
}

/** Names of the definitions of all variants, in the order of their places. */
export function variantDefinitions({ classes }: ModulePlan): readonly string[] {
  return classes.flatMap(({ variants = [] }) => variants.map(({ symbol }) => tableName(symbol, 'CLASS')));
}

/** Variants stand in the module's table behind all other classes. */
function firstPlace({ classes, extensions }: ModulePlan, item: ClassPlan): number {
  const before = classes.slice(0, classes.indexOf(item));
  return classes.length + extensions.length + before.reduce((sum, { variants = [] }) => sum + variants.length, 0);
}

/** The part of `impl Class` that tells which class a value has. */
export function placeByVariant(plan: ModulePlan, item: ClassPlan): string | undefined {
  if (!item.variants) return undefined;
  const first = firstPlace(plan, item);
  const arms = item.variants.map(({ path }, i) => `${rustPath(path)} { .. } => ${first + i},`);
  const isAsked = arms.length > 0;
  return text`

    const VARIANTS: bool = true;

    fn place(${isAsked ? 'value' : '_value'}: &Self::Value) -> usize {
        ${isAsked ? byVariant('value', [...arms, ...(item.open ? ['_ => Self::PLACE,'] : [])]) : 'Self::PLACE'}
    }
  `;
}

/** A `match` over the variants. */
export function byVariant(value: string, arms: readonly string[]): string {
  return text`
    match ${value} {
        ${arms}
    }
  `;
}

function variantClass(plan: ModulePlan, item: ClassPlan, variant: VariantPlan): string {
  const home = homeOf(item, variant);
  return paragraphs([
    variant.constructor && construction(plan, home, variant.constructor),
    ...variant.properties.map((property) => propertyEntries(home, property)),
    propertyTable(home, variant.properties),
    definition(item, variant),
  ]);
}

function homeOf(item: ClassPlan, variant: VariantPlan): FieldHome {
  const isOnly = item.variants?.length === 1 && !item.open;
  const pattern = (field: string): string => `${rustPath(variant.path)} { ${fieldPlace(field)}: field, .. }`;
  return {
    symbol: variant.symbol,
    owner: item.symbol,
    title: variant.qualifiedName,
    read: (field) =>
      isOnly
        ? `|value| {\n    let ${pattern(field)} = value;\n    field\n}`
        : `|value| ${byVariant('value', [`${pattern(field)} => field,`, '_ => unreachable!(),'])}`,
  };
}

function definition(item: ClassPlan, variant: VariantPlan): string {
  const { symbol, name, qualifiedName, constructor, docs } = variant;
  const signature = constructor ? textSignature({ ...constructor.plan, name }) : '';
  return structItem('static', tableName(symbol, 'CLASS'), 'ClassDefinition', [
    `module: ${rustCString(item.module)}`,
    `name: ${rustCString(qualifiedName)}`,
    `doc: ${rustCString(`${signature}${docs}`)}`,
    `layout: Layout::of::<${item.symbol}>()`,
    `parent: Some(${item.place})`,
    `constructor: ${constructor ? `Some(${constructorName(symbol)})` : 'None'}`,
    `methods: ${tableName(item.symbol, 'METHODS')}.table()`,
    `properties: ${tableName(symbol, 'PROPERTIES')}.table()`,
    'slots: &[]',
    'functions: &[]',
    'constants: &[]',
    matchArguments(variant.matchArguments),
  ]);
}

/** `Shape.Circle(radius=1.0)`; Rust's own words for a variant that shows not all it has. */
export function representationByVariant(item: ClassPlan, receiver: string): string {
  const variants = item.variants ?? [];
  const arms = variants.filter(({ isTransparent }) => isTransparent).map(shown);
  const isWhole = arms.length === variants.length && !item.open;
  const otherwise = `call.lift::<c::Text<String>>(format!("{:?}", *${receiver}))`;
  if (arms.length === 0) return otherwise;
  return byVariant(`&*${receiver}`, isWhole ? arms : [...arms, `_ => ${otherwise},`]);
}

function shown({ path, properties, qualifiedName }: VariantPlan): string {
  const pattern = properties.map(({ field }, i) => `${fieldPlace(field)}: field${i}`);
  const values = properties.map(({ name, field, value }, i) => {
    const label = /^\d/.test(field) ? '' : name;
    return `(${rustString(label)}, call.lift::<${conversionOf({ kind: 'reference', of: value })}>(field${i}))`;
  });
  const head = `${rustPath(path)} { ${[...pattern, '..'].join(', ')} } =>`;
  const parts = [rustString(qualifiedName), list('[', values, ']', ARM + 5)];
  const line = `call.represent(${parts.join(', ')})`;
  if (fits(`${head} ${line},`, ARM)) return `${head} ${line},`;
  if (fits(line, ARM + 4)) return `${head} {\n    ${line}\n}`;
  return `${head} ${list('call.represent(', parts, ')', WIDTH)},`;
}

/** How far the arms of the `match` stand from the left. */
const ARM = 16;
