import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { productCollections } from '../../../src/cli/with-database.ts';
import { restoreArchive } from '../../../src/platform/archive/restore-archive.ts';
import { writeArchive } from '../../../src/platform/archive/write-archive.ts';
import { keysOfAddress } from '../../../src/programme/suppression/suppression.ts';
import { findSuppression } from '../../../src/programme/suppression/suppression-repository.ts';
import { keepOptOutLink, newOptOutToken } from '../../../src/recruit/opt-out/opt-out-link-repository.ts';
import { findOptOut, optOut } from '../../../src/recruit/opt-out/take-opt-out.ts';
import { AT, aContact, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();

test('what is silent stays silent in another installation, and links that left stay good there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'archive-'));
  const db = mongoose.connection.getClient().db(mongoose.connection.name);
  const [first, second] = [newOptOutToken(), newOptOutToken()];
  await keepOptOutLink({ workspaceId: HOME, contact: aContact(), language: 'en', optOutToken: first }, AT);
  await keepOptOutLink(
    { workspaceId: HOME, contact: aContact({ email: 'sam@peatworks.example' }), language: 'fr', optOutToken: second },
    AT,
  );
  await optOut(first, 'page', AT);
  const collections = productCollections();
  expect(collections).toEqual(expect.arrayContaining(['suppressions', 'opt-out-links']));
  try {
    await writeArchive(db, collections, join(folder, 'out'), { gzip: false, at: AT });
    for (const name of collections) await db.collection(name).deleteMany({});
    expect(await findOptOut(second)).toBeNull();
    await restoreArchive(db, join(folder, 'out'), { known: collections, ignored: ['jobs'] });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  expect(await findSuppression(HOME, keysOfAddress('dana@peatworks.example'))).toMatchObject({ reason: 'opt-out', via: 'page' });
  expect(await findOptOut(second)).toEqual({ workspaceId: HOME, address: 'sam@peatworks.example', language: 'fr' });
  // The unique index holds: a second opt-out changes nothing.
  expect(await optOut(first, 'one-click', AT)).toMatchObject({ changed: false });
});
