/** What exception classes derive from. */

/** Builtin classes that a crate's error can be configured to derive from, and the runtime's names for them. */
export const BASES = {
  ArithmeticError: 'Arithmetic',
  Exception: 'Exception',
  IndexError: 'Index',
  KeyError: 'Key',
  LookupError: 'Lookup',
  MemoryError: 'Memory',
  OSError: 'Os',
  OverflowError: 'Overflow',
  RuntimeError: 'Runtime',
  TypeError: 'Type',
  ValueError: 'Value',
  ZeroDivisionError: 'ZeroDivision',
} as const;
