// Numbers as a reader wants them: three significant digits and a unit.

const units = [
  [1, 's'],
  [1e-3, 'ms'],
  [1e-6, 'µs'],
  [1e-9, 'ns'],
] as const;

/** `14.2 ms`, `411 µs`, `23.0 ns`. */
export function formatSeconds(seconds: number): string {
  // 999.6 µs would be rounded to 1000: it is 1.00 ms.
  const [scale, unit] = units.find(([candidate]) => seconds >= 0.9995 * candidate) ?? [1e-9, 'ns'];
  return `${threeDigits(seconds / scale)} ${unit}`;
}

/** `0.52x`, `34.6x`, `1,240x`. */
export function formatFactor(factor: number): string {
  return `${threeDigits(factor)}x`;
}

function threeDigits(value: number): string {
  if (value < 9.995) return value.toFixed(2);
  if (value < 99.95) return value.toFixed(1);
  return Math.round(value).toLocaleString('en-US');
}
