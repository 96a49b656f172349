import type { AllMiddlewareArgs } from '@slack/bolt';
import { noticeModal } from '../../../blocks/elements.ts';
import { importForm } from '../../../blocks/programme/import-forms.ts';
import { roleList, rolesForm } from '../../../blocks/programme/roles-form.ts';
import { setupForm } from '../../../blocks/programme/setup-form.ts';
import type { Deps } from '../../deps.ts';
import { SETUP_STEPS, type SetupStep, setupGaps } from '../../programme/setup/programme.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { grantFirstAdmin } from '../../programme/workspaces/change-role.ts';
import { type Actor, mayAct } from '../../programme/workspaces/role.ts';
import { listRoles } from '../../programme/workspaces/role-repository.ts';
import { resolveActor, slackPerson } from '../actor.ts';
import { fillModal, openModal } from '../modal.ts';

type Args = Pick<AllMiddlewareArgs, 'client' | 'context'> & { body: object };

/** Opens the asked step of set-up, or the first that is missing. Admins only. */
export async function openSetup(args: Args, triggerId: string, step: SetupStep | null, { now }: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, 'Set-up');
  const actor = await asFirstAdmin(await resolveActor(args), args, now());
  await authorise(actor, 'admin', { action: 'programme.open', subject: 'programme:setup', at: now() });
  const programme = await getProgramme(actor.workspaceId);
  const person = await slackPerson(args.client, actor.workspaceId, actor.userId);
  await fillModal(args.client, opened, setupForm(step ?? setupGaps(programme)[0] ?? SETUP_STEPS[0], programme, person?.tz ?? 'UTC'));
}

/** Shows who holds which role; an admin may change one. */
export async function openRoles(args: Args, triggerId: string, { now }: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, 'Roles');
  const actor = await asFirstAdmin(await resolveActor(args), args, now());
  await authorise(actor, 'internal', { action: 'role.list', subject: 'role:all', at: now() });
  const roles = await listRoles(actor.workspaceId);
  const view = mayAct(actor, 'admin') ? rolesForm(roles) : noticeModal('Roles', `${roleList(roles)}\n\nAn admin can change roles.`);
  await fillModal(args.client, opened, view);
}

export async function openImport(args: Args, triggerId: string, { now }: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, 'Import companies');
  const actor = await resolveActor(args);
  await authorise(actor, 'manager', { action: 'companies.import', subject: 'import:form', at: now() });
  await fillModal(args.client, opened, importForm());
}

/** A workspace connected by its bot token has no installer. There, while nobody is admin, the first owner or admin of the Slack
 *  workspace to open set-up becomes the first admin of the programme. */
async function asFirstAdmin(actor: Actor, { client }: Args, at: Date): Promise<Actor> {
  if (!actor.internal || actor.role === 'admin') return actor;
  const person = await slackPerson(client, actor.workspaceId, actor.userId);
  if (!person?.is_admin && !person?.is_owner) return actor;
  return (await grantFirstAdmin(actor.workspaceId, actor.userId, at)) ? { ...actor, role: 'admin' } : actor;
}
