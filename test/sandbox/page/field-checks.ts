import type { AnyBlock, InputBlock, KnownBlock } from '@slack/types';
import type { ViewValues } from '../contract.ts';
import { blockIdOf } from './blocks.ts';

/** What Slack's own client checks before it sends a form: block_id → sentence. */
export function checkFields(blocks: AnyBlock[], values: ViewValues): Record<string, string> {
  const errors: Record<string, string> = {};
  blocks.forEach((anyBlock, index) => {
    // Blocks of kinds the types do not know have no input to check.
    const block = anyBlock as KnownBlock;
    if (block.type !== 'input') return;
    const blockId = blockIdOf(block, index);
    const problem = problemOf(block, values[blockId]?.[block.element.action_id ?? ''] ?? {});
    if (problem) errors[blockId] = problem;
  });
  return errors;
}

function problemOf({ element, optional }: InputBlock, state: Record<string, unknown>): string | null {
  const { type, ...fields } = state;
  const held = Object.entries(fields).find(([name]) => name !== 'timezone')?.[1] ?? null;
  if (held === null || (Array.isArray(held) && held.length === 0)) return optional ? null : 'Please complete this required field.';
  if (typeof held !== 'string') return null;
  switch (element.type) {
    case 'plain_text_input':
      return lengthProblem(held, element.min_length ?? 0, element.max_length ?? 3000);
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(held.trim()) ? null : 'Enter a valid email address.';
    case 'url_text_input':
      return /^https?:\/\/[^\s.]+/i.test(held.trim()) ? null : 'Enter a valid link, beginning with https://.';
    case 'number_input':
      return numberProblem(
        held.trim(),
        element.is_decimal_allowed,
        Number(element.min_value ?? -Infinity),
        Number(element.max_value ?? Infinity),
      );
    default:
      return null;
  }
}

function lengthProblem(text: string, min: number, max: number): string | null {
  if (text.length < min) return `Enter at least ${min} characters.`;
  return text.length > max ? `Shorten this to ${max} characters: it has ${text.length}.` : null;
}

function numberProblem(text: string, decimal: boolean, min: number, max: number): string | null {
  if (!(decimal ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/).test(text)) return decimal ? 'Enter a number.' : 'Enter a whole number.';
  if (Number(text) < min) return `Enter ${min} or more.`;
  return Number(text) > max ? `Enter ${max} or less.` : null;
}
