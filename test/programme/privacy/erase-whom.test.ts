import mongoose from 'mongoose';
import { beforeEach, describe, expect, test } from 'vitest';
import '../../../src/app.ts';
import { PERSONAL_DATA } from '../../../src/personal-data.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { namesOf } from '../../../src/programme/companies/company-names.ts';
import { eraseWhom, silenceWhom } from '../../../src/programme/privacy/erase-whom.ts';
import { gatherWhom } from '../../../src/programme/privacy/read-whom.ts';
import type { Whom, WhomKey } from '../../../src/programme/privacy/whom.ts';
import { findSuppression } from '../../../src/programme/suppression/suppression-repository.ts';
import { releasePerson } from '../../../src/recruit/outreach/release-person.ts';
import { listRecords } from '../../../src/recruit/records/outreach-records-repository.ts';
import { useMongo } from '../../support/mongo.ts';
import { linesWith, NOBODY, OMAR, OURS, plant, plantElsewhere, storedElsewhere } from '../../support/planted.ts';
import { READERS, type Stored } from '../migrations/read-everything.ts';

useMongo();
const AT = new Date('2026-12-01T09:00:00Z');
const ASKED = { id: 'erasure-1', by: 'U0ANAALDER', at: AT };
const person: WhomKey = { kind: 'address', value: OMAR.email };
const company: WhomKey = { kind: 'company', value: 'peatworks.example' };

test('every collection says what it keeps of people, or keeps nothing of them', () => {
  const collections = Object.values(mongoose.models).map(({ collection }) => collection.name);
  expect([...PERSONAL_DATA.map(({ collection }) => collection), ...NOBODY].sort()).toEqual(collections.sort());
});

async function erase(key: WhomKey): Promise<void> {
  await silenceWhom(OURS, key, ASKED.by, AT);
  const { whom } = await gatherWhom(OURS, key, PERSONAL_DATA);
  expect(await releasePerson(whom, ASKED.by, AT)).toBe(true);
  await eraseWhom(whom, PERSONAL_DATA, ASKED);
}

/** Lines of a collection that are about Peatworks. */
const theirs = (lines: readonly string[], collection: string) =>
  lines.filter((line) => line.startsWith(`${collection} `) && line.includes(OMAR.email));

/** All that is stored can still be read. */
async function readAll(): Promise<void> {
  for (const model of Object.values(mongoose.models)) {
    const read = READERS[model.collection.name];
    for (const one of await model.collection.find({ workspaceId: { $ne: 'unconnected' } }).toArray()) {
      const stored: Stored = one;
      // People under silence are not listed.
      if (read && model.collection.name !== 'contacts')
        expect([model.collection.name, Boolean(await read(stored))]).toEqual([model.collection.name, true]);
    }
  }
}

describe('with data of every kind', () => {
  beforeEach(plant);

  test('the planted words stand in every collection that may name people', async () => {
    const lines = await linesWith([OMAR.name, OMAR.email]);
    const named = new Set(lines.map((line) => line.split(' ')[0]));
    // They keep hashes, what is sealed, and ids in Slack.
    const may = PERSONAL_DATA.map(({ collection }) => collection).filter(
      (name) => !['suppressions', 'payment-details', 'channels'].includes(name),
    );
    expect(may.filter((name) => !named.has(name))).toEqual([]);
  });

  test('a person is deleted everywhere, and nothing is left but the hash', async () => {
    const elsewhere = await plantElsewhere();
    await erase(person);
    expect(await linesWith([OMAR.email])).toEqual([]);
    // His name stays where it is a word of somebody else's record, and nowhere else.
    const named = new Set((await linesWith([OMAR.name])).map((line) => line.split(' ')[0]));
    for (const collection of ['drafts', 'threads', 'replies', 'sent-bytes'])
      expect(theirs(await linesWith([OMAR.name]), collection)).toEqual([]);
    expect(named).toContain('companies');
    expect(await findSuppression(OURS, [person])).toMatchObject({ reason: 'asked-us', via: 'privacy' });
    expect(await storedElsewhere()).toEqual(elsewhere);
    expect(await linesWith(['lena@peatworks.example'])).toHaveLength(1);
    await readAll();
  });

  test('a company is deleted with its people; other companies stay', async () => {
    await namesOf(OURS);
    await erase(company);
    expect(await linesWith(['peatworks.example', 'lena'])).toEqual([]);
    expect([...(await namesOf(OURS)).values()].map(({ domain }) => domain)).not.toContain('peatworks.example');
    expect(await linesWith(['brindle.example'])).not.toEqual([]);
    await readAll();
  });

  test.each([person, company])('broken off anywhere and asked for again, all of it is gone: %o', async (key) => {
    const again = async () => (await gatherWhom(OURS, key, PERSONAL_DATA)).whom;
    expect(await releasePerson(await again(), ASKED.by, AT)).toBe(true);
    // One more part is done each time before it breaks off: first of taking them out of what names them, then of deleting.
    for (let parts = 0; parts < 2 * PERSONAL_DATA.length; parts++) {
      let done = 0;
      const broken = PERSONAL_DATA.map((part) => ({
        ...part,
        erase: async (whom: Whom, which: 'named' | 'theirs') => {
          if (done++ === parts) throw new Error('the process died');
          return part.erase(whom, which);
        },
      }));
      await expect(eraseWhom(await again(), broken, ASKED)).rejects.toThrow('died');
    }
    await eraseWhom(await again(), PERSONAL_DATA, ASKED);
    expect(await linesWith(key === person ? [OMAR.email] : ['peatworks.example', 'lena@'])).toEqual([]);
  });

  test('while a message to them is on the line, nothing is deleted', async () => {
    const { whom } = await gatherWhom(OURS, { kind: 'address', value: 'dana@saltmarsh.example' }, PERSONAL_DATA);
    expect(await releasePerson(whom, ASKED.by, AT)).toBe(false);
    await expect(eraseWhom(whom, PERSONAL_DATA, ASKED)).rejects.toThrow('something is left');
    expect(await linesWith(['dana@saltmarsh.example'])).not.toEqual([]);
  });

  test('a message of which nobody knows whether it left stays as a record without its recipient', async () => {
    await erase({ kind: 'address', value: 'dana@quarrybank.example' });
    const { records } = await listRecords(OURS, null, { from: 0, count: 100 });
    expect(records.filter((record) => JSON.stringify(record).includes('Quarrybank'))).toHaveLength(1);
    expect(await linesWith(['dana@quarrybank.example'])).toEqual([]);
  });

  test('asked for a second time, nothing is found and nothing changes', async () => {
    await erase(person);
    const { whom, counts } = await gatherWhom(OURS, person, PERSONAL_DATA);
    expect([...counts.keys()]).toEqual(['silence']);
    await eraseWhom(whom, PERSONAL_DATA, ASKED);
    expect(await listAudit(OURS, { action: 'privacy.deleted' })).toHaveLength(1);
  });
});
