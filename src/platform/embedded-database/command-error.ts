import { type Doc, isPlain } from './document.ts';

const NAMES: Record<number, string> = {
  2: 'BadValue',
  8: 'UnknownError',
  9: 'FailedToParse',
  13: 'Unauthorized',
  14: 'TypeMismatch',
  20: 'IllegalOperation',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  115: 'CommandNotSupported',
  171: 'CannotIndexParallelArrays',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
};

/** A refusal in MongoDB's own words: its code, its name, and what else the code carries (keyPattern, keyValue). */
export class CommandError extends Error {
  readonly code: number;
  readonly extra: Doc;

  constructor(code: number, message: string, extra: Doc = {}) {
    super(message);
    this.code = code;
    this.extra = extra;
  }

  get codeName(): string {
    return NAMES[this.code] ?? `Location${this.code}`;
  }
}

export function errorReply(error: unknown): Doc {
  const known = toCommandError(error);
  return { ok: 0, errmsg: known.message, code: known.code, codeName: known.codeName, ...known.extra };
}

export function writeError(error: unknown, index: number): Doc {
  const known = toCommandError(error);
  return { index, code: known.code, errmsg: known.message, ...known.extra };
}

/** What mingo or the code throws about an operator it does not know is a bad value to the caller. */
function toCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  return new CommandError(2, error instanceof Error ? error.message : String(error));
}

/** A filter as a command brings it; none is an empty one. What is no document is refused: it must not come to mean every document. */
export function asFilter(value: unknown, field: string): Doc {
  if (value === undefined) return {};
  if (!isPlain(value)) throw new CommandError(14, `BSON field '${field}' is the wrong type, expected type 'object'`);
  return value;
}
