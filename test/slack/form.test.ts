import type { ViewOutput } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DigestSettings, LeaveOut, OwnCompany, Sender } from '../../src/programme/setup/programme.ts';
import { carried, formErrors, formValues } from '../../src/slack/form.ts';

/** A view's state with one element of each kind; Slack fills in nulls where nothing was chosen. */
const view = (values: Record<string, object>): Pick<ViewOutput, 'state'> =>
  viewOf(Object.fromEntries(Object.entries(values).map(([field, state]) => [field, { value: state }])));
// Bolt's type asks for every key of every element; Slack sends those of its own kind.
// Of a view the form reads its state alone.
const viewOf = (values: object) => ({ state: { values } }) as unknown as Pick<ViewOutput, 'state'>;

const Carried = z.object({ id: z.string() });

test('what a button carries is read by its schema; what is none is refused in words', () => {
  expect(carried(Carried, '{"id":"a","more":1}')).toEqual({ id: 'a' });
  for (const text of [undefined, '', 'a', '{"id":', '{"id":1}', 'null', '[]'])
    expect(() => carried(Carried, text)).toThrow(expect.objectContaining({ code: 'press-outdated' }));
});

describe('formValues reads every kind of element', () => {
  test.each<[string, object, unknown]>([
    ['text', { type: 'plain_text_input', value: ' a\nb ' }, ' a\nb '],
    ['text left empty', { type: 'plain_text_input', value: null }, undefined],
    ['e-mail', { type: 'email_text_input', value: 'a@b.example' }, 'a@b.example'],
    ['web address', { type: 'url_text_input', value: 'https://a.example' }, 'https://a.example'],
    ['number', { type: 'number_input', value: '5' }, '5'],
    ['menu', { type: 'static_select', selected_option: { text: {}, value: 'x' } }, 'x'],
    ['menu without a choice', { type: 'static_select', selected_option: null }, undefined],
    ['radio buttons', { type: 'radio_buttons', selected_option: { value: 'x' } }, 'x'],
    ['radio buttons without a choice', { type: 'radio_buttons', selected_option: null }, undefined],
    ['checkboxes', { type: 'checkboxes', selected_options: [{ value: 'x' }, { value: 'y' }] }, ['x', 'y']],
    ['checkboxes without a choice', { type: 'checkboxes', selected_options: [] }, []],
    ['several of a menu', { type: 'multi_static_select', selected_options: [{ value: 'x' }] }, ['x']],
    ['person', { type: 'users_select', selected_user: 'U1' }, 'U1'],
    ['no person', { type: 'users_select', selected_user: null }, undefined],
    ['channel', { type: 'conversations_select', selected_conversation: 'C1' }, 'C1'],
    ['files', { type: 'file_input', files: [{ id: 'F1' }] }, [{ id: 'F1' }]],
    ['no files', { type: 'file_input' }, undefined],
  ])('%s', (_name, state, value) => {
    expect(formValues(view({ field: state }))).toEqual(value === undefined ? {} : { field: value });
  });

  test('several fields, and a field without an element', () => {
    const values = { ...view({ a: { type: 'plain_text_input', value: '1' } }).state.values, b: {} };
    expect(formValues(viewOf(values))).toEqual({ a: '1' });
  });
});

describe('formErrors puts one sentence beside each field', () => {
  test('the first problem of a field is the one shown', () => {
    const schema = z.object({ name: z.string().min(5, 'longer').regex(/^A/, 'begin with A'), list: z.array(z.string().min(2, 'two')) });
    const parsed = schema.safeParse({ name: 'b', list: ['ok', 'x', ''] });
    expect(parsed.error && formErrors(parsed.error)).toEqual({ name: 'longer', list: 'two' });
  });
});

const sentences = (schema: z.ZodType, given: object) => {
  const parsed = schema.safeParse(given);
  return parsed.error ? formErrors(parsed.error) : {};
};

describe('set-up says what to change, beside the field', () => {
  const digest = { channel: 'C1', hour: '8', timeZone: 'Europe/Berlin', weekdays: ['1'], count: '5' };
  test.each<[string, object, string[]]>([
    ['all right', {}, []],
    ['a zone that is none', { timeZone: 'Europe/Atlantis' }, ['timeZone']],
    ['an offset instead of a zone', { timeZone: '+02:00' }, ['timeZone']],
    ['no days', { weekdays: [] }, ['weekdays']],
    ['an eighth day', { weekdays: ['8'] }, ['weekdays']],
    ['eleven a day', { count: '11' }, ['count']],
    ['none a day', { count: '0' }, ['count']],
    ['one and a half', { count: '1.5' }, ['count']],
    ['no number', { count: 'five' }, ['count']],
    ['an hour past midnight', { hour: '24' }, ['hour']],
    [
      'everything wrong',
      { channel: undefined, hour: 'x', timeZone: '', weekdays: undefined, count: null },
      ['channel', 'count', 'hour', 'timeZone', 'weekdays'],
    ],
  ])('digest: %s', (_name, change, fields) => {
    const errors = sentences(DigestSettings, { ...digest, ...change });
    expect(Object.keys(errors).sort()).toEqual(fields);
    for (const words of Object.values(errors)) expect(words).toMatch(/^(Choose|Give|At)/);
  });

  const own = {
    name: 'Larkspur',
    website: 'https://www.Larkspur.example/about',
    sells: 'Software for clinics',
    customers: 'Clinics',
    regions: 'UK',
    partnerTypes: ['agency'],
  };
  test.each<[string, object, string[]]>([
    ['all right', {}, []],
    ['no company', { name: ' ' }, ['name']],
    ['an address that is none', { website: 'larkspur' }, ['website']],
    ['a mail address for a website', { website: 'ana@' }, ['website']],
    ['a public suffix for a website', { website: 'co.uk' }, ['website']],
    ['too short to score with', { sells: 'x', customers: 'y' }, ['customers', 'sells']],
    ['a kind of partner that is none', { partnerTypes: ['friend'] }, ['partnerTypes']],
    ['no kind of partner', { partnerTypes: [] }, ['partnerTypes']],
  ])('company: %s', (_name, change, fields) => {
    expect(Object.keys(sentences(OwnCompany, { ...own, ...change })).sort()).toEqual(fields);
  });

  test('a website is kept as its domain', () => {
    expect(OwnCompany.parse(own).website).toBe('larkspur.example');
  });

  test.each<[string, object, string[]]>([
    ['a second line in the name', { name: 'Ana\r\nBcc: all@x.example' }, ['name']],
    ['no address', { address: 'ana' }, ['address']],
    ['no postal address', { postalAddress: 'here' }, ['postalAddress']],
  ])('sender: %s', (_name, change, fields) => {
    const sender = { name: 'Ana Alder', address: 'ana@larkspur.example', postalAddress: '1 Harbour Street, London' };
    expect(Object.keys(sentences(Sender, { ...sender, ...change }))).toEqual(fields);
  });

  test('left-out names: one a line or with commas, without blanks and doubles', () => {
    expect(LeaveOut.parse({ competitors: 'a.example\n\n b.example , a.example;c' })).toEqual({
      competitors: ['a.example', 'b.example', 'c'],
      customers: [],
      existing: [],
      largest: 5_000,
    });
    expect(LeaveOut.safeParse({ largest: 'many' }).success).toBe(false);
  });
});
