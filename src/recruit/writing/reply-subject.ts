import type { Earlier } from './writing.ts';

/** “Re: ” once, before the subject of the thread. */
export function replySubject(earlier: readonly Earlier[], otherwise: string): string {
  const first = earlier[0]?.subject.replace(/^(\s*(re|aw|sv|rv)\s*:)+\s*/i, '').trim();
  return `Re: ${first || otherwise}`;
}
