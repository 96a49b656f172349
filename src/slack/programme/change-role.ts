import { z } from 'zod';
import { rolesForm } from '../../../blocks/programme/roles-form.ts';
import { refusalSentence } from '../../../blocks/refusals.ts';
import type { Deps } from '../../deps.ts';
import { Refusal, type RefusalCode } from '../../errors.ts';
import { changeRole } from '../../programme/workspaces/change-role.ts';
import { Role } from '../../programme/workspaces/role.ts';
import { listRoles } from '../../programme/workspaces/role-repository.ts';
import { isFullMember, resolveActor } from '../actor.ts';
import { formErrors, formValues } from '../form.ts';
import { beforeAck, type ViewSubmission } from '../listener.ts';

const RoleForm = z.object({ user: z.string('Choose a person'), role: z.enum([...Role.options, 'none'], 'Choose a role') });

/** What is wrong with the choice, not with who made it. */
const BESIDE: ReadonlySet<RefusalCode> = new Set(['last-admin', 'person-unchecked']);

/** Grants or revokes, and shows the new list. Only full members of the home workspace can hold a role. */
export const onChangeRole =
  ({ now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { ack, client, view } = args;
    const form = RoleForm.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const { user, role } = form.data;
    const actor = await resolveActor(args);
    const beside = (refusal: Refusal) =>
      ack({ response_action: 'errors', errors: { user: refusalSentence(refusal.code, refusal.details) } });
    try {
      if (role !== 'none' && !(await isFullMember(client, actor.workspaceId, user))) return beside(new Refusal('person-external'));
      await changeRole(actor, user, role === 'none' ? null : role, now());
    } catch (error) {
      if (error instanceof Refusal && BESIDE.has(error.code)) return beside(error);
      throw error;
    }
    await ack({ response_action: 'update', view: rolesForm(await listRoles(actor.workspaceId)) });
  };
