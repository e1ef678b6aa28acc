// Whether a stream gets colours: what the user asked for on the command line, else NO_COLOR (https://no-color.org)
// and FORCE_COLOR, else whether a person is looking.

import picocolors from 'picocolors';

export type ColourChoice = 'auto' | 'always' | 'never';

type Paint = (text: string) => string;

/** Roles, not colours: what a piece of text means decides how it looks. */
export interface Style {
  readonly error: Paint;
  readonly warning: Paint;
  readonly note: Paint;
  readonly success: Paint;
  readonly help: Paint;
  readonly strong: Paint;
  readonly faint: Paint;
  /** Line numbers and rulers beside source text. */
  readonly gutter: Paint;
}

export function wantsColour(
  choice: ColourChoice,
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

export function createStyle(colour: boolean): Style {
  const paint = picocolors.createColors(colour);
  const both =
    (outer: Paint, inner: Paint): Paint =>
    (text) =>
      outer(inner(text));
  return {
    error: both(paint.bold, paint.red),
    warning: both(paint.bold, paint.yellow),
    note: both(paint.bold, paint.green),
    success: paint.green,
    help: both(paint.bold, paint.cyan),
    strong: paint.bold,
    faint: paint.dim,
    gutter: both(paint.bold, paint.blue),
  };
}

/** Text as it is, for files, tests and programs. */
export const plainStyle: Style = createStyle(false);
