// Progress for whoever waits: a spinner for a person, lines for a log, nothing for a quick step or with --quiet.
// A person sees something after 300 ms; a log gets one line for each step that is longer than a second.

import yoctoSpinner, { type Spinner } from 'yocto-spinner';

export interface Progress {
  /** What is being done from now on, such as `compiling serde`. */
  step(text: string): void;
  /** The work has ended, well or not; takes the spinner away. Calling it again does nothing. */
  done(): void;
}

/** Begins a piece of work that is named in front of its steps, such as `building count_doubles`. */
export type StartProgress = (label: string) => Progress;

export const noProgress: StartProgress = () => ({ step() {}, done() {} });

const spinnerDelayMs = 300;
const lineDelayMs = 1000;

export function createProgress(stream: NodeJS.WriteStream, interactive: boolean): StartProgress {
  return (label) => (interactive ? spinner(stream, label) : lines(stream, label));
}

function spinner(stream: NodeJS.WriteStream, label: string): Progress {
  let shown: Spinner | undefined;
  let text = label;
  const timer = setTimeout(() => {
    // Signals stay with src/system, which stops the children first.
    shown = yoctoSpinner({ text, stream, handleSignals: false }).start();
  }, spinnerDelayMs);
  timer.unref();
  return {
    step(step) {
      text = `${label}: ${step}`;
      if (shown !== undefined) shown.text = text;
    },
    done() {
      clearTimeout(timer);
      shown?.stop();
      shown = undefined;
    },
  };
}

function lines(stream: NodeJS.WriteStream, label: string): Progress {
  let timer: NodeJS.Timeout | undefined;
  const announce = (text: string) => {
    clearTimeout(timer);
    timer = setTimeout(() => stream.write(`${text}\n`), lineDelayMs);
    timer.unref();
  };
  announce(label);
  return {
    step: (step) => announce(`${label}: ${step}`),
    done: () => clearTimeout(timer),
  };
}
