/** Blocks as short as they can be, to be pushed over a limit one property at a time. */
import { slackErrors } from './limits.ts';

export type Block = Record<string, unknown>;

export const long = (length: number): string => 'x'.repeat(length);
export const plain = (text: string) => ({ type: 'plain_text', text });
export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
export const button = (more: Block = {}): Block => ({ type: 'button', action_id: 'go', text: plain('Go'), ...more });
export const actions = (...elements: Block[]): Block => ({ type: 'actions', elements });
export const section = (text: string): Block => ({ type: 'section', text: mrkdwn(text) });
export const option = (value: string, label: string = value) => ({ text: plain(label), value });
export const options = (count: number) => Array.from({ length: count }, (_, n) => option(`o${n}`));
export const select = (more: Block): Block => ({ type: 'static_select', action_id: 'pick', ...more });
export const input = (element: Block, more: Block = {}): Block => ({
  type: 'input',
  block_id: 'in',
  label: plain('Name'),
  element,
  ...more,
});
export const typing = (more: Block = {}): Block => ({ type: 'plain_text_input', action_id: 'name', ...more });
export const modal = (blocks: Block[], more: Block = {}): Block => ({
  type: 'modal',
  title: plain('Form'),
  submit: plain('Save'),
  blocks,
  ...more,
});
export const post = (...blocks: Block[]) => slackErrors('chat.postMessage', { channel: 'C1', text: 'T', blocks });
export const open = (view: Block) => slackErrors('views.open', { trigger_id: '1', view });
