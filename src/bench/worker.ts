// Our side of python/ferrule/bench/worker.py: one request, one process, one answer. What the process says comes through a
// file, because its standard output belongs to the contenders.

import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { benchCrateUnbuilt, benchFileInvalid, benchFileRaised, benchProcessDied } from '../diagnostics/catalogue.ts';
import type { Location } from '../diagnostics/diagnostic.ts';
import { type Failure, failure } from '../diagnostics/failure.ts';
import { relativeToHere } from '../system/files.ts';
import { run, type RunResult } from '../system/process.ts';

/** Where and how the worker runs. */
export interface Workplace {
  readonly python: string;
  /** The bench file. */
  readonly file: string;
  /** Folders that are searched for modules before that of the bench file. */
  readonly path: readonly string[];
  /** Seconds that a piece of the user's code may take. */
  readonly timeout: number;
}

type Request =
  | { readonly do: 'describe' }
  | { readonly do: 'compare'; readonly input: string; readonly contenders: readonly string[] }
  | {
      readonly do: 'time';
      readonly input: string;
      readonly contender: string;
      readonly changes: boolean;
      readonly samples: number;
      readonly secondsPerSample: number;
      readonly seconds: number;
    };

export type Event =
  | TableEvent
  | { readonly event: 'began'; readonly contender: string }
  | AnsweredEvent
  | { readonly event: 'timed'; readonly first: number; readonly calls: number; readonly samples: readonly number[] }
  | ProblemEvent;

/** The bench file cannot be used. */
type ProblemEvent =
  | { readonly event: 'problem'; readonly text: string }
  | { readonly event: 'unbuilt'; readonly module: string; readonly folder: string }
  | {
      readonly event: 'raised';
      readonly exception: string;
      readonly trace: string;
      /** Of a syntax error. */
      readonly place: Location | null;
      /** The module that was not found. */
      readonly missing: string | null;
    };

export interface TableEvent {
  readonly event: 'table';
  readonly title: string;
  readonly baseline: string;
  readonly contenders: readonly { readonly name: string; readonly note: string }[];
  readonly inputs: readonly string[];
  readonly tolerance: number;
  readonly python: string;
}

export interface AnsweredEvent {
  readonly event: 'answered';
  readonly contender: string;
  readonly answer: string;
  readonly raised: boolean;
  /** Whether the baseline changed its arguments. */
  readonly changes: boolean;
  readonly difference: string | null;
  /** Only the rounding of floats is different; with no difference: the bench file tolerates it. */
  readonly rounded: boolean;
}

export interface Reply {
  readonly events: readonly Event[];
  /** Why the process ended before its end, and in which contender. */
  readonly death?: { readonly reason: string; readonly contender: string };
}

/**
 * Runs one worker process. That a contender kills it is a reply.
 *
 * @throws Failure when the bench file cannot be used.
 */
export async function ask(workplace: Workplace, request: Request, hashSeed: number): Promise<Reply> {
  const folder = await mkdtemp(join(tmpdir(), 'ferrule-bench-'));
  try {
    const journal = join(folder, 'events');
    const result = await run(workplace.python, [workerScript(), journal], {
      cwd: dirname(workplace.file),
      env: { PYTHONHASHSEED: String(hashSeed) },
      input: JSON.stringify({ ...request, file: workplace.file, path: workplace.path, timeout: workplace.timeout }),
    });
    const text = await readFile(journal, 'utf8').catch(() => '');
    const events = text.split('\n').filter(isWhole).map(parseEvent);
    const problem = events.find(isProblem);
    if (problem !== undefined) throw problemFailure(workplace.file, problem);
    return result.status === 0 ? { events } : { events, death: death(workplace, request, result, events) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The last line of a process that died may be cut off. */
function isWhole(line: string): boolean {
  return line.endsWith('}');
}

function parseEvent(line: string): Event {
  return JSON.parse(line) as Event;
}

function isProblem(event: Event): event is ProblemEvent {
  return event.event === 'problem' || event.event === 'unbuilt' || event.event === 'raised';
}

function problemFailure(path: string, problem: ProblemEvent): Failure {
  const file = relativeToHere(path);
  switch (problem.event) {
    case 'problem':
      return failure(benchFileInvalid({ file, problem: problem.text }));
    case 'unbuilt':
      return failure(benchCrateUnbuilt({ module: problem.module, folder: relativeToHere(problem.folder) }));
    case 'raised': {
      const { exception, trace, place, missing } = problem;
      return failure(benchFileRaised({ file, exception }), {
        ...(place !== null && { location: place }),
        ...(trace !== '' && { notes: [fromHere(trace)] }),
        ...(missing !== null && { help: helpForMissing(missing) }),
      });
    }
  }
}

/** The files of a traceback as a person would type them. */
function fromHere(trace: string): string {
  return trace.replaceAll(/^ {2}File "(.+)"/gm, (_, file: string) => `  File "${relativeToHere(file)}"`);
}

function helpForMissing(module: string): string {
  return (
    `if \`${module}\` is made by Ferrule: put the bench file beside its Cargo.toml, or beside ${module}.rs, ` +
    'or install it with `ferrule develop`; else install it for this interpreter'
  );
}

function death(workplace: Workplace, request: Request, result: RunResult, events: readonly Event[]) {
  const reason = deathReason(result, workplace.timeout);
  const last = events.at(-1);
  if (last?.event === 'began') return { reason, contender: last.contender };
  const work =
    request.do === 'describe' ? `read ${relativeToHere(workplace.file)}` : `made the arguments "${request.input}"`;
  const notes = result.stderr.trim() === '' ? [] : [result.stderr.trim()];
  throw failure(benchProcessDied({ work, reason }), { notes });
}

/** The watchdog of the worker writes `Timeout (0:01:00)!` before it ends the process. */
export function deathReason({ status, signal, stderr }: RunResult, timeout: number): string {
  if (/^Timeout \(/m.test(stderr)) return `took longer than ${timeout} s`;
  const fatal = /^Fatal Python error: (.+)$/m.exec(stderr)?.[1];
  if (fatal !== undefined) return `crashed: ${fatal}`;
  return signal === null ? `ended the process with status ${status}` : `crashed: ${signal}`;
}

/** The package's root is two folders up when compiled to dist/, three when compiled for the tests. */
function workerScript(): string {
  const script = join('python', 'ferrule', 'bench', 'worker.py');
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, script)) && folder !== dirname(folder)) folder = dirname(folder);
  return join(folder, script);
}
