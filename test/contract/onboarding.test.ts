import mongoose from 'mongoose';
import { afterEach, describe, expect, test } from 'vitest';
import { acceptAgreement } from '../../src/onboard/agreements/accept-agreement.ts';
import * as acceptances from '../../src/onboard/agreements/acceptance-repository.ts';
import * as agreements from '../../src/onboard/agreements/agreement-repository.ts';
import { publishAgreement } from '../../src/onboard/agreements/publish-agreement.ts';
import { takeOverExample } from '../../src/onboard/training/change-course.ts';
import { getCourseFile, listCourses, saveCourseFile } from '../../src/onboard/training/course-repository.ts';
import { beginProgress, changeProgress, listProgress, moveProgress } from '../../src/onboard/training/progress-repository.ts';
import { aPartner, piaOf } from '../support/a-partner.ts';
import { AT, ana, aProgramme, HOME, milo } from '../support/builders.ts';
import { SERVERS, useModels } from './servers.ts';

const twice = <Result>(run: () => Promise<Result>) => Promise.all([run(), run()]);

describe.each(SERVERS)('onboarding on %s', (name) => {
  useModels(name);
  afterEach(() => Promise.all(Object.values(mongoose.models).map((model) => model.deleteMany({}))));

  test('agreements: numbered, listed without their bytes, read byte for byte; accepted once; moved to another partner', async () => {
    await aProgramme();
    const partner = await aPartner();
    const bytes = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x2d, 0, 255]);
    const given = { title: 'Terms', types: [], fileName: 'terms.pdf', bytes, askBy: AT };
    const [{ version }] = await twice(() => publishAgreement(ana, given, AT));
    expect(await agreements.listVersions(HOME)).toEqual([version]);
    expect((await agreements.getTerms(HOME, version.id)).equals(bytes)).toBe(true);
    expect(await agreements.listVersionsDue(AT)).toEqual([{ workspaceId: HOME, id: version.id }]);
    const who = { versionId: version.id, name: 'Pia Pine', jobTitle: 'Sales' };
    const both = await twice(() => acceptAgreement(piaOf(partner), who, AT));
    expect(both.map(({ isNew }) => isNew).sort()).toEqual([false, true]);
    const { id } = both[0].acceptance;
    expect(await acceptances.listFilingPartnersDue()).toEqual([partner.id]);
    expect(await acceptances.listFilingsDue([partner.id])).toEqual([{ workspaceId: HOME, id }]);
    expect(await acceptances.listFilingsDue([])).toEqual([]);
    expect((await twice(() => acceptances.claimFiling(HOME, id, AT))).sort()).toEqual([false, true]);
    expect(await acceptances.listFilingPartnersDue()).toEqual([]);
    expect(await acceptances.listFilingsDue([partner.id])).toEqual([]);
    for (let n = 0; n < 2; n++) await acceptances.moveAcceptances(HOME, partner.id, 'another');
    expect(await acceptances.listAcceptances(HOME, 'another')).toMatchObject([{ id }]);
  });

  test('training: the example once, a file replaced, progress begun once, changed by one of two, and moved', async () => {
    await aProgramme();
    const [{ id: courseId }] = await twice(() => takeOverExample(milo, AT));
    expect(await listCourses(HOME)).toHaveLength(1);
    const file = { courseId, unitId: 'unit' };
    for (const byte of [1, 2]) await saveCourseFile(HOME, file, Buffer.from([byte]));
    expect(await getCourseFile(HOME, file)).toEqual(Buffer.from([2]));
    const learner = { workspaceId: HOME, partnerId: 'p1', companyId: 'c1', courseId, userId: 'U0PIA', email: '' };
    const [progress] = await twice(() => beginProgress(learner));
    const changed = await twice(() => changeProgress(progress, { readUnits: ['unit'] }, null));
    expect(changed.filter(Boolean)).toMatchObject([{ readUnits: ['unit'], rev: 2 }]);
    for (let n = 0; n < 2; n++) await moveProgress(HOME, 'p1', 'p2');
    expect(await listProgress(HOME, 'p2')).toMatchObject([{ readUnits: ['unit'] }]);
  });
});
