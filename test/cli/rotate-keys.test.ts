import mongoose from 'mongoose';
import { beforeEach, expect, test } from 'vitest';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { confirmPayment, givePayment } from '../../src/onboard/payment-details/give-payment.ts';
import { maskedReference } from '../../src/onboard/payment-details/payment-details.ts';
import { findPayment } from '../../src/onboard/payment-details/payment-repository.ts';
import { aPartner, piaOf } from '../support/a-partner.ts';
import { AT, ana, aProgramme, HOME } from '../support/builders.ts';
import { runCli } from '../support/child.ts';
import { useMongo } from '../support/mongo.ts';

const { uri } = useMongo();
const [NEW, OLD, OTHER] = ['ab', 'cd', 'ef'].map((two) => two.repeat(32)) as [string, string, string]; // three were given
const SAID = { currency: 'EUR', method: 'paypal' } as const;
const rotate = (env: Record<string, string>) => runCli(['rotate-keys'], { MONGODB_URI: uri, ...env });
const counts = (anew: number, already: number, closed: number) =>
  `${anew} sealed anew, ${already} were already, ${closed} that no key opens.\n`;
const DONE = 'DATA_KEY_OLD can go now.\n';

let first: Partner;
let second: Partner;
/** The first has details that count and others that wait, the second some that wait. */
beforeEach(async () => {
  await aProgramme();
  first = await aPartner();
  second = await aPartner({ name: 'Brindle', domains: ['brindle.example'] });
  const give = (partner: Partner, reference: string) => givePayment(piaOf(partner), partner.id, { ...SAID, reference }, [OLD], AT);
  const { id: entryId } = await give(first, 'first@quillmont.example');
  await confirmPayment(ana, { partnerId: first.id, entryId }, AT);
  await give(first, 'later@quillmont.test');
  await give(second, 'pay@brindle.example');
});

/** What this key alone shows of all three; null for what it does not open. */
async function opened(key: string): Promise<(string | null)[]> {
  const [one, other] = await Promise.all([findPayment(HOME, first.id), findPayment(HOME, second.id)]);
  return [one?.current, one?.pending, other?.pending].map((entry) => entry && maskedReference(entry, [key])) as (string | null)[]; // all are there
}
const SHOWN = ['•••• mple', '•••• test', '•••• mple'];
const CLOSED = [null, null, null];

test('what the old key sealed is sealed with the new one, and a second run changes nothing', async () => {
  expect(await opened(OLD)).toEqual(SHOWN);
  expect(await rotate({ DATA_KEY: NEW, DATA_KEY_OLD: `${OTHER},${OLD}` })).toEqual({ code: 0, err: '', out: counts(3, 0, 0) + DONE });
  expect([await opened(NEW), await opened(OLD)]).toEqual([SHOWN, CLOSED]);
  const stored = () => mongoose.connection.collection('payment-details').find().toArray();
  const before = await stored();
  expect(await rotate({ DATA_KEY: NEW })).toEqual({ code: 0, err: '', out: counts(0, 3, 0) + DONE });
  expect(await stored()).toEqual(before);
});

test('broken off in the middle, nothing is lost, and the next run does the rest', async () => {
  const collection = mongoose.connection.collection('payment-details');
  const whole = await collection.findOne({ partnerId: second.id });
  await collection.updateOne({ partnerId: second.id }, { $set: { pending: 'a fault' } });
  expect(await rotate({ DATA_KEY: NEW, DATA_KEY_OLD: OLD })).toMatchObject({ code: 1, out: '' });
  await collection.updateOne({ partnerId: second.id }, { $set: { pending: whole?.pending } });
  expect([await opened(NEW), await opened(OLD)]).toEqual([
    [SHOWN[0], SHOWN[1], null],
    [null, null, SHOWN[2]],
  ]);
  expect(await rotate({ DATA_KEY: NEW, DATA_KEY_OLD: OLD })).toEqual({ code: 0, err: '', out: counts(1, 2, 0) + DONE });
  expect(await opened(NEW)).toEqual(SHOWN);
});

test('what no key opens stays as it is and is counted, and the old key is not said to be done with', async () => {
  expect(await rotate({ DATA_KEY: NEW, DATA_KEY_OLD: OTHER })).toEqual({ code: 1, err: '', out: counts(0, 0, 3) });
  expect(await opened(OLD)).toEqual(SHOWN);
});

test('without a key, it says what to set', async () => {
  expect(await rotate({})).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Set DATA_KEY to the new key') });
});
