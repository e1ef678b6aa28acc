// Nothing is timed that was not checked: every contender is called once, on arguments of its own, and what it returned
// or raised and what it left of the arguments is compared with the baseline's.

import type { Contest } from './contest.ts';
import { type AnsweredEvent, ask } from './worker.ts';

export interface Answers {
  readonly answers: ReadonlyMap<string, AnsweredEvent>;
  /** Why the processes of contenders ended. */
  readonly deaths: ReadonlyMap<string, string>;
}

/** One process calls all contenders; when one of them kills it, the next process goes on without it. */
export async function collectAnswers(input: string, { table, workplace }: Contest): Promise<Answers> {
  const answers = new Map<string, AnsweredEvent>();
  const deaths = new Map<string, string>();
  const others = table.contenders.map((contender) => contender.name).filter((name) => name !== table.baseline);
  let waiting = others;
  do {
    const request = { do: 'compare', input, contenders: [table.baseline, ...waiting] } as const;
    const { events, death } = await ask(workplace, request, 0);
    for (const event of events) if (event.event === 'answered') answers.set(event.contender, event);
    if (death === undefined) break;
    deaths.set(death.contender, death.reason);
    if (death.contender === table.baseline) break;
    waiting = others.filter((name) => !answers.has(name) && !deaths.has(name));
  } while (waiting.length > 0);
  return { answers, deaths };
}
