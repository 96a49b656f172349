import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import { type Logger, pino } from 'pino';

/** Secrets and people's words that must never reach a log, wherever they sit in the object. */
const REDACTED = ['token', 'botToken', 'authorization', 'response_url', 'text', 'body', 'email', 'values', 'password'];

export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: REDACTED.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[hidden]' },
  });
}

/** Bolt's and the Web API client's own messages, without their debug output: it may hold message text. */
export function slackLogger(log: Logger): SlackLogger {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (...parts: unknown[]) => {
      const err = parts.find((part) => part instanceof Error);
      log[level]({ ...(err ? { err } : {}), detail: parts.filter((part) => typeof part === 'string').join(' ') }, 'slack client');
    };
  return {
    debug: () => {},
    info: () => {},
    warn: write('warn'),
    error: write('error'),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
