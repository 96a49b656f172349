import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { questionsIn, questionsOf } from '../../../src/manage/deal-rules/deal-questions.ts';
import { defaultRules, type ExtraField, OWN_FIELDS } from '../../../src/manage/deal-rules/deal-rules.ts';
import { readDealLines } from '../../../src/manage/deals/deal-lines.ts';
import { readDeal } from '../../../src/manage/deals/typed-deal.ts';
import { moneyWords } from '../../../src/platform/money.ts';
import { AT } from '../../support/builders.ts';

const field = (given: Partial<ExtraField>): ExtraField => ({
  ...{ id: 'x-seats', label: 'Seats', kind: 'number', options: [], required: true, types: [] },
  ...given,
});
const ALL = questionsIn(defaultRules('T'), ['company', 'website', ...OWN_FIELDS]);
const TYPED = { company: 'Saltmarsh', website: 'saltmarsh.example', country: 'GB', value: '12,000 EUR', closeOn: '2027-03-31' };
const read = (more: Record<string, string>, questions = ALL) => readDeal({ ...TYPED, ...more }, questions, AT);
const said = (more: Record<string, string>) => read(more).said;
const wrong = (more: Record<string, string>) => read(more).wrong;

describe('the form says what to change, beside the field', () => {
  test.each([
    [{ website: 'dana@gmail.com' }, 'website', 'customer’s own website'],
    [{ website: 'gmail.com' }, 'website', 'customer’s own website'],
    [{ website: 'saltmarsh' }, 'website', 'such as example.com'],
    [{ value: 'a lot' }, 'value', 'such as 12,000 EUR'],
    [{ value: '12,000' }, 'value', 'such as 12,000 EUR'],
    [{ value: '12,000 EUX' }, 'value', 'EUX is no currency'],
    [{ value: '0 EUR' }, 'value', 'above 0'],
    [{ closeOn: '2026-11-01' }, 'closeOn', 'That day is over'],
    [{ closeOn: 'soon' }, 'closeOn', 'Choose the day'],
    [{ closeOn: '2099-01-01' }, 'closeOn', 'next 10 years'],
    [{ country: 'XX' }, 'country', 'from the list'],
    [{ company: ' ' }, 'company', 'Name the customer'],
    [{ company: '\u202e\u200b' }, 'company', 'Name the customer’s company'],
    [{ company: 'x'.repeat(201) }, 'company', 'at most 200 characters, and this has 201'],
    [{ note: 'x'.repeat(3000) }, 'note', 'at most 1,000 characters, and this has 3,000'],
    [{ lines: '3 x Widget 1,200 EUX' }, 'lines', 'Line 1: “1,200 EUX” is no sum'],
  ])('%j', (more, name, words) => expect(wrong(more)).toEqual({ [name]: expect.stringContaining(words) }));

  test('all of them at once, and nothing else', () => {
    expect(Object.keys(wrong({ company: '', value: 'x', closeOn: '' }) ?? {}).sort()).toEqual(['closeOn', 'company', 'value']);
  });
});

test.each(['saltmarsh.example', 'dana@saltmarsh.example', 'https://www.saltmarsh.example/x?y=1#z', 'WWW.Saltmarsh.Example.'])(
  'a customer is told by a website or an address: %s',
  (website) => expect(said({ website })?.website).toBe('saltmarsh.example'),
);

test('a website may stay empty', () => expect(said({ website: ' ' })).toMatchObject({ website: null }));

test.each([
  ['12,000.50 EUR', 1_200_050],
  ['12.000,50 EUR', 1_200_050],
  ['EUR 12 000,50', 1_200_050],
  ['12\u202f000 eur', 1_200_000],
  ['12’000 EUR'.replace('’', "'"), 1_200_000],
])('sums as three countries write them: %s', (value, minor) => expect(said({ value })?.value).toEqual({ minor, currency: 'EUR' }));

test.each(['🚀 Rocket GmbH', 'مستشفى النور', 'שלום בע״מ', '株式会社さくら'])('a name in any writing stays as it is: %s', (company) =>
  expect(said({ company })?.company).toBe(company.normalize('NFC')),
);

test('what is not asked is empty, whatever a form says of it', () => {
  const questions = questionsIn(defaultRules('T'), ['company', 'website']);
  expect(read({ note: 'x'.repeat(5000), value: 'nonsense' }, questions).said).toEqual({
    ...{ company: 'Saltmarsh', website: 'saltmarsh.example', country: null, value: null, closeOn: null, note: '', lines: [] },
  });
});

describe('the workspace’s own questions', () => {
  const one = (kind: ExtraField['kind'], answer: string, more: Partial<ExtraField> = {}) => {
    const rules = { ...defaultRules('T'), extraFields: [field({ kind, ...more })] };
    return read({ 'x-seats': answer }, questionsIn(rules, ['company', 'website', 'x-seats']));
  };
  test.each([
    ['number', '1200', '1200'],
    ['number', '12,5', '12.5'],
    ['text', ' by train ', 'by train'],
    ['date', '2027-01-31', '2027-01-31'],
    ['country', 'PL', 'Poland'],
    ['money', '1.200 eur', '1,200 EUR'],
  ] as const)('%s: %s', (kind, answer, shown) => expect(one(kind, answer).said?.extra).toEqual({ 'x-seats': shown }));
  test.each([
    ['number', '1,200'],
    ['number', 'many'],
    ['date', 'soon'],
    ['country', 'XX'],
    ['money', '12'],
    ['select', 'Blue'],
    ['text', 'x'.repeat(301)],
  ] as const)('%s: %s is refused beside it', (kind, answer) =>
    expect(one(kind, answer, { options: ['Red'] }).wrong).toEqual({ 'x-seats': expect.any(String) }),
  );
  test('an answer is demanded only where it is needed', () => {
    expect(one('select', '', { options: ['Red'], required: false }).said?.extra).toEqual({});
    expect(one('select', '', { options: ['Red'] }).wrong).toEqual({ 'x-seats': 'Answer this: Seats' });
  });
  test('each type is asked its own, the note last', () => {
    const rules = { ...defaultRules('T'), extraFields: [field({ types: ['reseller'] })], fields: { reseller: ['note', 'value', 'gone'] } };
    const names = (type: 'reseller' | 'agency') => questionsOf(rules, type).map(({ name }) => name);
    expect(names('reseller')).toEqual(['company', 'website', 'value', 'x-seats', 'note']);
    expect(names('agency')).toEqual(['company', 'website', 'country', 'value', 'closeOn', 'note']);
  });
});

describe('product lines', () => {
  const lines = (text: string) => readDealLines(text);
  test.each([
    ['3 x Widget Pro 1,200 EUR', 'Widget Pro', 3, '1,200 EUR'],
    ['3× Widget Pro', 'Widget Pro', 3, null],
    ['Widget Pro EUR 1.200,50', 'Widget Pro', 1, '1,200.50 EUR'],
    ['12 x Windows 11 99EUR', 'Windows 11', 12, '99 EUR'],
    ['2 * Windows 11', 'Windows 11', 2, null],
    ['Linux Server', 'Linux Server', 1, null],
    ['3 x Widget 1\u00a0200 EUR', 'Widget', 3, '1,200 EUR'],
  ])('%s', (text, product, quantity, value) => {
    const read = lines(`\n${text}\r\n`);
    const [line] = 'lines' in read ? read.lines : [];
    expect(line && { ...line, value: line.value && moneyWords(line.value) }).toEqual({ product, quantity, value });
  });
  test.each([
    ['0 x Widget', 'whole number'],
    ['1.5 x Widget', 'whole number'],
    ['1,000 x Widget', 'whole number'],
    ['3 x 1,200 EUR', 'name the product'],
    ['3 x Windows 11 200 EUR', 'is no sum'],
    ['3 x Widget 1,20,0 EUR', 'is no sum'],
    [`3 x ${'w'.repeat(201)}`, 'at most 200'],
  ])('%s', (text, words) => {
    expect(lines(`Fine\n\n${text}`)).toEqual({ wrong: expect.stringMatching(/^Line 3: /) });
    expect(lines(text)).toEqual({ wrong: expect.stringContaining(words) });
  });
  test('many faults are counted, many lines refused', () => {
    expect(lines('0 x a\n'.repeat(5))).toEqual({ wrong: expect.stringMatching(/Line 3: .*\. and 2 more$/) });
    expect(lines('Widget\n'.repeat(31))).toEqual({ wrong: expect.stringContaining('at most 30 lines, and this has 31') });
  });
  test('what was written is read back, whatever the product is called', () => {
    const name = fc.stringMatching(/^[A-Za-z]{4,12}( [A-Za-z]{4,12})?$/);
    const given = fc.record({
      product: name,
      quantity: fc.integer({ min: 1, max: 9_999 }),
      minor: fc.integer({ min: 0, max: 99_999_999 }),
    });
    fc.assert(
      fc.property(fc.array(given, { minLength: 1, maxLength: 30 }), (many) => {
        const text = many.map(({ product, quantity, minor }) => `${quantity} x ${product} ${moneyWords({ minor, currency: 'EUR' })}`);
        const expected = many.map(({ product, quantity, minor }) => ({ product, quantity, value: { minor, currency: 'EUR' } }));
        expect(lines(text.join('\n'))).toEqual({ lines: expected });
      }),
    );
  });
  test('any text is read or refused in words, within the length that an error may have', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const answer = lines(text);
        if ('wrong' in answer) expect(answer.wrong.length).toBeLessThan(1500);
        else for (const { product, quantity } of answer.lines) expect([product.trim() !== '', quantity >= 1]).toEqual([true, true]);
      }),
    );
  });
});

test('no form, whatever is typed, throws or is half taken', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constantFrom('12,000 EUR', 'x.example', 'GB', '2027-03-31', ''));
  const typed = fc.dictionary(fc.constantFrom('company', 'website', ...OWN_FIELDS), text);
  fc.assert(
    fc.property(typed, (form) => {
      const answer = readDeal(form, ALL, AT);
      expect(answer.said === null).toBe(answer.wrong !== null && Object.keys(answer.wrong).length > 0);
    }),
  );
});
