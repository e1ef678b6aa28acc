/** The builtin exceptions that errors of other crates become: by their names, or as configured. */

import type { ErrorValue, ForeignFailure, Interface } from '../../interface/types.ts';
import { BASES } from './bases.ts';

type ForeignError = Extract<ErrorValue, { kind: 'foreign' | 'anyhow' }>;

/** The name of an error's type in the configuration. */
function nameOf(error: ForeignError): string {
  return error.kind === 'anyhow' ? 'anyhow::Error' : error.name;
}

/** The runtime's name of the builtin exception. */
export function foreignBase(error: ForeignError, configured: ReadonlyMap<string, string>): string {
  const base = configured.get(nameOf(error));
  if (base !== undefined) return BASES[base as keyof typeof BASES];
  return error.kind === 'anyhow' ? 'Runtime' : MEANINGS[error.means];
}

const MEANINGS: Readonly<Record<ForeignFailure, string>> = {
  value: 'Value',
  range: 'Overflow',
  memory: 'Memory',
  failure: 'Runtime',
};

/** Names of all error types of other crates that occur. */
export function foreignErrors(from: Interface): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if (isForeignError(node)) found.add(nameOf(node));
    for (const child of node instanceof Map ? node.values() : Object.values(node)) visit(child);
  };
  visit(from.items);
  return found;
}

function isForeignError(node: object): node is ForeignError {
  return 'kind' in node && (node.kind === 'anyhow' || (node.kind === 'foreign' && 'means' in node));
}
