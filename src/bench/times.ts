// The times of the contenders that are right, each in processes of its own: one process has one layout of memory and one
// hash seed, which may favour a contender.

import type { Contest } from './contest.ts';
import type { Result } from './report.ts';
import { type Samples, summarise } from './statistics.ts';
import { ask } from './worker.ts';

/** In turns, so that a slow minute of the machine does not hit one contender alone. */
export async function takeTimes(
  input: string,
  contenders: readonly string[],
  changes: boolean,
  { workplace, method, progress }: Contest,
): Promise<ReadonlyMap<string, Result>> {
  const taken = new Map<string, Samples[]>(contenders.map((contender) => [contender, []]));
  const deaths = new Map<string, string>();
  const { samples, secondsPerSample, secondsPerProcess: seconds } = method;
  for (let round = 1; round <= method.processes; round++) {
    for (const [contender, processes] of taken) {
      if (deaths.has(contender)) continue;
      progress.step(`${contender} on ${input} (${round} of ${method.processes})`);
      const request = { do: 'time', input, contender, changes, samples, secondsPerSample, seconds } as const;
      const { events, death } = await ask(workplace, request, round);
      const timed = events.find((event) => event.event === 'timed');
      if (timed !== undefined) processes.push(timed);
      else deaths.set(contender, death?.reason ?? 'gave no times');
    }
  }
  return new Map([...taken].map(([contender, processes]) => [contender, resultOf(processes, deaths.get(contender))]));
}

function resultOf(processes: readonly Samples[], death: string | undefined): Result {
  return death === undefined ? summarise(processes) : { kind: 'died', reason: death };
}
