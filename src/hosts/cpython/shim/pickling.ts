/** `__reduce__` of a class: what pickle keeps of a value, or why it keeps nothing. */

import { list } from '../../../emit/layout.ts';
import { rustCString, rustString } from '../../../emit/rust.ts';
import { paragraphs, text } from '../../../emit/text.ts';
import { rustPath } from '../../../interface/rust.ts';
import type { ClassPlan } from '../classes.ts';
import { conversionOf } from '../conversions.ts';
import type { PropertyPlan } from '../fields.ts';
import { isRebuilt, type Pickling, REDUCE } from '../pickling.ts';
import type { ModulePlan } from '../plan.ts';
import { textSignature } from '../signature.ts';
import type { VariantPlan } from '../variants.ts';
import { entry, entryOf, functionShape } from './entry.ts';
import { fieldPlace } from './fields.ts';
import { byVariant } from './variants.ts';

/** The C functions. */
export function picklingEntries(plan: ModulePlan, item: ClassPlan): string | undefined {
  const { pickling } = item;
  if (!pickling) return undefined;
  return paragraphs([pickling.kind === 'rebuild' && rebuild(plan, item, pickling), reduce(item, pickling)]);
}

/** Their places in the table of methods. */
export function picklingConstants(item: ClassPlan): readonly string[] {
  const { pickling } = item;
  const own = pickling ? reduceName(item) : 'ready::unpicklable';
  const parts = [rustCString(REDUCE), rustCString(`${REDUCE}($self, /)\n--\n\n`), `Entry::Positional(${own})`];
  const method = list('Method::new(', parts, ')', 5);
  if (pickling?.kind !== 'rebuild') return [method];
  const { plan: fn } = pickling;
  const doc = rustCString(textSignature(fn, '$type'));
  return [list('Method::of_class(', [rustCString(fn.name), doc, entryOf(fn, rebuildName(item))], ')', 5), method];
}

function rebuild(
  plan: ModulePlan,
  item: ClassPlan,
  { plan: fn, fields }: Extract<Pickling, { kind: 'rebuild' }>,
): string {
  return text`
    ${blame(item)}
    ${entry(plan, fn, {
      ...functionShape(fn, rebuildName(item)),
      title: `${item.name}.${fn.name}`,
      calls: { withArguments: 'method', withoutArguments: 'method_without_arguments' },
      first: 'class',
      literal: fields.map(({ name }) => name),
    })}
  `;
}

function reduce(item: ClassPlan, pickling: Pickling): string {
  const made = reduced(item, pickling);
  return text`
    ${blame(item)}
    unsafe extern "C" fn ${reduceName(item)}(this: Object, arguments: *const Object, count: isize) -> Object {
        static SIGNATURE: Signature<0> = Signature::new(${rustString(`${item.name}.${REDUCE}`)}, []);
        static GATE: Gate = Gate::new();
        // SAFETY: CPython calls this method with an instance of the class and the arguments of METH_FASTCALL.
        unsafe {
            method_without_arguments(&SIGNATURE, &GATE, this, arguments, count, |call| {
                ${made.includes('receiver') ? 'let receiver = ' : ''}call.shared::<${item.symbol}>(this)?;
                ${made}
            })
        }
    }
  `;
}

function reduced(item: ClassPlan, pickling: Pickling): string {
  switch (pickling.kind) {
    case 'fields':
      return rebuilt(item.properties, 'None', ({ field }) => `&receiver.${fieldPlace(field)}`, 12);
    case 'rebuild': {
      const by = `Some(${rustCString(pickling.plan.name)})`;
      return rebuilt(item.properties, by, ({ field }) => `&receiver.${fieldPlace(field)}`, 12);
    }
    case 'variants':
      return variants(item);
    case 'text': {
      const same = pickling.isCompared ? '|one, other| one == other' : '|_, _| true';
      return `call.rebuilt_by_text(this, ${rustCString(pickling.method)}, &*receiver, ${same})`;
    }
  }
}

function variants(item: ClassPlan): string {
  const all = item.variants ?? [];
  const again = all.filter(isRebuilt).map(variantArm);
  const isWhole = again.length === all.length && !item.open;
  return byVariant('&*receiver', isWhole ? again : [...again, '_ => Err(call.unpicklable(this)),']);
}

function variantArm({ path, properties }: VariantPlan): string {
  const fields = properties.map(({ field }, i) => `${fieldPlace(field)}: field${i}`);
  const head = `${rustPath(path)} { ${[...fields, '..'].join(', ')} } =>`;
  const value = rebuilt(properties, 'None', (_, i) => `field${i}`, 20);
  const line = `${head} ${value},`;
  if (line.length <= 124) return line;
  return value.length <= 120 ? `${head} {\n    ${value}\n}` : line;
}

function rebuilt(
  properties: readonly PropertyPlan[],
  by: string,
  read: (property: PropertyPlan, index: number) => string,
  indent: number,
): string {
  const values = properties.map(
    (property, i) => `call.lift::<${conversionOf({ kind: 'reference', of: property.value })}>(${read(property, i)})`,
  );
  return list('call.rebuilt(', ['this', by, list('[', values, ']', indent + 5)], ')', indent);
}

/** Where it does not compile, the class goes without. */
function blame({ path }: ClassPlan): string {
  return `/// \`${[...path, REDUCE].join('::')}\` as what pickle asks for.`;
}

function reduceName({ symbol }: ClassPlan): string {
  return `${symbol.replace(/^Class/, 'method')}${REDUCE}`;
}

function rebuildName({ symbol }: ClassPlan): string {
  return symbol.replace(/^Class/, 'rebuild');
}
