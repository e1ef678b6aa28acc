/** `NAME@VERSION`: how a crate of the registry is named on the command line. */

export interface CrateSpec {
  readonly name: string;
  /** As in Cargo.toml; `*` is any version. */
  readonly requirement: string;
}

const SPEC =
  /^(?<name>[A-Za-z][\w-]*)(?:@(?<requirement>\*|[=^~]?\d+(?:\.\d+(?:\.\d+(?:-[\w.-]+)?)?)?)(?:\+[\w.-]+)?)?$/;

/**
 * @returns undefined when the text is something else, such as a path
 * @example parseSpec('semver@1.0') // { name: 'semver', requirement: '1.0' }: the newest that is compatible with 1.0
 */
export function parseSpec(text: string): CrateSpec | undefined {
  const { name, requirement = '*' } = SPEC.exec(text)?.groups ?? {};
  return name === undefined ? undefined : { name, requirement };
}

/** @example renderSpec({ name: 'semver', requirement: '*' }) // 'semver' */
export function renderSpec({ name, requirement }: CrateSpec): string {
  return requirement === '*' ? name : `${name}@${requirement}`;
}
