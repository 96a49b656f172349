import { EXT_QUILLMONT } from '../sandbox/cast.ts';
import { blockActions, messagePlace, type Source } from '../sandbox/payloads.ts';
import type { Product } from './product.ts';

/** A click that no card offered, as if it stood in `channel`; by default where outsiders can read. */
export function forgedClick(
  { sandbox }: Product,
  source: Source,
  {
    actionId,
    value,
    channel = EXT_QUILLMONT,
    ephemeral = false,
  }: { actionId: string; value: string; channel?: string; ephemeral?: boolean },
): Promise<{ status: number }> {
  const { id } = source.actor;
  const place = messagePlace({
    channel: { id: channel, name: 'somewhere' },
    message: { type: 'message', ts: '1700000000.000100', text: 'forged' },
    ephemeral,
    values: {},
    responseUrl: sandbox.responseUrl(channel, id),
  });
  const action = { type: 'button', action_id: actionId, block_id: 'forged', value, text: { type: 'plain_text', text: 'Press' } };
  return sandbox.postPayload(blockActions(source, { action, triggerId: sandbox.trigger(id), place }));
}
