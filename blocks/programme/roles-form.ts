import type { Role } from '../../src/programme/workspaces/role.ts';
import { input, type Modal, modal, option } from '../elements.ts';
import { VIEWS } from '../ids.ts';
import { section } from '../mrkdwn.ts';

const CHOICES = [
  option('admin', 'Admin: set-up and roles, and all below'),
  option('manager', 'Manager: approves outreach, decides, imports'),
  option('none', 'No role: looks and asks'),
];

/** Who holds which role, and one change. */
export function rolesForm(roles: { userId: string; role: Role }[]): Modal {
  return modal(
    'Roles',
    [
      section(roleList(roles)),
      input('user', 'Person', { type: 'users_select' }),
      input('role', 'Role from now on', { type: 'radio_buttons', options: CHOICES }),
    ],
    { id: VIEWS.roles, submit: 'Save' },
  );
}

export function roleList(roles: { userId: string; role: Role }[]): string {
  const people = (role: Role) =>
    roles
      .filter((holder) => holder.role === role)
      .map(({ userId }) => `<@${userId}>`)
      .join(', ');
  const admins = people('admin') || 'nobody yet; an owner of this workspace becomes the first by opening `/partners setup`';
  return `*Admins:* ${admins}\n*Managers:* ${people('manager') || 'nobody yet'}`;
}
