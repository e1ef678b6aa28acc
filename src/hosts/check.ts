/** Verdicts as `ferrule check` reports them. */

import type { SourceSpan } from '../interface/types.ts';
import type { Verdict } from './host.ts';

export interface CheckReport {
  readonly crate: string;
  readonly version: string;
  readonly hosts: Readonly<Record<string, readonly CheckedItem[]>>;
}

export interface CheckedItem {
  /** As the crate's users write it: `demo::area::scale`. */
  readonly path: string;
  readonly kind: string;
  readonly status: 'bound' | 'refused';
  /** The item in the host's own words, when it is bound. */
  readonly signature?: string;
  /** Why it is refused, and the way out. */
  readonly code?: string;
  readonly reason?: string;
  readonly help?: string;
  readonly location?: SourceSpan;
}

export function checkedItem({ path, kind, span, ...verdict }: Verdict): CheckedItem {
  const place = span && { location: span };
  if (verdict.status === 'bound') return { path, kind, status: 'bound', signature: verdict.signature, ...place };
  const { code, message, help } = verdict.message;
  return { path, kind, status: 'refused', code, reason: message, ...(help !== undefined && { help }), ...place };
}
