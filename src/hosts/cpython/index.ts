/** The CPython host. */

import type { Host, SupportRow } from '../host.ts';
import { BASES } from './bases.ts';
import { pyArgument, pyResult, samples } from './conversions.ts';
import { refuseArgument, refuseResult } from './refusals.ts';
import { pythonName } from './names.ts';
import { STANDARD_MODULES } from './standard-modules.ts';
import { type ModulePlan, planModule } from './plan.ts';
import { renderPyType } from './type.ts';
import { rustType } from '../../interface/rust.ts';
import type { Value } from '../../interface/types.ts';

export type { ModulePlan } from './plan.ts';
/** Builtin exception classes that can be configured as bases. */
export const exceptionBases: readonly string[] = Object.keys(BASES);

export { emitShim } from './shim/index.ts';
export { usedCrates } from './shim/well-known.ts';
export { isModuleName, isName } from './names.ts';
export { emitStubs } from './stub.ts';

/** The package's name for a library: no keyword, and not that of a module of the standard library. */
export function packageName(library: string): string {
  return STANDARD_MODULES.has(library) ? `${library}_rs` : pythonName(library);
}

export const cpython: Host<ModulePlan> = {
  name: 'cpython',
  title: 'Python',
  plan: planModule,
  support: () => samples().map(supportRow),
};

function supportRow(value: Value): SupportRow {
  const argument =
    refuseArgument(value, noOwnTypes) || value.kind === 'unit' || value.kind === 'never'
      ? ''
      : renderPyType(pyArgument(value));
  const result = refuseResult(value, noOwnTypes) ? '' : renderPyType(pyResult(value));
  return { rust: rustType(value) ?? value.kind, argument, result };
}

/** The support table shows no types of a crate. */
const noOwnTypes = (): undefined => undefined;
