import { beforeEach, describe, expect, test } from 'vitest';
import { findChecklist } from '../../../src/onboard/checklists/checklist-repository.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { certificateCopy, listCertificates } from '../../../src/onboard/training/certificates.ts';
import { addCourse, openCourse, removePart, saveQuestion, saveUnit, takeOverExample } from '../../../src/onboard/training/change-course.ts';
import { aQuestion, type Course, grade } from '../../../src/onboard/training/course.ts';
import { getCourse, listCourses } from '../../../src/onboard/training/course-repository.ts';
import { endOf } from '../../../src/onboard/training/progress.ts';
import { answerQuiz, beginQuiz, myCourses, readUnit, unitFile } from '../../../src/onboard/training/take-course.ts';
import type { PartnerType } from '../../../src/programme/setup/programme.ts';
import type { Actor } from '../../../src/programme/workspaces/role.ts';
import { aPartner, changed, piaOf } from '../../support/a-partner.ts';
import { AT, aProgramme, HOME, mia, milo, pia } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { pdfText } from '../../support/pdf-text.ts';

useMongo();
let partner: Partner;
let person: Actor;
beforeEach(async () => {
  await aProgramme();
  partner = await aPartner();
  person = piaOf(partner);
});

const hours = (n: number) => new Date(AT.getTime() + n * 3_600_000);
const text = (title: string) => ({ id: null, title, kind: 'text' as const, text: 'Read this.', url: '', fileName: '' });

/** Two parts, four questions, three of which must be right; a certificate for a month. */
async function aCourse(given: { types?: PartnerType[]; passMark?: number; validMonths?: number | null; triesPerDay?: number } = {}) {
  const settings = { title: 'Basics', about: '', types: [], passMark: 75, triesPerDay: 2, validMonths: 1, ...given };
  let course = await addCourse(milo, settings, AT);
  const seen = () => ({ courseId: course.id, rev: course.rev });
  for (const title of ['One', 'Two']) course = await saveUnit(milo, seen(), text(title), null, AT);
  for (const words of ['A?', 'B?', 'C?', 'D?'])
    course = await saveQuestion(milo, seen(), { id: null, words, right: 'yes', wrong: ['no', 'never'] }, AT);
  return openCourse(milo, seen(), true, AT);
}

async function readAll({ id, units }: Course, actor = person): Promise<void> {
  for (const unit of units) await readUnit(actor, id, unit.id);
}

/** Answers so many of its questions rightly. */
function answers({ id: courseId, rev, questions }: Course, right: number) {
  const chosen = Object.fromEntries(questions.map((one, n) => [one.id, n < right ? one.right : (one.right + 1) % one.answers.length]));
  return { courseId, rev, chosen, name: 'Pia Pine' };
}
const answer = (course: Course, right: number, at = AT, actor = person) => answerQuiz(actor, answers(course, right), at);

describe('a quiz', () => {
  test.each([
    [3, 4, 75, true],
    [2, 4, 75, false],
    [3, 4, 76, false],
    [2, 3, 66, true],
    [2, 3, 67, false],
    [1, 1, 100, true],
    [0, 1, 1, false],
  ])('%d of %d right at a mark of %d %%: passed is %s', (right, total, passMark, passed) => {
    const questions = Array.from({ length: total }, (_, n) => aQuestion(`q${n}`, 'Q?', 'yes', ['no']));
    const chosen = Object.fromEntries(questions.map((one, n) => [one.id, n < right ? one.right : 1 - one.right]));
    expect(grade({ questions, passMark }, chosen)).toMatchObject({ right, total, passed });
  });

  test('a question that was left out is wrong, and an answer that is none too', () => {
    const questions = [aQuestion('q0', 'Q?', 'yes', ['no']), aQuestion('q1', 'Q?', 'yes', ['no'])];
    expect(grade({ questions, passMark: 50 }, { q1: 7, other: 0 })).toMatchObject({ right: 0, wrong: ['q0', 'q1'] });
  });

  test('the place of the right answer says nothing, and stays', () => {
    const places = Array.from({ length: 60 }, (_, n) => aQuestion(`q${n}`, 'Q?', 'yes', ['no', 'never']).right);
    expect(new Set(places)).toEqual(new Set([0, 1, 2]));
    expect(aQuestion('q1', 'Q?', 'yes', ['never', 'no'])).toEqual(aQuestion('q1', 'Q?', 'yes', ['no', 'never']));
  });

  test('comes after every part was read', async () => {
    const course = await aCourse();
    await readUnit(person, course.id, course.units[0]?.id ?? '');
    await expect(beginQuiz(person, course.id, AT)).rejects.toMatchObject({ code: 'course-unread', details: { unit: 'Two' } });
    await expect(answer(course, 4)).rejects.toMatchObject({ code: 'course-unread' });
    await readAll(course);
    expect((await beginQuiz(person, course.id, AT)).name).toBe('');
  });

  test('two tries in 24 hours, then none until the first is a day old; also when three are sent at once', async () => {
    const course = await aCourse();
    await readAll(course);
    const tried = await Promise.allSettled([answer(course, 0), answer(course, 1), answer(course, 2)]);
    expect(tried.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    await expect(answer(course, 4, hours(23))).rejects.toMatchObject({ code: 'tries-spent', details: { atMs: hours(24).getTime() } });
    expect((await answer(course, 4, hours(24))).result.passed).toBe(true);
  });

  test('answers to a course that was changed meanwhile count no try', async () => {
    const course = await aCourse();
    await readAll(course);
    await removePart(milo, { courseId: course.id, rev: course.rev }, course.questions[0]?.id ?? '', AT);
    await expect(answer(course, 4)).rejects.toMatchObject({ code: 'course-changed' });
    const [mine] = await myCourses(person);
    expect(mine?.progress?.tries).toEqual([]);
  });
});

describe('a certificate', () => {
  test.each([
    ['2026-01-31T10:00:00Z', 1, '2026-02-28T10:00:00Z'],
    ['2024-02-29T10:00:00Z', 12, '2025-02-28T10:00:00Z'],
    ['2026-03-15T23:30:00Z', 1, '2026-04-15T23:30:00Z'],
  ])('given on %s for %d months ends on %s', (at, validMonths, until) => {
    expect(endOf({ validMonths }, new Date(at))).toEqual(new Date(until));
    expect(endOf({ validMonths: null }, new Date(at))).toBeNull();
  });

  test('counts until its end and not from it on; a later pass makes a new one, a later fail takes none away', async () => {
    const course = await aCourse();
    await readAll(course);
    const { certificate } = await answer(course, 3);
    const steps = (await findChecklist(HOME, partner.id))?.steps ?? [];
    expect(steps.filter(({ evidence }) => evidence === 'quiz-passed').map(({ state }) => state)).not.toContain('open');
    const until = new Date('2026-12-23T09:00:00Z');
    expect(certificate).toMatchObject({ until, right: 3, total: 4, name: 'Pia Pine', courseTitle: 'Basics' });
    const held = async (at: Date) => (await listCertificates(HOME, partner.id, at)).map((one) => one.id);
    expect(await held(new Date(AT.getTime() - 1))).toEqual([]);
    expect(await held(AT)).toEqual([certificate?.id]);
    await answer(course, 0, hours(30));
    expect(await held(new Date(until.getTime() - 1))).toEqual([certificate?.id]);
    expect(await held(until)).toEqual([]);
    const { certificate: newer } = await answer(course, 4, hours(100));
    expect(await held(until)).toEqual([newer?.id]);
  });

  test('of somebody who has left counts no more', async () => {
    const course = await aCourse({ validMonths: null });
    await readAll(course);
    await answer(course, 4);
    expect(await listCertificates(HOME, partner.id, AT)).toMatchObject([{ userId: person.userId, until: null }]);
    const slack = { userId: person.userId, teamId: 'T0QUILLMNT' };
    await changed(partner, { people: partner.people.map((one) => ({ ...one, slack, leftAt: AT })) });
    expect(await listCertificates(HOME, partner.id, AT)).toEqual([]);
  });

  test('on paper says who, what and until when; for their own people and for colleagues', async () => {
    const course = await aCourse();
    await readAll(course);
    const { certificate } = await answer(course, 4);
    const key = { partnerId: partner.id, certificateId: certificate?.id ?? '' };
    for (const actor of [person, mia]) {
      const words = pdfText((await certificateCopy(actor, key, AT, false)).bytes);
      for (const part of ['Pia Pine of Quillmont', 'Basics', 'of Larkspur', '4 of 4', '2026-12-23']) expect(words).toContain(part);
    }
    const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'], people: [] });
    const theirs = { ...piaOf(other), userId: 'U0BRINDLE' };
    await expect(certificateCopy(theirs, key, AT)).rejects.toMatchObject({ code: 'partner-only' });
    await expect(certificateCopy(theirs, { ...key, partnerId: other.id }, AT)).rejects.toMatchObject({ code: 'course-unknown' });
    await expect(certificateCopy(pia, key, AT)).rejects.toMatchObject({ code: 'internal-only' });
  });
});

describe('a course', () => {
  test('is seen by those it is for, once it is open and complete', async () => {
    const course = await aCourse({ types: ['reseller'] });
    expect(await myCourses(person)).toEqual([]);
    await expect(readUnit(person, course.id, course.units[0]?.id ?? '')).rejects.toMatchObject({ code: 'course-unknown' });
    await changed(partner, { types: ['reseller'] });
    expect(await myCourses(person)).toMatchObject([{ course: { title: 'Basics' }, progress: null }]);
    await openCourse(milo, { courseId: course.id, rev: course.rev }, false, AT);
    expect(await myCourses(person)).toEqual([]);
    for (const actor of [milo, pia]) await expect(myCourses(actor)).rejects.toMatchObject({ code: 'partner-only' });
  });

  test('one person’s progress is no colleague’s', async () => {
    const course = await aCourse();
    await readAll(course);
    expect(await myCourses({ ...piaOf(partner), userId: 'U0PAULPINE' })).toMatchObject([{ progress: null }]);
  });

  test('is changed by managers, one after the other: whoever saw an older one is told', async () => {
    const course = await aCourse();
    const seen = { courseId: course.id, rev: course.rev };
    await expect(saveUnit(mia, seen, text('Three'), null, AT)).rejects.toMatchObject({ code: 'role-needed' });
    await saveUnit(milo, seen, text('Three'), null, AT);
    await expect(saveUnit(milo, seen, text('Four'), null, AT)).rejects.toMatchObject({ code: 'course-changed' });
    expect((await getCourse(HOME, course.id)).units.map(({ title }) => title)).toEqual(['One', 'Two', 'Three']);
  });

  test('without anything to read or to answer is not opened, and is hidden when it comes to that', async () => {
    const empty = await addCourse(milo, { title: 'Empty', about: '', types: [], passMark: 50, triesPerDay: 1, validMonths: null }, AT);
    await expect(openCourse(milo, { courseId: empty.id, rev: empty.rev }, true, AT)).rejects.toMatchObject({ code: 'course-empty' });
    let course = await aCourse();
    for (const { id } of course.units) course = await removePart(milo, { courseId: course.id, rev: course.rev }, id, AT);
    expect(course).toMatchObject({ units: [], isOpen: false });
  });

  test('the file of a part comes back byte for byte, and goes with the part', async () => {
    let course = await aCourse();
    const bytes = Buffer.from([0, 1, 2, 255]);
    const given = { ...text('File'), kind: 'file' as const, fileName: 'prices.xlsx' };
    course = await saveUnit(milo, { courseId: course.id, rev: course.rev }, given, bytes, AT);
    const unitId = course.units.at(-1)?.id ?? '';
    expect(await unitFile(person, course.id, unitId)).toEqual({ name: 'prices.xlsx', bytes });
    await removePart(milo, { courseId: course.id, rev: course.rev }, unitId, AT);
    await expect(unitFile(person, course.id, unitId)).rejects.toMatchObject({ code: 'course-changed' });
  });

  test('the example is taken over once, whoever presses twice, and can be passed', async () => {
    await Promise.all([takeOverExample(milo, AT), takeOverExample(milo, AT)]);
    const [example, ...more] = await listCourses(HOME);
    expect(more).toEqual([]);
    expect(example?.title).toBe('How to register a deal');
    if (!example) return;
    await readAll(example);
    expect((await answer(example, 3)).result.passed).toBe(true);
  });
});
