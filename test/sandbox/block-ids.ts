import { randomBytes } from 'node:crypto';
import { type Json, listOf } from './json.ts';

const drawn = (): string => randomBytes(4).toString('base64url').slice(0, 5);

/** Elements a person can act on inside a block: `elements`, `accessory`, `element`, a card's `actions`. */
export function elementsOf(block: Json): Json[] {
  return [block.accessory, block.element, block.elements, block.actions].flat().filter((element): element is Json => {
    return typeof element === 'object' && element !== null;
  });
}

/** Blocks inside blocks: cards of a carousel, children of a container. */
export function allBlocks(blocks: unknown): Json[] {
  return listOf(blocks).flatMap((block) => [
    block,
    ...(block.type === 'carousel' ? allBlocks(block.elements) : allBlocks(block.child_blocks)),
  ]);
}

const ACTIONABLE = /^(button|checkboxes|radio_buttons|overflow|.*_select|.*picker|.*_input|feedback_buttons|icon_button|workflow_button)$/;

/** A copy in which every block has a `block_id` and every element an `action_id`, drawn at random as Slack does. */
export function withIds(blocks: unknown): Json[] {
  const copy = structuredClone(listOf(blocks));
  for (const block of allBlocks(copy)) {
    block.block_id ??= drawn();
    for (const element of elementsOf(block)) {
      if (typeof element.type === 'string' && ACTIONABLE.test(element.type)) element.action_id ??= drawn();
    }
  }
  return copy;
}
