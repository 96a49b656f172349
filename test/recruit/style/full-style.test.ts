import { expect, test } from 'vitest';
import { styleForm } from '../../../blocks/recruit/style-form.ts';
import { addReplacement } from '../../../src/recruit/style/change-style.ts';
import { MOST_REPLACEMENTS, PLAIN_STYLE } from '../../../src/recruit/style/style.ts';
import { getStyle } from '../../../src/recruit/style/style-repository.ts';
import { AT, ana, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();

const all = Array.from({ length: MOST_REPLACEMENTS }, (_, index) => ({ from: `word ${index}`, to: 'another' }));
const suggestion = { from: 'Hello', to: 'Hi', draftIds: ['a', 'b'] };

test('where there is no room for another replacement, adding one says so; what is there already changes nothing', async () => {
  for (const one of all) await addReplacement(ana, one, AT);
  await expect(addReplacement(ana, { from: 'Hello', to: 'Hi' }, AT)).rejects.toMatchObject({ code: 'style-full' });
  expect(await addReplacement(ana, { from: 'word 3', to: 'another' }, AT)).toMatchObject({ changed: false });
  expect((await getStyle(HOME)).replacements).toEqual(all);
});

test('the form says so too, and offers to dismiss, not to add', () => {
  const form = (replacements: typeof all) =>
    JSON.stringify(styleForm({ ...PLAIN_STYLE, workspaceId: HOME, replacements }, [suggestion], false).blocks);
  expect(form(all.slice(1))).toContain('Shall I write it so');
  expect(form(all)).toContain('no room for more');
  expect(form(all)).not.toContain('Shall I write it so');
  expect(form(all)).not.toContain('"Add"');
  expect(form(all)).toContain('"Dismiss"');
});
