import { expect } from '@jest/globals';
import { slackErrors } from '../sandbox/limits.ts';

/** Mentions and links only where our own code writes them: of the ids used here, dates, and checked domains. */
const FORGED = /<!(channel|here|everyone)|<@U0ANAALDER>|<#C0GENERAL1>|<https:\/\/evil/;

/** Slack would take the message, and nothing from outside calls anybody or is cut in half. */
export function message(given: { text: string; blocks: unknown[] }, method = 'chat.update'): void {
  expect(slackErrors(method, given)).toBeNull();
  expect([given.text, ...mrkdwnOf(given)].join('\n')).not.toMatch(FORGED);
  whole(given);
}

export function view(given: object, method = 'views.update'): void {
  expect(slackErrors(method, { view: given })).toBeNull();
  expect(mrkdwnOf(given).join('\n')).not.toMatch(FORGED);
  whole(given);
}

/** No half of a letter, and no half of an entity or of a link. */
function whole(given: object): void {
  // JSON writes half a surrogate pair as an escape, and whole ones as they are.
  expect(JSON.stringify(given)).not.toMatch(/\\ud[89a-f]/);
  for (const text of mrkdwnOf(given)) {
    expect(text).not.toMatch(/&(?!(amp|lt|gt);)/);
    expect((text.match(/</g) ?? []).length).toBe((text.match(/>/g) ?? []).length);
  }
}

function mrkdwnOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnOf);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === 'mrkdwn' && 'text' in value ? [String(value.text)] : [];
  return [...own, ...Object.values(value).flatMap(mrkdwnOf)];
}
