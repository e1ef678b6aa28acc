// Options that several commands share.

import { type Command, Option } from 'commander';
import type { Features } from '../index.ts';
import type { ColourChoice } from '../terminal/colour.ts';
import type { TerminalOptions } from '../terminal/terminal.ts';

export type Format = 'text' | 'json';

export function globalOptions(command: Command): TerminalOptions {
  const { color, quiet } = command.optsWithGlobals<{ color: ColourChoice; quiet?: boolean }>();
  return { colour: color, quiet: quiet === true };
}

export const formatOption = (): Option =>
  new Option('--format <format>', 'how results are printed').choices(['text', 'json']).default('text');

export const pythonOption = (description: string): Option => new Option('--python <interpreter>', description);

/** Which features of the crate are in, as the command line gives them. */
export interface FeatureFlags {
  readonly features?: string;
  readonly allFeatures?: boolean;
  /** False with --no-default-features. */
  readonly defaultFeatures: boolean;
}

export function addFeatureOptions(command: Command): Command {
  return command
    .option('--features <features>', 'features of the crate, separated by commas')
    .option('--all-features', 'all features of the crate')
    .option('--no-default-features', "without the crate's default features");
}

/** The same for the library. */
export function featureOptions({ features = '', allFeatures, defaultFeatures }: FeatureFlags): Features {
  return {
    names: features.split(/[\s,]+/).filter((feature) => feature !== ''),
    all: allFeatures === true,
    default: defaultFeatures,
  };
}

/** What a module is made of and for, as the command line gives it. */
export interface ModuleFlags extends FeatureFlags {
  readonly python?: string;
  readonly name?: string;
}

export function addModuleOptions(command: Command): Command {
  return addFeatureOptions(command.option('--name <name>', "the module's name (default: the crate's)"));
}

/** The same for the library. */
export function moduleOptions({ python, name, ...flags }: ModuleFlags) {
  return {
    ...(python !== undefined && { python }),
    ...(name !== undefined && { name }),
    features: featureOptions(flags),
  };
}
