import { afterEach, expect, test } from 'vitest';
import { checkModel } from '../../src/cli/check-model.ts';
import { type ModelReply, startModelServer } from '../support/model-server.ts';

let server: Awaited<ReturnType<typeof startModelServer>> | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const LETTER = { noReason: 'test', subject: '', sentences: [], english: '' };
const schemaRefused = JSON.stringify({ error: { message: 'response_format sk-test is not supported', type: 'invalid_request_error' } });

async function checked(reply: ModelReply, timeoutMs?: number) {
  server = await startModelServer(reply);
  const check = await checkModel(server.config, timeoutMs);
  // No secret, whatever the endpoint says.
  expect(check.words).not.toContain('sk-test');
  return check;
}

test('a model that answers: who, and within which time; it was asked by the schema of a letter, for nothing of ours', async () => {
  const { ok, words } = await checked({ content: JSON.stringify(LETTER) });
  expect([ok, words]).toEqual([true, expect.stringMatching(/^127\.0\.0\.1:\d+ reached: test-model answered .* in \d+\.\d s/)]);
  expect(server?.requests).toHaveLength(1);
  expect(server?.requests[0]).toMatchObject({
    response_format: { type: 'json_schema', json_schema: { schema: { required: Object.keys(LETTER) } } },
  });
});

test.each<[string, ModelReply, RegExp, number?]>([
  ['a wrong key', { status: 401 }, /refuses the key\. Copy OPENAI_API_KEY again\./],
  ['an unknown model', { status: 404 }, /knows no model test-model, .*OPENAI_MODEL or OPENAI_BASE_URL/],
  [
    'one that takes no schema',
    { status: 400, body: schemaRefused },
    /refuses the question \(.*response_format … is not supported\)\. Name a model/,
  ],
  ['one that answers in prose', { content: 'I am fine, thank you.' }, /test-model does not keep to the form of a letter/],
  [
    'one without credit',
    { status: 429, body: JSON.stringify({ error: { message: 'none', code: 'insufficient_quota' } }) },
    /nothing is left to spend/,
  ],
  ['a busy one', { status: 429, headers: { 'retry-after': '0' } }, /is busy\. Try again later/],
  ['one in trouble', { status: 503 }, /has trouble \(503\)/],
  ['one that does not answer in time', 'hang', /has not answered after 0\.\d s/, 400],
])('%s: which error, what to do, and that the offline writer writes until then', async (_name, reply, words, timeoutMs) => {
  const check = await checked(reply, timeoutMs);
  expect(check).toEqual({ name: 'model', ok: false, words: expect.stringMatching(words) });
  expect(check.words).toMatch(/Until then letters are written by the offline writer\.$/);
});

test('nobody there, and no key', async () => {
  const nobody = { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', OPENAI_MODEL: 'test-model' };
  expect(await checkModel(nobody)).toMatchObject({ ok: false, words: expect.stringContaining('127.0.0.1:9 does not answer') });
  const words = 'no OPENAI_API_KEY: drafts are written by the offline writer';
  expect(await checkModel({ ...nobody, OPENAI_API_KEY: undefined })).toEqual({ name: 'model', ok: true, words });
});
