// What the steps of a comparison share.

import type { Progress } from '../terminal/progress.ts';
import type { Method } from './report.ts';
import type { TableEvent, Workplace } from './worker.ts';

export interface Contest {
  readonly workplace: Workplace;
  readonly table: TableEvent;
  readonly method: Method;
  readonly progress: Progress;
}
