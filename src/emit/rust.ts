/** Literals of Rust in generated code. */

/** `"..."` with what Rust must have escaped; NUL characters, which nothing we emit may hold, are left out. */
export function rustString(content: string): string {
  const escaped = content.replaceAll('\0', '').replaceAll(/["\\\n\r\t\p{Cc}\p{Cf}\u{2028}\u{2029}]/gu, escape);
  return `"${escaped}"`;
}

/** `c"..."`: a NUL-terminated literal. */
export function rustCString(content: string): string {
  return `c${rustString(content)}`;
}

function escape(character: string): string {
  switch (character) {
    case '"':
    case '\\':
      return `\\${character}`;
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    case '\t':
      return '\\t';
    default:
      return `\\u{${character.codePointAt(0)?.toString(16)}}`;
  }
}

/** An identifier out of names that may have type arguments: `Matrix<f64>` -> `Matrix_f64`. */
export function rustSymbol(...names: readonly string[]): string {
  return names
    .join('_')
    .replaceAll(/[^\p{XID_Continue}]+/gu, '_')
    .replace(/_$/, '');
}
