import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { changeDealForm, crowdedTypes, editedForm, type FormEdit, NewField } from '../../../src/manage/deal-rules/change-deal-form.ts';
import { MOST_QUESTIONS, questionsOf } from '../../../src/manage/deal-rules/deal-questions.ts';
import { defaultRules, FIELD_KINDS, MOST_FIELDS, OWN_FIELDS } from '../../../src/manage/deal-rules/deal-rules.ts';
import { getDealRules } from '../../../src/manage/deal-rules/deal-rules-repository.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { PARTNER_TYPES } from '../../../src/programme/setup/programme.ts';
import { AT, aProgramme, HOME, mia, milo, pia } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
beforeEach(() => aProgramme());

const SEATS: NewField = { label: 'How many seats?', kind: 'number', options: [], required: true, types: ['reseller'] };
const put = (field: Partial<NewField>): FormEdit => ({ kind: 'put', fieldId: null, field: { ...SEATS, ...field } });

test('a manager adds a question where there is room, orders and removes it; each change is in the audit', async () => {
  await changeDealForm(milo, 0, { kind: 'ask', type: 'reseller', fields: ['value'] }, AT);
  await changeDealForm(milo, 1, put({}), AT);
  await changeDealForm(milo, 2, put({}), AT);
  const rules = await changeDealForm(milo, 3, { kind: 'move', fieldId: 'x-how-many-seats-2', by: -1 }, AT);
  expect(questionsOf(rules, 'reseller').map(({ name }) => name)).toEqual([
    ...['company', 'website', 'value', 'x-how-many-seats-2', 'x-how-many-seats'],
  ]);
  await changeDealForm(milo, 4, { kind: 'remove', fieldId: 'x-how-many-seats' }, AT);
  expect((await getDealRules(HOME)).extraFields.map(({ id }) => id)).toEqual(['x-how-many-seats-2']);
  expect(await listAudit(HOME, { action: 'deal-form.change' })).toHaveLength(5);
});

test('a form that is full takes no more, and says of which type', async () => {
  await expect(changeDealForm(milo, 0, put({}), AT)).rejects.toMatchObject({
    code: 'deal-form-full',
    details: { type: 'reseller', count: 7 },
  });
  const all: FormEdit = { kind: 'ask', type: 'agency', fields: [...OWN_FIELDS] };
  await expect(changeDealForm(milo, 0, all, AT)).rejects.toMatchObject({ code: 'deal-form-full', details: { type: 'agency' } });
  expect(crowdedTypes(defaultRules(HOME), editedForm(defaultRules(HOME), put({ types: [] })))).toHaveLength(PARTNER_TYPES.length);
  expect((await getDealRules(HOME)).rev).toBe(0);
});

test('who saw older rules changes nothing, of two at once one is first, and what is gone is said', async () => {
  const two = (['value', 'note'] as const).map((name): FormEdit => ({ kind: 'ask', type: 'agency', fields: [name] }));
  const done = await Promise.allSettled(two.map((edit) => changeDealForm(milo, 0, edit, AT)));
  expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(changeDealForm(milo, 0, put({}), AT)).rejects.toMatchObject({ code: 'rules-changed' });
  await expect(changeDealForm(milo, 1, { kind: 'remove', fieldId: 'x-gone' }, AT)).rejects.toMatchObject({ code: 'field-unknown' });
});

test('members and partners change nothing', async () => {
  await expect(changeDealForm(mia, 0, put({}), AT)).rejects.toMatchObject({ code: 'role-needed' });
  await expect(changeDealForm(pia, 0, put({}), AT)).rejects.toMatchObject({ code: 'internal-only' });
});

describe('a question is written so that it can be answered', () => {
  const typed = { label: 'Which colour?', kind: 'select', options: 'Red\n\n Blue \nRed', required: 'no' };
  test('a list has each answer once', () => {
    expect(NewField.parse(typed)).toEqual({ label: 'Which colour?', kind: 'select', options: ['Red', 'Blue'], required: false, types: [] });
    expect(NewField.parse({ ...typed, kind: 'text' }).options).toEqual([]);
  });
  test.each([
    [{ options: 'Red' }, 'options'],
    [{ options: `Red\n${'x'.repeat(76)}` }, 'options'],
    [{ options: Array.from({ length: 51 }, (_, n) => `Answer ${n}`).join('\n') }, 'options'],
    [{ label: ' ' }, 'label'],
    [{ label: 'x'.repeat(101) }, 'label'],
    [{ kind: 'colour' }, 'kind'],
  ])('%j', (more, field) => {
    expect(NewField.safeParse({ ...typed, ...more }).error?.issues.map(({ path }) => path[0])).toEqual([field]);
  });
});

type Form = Parameters<typeof editedForm>[0];
/** Any edit, of the question that stands at `n`. */
const anyEdit = (): fc.Arbitrary<(form: Form) => FormEdit> => {
  const field = fc.record({
    ...{ label: fc.constantFrom('Seats', 'Colour', '席', 'Città'), kind: fc.constantFrom(...FIELD_KINDS), required: fc.boolean() },
    ...{ types: fc.subarray([...PARTNER_TYPES]), options: fc.constant<string[]>([]) },
  });
  const idAt = ({ extraFields }: Form, n: number) => extraFields[n % extraFields.length]?.id ?? null;
  const isFull = ({ extraFields }: Form) => extraFields.length >= MOST_FIELDS;
  const nothing: FormEdit = { kind: 'ask', type: 'agency', fields: [] };
  const moved = (fieldId: string | null, by: -1 | 1): FormEdit => (fieldId === null ? nothing : { kind: 'move', fieldId, by });
  return fc.oneof(
    fc.tuple(field, fc.option(fc.nat())).map(([one, n]) => (form: Form): FormEdit => {
      const fieldId = n === null ? null : idAt(form, n);
      return fieldId === null && isFull(form) ? nothing : { kind: 'put', fieldId, field: one };
    }),
    fc.tuple(fc.constantFrom(...PARTNER_TYPES), fc.subarray([...OWN_FIELDS])).map(
      ([type, fields]) =>
        (): FormEdit => ({ kind: 'ask', type, fields }),
    ),
    fc.tuple(fc.nat(), fc.constantFrom<1 | -1>(1, -1)).map(
      ([n, by]) =>
        (form: Form) =>
          moved(idAt(form, n), by),
    ),
  );
};

test('whatever is done to it, no form that is allowed asks more than fits, and no two questions share a name', () => {
  fc.assert(
    fc.property(fc.array(anyEdit(), { maxLength: 40 }), (edits) => {
      let form: Form = defaultRules(HOME);
      for (const edit of edits) {
        const next = editedForm(form, edit(form));
        if (crowdedTypes(form, next).length === 0) form = next;
        for (const type of PARTNER_TYPES) expect(questionsOf(form, type).length).toBeLessThanOrEqual(MOST_QUESTIONS);
        expect(new Set(form.extraFields.map(({ id }) => id)).size).toBe(form.extraFields.length);
      }
    }),
  );
});
