// What `ferrule build` and `ferrule develop` print for a person: where the module is and how to import it.

import type { BuildResult } from '../index.ts';
import type { Style } from '../terminal/colour.ts';

export function renderBuildResult(result: BuildResult, style: Style): string {
  return `${style.success('built')} ${style.strong(result.name)} ${result.package}\n`;
}
