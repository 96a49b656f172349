import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fitAmongOthers } from '../../../src/discover/digest/rank-candidates.ts';
import { createAsk } from '../../../src/llm.ts';
import { createLog } from '../../../src/log.ts';
import { getCompany } from '../../../src/programme/companies/company-repository.ts';
import { saveContacts } from '../../../src/programme/contacts/contact-repository.ts';
import type { Draft, Rewrite } from '../../../src/recruit/outreach/draft.ts';
import { rewriteDraft } from '../../../src/recruit/outreach/rewrite-draft.ts';
import { startDraft } from '../../../src/recruit/outreach/start-draft.ts';
import { writeDraft } from '../../../src/recruit/outreach/write-draft.ts';
import { AT, aCompany, aContact, ana, aProgramme, HOME, milo } from '../../support/builders.ts';
import { type ModelReply, type ModelRequest, startModelServer } from '../../support/model-server.ts';
import { useMongo } from '../../support/mongo.ts';
import { told } from '../../support/told.ts';

useMongo();
beforeEach(() => aProgramme());
let close: () => Promise<void> = async () => undefined;
afterEach(() => close());

const say = (text: string, kind: string, ...from: string[]) => ({ text, kind, from });
const reply = (...sentences: object[]): ModelReply => ({
  content: JSON.stringify({
    ...{ noReason: '', subject: 'Booking and analytics', english: '' },
    sentences: [say('Hello Dana Reed,', 'greeting'), ...sentences, say('Shall we talk?', 'question')],
  }),
});
const FACT = say('You make appointment booking for clinics.', 'their-fact', 'f1');
const NOTHING: ModelReply = { content: '{"findings":[]}' };

async function model(...replies: ModelReply[]) {
  const server = await startModelServer(...replies);
  close = server.close;
  return { tools: { ask: createAsk(server.config, createLog('silent')), now: () => AT, publicUrl: null }, requests: server.requests };
}

/** Peatworks, which lists us among what it works with, and a person of theirs whose role is on file. */
async function opened(): Promise<Draft> {
  const { id } = await aCompany({
    description: 'Peatworks connects private clinics with patients at short notice.',
    integrations: ['Larkspur', 'Mapleform'],
  });
  const { email, name } = aContact();
  const source = { kind: 'import', file: 'partners.csv', line: 2 } as const;
  await saveContacts(HOME, id, [{ email, name, role: 'Head of Alliances', country: 'GB', source, at: AT }]);
  return (await startDraft(ana, id, aContact(), AT)).draft;
}

const rulesOf = (request: ModelRequest | undefined) => request?.messages[0]?.content ?? '';
/** What the model was given, without the marks around it. */
const dataOf = (request: ModelRequest | undefined) =>
  JSON.parse((request?.messages[1]?.content ?? '').replace(/^<data>\n|\n<\/data>$/g, ''));

test('the model is told why the two fit, each reason with the facts that a letter can name, and what else it needs to know', async () => {
  const { tools, requests } = await model(reply(FACT), NOTHING);
  expect(told(await writeDraft(HOME, (await opened()).id, tools))).toMatchObject({ writer: 'model', note: '' });
  expect(rulesOf(requests[0])).toContain('Begin with the strongest reason why the two products fit');
  const { facts, fit, us, them, today } = dataOf(requests[0]);
  const idOf = (field: string) => facts.find((fact: { field: string }) => fact.field === field)?.id;
  expect(us.setup).toMatchObject({ 'setup.regions': 'United Kingdom' });
  expect(them).toMatchObject({ contactRole: 'Head of Alliances' });
  expect(today).toBe('2026-11-23');
  expect(fit.meets).toEqual([{ fact: idOf('integrations'), words: 'Larkspur' }]);
  // What every reason rests on is among the facts, and its words stand there.
  expect(fit.reasons.length).toBeGreaterThan(1);
  for (const { reason, rests } of fit.reasons) {
    expect(reason).toMatch(/\.$/);
    for (const { fact, words } of rests) {
      const { value } = facts.find(({ id }: { id: string }) => id === fact);
      for (const piece of words.split('…').filter(Boolean)) expect(value).toContain(piece.split('; ')[0]);
    }
  }
  const said = fit.reasons.map(({ reason }: { reason: string }) => reason).join('\n');
  expect(said).toMatch(/Speaks of [^:]*, as you do: “.*clinics” in its/);
  expect(said).toContain('Is in a country you name (United Kingdom)');
});

test('a letter may rest on what they name as integrated and on our regions, and the card shows where it stands', async () => {
  const { tools } = await model(
    reply(
      say('You list Larkspur and Mapleform among what you work with.', 'their-fact', 'f6'),
      say('Both of us work in the United Kingdom.', 'our-fact', 'setup.regions', 'f4'),
    ),
    NOTHING,
  );
  const draft = await writeDraft(HOME, (await opened()).id, tools);
  expect(told(draft)).toMatchObject({ writer: 'model', note: '' });
  expect(draft.claims[0]?.evidence).toEqual([{ field: 'integrations', value: 'Larkspur, Mapleform', source: 'partners.csv:2', at: AT }]);
});

test('who else names them counts for the score, and is no reason that a letter could give', async () => {
  await aCompany({ domain: 'oakfield.example', name: 'Oakfield Rota', description: 'Rota planning that works with Peatworks and others.' });
  const draft = await opened();
  const { reasons } = await fitAmongOthers(HOME, await getCompany(HOME, draft.companyId), AT);
  expect(reasons).toContainEqual(expect.objectContaining({ finding: expect.objectContaining({ code: 'named', by: 1 }) }));
  const { tools, requests } = await model(reply(FACT), NOTHING);
  await writeDraft(HOME, draft.id, tools);
  expect(requests[0]?.messages.map(({ content }) => content).join()).not.toMatch(/Oakfield|Is named by/);
});

describe('written otherwise', () => {
  async function asked(how: Rewrite) {
    const { tools, requests } = await model(reply(FACT), NOTHING);
    const draft = await writeDraft(HOME, (await opened()).id, tools);
    await rewriteDraft(HOME, { draftId: draft.id, version: draft.version, how, by: milo.userId }, tools);
    const request = requests.findLast(({ messages }) => messages[1]?.content.includes('"rewrite": {'));
    return { rules: rulesOf(request), data: dataOf(request) };
  }

  test('another angle is told which facts are used up', async () => {
    const { rules, data } = await asked('angle');
    expect(data.rewrite).toMatchObject({ how: 'angle', rests: ['f1'] });
    expect(rules).toContain('"rewrite.rests" are used up');
  });

  test('shorter is told which reason to keep', async () => {
    const { rules, data } = await asked('shorter');
    expect(data.rewrite).toMatchObject({ how: 'shorter', rests: ['f1'] });
    expect(rules).toContain('Keep its reason, which rests on the facts in "rewrite.rests"');
  });
});
