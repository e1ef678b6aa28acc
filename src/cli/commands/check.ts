// ferrule check: what of a crate Python will see, and why the rest stays out.

import type { Command } from 'commander';
import { itemsRefused } from '../../diagnostics/catalogue.ts';
import { failure } from '../../diagnostics/failure.ts';
import { check, type CheckReport } from '../../index.ts';
import { renderCheckReport } from '../check-report.ts';
import { perform, printJson } from '../context.ts';
import { withExamples } from '../examples.ts';
import { addFeatureOptions, type FeatureFlags, featureOptions, type Format, formatOption } from '../options.ts';

export function addCheck(program: Command): void {
  const command = program
    .command('check')
    .summary('list what Python will see of a crate, and what not and why')
    .description(
      'Lists every public item of a crate: with its Python signature, or with the reason why it cannot be used from ' +
        'Python and the way out. Signatures are read, bodies of functions are not compiled: `ferrule build` does that.',
    )
    .argument(
      '[crate]',
      'the folder of a crate, a single .rs file, or NAME[@VERSION] of a crate of the registry; a path that exists wins',
      '.',
    )
    .option('--strict', 'fail when a public item is refused');
  addFeatureOptions(command)
    .addOption(formatOption())
    .action(async (path: string, options: FeatureFlags & { format: Format; strict?: boolean }) => {
      const report = await perform(command, options.format, async (terminal) => {
        const checked = await check({ path, features: featureOptions(options), progress: terminal.progress });
        if (options.format === 'json') printJson(terminal, checked);
        else terminal.out.write(renderCheckReport(checked, terminal.out.style));
        return checked;
      });
      if (options.strict === true) refuseRefusals(report);
    });
  withExamples(command, [
    ['ferrule check', 'the crate of this folder'],
    ['ferrule check fast.rs', 'a single file'],
    ['ferrule check semver@1', 'a crate of the registry, before it is wrapped'],
    ['ferrule check --strict --format json', 'in CI: every item must be usable'],
  ]);
}

function refuseRefusals({ hosts }: CheckReport): void {
  for (const [host, items] of Object.entries(hosts)) {
    const count = items.filter((item) => item.status === 'refused').length;
    if (count > 0) throw failure(itemsRefused({ count, host }));
  }
}
