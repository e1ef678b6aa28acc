/**
 * `[package.metadata.ferrule]` -> settled configuration. Unknown keys and wrong types are errors, all of them at once.
 */

import {
  configurationType,
  configurationUnfit,
  configurationUnknownKey,
  configurationUnknownPath,
  exceptionBaseUnknown,
  itemNameInvalid,
  metadataMisspelled,
  moduleNameInvalid,
} from '../diagnostics/catalogue.ts';
import { type Diagnostic, error, type Message, type Placement } from '../diagnostics/diagnostic.ts';
import { Failure } from '../diagnostics/failure.ts';
import { suggest } from '../diagnostics/suggest.ts';

/** A default value as TOML can write it. */
export type DefaultValue = boolean | number | string | readonly DefaultValue[];

/** Everything that can be configured, settled: inside nobody asks for a default again. */
export interface ModuleConfig {
  /** The package's name in the host. */
  readonly moduleName: string;
  /** Rust path -> name. */
  readonly renames: ReadonlyMap<string, string>;
  /** Rust paths that stay out. */
  readonly skips: ReadonlySet<string>;
  /** Function -> parameter -> value. */
  readonly defaults: ReadonlyMap<string, ReadonlyMap<string, DefaultValue>>;
  /** Error type -> builtin exception that it derives from. */
  readonly exceptionBases: ReadonlyMap<string, string>;
  /** Where the configuration stands, for diagnostics about it. */
  readonly placement: Placement;
  /** Messages about configured paths that do not exist, or are of a kind (the values of `known`) that the setting is not for. */
  unknownPaths(known: ReadonlyMap<string, string>): Message[];
}

const KEYS = ['name', 'rename', 'skip', 'defaults', 'exceptions'] as const;

/** What the host and the command line bring. */
export interface HostDefaults {
  /** The name to use when none is configured. */
  readonly moduleName: string;
  /** The name that the command line asks for; it wins. */
  readonly requestedName: string | undefined;
  /** Builtin exceptions that errors may derive from. */
  readonly exceptionBases: readonly string[];
  /** Whether the host's language takes it as a name. */
  readonly isName: (name: string) => boolean;
  readonly isModuleName: (name: string) => boolean;
}

/**
 * @param metadata `[package.metadata]` as cargo gives it; undefined when there is none
 * @param file the manifest, for diagnostics
 * @throws Failure with every problem found
 */
export function resolveConfig(
  metadata: unknown,
  file: string,
  { moduleName, requestedName, exceptionBases, isName, isModuleName }: HostDefaults,
): ModuleConfig {
  const problems: Diagnostic[] = [];
  const placement: Placement = { notes: [`in [package.metadata.ferrule] of ${file}`] };
  const report = (message: Message): void => void problems.push(error(message, placement));
  const all = tableOf(metadata, 'metadata', report);
  const misspelled = Object.keys(all).find((key) => key !== 'ferrule' && suggest(key, ['ferrule']) !== undefined);
  if (misspelled !== undefined) report(metadataMisspelled({ found: misspelled }));
  const table = tableOf(all['ferrule'], 'ferrule', report);
  for (const key of Object.keys(table)) {
    if (!(KEYS as readonly string[]).includes(key)) {
      report({ ...configurationUnknownKey({ key }), ...helpForKey(key) });
    }
  }
  const configuredName = stringOf(table['name'], 'name', report);
  const name = requestedName ?? configuredName ?? moduleName;
  if (!isModuleName(name))
    problems.push(error(moduleNameInvalid({ name }), requestedName === undefined ? placement : {}));
  const config = {
    moduleName: name,
    renames: mapOf(table['rename'], 'rename', (value, key) => stringOf(value, key, report), report),
    skips: new Set(listOf(table['skip'], 'skip', report)),
    defaults: mapOf(
      table['defaults'],
      'defaults',
      (value, key) => mapOf(value, key, (item, path) => defaultOf(item, path, report), report),
      report,
    ),
    exceptionBases: mapOf(table['exceptions'], 'exceptions', (value, key) => stringOf(value, key, report), report),
    placement,
  };
  for (const [path, newName] of config.renames) {
    if (!isName(newName)) report(itemNameInvalid({ path, name: newName }));
  }
  for (const [path, base] of config.exceptionBases) {
    if (!exceptionBases.includes(base))
      report({ ...exceptionBaseUnknown({ path, base }), ...helpFor(base, exceptionBases) });
  }
  if (problems.length > 0) throw new Failure(problems);
  return { ...config, unknownPaths: (known) => unknownPaths(config, known) };
}

function unknownPaths(
  config: Pick<ModuleConfig, 'renames' | 'skips' | 'defaults' | 'exceptionBases'>,
  known: ReadonlyMap<string, string>,
): Message[] {
  const used: readonly (readonly [string, Iterable<string>, readonly string[] | undefined])[] = [
    ['rename', config.renames.keys(), ['function', 'constant', 'static', 'struct', 'enum']],
    ['skip', config.skips, undefined],
    ['defaults', config.defaults.keys(), ['function', 'method']],
    ['exceptions', config.exceptionBases.keys(), ['error type']],
  ];
  return used.flatMap(([key, paths, kinds]) =>
    [...paths].flatMap((path) => {
      const kind = known.get(path);
      if (kind === undefined)
        return [{ ...configurationUnknownPath({ key, path }), ...helpFor(path, [...known.keys()]) }];
      const isFit = kinds === undefined || kinds.includes(kind);
      return isFit ? [] : [configurationUnfit({ key, path, kind, uses: (kinds ?? []).join(', ') })];
    }),
  );
}

type Report = (message: Message) => void;

function tableOf(value: unknown, key: string, report: Report): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  report(configurationType({ key, expected: 'a table' }));
  return {};
}

function mapOf<T>(
  value: unknown,
  key: string,
  read: (value: unknown, key: string) => T | undefined,
  report: Report,
): ReadonlyMap<string, T> {
  const entries = Object.entries(tableOf(value, key, report));
  return new Map(
    entries.flatMap(([path, item]) => {
      const result = read(item, `${key}.${path}`);
      return result === undefined ? [] : [[path, result] as const];
    }),
  );
}

function stringOf(value: unknown, key: string, report: Report): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  report(configurationType({ key, expected: 'a string' }));
  return undefined;
}

function listOf(value: unknown, key: string, report: Report): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  report(configurationType({ key, expected: 'a list of strings' }));
  return [];
}

function defaultOf(value: unknown, key: string, report: Report): DefaultValue | undefined {
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => defaultOf(item, key, report));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  report(configurationType({ key, expected: 'a boolean, a number, a string or a list of them' }));
  return undefined;
}

function helpForKey(key: string): { help: string } {
  const near = suggest(key, KEYS);
  return { help: near === undefined ? `the keys are ${KEYS.join(', ')}` : `did you mean \`${near}\`?` };
}

function helpFor(wrong: string, known: readonly string[]): { help?: string } {
  const near = suggest(wrong, known);
  return near === undefined ? {} : { help: `did you mean \`${near}\`?` };
}
