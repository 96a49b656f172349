import type { KnownBlock } from '@slack/types';
import { expect } from 'vitest';
import { classicBlocks, hasNewerBlocks } from '../../blocks/classic-blocks.ts';
import { allBlocks, elementsOf } from '../sandbox/block-ids.ts';
import { slackErrors } from '../sandbox/limits.ts';

/** Mentions and links only where our own code writes them: of the ids used here, dates, and checked domains. */
const FORGED = /<!(channel|here|everyone)|<@U0ANAALDER>|<#C0GENERAL1>|<https:\/\/evil/;

/** Slack would take the message, and nothing from outside calls anybody or is cut in half; also where it is said in sections. */
export function message(given: { text: string; blocks: KnownBlock[] }, method = 'chat.update'): void {
  for (const blocks of [given.blocks, classicBlocks(given.blocks)]) {
    const shown = { text: given.text, blocks };
    expect(slackErrors(method, shown)).toBeNull();
    expect([given.text, ...mrkdwnOf(shown), ...markdownOf(shown.blocks)].join('\n')).not.toMatch(FORGED);
    whole(shown);
  }
  expect(hasNewerBlocks(classicBlocks(given.blocks))).toBe(false);
  expect(buttonsOf(classicBlocks(given.blocks))).toEqual(buttonsOf(given.blocks));
}

/** What can be pressed or chosen, in the order in which it stands. */
function buttonsOf(blocks: KnownBlock[]): string[] {
  return allBlocks(blocks)
    .flatMap(elementsOf)
    .flatMap(({ action_id, value }) => (action_id === undefined ? [] : [`${action_id} ${value}`]));
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

function markdownOf(blocks: KnownBlock[]): string[] {
  return blocks.flatMap((block) => (block.type === 'markdown' ? [block.text] : []));
}

function mrkdwnOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnOf);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === 'mrkdwn' && 'text' in value ? [String(value.text)] : [];
  return [...own, ...Object.values(value).flatMap(mrkdwnOf)];
}
