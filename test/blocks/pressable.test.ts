import { expect, test } from 'vitest';
import { actions, button } from '../../blocks/elements.ts';
import { ACTIONS } from '../../blocks/ids.ts';
import { section } from '../../blocks/mrkdwn.ts';
import { card, collapsed } from '../../blocks/panels.ts';
import { pressable } from '../../blocks/pressable.ts';
import { ana, mia, milo, pia } from '../support/builders.ts';

const draft = button(ACTIONS.companyDraft, 'Draft Outreach', 'c1');
const setup = button(ACTIONS.setupOpen, 'Set Up', 'company');
const details = button(ACTIONS.companyDetails, 'Details', 'c1');
const PAGE = [
  card('c1', { title: 'Peatworks', subtitle: 'Reseller', body: '' }, [draft, details]),
  collapsed('More', [actions('a', draft), { ...section('words'), accessory: details }]),
  { ...section('with a button'), accessory: draft },
  actions('b', setup),
];
const shownTo = (who: typeof ana | typeof pia) => JSON.stringify(pressable(PAGE, who));

test('an admin sees every button, a manager not those of admins, and neither is told of what is missing without need', () => {
  expect(pressable(PAGE, ana)).toEqual(PAGE);
  const words = shownTo(milo);
  expect(words).toContain(ACTIONS.companyDraft);
  expect(words).not.toContain(ACTIONS.setupOpen);
  expect(words).toContain('for admins only');
});

test.each([mia, pia])('whoever only looks sees every word, what looks, and a line that the rest is for others', (who) => {
  const words = shownTo(who);
  for (const kept of ['Peatworks', 'with a button', ACTIONS.companyDetails, 'for managers and admins only']) expect(words).toContain(kept);
  for (const gone of [ACTIONS.companyDraft, ACTIONS.setupOpen, '"elements":[]', '"actions":[]']) expect(words).not.toContain(gone);
});
