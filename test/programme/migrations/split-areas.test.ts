import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import '../../../src/app.ts';
import { splitAreas } from '../../../src/programme/migrations/split-areas.ts';
import { getProgramme } from '../../../src/programme/setup/programme-repository.ts';
import { HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { fillFrom } from '../../support/stored-data.ts';

useMongo();

test('whoever picked a field that is two now has both, once, whoever runs it and how often; others keep theirs', async () => {
  const db = mongoose.connection.getClient().db(mongoose.connection.name);
  await fillFrom(db, 'replies');
  const programmes = db.collection<{ _id: unknown; workspaceId: string }>('programmes');
  const pick = (areas: string[]) => programmes.updateMany({}, { $set: { corrected: { areas, relation: 'complements' } } });

  await pick(['hospitality', 'crm']);
  await Promise.all([splitAreas(db), splitAreas(db)]);
  expect(await splitAreas(db)).toBe(0);
  expect((await getProgramme(HOME)).corrected?.areas).toEqual(['hospitality', 'crm', 'travel']);

  await pick(['crm']);
  expect(await splitAreas(db)).toBe(0);
  expect((await getProgramme(HOME)).corrected?.areas).toEqual(['crm']);
});
