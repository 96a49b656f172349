import { beforeEach } from 'vitest';
import { acceptAgreement } from '../../../src/onboard/agreements/accept-agreement.ts';
import * as acceptances from '../../../src/onboard/agreements/acceptance-repository.ts';
import * as agreements from '../../../src/onboard/agreements/agreement-repository.ts';
import type { Acceptance, AgreementVersion } from '../../../src/onboard/agreements/agreement-version.ts';
import { publishAgreement } from '../../../src/onboard/agreements/publish-agreement.ts';
import { takeOverExample } from '../../../src/onboard/training/change-course.ts';
import type { Course } from '../../../src/onboard/training/course.ts';
import * as courses from '../../../src/onboard/training/course-repository.ts';
import type { Progress } from '../../../src/onboard/training/progress.ts';
import * as progress from '../../../src/onboard/training/progress-repository.ts';
import { readUnit } from '../../../src/onboard/training/take-course.ts';
import { aPartner, piaOf } from '../../support/a-partner.ts';
import { AT, ana, aProgramme, HOME, milo } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Calls, entry, OTHER, refusal, testWalls } from '../../support/walls.ts';

useMongo();
let version: AgreementVersion;
let acceptance: Acceptance;
let course: Course;
let taken: Progress;
beforeEach(async () => {
  await aProgramme();
  const partner = await aPartner();
  const given = { title: 'Terms', types: [], fileName: null, bytes: Buffer.from('terms'), askBy: null };
  ({ version } = await publishAgreement(ana, given, AT));
  const who = { versionId: version.id, name: 'Pia Pine', jobTitle: 'Sales' };
  ({ acceptance } = await acceptAgreement(piaOf(partner), who, AT));
  course = await takeOverExample(milo, AT);
  ({ progress: taken } = await readUnit(piaOf(partner), course.id, course.units[0]?.id ?? ''));
  await courses.saveCourseFile(HOME, file(), Buffer.from('ours'));
});

const file = () => ({ courseId: course.id, unitId: 'unit' });
const caught = (error: unknown) => error;
const calls: Calls = {
  agreements: {
    insertVersion: [() => agreements.insertVersion({ ...version, workspaceId: OTHER }, Buffer.from('x'), () => entry), { number: 1 }],
    listVersions: [() => agreements.listVersions('T0THIRD'), []],
    getVersion: [() => agreements.getVersion(OTHER, version.id).catch(caught), refusal],
    getTerms: [() => agreements.getTerms(OTHER, version.id).catch(caught), refusal],
  },
  acceptances: {
    insertAcceptance: [() => acceptances.insertAcceptance({ ...acceptance, workspaceId: OTHER }, () => entry), { isNew: true }],
    findAcceptance: [() => acceptances.findAcceptance(OTHER, acceptance.id), null],
    getAcceptance: [() => acceptances.getAcceptance(OTHER, acceptance.id).catch(caught), refusal],
    listAcceptances: [() => acceptances.listAcceptances('T0THIRD', acceptance.partnerId), []],
    listAllAcceptances: [() => acceptances.listAllAcceptances('T0THIRD'), []],
    moveAcceptances: [() => acceptances.moveAcceptances(OTHER, acceptance.partnerId, 'theirs'), undefined],
    claimFiling: [() => acceptances.claimFiling(OTHER, acceptance.id, AT), false],
  },
  courses: {
    insertCourse: [() => courses.insertCourse({ ...course, workspaceId: OTHER }, () => entry), { rev: 1 }],
    listCourses: [() => courses.listCourses('T0THIRD'), []],
    getCourse: [() => courses.getCourse(OTHER, course.id).catch(caught), refusal],
    changeCourse: [() => courses.changeCourse({ ...course, workspaceId: OTHER }, { isOpen: false }, entry).catch(caught), refusal],
    saveCourseFile: [() => courses.saveCourseFile(OTHER, { ...file(), unitId: 'theirs' }, Buffer.from('theirs')), undefined],
    getCourseFile: [() => courses.getCourseFile(OTHER, file()).catch(caught), refusal],
    deleteCourseFile: [() => courses.deleteCourseFile(OTHER, file()), undefined],
  },
  progress: {
    listProgress: [() => progress.listProgress(OTHER, taken.partnerId), []],
    beginProgress: [() => progress.beginProgress({ ...taken, workspaceId: OTHER }), { readUnits: [], workspaceId: OTHER }],
    moveProgress: [() => progress.moveProgress('T0THIRD', taken.partnerId, 'theirs'), undefined],
    changeProgress: [() => progress.changeProgress({ ...taken, workspaceId: 'T0THIRD' }, { readUnits: [] }, null), null],
  },
};

testWalls(calls, { agreements, acceptances, courses, progress });
