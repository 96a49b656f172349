import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey, Refusal } from '../../errors.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath, WAITING_TRAIL } from '../../programme/audit/audit-repository.ts';
import { PARTNER_TYPES } from '../../programme/setup/programme.ts';
import { Course, type CourseContent, UNIT_KINDS } from './course.ts';

const text = { type: String, required: true } as const;
const maybe = { type: String, default: '' } as const;
const whole = { type: Number, required: true } as const;

const unitPart = new Schema(
  { id: text, title: text, kind: { type: String, enum: UNIT_KINDS, required: true }, text: maybe, url: maybe, fileName: maybe },
  PART,
);
const questionPart = new Schema({ id: text, words: text, answers: [String], right: whole }, PART);

const courseSchema = new Schema(
  {
    ...{ workspaceId: text, title: text, about: maybe, createdBy: text },
    types: [{ type: String, enum: PARTNER_TYPES }],
    ...{ passMark: whole, triesPerDay: whole, rev: whole },
    validMonths: { type: Number, default: null },
    units: [unitPart],
    questions: [questionPart],
    isOpen: { type: Boolean, required: true },
    createdAt: { type: Date, required: true },
    trail: trailPath,
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'courses' },
);
courseSchema.index({ workspaceId: 1, title: 1 }, { unique: true });
courseSchema.index({ 'trail.at': 1 }, { partialFilterExpression: WAITING_TRAIL });

const CourseModel = mongoose.model('Course', courseSchema);

/** The bytes of a unit's file, under the ids of course and unit. */
const fileSchema = new Schema(
  { _id: text, workspaceId: text, courseId: text, bytes: { type: Buffer, required: true } },
  { strict: 'throw', versionKey: false, collection: 'course-files' },
);
const CourseFileModel = mongoose.model('CourseFile', fileSchema);

function toCourse({ _id, trail, ...stored }: { _id: unknown } & Record<string, unknown>): Course {
  return Course.parse({ ...stored, id: String(_id) });
}

/** Refuses `course-exists` when the workspace has one of this title. */
export async function insertCourse(course: Omit<Course, 'id' | 'rev'>, entry: (id: string) => AuditEntry): Promise<Course> {
  const _id = new mongoose.Types.ObjectId();
  await CourseModel.create({ ...course, _id, rev: 1, trail: [entry(String(_id))] }).catch(refuseDouble);
  await settleTrail(CourseModel, { _id });
  return { ...course, id: String(_id), rev: 1 };
}

/** Oldest first. */
export async function listCourses(workspaceId: string): Promise<Course[]> {
  const stored = await CourseModel.find({ workspaceId }).sort({ createdAt: 1, _id: 1 }).lean();
  return stored.map(toCourse);
}

/** Refuses `course-unknown`. */
export async function getCourse(workspaceId: string, id: string): Promise<Course> {
  const stored = mongoose.isObjectIdOrHexString(id) ? await CourseModel.findOne({ _id: id, workspaceId }).lean() : null;
  if (!stored) throw new Refusal('course-unknown');
  return toCourse(stored);
}

/** Changes the course that the caller saw. Refuses `course-changed` when somebody changed it first, and `course-exists` when another has its new
 *  title. */
export async function changeCourse(seen: Course, change: Partial<CourseContent>, entry: AuditEntry): Promise<Course> {
  const { id, workspaceId, rev } = seen;
  const saved = await CourseModel.findOneAndUpdate(
    { _id: id, workspaceId, rev },
    { $set: { ...change, rev: rev + 1 }, $push: { trail: entry } },
    { returnDocument: 'after' },
  )
    .lean()
    .catch(refuseDouble);
  if (!saved) throw new Refusal('course-changed');
  await settleTrail(CourseModel, { _id: saved._id });
  return toCourse(saved);
}

type UnitFile = { courseId: string; unitId: string };
const fileId = ({ courseId, unitId }: UnitFile) => `${courseId}:${unitId}`;

export async function saveCourseFile(workspaceId: string, file: UnitFile, bytes: Buffer): Promise<void> {
  await CourseFileModel.updateOne({ _id: fileId(file), workspaceId }, { $set: { courseId: file.courseId, bytes } }, { upsert: true });
}

/** Refuses `course-unknown`. */
export async function getCourseFile(workspaceId: string, file: UnitFile): Promise<Buffer> {
  const stored = await CourseFileModel.findOne({ _id: fileId(file), workspaceId }).lean();
  const bytes: unknown = stored?.bytes;
  if (Buffer.isBuffer(bytes)) return bytes;
  // A lean document has the driver's Binary where the schema says Buffer.
  if (bytes instanceof mongoose.mongo.Binary) return Buffer.from(bytes.buffer.subarray(0, bytes.position));
  throw new Refusal('course-unknown');
}

export async function deleteCourseFile(workspaceId: string, file: UnitFile): Promise<void> {
  await CourseFileModel.deleteOne({ _id: fileId(file), workspaceId });
}

function refuseDouble(error: unknown): never {
  throw isDuplicateKey(error) ? new Refusal('course-exists', {}, { cause: error }) : error;
}

export async function settleCourseTrails(): Promise<number> {
  return settleTrail(CourseModel, {});
}
