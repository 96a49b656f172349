import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from 'pino';
import { masked } from '../platform/masked.ts';

/** Bolt's and the Web API client's own messages, without their debug output: it may hold message text. */
export function clientLogger(log: Logger): SlackLogger {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (...parts: unknown[]) => {
      const err = parts.find((part) => part instanceof Error);
      const detail = parts.filter((part) => typeof part === 'string').join(' ');
      log[level]({ ...(err ? { err } : {}), detail: masked(detail) }, 'slack client');
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
