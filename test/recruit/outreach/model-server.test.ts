import { afterEach, beforeEach, expect, test } from 'vitest';
import { outreachEmail } from '../../../prompts/recruit/outreach-email.ts';
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
