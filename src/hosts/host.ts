/** What a host is: a value. Adding one means a folder beside this file and a line in `index.ts`. */

import type { Message } from '../diagnostics/diagnostic.ts';
import type { Interface, SourceSpan } from '../interface/types.ts';
import type { ModuleConfig } from '../project/config.ts';

/** What a host makes of one public item. */
export type Verdict = Bound | Refused;

interface VerdictBase {
  /** As the crate's users write it: `demo::area::scale`. */
  readonly path: string;
  readonly kind: string;
  readonly span: SourceSpan | undefined;
}

export interface Bound extends VerdictBase {
  readonly status: 'bound';
  /** The item in the host's own words. */
  readonly signature: string;
}

export interface Refused extends VerdictBase {
  readonly status: 'refused';
  readonly message: Message;
}

/** An interface planned for a host: what will be emitted, and a verdict for every public item. */
export interface Planned<Plan> {
  readonly plan: Plan;
  readonly verdicts: readonly Verdict[];
}

/** A row of the support table. */
export interface SupportRow {
  readonly rust: string;
  readonly argument: string;
  readonly result: string;
}

export interface Host<Plan> {
  /** `cpython`. */
  readonly name: string;
  /** For people: `Python`. */
  readonly title: string;
  /** @param internal items that turned out not to compile: they are refused */
  plan(from: Interface, config: ModuleConfig, internal?: ReadonlyMap<string, Message>): Planned<Plan>;
  /** One row for each kind of value, from the table that conversions are made of. */
  support(): readonly SupportRow[];
}
