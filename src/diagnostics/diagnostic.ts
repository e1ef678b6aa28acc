// What we tell the user about their crate, their command or their machine: what is wrong, where, why, and the way out.

export type Severity = 'error' | 'warning' | 'note';

/** A place in a file. Lines and columns count from 1, columns in characters; the end is exclusive. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

export interface Diagnostic {
  readonly severity: Severity;
  /** Stable and searchable, such as `unknown-configuration-key`; explained in docs/diagnostics.md. */
  readonly code: string;
  readonly message: string;
  readonly location?: Location;
  /** What the marked source is, in a few words. */
  readonly label?: string;
  readonly notes: readonly string[];
  /** The way out. */
  readonly help?: string;
  /** The whole text as another tool wrote it, such as rustc; shown to people instead of ours. */
  readonly rendered?: string;
}

/** What the catalogue knows of a diagnostic before it is placed. */
export interface Message {
  readonly code: string;
  readonly message: string;
  readonly help?: string;
}

export interface Placement {
  readonly location?: Location;
  readonly label?: string;
  readonly notes?: readonly string[];
  /** Replaces the catalogue's way out where the case has a better one. */
  readonly help?: string;
}

export const error = (message: Message, placement: Placement = {}): Diagnostic => place('error', message, placement);

export const warning = (message: Message, placement: Placement = {}): Diagnostic =>
  place('warning', message, placement);

export const note = (message: Message, placement: Placement = {}): Diagnostic => place('note', message, placement);

function place(severity: Severity, message: Message, placement: Placement): Diagnostic {
  return { severity, notes: [], ...message, ...placement };
}
