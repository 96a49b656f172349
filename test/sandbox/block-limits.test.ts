import { describe, expect, test } from 'vitest';
import { actions, type Block, button, input, long, mrkdwn, option, options, plain, post, section, select, typing } from './limit-cases.ts';

/** What is fine, and the same one step over the line, with where Slack would point. */
const EDGES: [string, Block, Block, string][] = [
  ['section text', section(long(3000)), section(long(3001)), '/blocks/0/text/text'],
  [
    'section field',
    { type: 'section', fields: [mrkdwn(long(2000))] },
    { type: 'section', fields: [mrkdwn(long(2001))] },
    '/blocks/0/fields/0/text',
  ],
  [
    'section fields',
    { type: 'section', fields: Array.from({ length: 10 }, () => mrkdwn('f')) },
    { type: 'section', fields: Array.from({ length: 11 }, () => mrkdwn('f')) },
    '/blocks/0/fields',
  ],
  ['section without text', section('t'), { type: 'section' }, '/blocks/0'],
  ['empty text', section('t'), section(''), '/blocks/0/text/text'],
  ['header', { type: 'header', text: plain(long(150)) }, { type: 'header', text: plain(long(151)) }, '/blocks/0/text/text'],
  ['header is plain', { type: 'header', text: plain('h') }, { type: 'header', text: mrkdwn('h') }, '/blocks/0/text/type'],
  [
    'context elements',
    { type: 'context', elements: Array.from({ length: 10 }, () => mrkdwn('c')) },
    { type: 'context', elements: Array.from({ length: 11 }, () => mrkdwn('c')) },
    '/blocks/0/elements',
  ],
  [
    'actions elements',
    actions(...Array.from({ length: 25 }, (_, n) => button({ action_id: `a${n}` }))),
    actions(...Array.from({ length: 26 }, (_, n) => button({ action_id: `a${n}` }))),
    '/blocks/0/elements',
  ],
  ['no actions', actions(button()), actions(), '/blocks/0/elements'],
  ['button text', actions(button({ text: plain(long(75)) })), actions(button({ text: plain(long(76)) })), '/blocks/0/elements/0/text/text'],
  ['button is plain', actions(button()), actions(button({ text: mrkdwn('Go') })), '/blocks/0/elements/0/text/type'],
  ['button value', actions(button({ value: long(2000) })), actions(button({ value: long(2001) })), '/blocks/0/elements/0/value'],
  ['button url', actions(button({ url: long(3000) })), actions(button({ url: long(3001) })), '/blocks/0/elements/0/url'],
  ['button style', actions(button({ style: 'primary' })), actions(button({ style: 'default' })), '/blocks/0/elements/0/style'],
  ['action_id', actions(button({ action_id: long(255) })), actions(button({ action_id: long(256) })), '/blocks/0/elements/0/action_id'],
  ['block_id', { ...section('t'), block_id: long(255) }, { ...section('t'), block_id: long(256) }, '/blocks/0/block_id'],
  [
    'select options',
    actions(select({ options: options(100) })),
    actions(select({ options: options(101) })),
    '/blocks/0/elements/0/options',
  ],
  ['select without options', actions(select({ options: options(1) })), actions(select({})), '/blocks/0/elements/0'],
  [
    'option text',
    actions(select({ options: [option('v', long(75))] })),
    actions(select({ options: [option('v', long(76))] })),
    '/blocks/0/elements/0/options/0/text/text',
  ],
  [
    'initial option',
    actions(select({ options: options(2), initial_option: option('o1') })),
    actions(select({ options: options(2), initial_option: option('o2') })),
    '/blocks/0/elements/0/initial_option',
  ],
  [
    'placeholder',
    actions(select({ options: options(1), placeholder: plain(long(150)) })),
    actions(select({ options: options(1), placeholder: plain(long(151)) })),
    '/blocks/0/elements/0/placeholder/text',
  ],
  [
    'checkboxes',
    actions({ type: 'checkboxes', action_id: 'c', options: options(10) }),
    actions({ type: 'checkboxes', action_id: 'c', options: options(11) }),
    '/blocks/0/elements/0/options',
  ],
  [
    'overflow',
    actions({ type: 'overflow', action_id: 'o', options: options(5) }),
    actions({ type: 'overflow', action_id: 'o', options: options(6) }),
    '/blocks/0/elements/0/options',
  ],
  [
    'confirm title',
    actions(button({ confirm: { title: plain(long(100)), text: plain('t') } })),
    actions(button({ confirm: { title: plain(long(101)), text: plain('t') } })),
    '/blocks/0/elements/0/confirm/title/text',
  ],
  [
    'confirm text',
    actions(button({ confirm: { text: mrkdwn(long(300)) } })),
    actions(button({ confirm: { text: mrkdwn(long(301)) } })),
    '/blocks/0/elements/0/confirm/text/text',
  ],
  ['card body', { type: 'card', body: mrkdwn(long(200)) }, { type: 'card', body: mrkdwn(long(201)) }, '/blocks/0/body/text'],
  [
    'card actions',
    { type: 'card', actions: [button()] },
    { type: 'card', actions: [1, 2, 3, 4].map((n) => button({ action_id: `a${n}` })) },
    '/blocks/0/actions',
  ],
  [
    'table rows',
    { type: 'table', rows: Array.from({ length: 100 }, () => [{ type: 'raw_text', text: 'c' }]) },
    { type: 'table', rows: Array.from({ length: 101 }, () => [{ type: 'raw_text', text: 'c' }]) },
    '/blocks/0/rows',
  ],
  [
    'table cells',
    { type: 'table', rows: [[{ type: 'raw_text', text: long(10_000) }]] },
    {
      type: 'table',
      rows: [
        [
          { type: 'raw_text', text: long(10_000) },
          { type: 'raw_text', text: 'x' },
        ],
      ],
    },
    '/blocks/0/rows',
  ],
  [
    'data_table caption',
    { type: 'data_table', caption: 'c', rows: [[{ type: 'raw_text', text: 'c' }]] },
    { type: 'data_table', rows: [[{ type: 'raw_text', text: 'c' }]] },
    '/blocks/0',
  ],
  [
    'datepicker',
    actions({ type: 'datepicker', initial_date: '2026-11-23' }),
    actions({ type: 'datepicker', initial_date: '23.11.2026' }),
    '/blocks/0/elements/0/initial_date',
  ],
  ['unknown block', section('t'), { type: 'sektion' }, '/blocks/0/type'],
  ['inherited name as a type', section('t'), { type: 'constructor' }, '/blocks/0/type'],
  ['alert is for modals', section('t'), { type: 'alert', text: plain('t') }, '/blocks/0/type'],
  ['input is for views', section('t'), input(typing()), '/blocks/0/type'],
  ['text field in actions', actions(button()), actions(typing()), '/blocks/0/elements/0/type'],
  ['unknown property', section('t'), { ...section('t'), colour: 'red' }, '/blocks/0'],
  ['double action_id', actions(button(), button({ action_id: 'b' })), actions(button(), button()), '/blocks'],
];

describe('blocks of a message', () => {
  test.each(EDGES)('%s', (_name, fine, wrong, at) => {
    expect(post(fine)).toBeNull();
    expect(post(wrong)).toMatchObject({ error: 'invalid_blocks', messages: [expect.stringContaining(`[json-pointer:${at}]`)] });
  });

  test('50 blocks, one table, no double block_id', () => {
    expect(post(...Array.from({ length: 50 }, () => section('t')))).toBeNull();
    expect(post(...Array.from({ length: 51 }, () => section('t')))?.messages).toEqual([
      '[ERROR] no more than 50 items allowed [json-pointer:/blocks]',
    ]);
    const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'c' }]] };
    expect(post(table, table)?.error).toBe('invalid_blocks');
    expect(post({ ...section('a'), block_id: 'b' }, { ...section('b'), block_id: 'b' })?.error).toBe('invalid_blocks');
  });

  test('all text of the blocks together', () => {
    expect(post(...Array.from({ length: 4 }, () => section(long(3000))))).toBeNull();
    expect(post(...Array.from({ length: 5 }, () => section(long(2700))))?.error).toBe('msg_blocks_too_long');
    expect(post({ type: 'markdown', text: long(12_000) })).toBeNull();
    expect(post({ type: 'markdown', text: long(6001) }, { type: 'markdown', text: long(6000) })?.error).toBe('msg_blocks_too_long');
  });
});
