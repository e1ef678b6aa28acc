/** Traits as namespaces: a class that has no instances, whose static functions call the trait's methods. */

import { assignment, list, structItem } from '../../../emit/layout.ts';
import { rustCString, rustString } from '../../../emit/rust.ts';
import { paragraphs, text } from '../../../emit/text.ts';
import type { ExtensionPlan } from '../extensions.ts';
import type { FunctionPlan } from '../functions.ts';
import type { ModulePlan } from '../plan.ts';
import { functionSignature, textSignature } from '../signature.ts';
import { entry, entryOf, functionShape } from './entry.ts';

/** Everything of one trait. */
export function extensionItems(plan: ModulePlan, item: ExtensionPlan): string {
  return paragraphs([
    classType(plan, item),
    ...item.functions.map((fn) => functionItems(plan, item, fn)),
    tables(item),
    definition(item),
  ]);
}

/** The namespace in the module's table. */
export function extensionDefinitionName({ symbol }: ExtensionPlan): string {
  return symbol.replace(/^Trait/, 'TRAIT');
}

/** Its place in the module's table: behind the classes. */
export function extensionPlace(plan: ModulePlan, item: ExtensionPlan): number {
  return plan.classes.length + plan.extensions.indexOf(item);
}

function classType(plan: ModulePlan, item: ExtensionPlan): string {
  return text`
    /// \`${item.path.join('::')}\` as a namespace.
    struct ${item.symbol};

    // SAFETY: the definition is of this class alone, which has no instances.
    unsafe impl Class for ${item.symbol} {
        type Value = ();
        const NAME: &'static str = ${rustString(item.name)};
        const PLACE: usize = ${extensionPlace(plan, item)};
        const SEND: bool = true;
        const SYNC: bool = true;

        fn definition() -> &'static ClassDefinition {
            &${extensionDefinitionName(item)}
        }
    }
  `;
}

function functionItems(plan: ModulePlan, item: ExtensionPlan, fn: FunctionPlan): string {
  const symbol = functionName(item, fn);
  const parts = [rustCString(fn.name), rustCString(`${textSignature(fn)}${fn.docs}`), entryOf(fn, symbol)];
  return text`
    /// \`${fn.path.join('::')}\` as \`${item.name}.${functionSignature(fn)}\`.
    ${entry(plan, fn, { ...functionShape(fn, symbol), title: `${item.name}.${fn.name}` })}
    ${assignment(`const ${constantName(item, fn)}: Function`, 'Function::new(', parts, ');')}
  `;
}

function functionName({ symbol }: ExtensionPlan, { name }: FunctionPlan): string {
  return `${symbol.replace(/^Trait/, 'extension')}_${name}`;
}

function constantName(item: ExtensionPlan, fn: FunctionPlan): string {
  return functionName(item, fn).replace(/^extension/, 'EXTENSION');
}

function tableName({ symbol }: ExtensionPlan, kind: string): string {
  return symbol.replace(/^Trait/, kind);
}

/** Empty ones: the address of a table is a class's identity. */
function tables(item: ExtensionPlan): string {
  return text`
    static ${tableName(item, 'METHODS')}: Methods<0> = Methods::new([]);
    static ${tableName(item, 'PROPERTIES')}: Properties<0> = Properties::new([]);
  `;
}

function definition(item: ExtensionPlan): string {
  return structItem('static', extensionDefinitionName(item), 'ClassDefinition', [
    `module: ${rustCString(item.module)}`,
    `name: ${rustCString(item.name)}`,
    `doc: ${rustCString(item.docs)}`,
    `layout: Layout::of::<${item.symbol}>()`,
    'parent: None',
    'constructor: None',
    `methods: ${tableName(item, 'METHODS')}.table()`,
    `properties: ${tableName(item, 'PROPERTIES')}.table()`,
    'slots: &[]',
    list(
      'functions: &[',
      item.functions.map((fn) => constantName(item, fn)),
      ']',
      5,
    ),
    'constants: &[]',
    'match_args: None',
  ]);
}
