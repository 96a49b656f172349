import { type Logger, pino } from 'pino';
import { masked } from './platform/masked.ts';

/** A net for a field that somebody logs by mistake: these names are hidden down to the third level of the logged object. Errors
 *  do not rely on it, see `loggedError`. */
const REDACTED = ['token', 'botToken', 'authorization', 'response_url', 'text', 'body', 'email', 'values', 'password'];

export function createLog(level: string, destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => loggedError(error) },
    redact: { paths: REDACTED.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[hidden]' },
  };
  return destination ? pino(options, destination) : pino(options);
}

type LoggedError = { type: string; message: string; code?: string | number; stack?: string; cause?: LoggedError };

/** What a log may say of an error. Its other properties stay out: errors of MongoDB, Slack and the model client carry whole
 *  documents, mails and request headers. */
function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: typeof error === 'string' ? masked(error) : '' };
  const code = 'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? { code: error.code } : {};
  // A chain of causes may be a ring.
  const cause = error.cause !== undefined && depth < 5 ? { cause: loggedError(error.cause, depth + 1) } : {};
  return { type: error.constructor.name, message: masked(error.message), ...code, stack: masked(error.stack ?? ''), ...cause };
}
