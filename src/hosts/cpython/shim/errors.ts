/** Own error types as exception classes: the class tables, and how a value becomes an exception. */

import { chain, fits, structItem } from '../../../emit/layout.ts';
import { rustCString, rustString } from '../../../emit/rust.ts';
import { paragraphs, text } from '../../../emit/text.ts';
import { rustIdentifier, rustPath, typePath } from '../../../interface/rust.ts';
import { itemKey } from '../../../interface/types.ts';
import { conversionOf, errorConversionOf, errorSymbol } from '../conversions.ts';
import { BASES } from '../bases.ts';
import type { AttributePlan, ErrorSource, ExceptionPlan } from '../exceptions.ts';
import type { ModulePlan } from '../plan.ts';
import { associatedConstants } from './constants.ts';
import { holder, KEEP_METHOD } from './kept.ts';
import { memberEntry, memberTables, type Owner } from './members.ts';

/** The conversion of one error type; nothing for variants, which their enum raises. */
export function errorConversion(plan: ModulePlan, exception: ExceptionPlan): string | undefined {
  const { source } = exception;
  if (!source) return undefined;
  const message = messageOf(exception, source);
  const raise =
    source.variants === undefined ? raiseStruct(plan, exception, source) : raiseEnum(plan, exception, source.variants);
  const parameter = /\berror\b/.test(`${message} ${raise}`) ? 'error' : '_error';
  const borrows = source.lifetimes > 0;
  return text`
    /// \`${source.path.join('::')}\` as an exception.
    struct ${errorName(exception)}${borrows ? "<'e>(std::marker::PhantomData<&'e ()>)" : ''};

    impl${borrows ? "<'e>" : ''} ErrorConversion for ${errorName(exception)}${borrows ? "<'e>" : ''} {
        type Value = ${typePath(source.path, Array<string>(source.lifetimes).fill("'e"))};

        fn fault(${parameter}: &Self::Value, context: &Context) -> Fault {
            let exception = Exception::new(${message});
            ${raise}
        }
        ${source.isKept && KEEP_METHOD}
        ${source.hasSource && SOURCE_METHOD}
    }
    ${source.isKept && `\n${holder(plan, exception)}`}
    ${source.hasSource && downcast(exception, source)}
    ${errorMembers(plan, exception)}
  `;
}

const SOURCE_METHOD = `
fn source(error: &Self::Value) -> Option<&(dyn std::error::Error + 'static)> {
    std::error::Error::source(error)
}`;

/** How the runtime recognises the type behind \`dyn Error\`. */
function downcast(exception: ExceptionPlan, { isKept, isClone }: ErrorSource): string {
  const value = `e::${isKept && isClone ? 'behind_clone' : 'behind'}::<${errorName(exception)}>;`;
  return `const ${downcastName(exception)}: Downcast = ${value}`;
}

export function downcastName({ index }: ExceptionPlan): string {
  return `EXCEPTION_${index}_BEHIND`;
}

function messageOf({ name }: ExceptionPlan, { message }: ErrorSource): string {
  switch (message) {
    case 'Display':
      return '&error.to_string()';
    case 'Debug':
      return '&format!("{error:?}")';
    case 'name':
      return rustString(name);
  }
}

function raiseStruct(plan: ModulePlan, exception: ExceptionPlan, source: ErrorSource): string {
  const { index, attributes } = exception;
  const raise = chain('exception', [...attributeCalls(plan, attributes), `.raise(context, ${index})`], 8);
  return attributes.length === 0 ? raise : `let ${fieldPattern(rustPath(source.path), attributes)} = error;\n${raise}`;
}

function raiseEnum(plan: ModulePlan, exception: ExceptionPlan, variants: NonNullable<ErrorSource['variants']>): string {
  const type = rustPath(exception.source?.path ?? []);
  const arms = variants.map(({ name, index }) =>
    errorArm(plan, `${type}::${rustIdentifier(name)}`, plan.exceptions[index] as ExceptionPlan),
  );
  if (arms.length === 0) return `exception.raise(context, ${exception.index})`;
  const isOpen = exception.source?.open === true;
  return text`
    match error {
        ${isOpen ? [...arms, `_ => exception.raise(context, ${exception.index}),`] : arms}
    }
  `;
}

function errorArm(plan: ModulePlan, type: string, { index, attributes }: ExceptionPlan): string {
  const indent = 12;
  const head = `${fieldPattern(type, attributes)} => `;
  const calls = [...attributeCalls(plan, attributes), `.raise(context, ${index})`];
  const raise = `exception${calls.join('')}`;
  if (fits(`${head}${raise},`, indent)) return `${head}${raise},`;
  if (fits(raise, indent + 4)) return `${head}{\n    ${raise}\n}`;
  return `${head}${chain('exception', calls, indent, ',')}`;
}

/** A pattern with braces fits unit, tuple and struct variants alike. */
function fieldPattern(type: string, attributes: readonly AttributePlan[]): string {
  const fields = attributes.map(({ field }, i) => `${/^\d/.test(field) ? field : rustIdentifier(field)}: field${i}`);
  return `${type} { ${[...fields, '..'].join(', ')} }`;
}

function attributeCalls(plan: ModulePlan, attributes: readonly AttributePlan[]): readonly string[] {
  return attributes.map(
    (attribute, i) =>
      `.attribute::<${attributeConversion(plan, attribute)}>(context, ${rustCString(attribute.name)}, field${i})`,
  );
}

function attributeConversion(plan: ModulePlan, { value, error }: AttributePlan): string {
  if (error) return `c::Failure<${errorConversionOf(error, plan.foreignBases)}>`;
  return conversionOf({ kind: 'reference', of: value });
}

function errorName({ source }: ExceptionPlan): string {
  return errorSymbol(itemKey(source?.path ?? []));
}

function ownerOf(exception: ExceptionPlan): Owner {
  return { symbol: errorName(exception), name: exception.name, path: exception.source?.path ?? [] };
}

function errorMembers(plan: ModulePlan, exception: ExceptionPlan): string | undefined {
  const owner = ownerOf(exception);
  const entries = [
    ...exception.members.map((member) => memberEntry(plan, owner, member)),
    ...associatedConstants(owner.symbol, exception.constants),
  ];
  return entries.length === 0 ? undefined : `\n${paragraphs(entries)}`;
}

/** The class as data. */
export function exceptionClass(exception: ExceptionPlan): string {
  const { index, module, qualifiedName, parent, base, docs, members, constants } = exception;
  const fields = [
    `module: ${rustCString(module)}`,
    `name: ${rustCString(qualifiedName)}`,
    `parent: ${parent === undefined ? 'None' : `Some(${parent})`}`,
    `base: Base::${parent === undefined ? BASES[base as keyof typeof BASES] : 'Exception'}`,
    `doc: ${rustCString(docs)}`,
    ...memberTables(ownerOf(exception), members, constants),
  ];
  return structItem('const', `EXCEPTION_${index}`, 'ExceptionClass', fields);
}
