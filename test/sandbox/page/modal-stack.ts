import type { SandboxView } from '../contract.ts';
import { createModal, focusFirst, type Modal } from './modal.ts';

const open = new Map<string, Modal>();

/** Shows the topmost view; the ones below keep what was typed and come back when it closes. */
export function showModals(views: SandboxView[]): void {
  const ids = new Set(views.map((view) => view.id));
  for (const [id, modal] of open) {
    if (ids.has(id)) continue;
    modal.dialog.close();
    modal.dialog.remove();
    open.delete(id);
  }
  const top = views.at(-1);
  for (const view of views) {
    const modal = open.get(view.id) ?? createModal(view.id);
    if (!open.has(view.id)) document.body.append(modal.dialog);
    open.set(view.id, modal);
    modal.fill(view);
    if (view !== top && modal.dialog.open) modal.dialog.close();
  }
  const shown = top && open.get(top.id)?.dialog;
  if (!shown || shown.open) return;
  shown.showModal();
  focusFirst(shown);
}
