import { randomBytes } from 'node:crypto';
import type { Deps } from '../../deps.ts';
import { type Click, saveClicks } from './click-repository.ts';
import { clickIdOf } from './link.ts';

/** Clicks leave for the database this often: what a crash can lose. */
const EVERY_MS = 1000;
/** Clicks that wait at most; more are dropped, counted in the log, so that memory stays bounded while the database is away. */
const MOST_WAITING = 20_000;

export type ClickCounter = {
  /** The click's id for the address that the person is sent to; written later. */
  note: (whose: { workspaceId: string; code: string }, who: { address: string; agent: string }) => string;
  /** Writes all that wait. */
  flush: () => Promise<void>;
};

/** Counts people in memory and writes them in batches. The salt of a day is in this process alone and goes with the day: what was hashed with it
 *  can never be tried out. After a restart somebody may be counted once more on that day. */
export function createClickCounter({ now, log }: Pick<Deps, 'now' | 'log'>): ClickCounter {
  let salt = { day: '', bytes: randomBytes(32) };
  let waiting = new Map<string, Click>();
  let dropped = 0;
  let isPlanned = false;
  let writing: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    const clicks = waiting;
    waiting = new Map();
    if (dropped > 0) log.error({ dropped }, 'clicks were not counted: the database did not keep up');
    dropped = 0;
    if (clicks.size === 0) return;
    await saveClicks([...clicks.values()]).catch((err: unknown) => {
      log.error({ err, clicks: clicks.size }, 'clicks were not written; they are tried again');
      for (const [id, click] of clicks) if (waiting.size < MOST_WAITING) waiting.set(id, click);
      begin();
    });
  };
  const flush = () => {
    writing = writing.then(write);
    return writing;
  };
  const begin = () => {
    if (isPlanned) return;
    isPlanned = true;
    setTimeout(() => {
      isPlanned = false;
      void flush();
    }, EVERY_MS).unref();
  };

  return {
    flush,
    note: ({ workspaceId, code }, who) => {
      const at = now();
      const day = at.toISOString().slice(0, 10);
      if (salt.day !== day) salt = { day, bytes: randomBytes(32) };
      const id = clickIdOf(salt.bytes, code, who);
      if (waiting.size >= MOST_WAITING) dropped++;
      else if (!waiting.has(id)) waiting.set(id, { id, workspaceId, code, day, at });
      begin();
      return id;
    },
  };
}
