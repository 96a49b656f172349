import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { outreachEmail } from '../../../prompts/recruit/outreach-email.ts';
import { type CheckedDraft, runCheckDrafts } from '../../../src/cli/check-drafts.ts';
import { createAsk } from '../../../src/llm.ts';
import { createLog } from '../../../src/log.ts';
import { type ModelReply, startModelServer } from '../../support/model-server.ts';
import { anOutreachInput } from '../../support/outreach-input.ts';

const INPUT = anOutreachInput();
const ANSWER = {
  noReason: '',
  subject: 'Booking and analytics',
  sentences: [{ text: 'you make appointment booking for clinics.', kind: 'their-fact', from: ['f1'] }],
  english: '',
};
let logged: string[] = [];
const log = createLog('warn', { write: (line) => void logged.push(line) });
beforeEach(() => {
  logged = [];
});
const good = { content: JSON.stringify(ANSWER) };

let close: () => Promise<void> = async () => undefined;
afterEach(() => close());

async function ask(timeoutMs: number | undefined, ...replies: ModelReply[]) {
  const server = await startModelServer(...replies);
  close = server.close;
  const asked = createAsk(server.config, log, timeoutMs);
  if (!asked) throw new Error('there is a key');
  return { answer: asked(outreachEmail, INPUT), requests: server.requests };
}

test('without a key there is nothing to ask', () => {
  expect(createAsk({ OPENAI_API_KEY: undefined, OPENAI_BASE_URL: undefined, OPENAI_MODEL: 'm' }, log)).toBeNull();
});

test('a good answer comes back parsed; the question holds our rules, their data apart from them, and the schema', async () => {
  const { answer, requests } = await ask(undefined, good);
  expect(await answer).toEqual(ANSWER);
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({
    model: 'test-model',
    response_format: { type: 'json_schema' },
    messages: [{ role: 'system' }, { role: 'user' }],
  });
  const [rules, data] = requests[0]?.messages ?? [];
  expect(rules?.content).not.toContain('Peatworks');
  expect(data?.content).toMatch(/^<data>\n[\s\S]*Appointment booking[\s\S]*\n<\/data>$/);
  // Some endpoints refuse a schema with limits of length.
  expect(JSON.stringify(requests[0]?.response_format)).not.toMatch(/(?:min|max)(?:Length|Items)/);
});

test.each<[string, ModelReply]>([
  ['prose instead of JSON', { content: 'Dear Dana, …' }],
  ['JSON of another shape', { content: '{"letter":"Dear Dana"}' }],
  ['JSON that is nearly right', { content: JSON.stringify({ ...ANSWER, sentences: [{ text: 'x', kind: 'boast', from: [] }] }) }],
  ['half of it', { content: JSON.stringify(ANSWER).slice(0, 80) }],
  ['no content', { content: null }],
  ['an empty content', { content: '' }],
  ['no choices', { body: '{"choices":[]}' }],
  ['a body that is not JSON', { body: '<html>Bad gateway</html>' }],
  ['401', { status: 401 }],
  ['429 again and again', { status: 429, headers: { 'retry-after-ms': '1' } }],
  ['500 again and again', { status: 500, headers: { 'retry-after-ms': '1' } }],
])('a model that gives %s makes it throw, and the log says why without a word of the answer or the key', async (_name, reply) => {
  const { answer, requests } = await ask(undefined, reply);
  await expect(answer).rejects.toThrow();
  expect(logged).toHaveLength(1);
  expect(JSON.parse(logged[0] ?? '')).toMatchObject({ prompt: 'outreach_email', err: expect.anything() });
  expect(logged[0]).not.toMatch(/Dana|clinics|sk-test/);
  expect(requests.length).toBeLessThanOrEqual(2);
});

test('the log gives the endpoint’s own reason, such as a wrong key', async () => {
  const { answer } = await ask(undefined, { status: 401 });
  await expect(answer).rejects.toThrow();
  expect(JSON.parse(logged[0] ?? '')).toMatchObject({ err: { message: '401 Wrong key: sk-…' } });
});

test.each([429, 500])('one %i is tried again', async (status) => {
  const { answer } = await ask(undefined, { status, headers: { 'retry-after-ms': '1' } }, good);
  expect(await answer).toEqual(ANSWER);
});

test('a model that hangs makes it throw at the time-out', async () => {
  const { answer } = await ask(200, 'hang');
  await expect(answer).rejects.toThrow(/took too long|timed out|aborted/);
});

test('a model that asks to come back later than we wait makes it throw at the time-out, not when it would be back', async () => {
  const { answer } = await ask(200, { status: 429, headers: { 'retry-after': '2' } }, good);
  await expect(answer).rejects.toThrow('took too long');
});

describe('the second reader on the command line', () => {
  const LETTERS = fileURLToPath(new URL('../writing/cases/letters.jsonl', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'letters-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(() => {
    for (const name of ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_MODEL']) delete process.env[name];
  });

  /** These letters, read by rules and then by a model that gives these answers in turn. */
  async function check(ids: string[], ...replies: ModelReply[]) {
    const lines = readFileSync(LETTERS, 'utf8').split('\n');
    const file = join(folder, 'some.jsonl');
    writeFileSync(file, lines.filter((line) => ids.some((id) => line.startsWith(`{"id":"${id}"`))).join('\n'));
    const server = await startModelServer(...replies);
    close = server.close;
    Object.assign(process.env, server.config);
    const checked: CheckedDraft[] = [];
    await runCheckDrafts([file, '--model', '--json'], (line) => checked.push(JSON.parse(line)));
    return { checked, requests: server.requests };
  }

  const finding = (where: string, words: string, what: string) => ({ content: JSON.stringify({ findings: [{ where, words, what }] }) });

  test('refuses what says more than its ground, with the words; what it makes up counts for nothing', async () => {
    const { checked } = await check(
      ['u01', 'u29', 'u38'],
      finding('2', 'words that stand nowhere', 'promise'),
      finding('6', 'weil die alten Geräte abstürzen', 'taken-for-granted'),
      finding('1', 'das meistgelesene Blatt der Branche', 'praise-as-fact'),
    );
    expect(checked).toEqual([
      { id: 'u01', verdict: 'accept', faults: [] },
      { id: 'u29', verdict: 'refuse', faults: [{ code: 'says-more', sentence: 6, said: 'weil die alten Geräte abstürzen' }] },
      { id: 'u38', verdict: 'refuse', faults: [{ code: 'says-more', sentence: 1, said: 'das meistgelesene Blatt der Branche' }] },
    ]);
  });

  test('sees each sentence with the texts it rests on, as data, and is not asked about what the rules refuse', async () => {
    const { checked, requests } = await check(['u01', 'u20'], { content: '{"findings":[]}' });
    expect(checked.map(({ verdict }) => verdict)).toEqual(['accept', 'refuse']);
    expect(requests).toHaveLength(1);
    const [rules, data] = requests[0]?.messages ?? [];
    expect(rules?.content).not.toContain('Harrow');
    expect(data?.content).toMatch(/^<data>\n[\s\S]*"rests": \[\n\s+"Half our mornings start with a missing key\."/);
    expect(JSON.stringify(requests[0]?.response_format)).not.toMatch(/(?:min|max)(?:Length|Items)/);
  });

  test('says so when there is nobody to ask, or no answer', async () => {
    await expect(check(['u01'], { status: 401 })).rejects.toThrow('did not answer about u01');
    delete process.env.OPENAI_API_KEY;
    await expect(runCheckDrafts([LETTERS, '--model'], () => {})).rejects.toThrow('Set OPENAI_API_KEY first');
  });
});
