import { addSeconds } from 'date-fns';
import mongoose, { Schema } from 'mongoose';
import { Workspace } from './workspace.ts';

const workspaceSchema = new Schema(
  {
    _id: { type: String, required: true },
    enterpriseId: { type: String, default: null },
    name: { type: String, required: true },
    /** Sealed (see `seal.ts`). */
    botToken: { type: String, required: true },
    botUserId: { type: String, required: true },
    botId: { type: String, default: null },
    installedBy: { type: String, default: null },
    installedAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'workspaces' },
);

const WorkspaceModel = mongoose.model('Workspace', workspaceSchema);

export async function saveWorkspace({ id, ...workspace }: Workspace): Promise<void> {
  await WorkspaceModel.updateOne({ _id: id }, { $set: workspace }, { upsert: true });
}

export async function findWorkspace(id: string): Promise<Workspace | null> {
  const found = await WorkspaceModel.findById(id).lean();
  return found ? read(found) : null;
}

export async function listWorkspaceIds(): Promise<string[]> {
  const found = await WorkspaceModel.find({}, { _id: 1 }).sort({ installedAt: 1 }).lean();
  return found.map(({ _id }) => _id);
}

/** Forgets the token of what was installed up to `at`, in whole seconds as Slack counts; false when there is no such installation.
 *  The workspace's data stays for the company that owns it. */
export async function removeWorkspace(id: string, at: Date): Promise<boolean> {
  const removed = await WorkspaceModel.deleteOne({ _id: id, installedAt: { $lt: addSeconds(at, 1) } });
  return removed.deletedCount === 1;
}

/** Tokens at rest, by whether `seal.ts` sealed them. A workspace connected by the environment's token has none here. */
export async function countTokens(): Promise<{ sealed: number; open: number }> {
  const sealed = await WorkspaceModel.countDocuments({ botToken: /^v1:/ });
  const open = await WorkspaceModel.countDocuments({ botToken: { $not: /^(v1:|environment$)/ } });
  return { sealed, open };
}

function read({ _id, ...rest }: { _id: string } & Record<string, unknown>): Workspace {
  return Workspace.parse({ id: _id, ...rest });
}
