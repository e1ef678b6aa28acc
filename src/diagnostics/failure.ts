// How a command ends when the user, not we, has something to mend.

import { FileError } from '../system/files.ts';
import { CommandNotFound } from '../system/process.ts';
import {
  commandNotExecutable,
  commandNotFound,
  directoryNotCreated,
  fileNotReadable,
  fileNotWritable,
} from './catalogue.ts';
import { type Diagnostic, error, type Message, type Placement } from './diagnostic.ts';

/** Ends the command. Its diagnostics are all that the user sees: no stack, nothing twice. */
export class Failure extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => diagnostic.message).join('\n'));
    this.name = 'Failure';
    this.diagnostics = diagnostics;
  }
}

/** A failure of one diagnostic: `throw failure(crateNotFound({ path }))`. */
export function failure(message: Message, placement: Placement = {}): Failure {
  return new Failure([error(message, placement)]);
}

/** The failure that an exception stands for; undefined when it is a bug of ours. */
export function findFailure(thrown: unknown): Failure | undefined {
  if (thrown instanceof Failure) return thrown;
  if (thrown instanceof FileError) return failure(fileMessage(thrown));
  if (thrown instanceof CommandNotFound) return failure(commandMessage(thrown));
  return undefined;
}

function fileMessage({ operation, path, reason }: FileError): Message {
  switch (operation) {
    case 'create directory':
      return directoryNotCreated({ path, reason });
    case 'read':
      return fileNotReadable({ path, reason });
    case 'write':
      return fileNotWritable({ path, reason });
  }
}

function commandMessage({ command, reason }: CommandNotFound): Message {
  switch (reason) {
    case 'missing':
      return commandNotFound({ command });
    case 'not executable':
      return commandNotExecutable({ command });
  }
}
