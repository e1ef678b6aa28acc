// Compares the contenders of a bench file: build what lies beside it, see that all give the same answer, and only then
// take the time of each, in turns and in processes of their own.

import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { benchFileNotFound } from '../diagnostics/catalogue.ts';
import { failure } from '../diagnostics/failure.ts';
import { findInterpreter } from '../python/interpreter.ts';
import { relativeToHere } from '../system/files.ts';
import { noProgress, type StartProgress } from '../terminal/progress.ts';
import { collectAnswers } from './answers.ts';
import { buildBeside } from './beside.ts';
import type { Contest } from './contest.ts';
import { describeEnvironment } from './environment.ts';
import type { BenchReport, InputReport, Method, Result, Row } from './report.ts';
import { takeTimes } from './times.ts';
import { type AnsweredEvent, ask, type TableEvent, type Workplace } from './worker.ts';

export interface BenchOptions {
  /** A folder with a `bench.py`, or a bench file. */
  readonly path: string;
  /** A path, a command or a version; by default the active environment's interpreter. */
  readonly python?: string;
  readonly method?: Partial<Method>;
  readonly progress?: StartProgress;
}

export const defaultMethod: Method = {
  processes: 5,
  samples: 5,
  secondsPerSample: 0.02,
  secondsPerProcess: 2,
  timeout: 60,
};

/**
 * Builds, checks and times what the bench file lists. A contender that answers differently, crashes or hangs is a row
 * of the report, not an error.
 *
 * @throws Failure when there is no bench file, when it cannot be used, or when what lies beside it cannot be built.
 */
export async function bench(options: BenchOptions): Promise<BenchReport> {
  const { progress: startProgress = noProgress } = options;
  const method = { ...defaultMethod, ...options.method };
  const file = findBenchFile(options.path);
  const { executable: python } = await findInterpreter(options.python);
  const path = await buildBeside(file, python, startProgress);
  const workplace = { python, file, path, timeout: method.timeout };

  const progress = startProgress(`comparing ${basename(dirname(file))}`);
  try {
    const table = await readTable(workplace);
    const inputs: InputReport[] = [];
    for (const input of table.inputs) inputs.push(await compareOn(input, { workplace, table, method, progress }));
    const environment = await describeEnvironment(table.python, path.length > 0);
    const { title, baseline, tolerance } = table;
    return { title, environment, method, baseline, tolerance, inputs };
  } finally {
    progress.done();
  }
}

function findBenchFile(path: string): string {
  const given = resolve(path);
  if (!existsSync(given)) {
    const help = `check the spelling of ${path}; a bench file, or a folder with a \`bench.py\`, is expected`;
    throw failure(benchFileNotFound({ path }), { help });
  }
  const file = statSync(given).isDirectory() ? join(given, 'bench.py') : given;
  if (!existsSync(file)) throw failure(benchFileNotFound({ path: relativeToHere(file) }));
  return file;
}

async function readTable(workplace: Workplace): Promise<TableEvent> {
  const { events } = await ask(workplace, { do: 'describe' }, 0);
  const table = events.find((event) => event.event === 'table');
  if (table === undefined) throw new Error('the worker described nothing');
  return table;
}

async function compareOn(input: string, contest: Contest): Promise<InputReport> {
  const { contenders, baseline } = contest.table;
  contest.progress.step(`answers on ${input}`);
  const { answers, deaths } = await collectAnswers(input, contest);
  const expected = answers.get(baseline);
  const changesArguments = expected?.changes ?? false;
  const worthIt = expected !== undefined && !expected.raised;
  const right = worthIt ? [...answers.values()].filter((answer) => answer.difference === null) : [];
  const names = right.map((answer) => answer.contender);
  const times = await takeTimes(input, names, changesArguments, contest);

  const rows = contenders.map(({ name, note }): Row => {
    const death = deaths.get(name);
    const checked = death === undefined ? resultOf(answers.get(name)) : ({ kind: 'died', reason: death } as const);
    const tolerated = answers.get(name)?.difference === null && answers.get(name)?.rounded === true;
    return { contender: name, note, tolerated, result: times.get(name) ?? checked };
  });
  const answer = expected === undefined ? {} : { answer: expected.answer };
  return { name: input, ...answer, changesArguments, rows: withSpeedups(rows, baseline) };
}

/** What is known of a contender that was not timed. */
function resultOf(answer: AnsweredEvent | undefined): Result {
  if (answer === undefined) return { kind: 'unchecked' };
  const { difference, rounded } = answer;
  if (difference !== null) return { kind: 'different', difference, onlyRounding: rounded };
  return { kind: 'raised', exception: answer.answer };
}

function withSpeedups(rows: readonly Row[], baseline: string): Row[] {
  const base = rows.find((row) => row.contender === baseline)?.result;
  if (base?.kind !== 'timed') return [...rows];
  return rows.map((row) =>
    row.result.kind === 'timed' ? { ...row, result: { ...row.result, speedup: base.median / row.result.median } } : row,
  );
}
