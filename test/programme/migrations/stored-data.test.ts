import mongoose from 'mongoose';
import { afterEach, describe, expect, test } from 'vitest';
import '../../../src/app.ts';
import { getCompany, settleCompanyTrails } from '../../../src/programme/companies/company-repository.ts';
import { migrate } from '../../../src/programme/migrations/migrate.ts';
import { MIGRATIONS } from '../../../src/programme/migrations/migrations.ts';
import { findSchemaVersion } from '../../../src/programme/migrations/schema-version-repository.ts';
import { noteStage } from '../../../src/recruit/pipeline/note-stage.ts';
import { eachRecord } from '../../../src/recruit/records/outreach-records-repository.ts';
import { SERVERS, useModels } from '../../contract/servers.ts';
import { contentsOf, fillFrom, STORED, storedDocuments } from '../../support/stored-data.ts';
import { READERS } from './read-everything.ts';

describe.each(SERVERS)('data of earlier versions on %s', (name) => {
  const server = useModels(name);
  afterEach(() => Promise.all(Object.values(mongoose.models).map((model) => model.deleteMany({}))));

  test.each(STORED)('every document of the version “%s” is read after the migrations', async (version) => {
    await fillFrom(server.db, version);
    await migrate(server.db);
    expect(await findSchemaVersion(server.db)).toMatchObject({ version: MIGRATIONS.length });
    for (const [collection, documents] of storedDocuments(version)) {
      // A collection without a reader is a document that nobody comes to.
      const read = READERS[collection];
      if (!read) throw new Error(`no reader for ${collection}`);
      for (const stored of documents) expect([collection, stored._id, Boolean(await read(stored))]).toEqual([collection, stored._id, true]);
      // Nothing went: a migration may add documents, such as an entry of the audit log.
      expect(await server.db.collection(collection).countDocuments()).toBeGreaterThanOrEqual(documents.length);
    }
    let records = 0;
    for await (const { draft } of eachRecord('T0LARKSPUR')) records += draft.id ? 1 : 0;
    expect(records).toBe(storedDocuments(version).get('drafts')?.length);
    // What a killed process of that time had not brought to the audit log yet.
    expect(await settleCompanyTrails()).toBeGreaterThan(0);
  });

  test.each(STORED)('run twice, the migrations change nothing more of “%s”', async (version) => {
    await fillFrom(server.db, version);
    await migrate(server.db);
    const once = await contentsOf(server.db);
    await migrate(server.db);
    await server.db.collection('schemaversions').deleteMany({});
    await migrate(server.db);
    expect(await contentsOf(server.db)).toEqual(once);
  });

  test('sentences of the version before this one are kept under a code, and all else is left as it was, to the byte', async () => {
    await fillFrom(server.db, 'outreach');
    const before = await contentsOf(server.db);
    // What later migrations change is theirs to show.
    await migrate(server.db, () => {}, { migrations: MIGRATIONS.slice(0, 3) });
    const after = await contentsOf(server.db);
    const changed = ['drafts', 'digests'];
    const without = (contents: typeof before) => Object.fromEntries(Object.entries(contents).filter(([name]) => !changed.includes(name)));
    expect(without(after)).toEqual(without(before));
    const notes = (storedDocuments('outreach').get('drafts') ?? []).map(({ note }) => note).filter(Boolean);
    expect(notes.length).toBeGreaterThan(0);
    for (const note of notes) expect(after.drafts?.join('\n')).toContain(`"sentence":${JSON.stringify(note)}`);
    expect(after.digests?.join('\n')).toContain('"as-written"');
  });

  test('companies stand where the product of today says that they stand, and those to which nothing has happened stand nowhere', async () => {
    await fillFrom(server.db, 'replies');
    await migrate(server.db);
    const stages: Record<string, string> = {};
    for (const { _id, name } of storedDocuments('replies').get('companies') ?? []) {
      const { stage } = await getCompany('T0LARKSPUR', String(_id));
      stages[String(name)] = stage ? `${stage.state} ${stage.how}`.trim() : 'none';
      await noteStage('T0LARKSPUR', String(_id), new Date());
      const { stage: now } = await getCompany('T0LARKSPUR', String(_id));
      expect([name, now]).toEqual([name, stage]);
    }
    expect(stages).toEqual({
      Newmoss: 'none',
      Pursued: 'drafted',
      Writing: 'drafted',
      Waiting: 'waiting',
      Leaving: 'leaving',
      Sending: 'leaving',
      Unknown: 'waiting unknown',
      Failed: 'waiting failed',
      Sent: 'sent',
      Silent: 'sent no-answer',
      Pagestop: 'answered opt-out',
      Keen: 'answered interested',
      Stopper: 'answered opt-out',
      Bounced: 'answered bounce',
      Away: 'sent',
      Closed: 'turned-down draft',
      Later: 'later',
      Over: 'none',
      Small: 'turned-down too-small',
      Quiet: 'silenced asked-us',
      Partner: 'partner',
      Domainless: 'silenced asked-us',
    });
  });
});
