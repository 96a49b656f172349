import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, button, input, long, modal, open, plain, section, typing } from './limit-cases.ts';
import { slackErrors } from './limits.ts';

describe('text of a message', () => {
  test('posting allows what updating refuses', () => {
    expect(slackErrors('chat.postMessage', { text: long(40_000) })).toBeNull();
    expect(slackErrors('chat.postMessage', { text: long(40_001) })?.error).toBe('msg_too_long');
    expect(slackErrors('chat.update', { text: long(4000) })).toBeNull();
    expect(slackErrors('chat.update', { text: long(4001) })?.error).toBe('msg_too_long');
  });

  test.each(['chat.postMessage', 'chat.postEphemeral', 'chat.update', 'response_url'])('%s needs something to say', (method) => {
    expect(slackErrors(method, {})?.error).toBe('no_text');
    expect(slackErrors(method, { text: '', blocks: [] })?.error).toBe('no_text');
  });

  test('blocks sent as text are read; text that is no JSON is not', () => {
    expect(slackErrors('chat.postMessage', { text: 'T', blocks: JSON.stringify([section('t')]) })).toBeNull();
    expect(slackErrors('chat.postMessage', { text: 'T', blocks: JSON.stringify([section('')]) })?.error).toBe('invalid_blocks');
    expect(slackErrors('chat.postMessage', { text: 'T', blocks: '[{' })?.error).toBe('invalid_blocks_format');
  });

  test('blocks in attachments count too', () => {
    expect(slackErrors('chat.postMessage', { attachments: [{ blocks: [section('')] }] })?.messages[0]).toContain('/attachments/0/blocks/0');
  });
});

describe('views', () => {
  test.each<[string, Block, Block, string]>([
    ['title', modal([], { title: plain(long(24)) }), modal([], { title: plain(long(25)) }), '/view/title/text'],
    ['no title', modal([]), modal([], { title: undefined }), '/view'],
    ['submit', modal([], { submit: plain(long(24)) }), modal([], { submit: plain(long(25)) }), '/view/submit/text'],
    ['inputs need a submit button', modal([input(typing())]), modal([input(typing())], { submit: undefined }), '/view'],
    [
      'private_metadata',
      modal([], { private_metadata: long(3000) }),
      modal([], { private_metadata: long(3001) }),
      '/view/private_metadata',
    ],
    ['callback_id', modal([], { callback_id: long(255) }), modal([], { callback_id: long(256) }), '/view/callback_id'],
    [
      '100 blocks',
      modal(Array.from({ length: 100 }, () => section('t'))),
      modal(Array.from({ length: 101 }, () => section('t'))),
      '/view/blocks',
    ],
    ['table in a modal', modal([]), modal([{ type: 'table', rows: [[{ type: 'raw_text', text: 'c' }]] }]), '/view/blocks/0/type'],
    ['markdown in a modal', modal([]), modal([{ type: 'markdown', text: 'm' }]), '/view/blocks/0/type'],
    [
      'label',
      modal([input(typing(), { label: plain(long(2000)) })]),
      modal([input(typing(), { label: plain(long(2001)) })]),
      '/view/blocks/0/label/text',
    ],
    [
      'max_length',
      modal([input(typing({ max_length: 3000 }))]),
      modal([input(typing({ max_length: 3001 }))]),
      '/view/blocks/0/element/max_length',
    ],
    [
      'file_input',
      modal([input({ type: 'file_input', max_files: 10 })]),
      modal([input({ type: 'file_input', max_files: 11 })]),
      '/view/blocks/0/element/max_files',
    ],
    [
      'number_input',
      modal([input({ type: 'number_input', is_decimal_allowed: false })]),
      modal([input({ type: 'number_input' })]),
      '/view/blocks/0/element',
    ],
    ['button in an input', modal([input(typing())]), modal([input(button())]), '/view/blocks/0/element/type'],
    [
      'alert',
      modal([{ type: 'alert', text: plain(long(200)) }]),
      modal([{ type: 'alert', text: plain(long(201)) }]),
      '/view/blocks/0/text/text',
    ],
    ['fields of an opened view', modal([]), modal([], { id: 'V1' }), '/view'],
  ])('%s', (_name, fine, wrong, at) => {
    expect(open(fine)).toBeNull();
    expect(open(wrong)).toMatchObject({ error: 'invalid_arguments', messages: [expect.stringContaining(`[json-pointer:${at}]`)] });
  });

  test('a view over 250 KB, a modal as Home, a Home as modal, no view at all', () => {
    expect(open(modal(Array.from({ length: 100 }, () => section(long(2700)))))?.error).toBe('view_too_large');
    expect(slackErrors('views.publish', { view: modal([]) })?.error).toBe('invalid_arguments');
    expect(open({ type: 'home', blocks: [] })?.error).toBe('invalid_arguments');
    expect(slackErrors('views.open', {})?.error).toBe('invalid_arguments');
    expect(slackErrors('views.publish', { view: { type: 'home', blocks: [section('t')] } })).toBeNull();
  });

  test('only one element takes the focus', () => {
    const focused = (block_id: string) => input(typing({ focus_on_load: true }), { block_id });
    expect(open(modal([focused('a')]))).toBeNull();
    expect(open(modal([focused('a'), focused('b')]))?.messages[0]).toContain('focus_on_load');
  });
});

test('whatever is sent, the checker answers', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('chat.postMessage', 'views.open', 'views.publish', 'response_url'),
      fc.object({ maxDepth: 4 }),
      fc.anything(),
      (method, args, part) => {
        slackErrors(method, { ...args, view: part, blocks: [part] });
        slackErrors(method, { text: part, blocks: part, attachments: part });
      },
    ),
    { numRuns: 300 },
  );
});
