// The exit codes, as `ferrule --help` documents them. 70 is EX_SOFTWARE of sysexits.h.

export const exitCodes = {
  success: 0,
  failure: 1,
  usage: 2,
  bug: 70,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodesHelp = `Exit codes:
  ${exitCodes.success}   it worked
  ${exitCodes.failure}   it did not; the errors on stderr say why and what to do
  ${exitCodes.usage}   the command line is wrong
  ${exitCodes.bug}  a bug in Ferrule; please report it`;
