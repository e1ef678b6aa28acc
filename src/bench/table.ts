// The report as a person reads it in a terminal.

import { plainStyle, type Style } from '../terminal/colour.ts';
import { displayWidth, padEnd, padStart } from '../terminal/width.ts';
import type { BenchReport, Environment, InputReport, Method, Row, Timed } from './report.ts';
import { formatFactor, formatSeconds } from './units.ts';

/** The whole report, ending in a newline. */
export function renderBenchReport(report: BenchReport, style: Style = plainStyle): string {
  const blocks = report.inputs.map((input) => renderInput(input, report.baseline, style));
  return [style.strong(report.title), ...blocks, renderConditions(report, style)]
    .map((block) => `${block}\n`)
    .join('\n');
}

const columns = ['', 'median', 'IQR', 'minimum', 'speedup', ''];

function renderInput(input: InputReport, baseline: string, style: Style): string {
  const answer = input.answer === undefined ? '' : style.faint(`  answer: ${input.answer}`);
  const cells = input.rows.map((row) => cellsOf(row, baseline));
  const widths = columns.map((column, index) =>
    Math.max(displayWidth(column), ...cells.map((row) => displayWidth(row.values[index] ?? ''))),
  );
  const name = (contender: string) => padEnd(contender, widths[0] ?? 0);
  const head = input.rows.some((row) => row.result.kind === 'timed') ? [style.faint(line(columns, widths))] : [];
  const rows = cells.map(({ values, problem }) =>
    problem === undefined ? line(values, widths) : `  ${name(values[0])}  ${style.error(problem)}`,
  );
  return [`${style.strong(input.name)}${answer}`, ...head, ...rows].join('\n');
}

interface Cells {
  readonly values: readonly [string, ...string[]];
  /** Stands instead of the figures. */
  readonly problem?: string;
}

function cellsOf({ contender, note, tolerated, result }: Row, baseline: string): Cells {
  switch (result.kind) {
    case 'timed': {
      const remarks = [
        contender === baseline ? 'baseline' : '',
        note,
        tolerated ? 'rounded otherwise' : '',
        result.unstable ? 'unstable' : '',
      ];
      return { values: [contender, ...figures(result), remarks.filter((remark) => remark !== '').join(', ')] };
    }
    case 'different':
      return { values: [contender], problem: `${wrong(result.onlyRounding)}: ${result.difference}` };
    case 'raised':
      return { values: [contender], problem: `not timed: raises ${result.exception}` };
    case 'died':
      return { values: [contender], problem: result.reason };
    case 'unchecked':
      return { values: [contender], problem: `not timed: there is no answer of the baseline to compare with` };
  }
}

function wrong(onlyRounding: boolean): string {
  return `wrong, not timed${onlyRounding ? ' (only the rounding of floats)' : ''}`;
}

function figures({ median, quartiles: [low, high], minimum, speedup }: Timed): string[] {
  const factor = speedup === undefined ? '' : formatFactor(speedup);
  return [formatSeconds(median), formatSeconds(high - low), formatSeconds(minimum), factor];
}

/** Names and remarks are on the left of their columns, figures on the right. */
function line(values: readonly string[], widths: readonly number[]): string {
  const cells = values.map((value, index) => {
    const width = widths[index] ?? 0;
    return index === 0 || index === columns.length - 1 ? padEnd(value, width) : padStart(value, width);
  });
  return `  ${cells.join('  ')}`.trimEnd();
}

function renderConditions({ environment, method, tolerance, inputs }: BenchReport, style: Style): string {
  const rows = inputs.flatMap((input) => input.rows);
  const sentences = [describeEnvironment(environment), describeMethod(method)];
  if (inputs.some((input) => input.changesArguments)) {
    sentences.push('functions that change their arguments get a copy for each call, made outside the time');
  }
  if (rows.some(({ tolerated }) => tolerated)) {
    sentences.push(`rounded otherwise: floats differ from the baseline's, within the TOLERANCE of ${tolerance}`);
  }
  if (rows.some(({ result }) => result.kind === 'different' && result.onlyRounding)) {
    sentences.push(
      'only the rounding of floats: they differ by less than 1e-9 of their size, as another order of the same operations makes them; ' +
        'write `TOLERANCE = 1e-9` into the bench file where that is right',
    );
  }
  if (rows.some(({ result }) => result.kind === 'timed' && result.unstable)) {
    sentences.push('unstable: the IQR is more than a tenth of the median; close other programs and repeat');
  }
  return style.faint(sentences.join('\n'));
}

function describeEnvironment({ python, rust, cpu, cores, platform }: Environment): string {
  const built = rust === undefined ? [] : [`rustc ${rust.version} (${rust.flags.join(', ')})`];
  return [python, ...built, `${cpu}, ${cores} cores`, platform].join('; ');
}

function describeMethod({ processes, samples, secondsPerSample }: Method): string {
  return [
    `${processes} processes for each row, up to ${samples} samples of at least ${formatSeconds(secondsPerSample)} in each`,
    'IQR: interquartile range',
    'converting arguments and results is part of the time',
  ].join('; ');
}
