import { addHours } from 'date-fns';
import { beforeEach, expect, test } from 'vitest';
import { countMirror } from '../../../src/manage/crm/mirror-repository.ts';
import { PERSONAL_DATA } from '../../../src/personal-data.ts';
import { eraseWhom, silenceWhom } from '../../../src/programme/privacy/erase-whom.ts';
import { gatherWhom } from '../../../src/programme/privacy/read-whom.ts';
import type { WhomKey } from '../../../src/programme/privacy/whom.ts';
import { foundAccount, foundOpportunity, foundOwner, take } from '../../support/a-crm.ts';
import { AT, aProgramme, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
const COMPANY: WhomKey = { kind: 'company', value: 'saltmarsh.example' };
const PERSON: WhomKey = { kind: 'address', value: 'sol@larkspur.example' };
const counts = () => countMirror(HOME, 'hubspot');

/** Another company's records stay. Read again, they were changed in the CRM since. */
async function read(changedAt = AT): Promise<void> {
  const other = { sourceId: 'a2', name: 'Brindle', domains: ['brindle.example'] };
  await take('owners', { records: [foundOwner({ changedAt, email: 'Sol@larkspur.example' })] });
  await take('accounts', { records: [foundAccount({ changedAt }), foundAccount({ ...other, changedAt })] });
  const opportunity = foundOpportunity({ sourceId: 'd2', accountId: 'a2', name: 'Brindle, 9 seats', changedAt });
  await take('opportunities', { records: [foundOpportunity({ changedAt }), opportunity] });
}

async function erase(key: WhomKey, isSilent: boolean): Promise<void> {
  if (isSilent) await silenceWhom(HOME, key, 'U0ANA', AT);
  const { whom } = await gatherWhom(HOME, key, PERSONAL_DATA);
  await eraseWhom(whom, PERSONAL_DATA, { id: `erasure-${key.kind}`, by: 'U0ANA', at: AT });
}

beforeEach(async () => {
  await aProgramme();
  await read();
});

test('what was deleted for good does not come back from the CRM, nor do the opportunities of a company', async () => {
  for (const key of [COMPANY, PERSON]) await erase(key, true);
  expect(await counts()).toEqual({ owners: 0, accounts: 1, opportunities: 1 });
  for (const changedAt of [AT, addHours(AT, 1)]) {
    await read(changedAt);
    expect(await counts()).toEqual({ owners: 0, accounts: 1, opportunities: 1 });
  }
});

test('without the tick for silence, it comes back when it changes there', async () => {
  for (const key of [COMPANY, PERSON]) await erase(key, false);
  await read(addHours(AT, 1));
  expect(await counts()).toEqual({ owners: 1, accounts: 2, opportunities: 2 });
});

test('silence alone leaves nobody out: who wants no mail may be a customer', async () => {
  await silenceWhom(HOME, COMPANY, 'U0ANA', AT);
  await read(addHours(AT, 1));
  expect(await counts()).toEqual({ owners: 1, accounts: 2, opportunities: 2 });
});
