/** Errors whose exceptions keep the Rust value: the class that holds it, which stands in no namespace. */

import { structItem } from '../../../emit/layout.ts';
import { rustCString, rustString } from '../../../emit/rust.ts';
import { text } from '../../../emit/text.ts';
import { typePath } from '../../../interface/rust.ts';
import { classSymbol, errorSymbol } from '../conversions.ts';
import type { ExceptionPlan } from '../exceptions.ts';
import type { ModulePlan } from '../plan.ts';
import { tableName } from './fields.ts';

/** What an \`ErrorConversion\` has of it. */
export const KEEP_METHOD = `
fn keep(error: Self::Value, fault: Fault, context: &Context) -> Fault {
    kept::keep::<Self>(error, fault, context)
}`;

/** The exceptions that keep their values, in the order of their classes' places. */
function keeping({ exceptions }: ModulePlan): readonly ExceptionPlan[] {
  return exceptions.filter(({ source }) => source?.isKept);
}

/** Names of the definitions of all holders. */
export function holderDefinitions(plan: ModulePlan): readonly string[] {
  return keeping(plan).map(({ key }) => tableName(classSymbol(key), 'CLASS'));
}

/** They stand behind all other classes. */
function placeOf(plan: ModulePlan, exception: ExceptionPlan): number {
  const variants = plan.classes.reduce((sum, item) => sum + (item.variants?.length ?? 0), 0);
  return plan.classes.length + plan.extensions.length + variants + keeping(plan).indexOf(exception);
}

/** The class of one error's values. */
export function holder(plan: ModulePlan, exception: ExceptionPlan): string {
  const { key, name, module, index, source } = exception;
  const [type, symbol] = [typePath(source?.path ?? []), classSymbol(key)];
  const definition = structItem('static', tableName(symbol, 'CLASS'), 'ClassDefinition', [
    `module: ${rustCString(module)}`,
    `name: ${rustCString(name)}`,
    'doc: c""',
    `layout: Layout::of::<${symbol}>()`,
    'parent: None',
    'constructor: None',
    `methods: ${tableName(symbol, 'METHODS')}.table()`,
    `properties: ${tableName(symbol, 'PROPERTIES')}.table()`,
    'slots: &[]',
    'functions: &[]',
    'constants: &[]',
    'match_args: None',
  ]);
  const reduce = 'Method::new(c"__reduce__", c"__reduce__($self, /)\\n--\\n\\n", Entry::Positional(kept::reduce))';
  return text`
    impl KeptError for ${errorSymbol(key)} {
        type Class = ${symbol};
        const PLACE: usize = ${index};
    }

    /// \`${source?.path.join('::')}\` as what an exception holds.
    struct ${symbol};

    // SAFETY: the definition is of this class alone and has its layout; rustc says what is Send and Sync.
    unsafe impl Class for ${symbol} {
        type Value = ${type};
        const NAME: &'static str = ${rustString(name)};
        const PLACE: usize = ${placeOf(plan, exception)};
        const SEND: bool = is_send!(${type});
        const SYNC: bool = is_sync!(${type});

        fn definition() -> &'static ClassDefinition {
            &${tableName(symbol, 'CLASS')}
        }
    }

    static ${tableName(symbol, 'METHODS')}: Methods<1> =
        Methods::new([${reduce}]);

    static ${tableName(symbol, 'PROPERTIES')}: Properties<0> = Properties::new([]);

    ${definition}
  `;
}
