import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANA, GENERAL } from '../sandbox/cast.ts';
import { useMongo } from '../support/mongo.ts';
import { mutated, pick, seeded } from '../support/mutate.ts';
import { type Product, startProduct } from '../support/product.ts';
import { asRequest, RECORDED, recorded } from '../support/recorded.ts';

const { uri } = useMongo();
let product: Product;
beforeAll(async () => {
  product = await startProduct(uri);
});
afterAll(() => product.stop());

const TIMES = 200;
const crashes: unknown[] = [];
process.on('unhandledRejection', (error) => crashes.push(error));

test(`${TIMES} mutations of recorded payloads, all rightly signed: a clear status each, and the product goes on`, async () => {
  const { sandbox } = product;
  const random = seeded(20_261_123);
  const bad: unknown[] = [];
  for (let n = 0; n < TIMES; n++) {
    const name = pick(random, RECORDED);
    const payload = mutated(recorded(name, sandbox.url), random);
    const { body, type } = asRequest(name, payload);
    const { status, failure } = await sandbox.post(body, { ...type, ...sandbox.sign(body) });
    if (status < 200 || status >= 500) bad.push({ n, name, status, failure, payload: JSON.stringify(payload).slice(0, 3000) });
  }
  expect(bad).toEqual([]);
  expect(crashes).toEqual([]);
  const before = sandbox.messages({ as: ANA, channel: GENERAL }).length;
  await sandbox.as(ANA).command(GENERAL, '/partners help');
  await sandbox.waitFor(() =>
    sandbox
      .messages({ as: ANA, channel: GENERAL })
      .slice(before)
      .find(({ blocks }) => JSON.stringify(blocks).includes('What you can type')),
  );
});
