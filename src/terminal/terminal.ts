// Where we write: results to `out`, diagnostics and progress to `err`. The only place that asks whether a stream is a
// terminal, how wide it is, and what NO_COLOR says; everything else gets a Style, a width and a StartProgress.

import { type ColourChoice, createStyle, type Style, wantsColour } from './colour.ts';
import { createProgress, noProgress, type StartProgress } from './progress.ts';

export interface Output {
  readonly style: Style;
  /** Columns that a line may take. */
  readonly width: number;
  /** Writes text as it is. */
  write(text: string): void;
}

export interface Terminal {
  readonly out: Output;
  readonly err: Output;
  readonly progress: StartProgress;
}

export interface TerminalOptions {
  readonly colour: ColourChoice;
  readonly quiet: boolean;
}

const widthOfFiles = 100;

export function createTerminal(options: TerminalOptions): Terminal {
  const { stdout, stderr, env } = process;
  const interactive = stderr.isTTY && env['TERM'] !== 'dumb' && !env['CI'];
  return {
    out: createOutput(stdout, options.colour),
    err: createOutput(stderr, options.colour),
    progress: options.quiet ? noProgress : createProgress(stderr, interactive),
  };
}

function createOutput(stream: NodeJS.WriteStream, colour: ColourChoice): Output {
  return {
    style: createStyle(wantsColour(colour, stream, process.env)),
    width: stream.isTTY ? stream.columns : widthOfFiles,
    write: (text) => {
      stream.write(text);
    },
  };
}

/** A reader that stops early, such as `head`, is no error: what it did not want is dropped. */
export function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
