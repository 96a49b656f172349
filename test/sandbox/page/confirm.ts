import type { ConfirmationDialog } from '@slack/types';
import { h } from './h.ts';
import { textNodes } from './mrkdwn.ts';

/** Shows an element's confirmation and answers whether the person agreed. Escape is a no. */
export function confirmed(confirm: ConfirmationDialog): Promise<boolean> {
  return new Promise((resolve) => {
    const close = (answer: boolean) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    const deny = h('button', { type: 'button', class: 'button', on: { click: () => close(false) } }, confirm.deny?.text ?? 'Cancel');
    const agree = h(
      'button',
      { type: 'button', class: `button ${confirm.style ?? 'primary'}`, 'data-testid': 'confirm', on: { click: () => close(true) } },
      confirm.confirm?.text ?? 'Yes',
    );
    const dialog = h(
      'dialog',
      { class: 'confirm', role: 'alertdialog', 'aria-labelledby': 'confirm-title', 'aria-describedby': 'confirm-text' },
      h('h1', { id: 'confirm-title' }, confirm.title?.text ?? 'Are you sure?'),
      h('div', { id: 'confirm-text', class: 'confirm-text' }, textNodes(confirm.text)),
      h('footer', {}, deny, agree),
    );
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      close(false);
    });
    // A modal underneath listens for Escape too.
    dialog.addEventListener('keydown', (event) => event.stopPropagation());
    document.body.append(dialog);
    dialog.showModal();
    agree.focus();
  });
}
