import type { MailAnswer, SandboxMail } from '../contract.ts';
import { clearErrors, showError } from './announce.ts';
import { send } from './client.ts';
import { h } from './h.ts';

const DID: Record<MailAnswer['did'], string> = {
  reply: 'Answered',
  away: 'Out-of-office answer',
  unsubscribe: 'Unsubscribed by the mail program',
  bounce: 'Bounced',
};

/** For who plays the recipient: what can be done with a mail, and what the app answered. */
export function mailActions(mail: SandboxMail): HTMLElement[] {
  const words = h('textarea', {
    rows: 4,
    'aria-label': 'Your answer',
    placeholder: 'Write as the recipient…',
    'data-testid': 'mail-answer',
  });
  const form = h(
    'form',
    { class: 'mail-reply', hidden: true },
    words,
    h('button', { type: 'submit', class: 'button primary', 'data-testid': 'mail-send' }, 'Send Answer'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void play(mail, 'reply', words.value);
  });
  const open = h('button', { type: 'button', class: 'button', 'data-testid': 'mail-reply', 'aria-expanded': 'false' }, 'Reply');
  open.addEventListener('click', () => {
    form.hidden = !form.hidden;
    open.setAttribute('aria-expanded', String(!form.hidden));
    if (!form.hidden) words.focus();
  });
  const button = (did: MailAnswer['did'], label: string, title: string) =>
    h('button', { type: 'button', class: 'button', title, 'data-testid': `mail-${did}`, on: { click: () => void play(mail, did) } }, label);
  return [
    h(
      'div',
      { class: 'mail-actions', role: 'group', 'aria-label': 'As the recipient' },
      h('span', { class: 'muted' }, 'As the recipient:'),
      open,
      button('away', 'Out of Office', 'The mail program answers by itself'),
      button('unsubscribe', 'Unsubscribe', 'What a mail program does behind its own button (RFC 8058)'),
      button('bounce', 'Bounce It', 'The mail server sends a report back (RFC 3464)'),
    ),
    form,
    h('ul', { class: 'mail-answers', 'data-testid': 'mail-answers', 'aria-live': 'polite' }, ...mail.answers.map(answerLine)),
  ];
}

function answerLine({ did, at, status, said }: MailAnswer): HTMLElement {
  const time = new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const code = status ? ` (${status})` : '';
  return h('li', { 'data-did': did, 'data-status': status }, h('strong', {}, `${DID[did]}, ${time}.`), ` ${said}${code}`);
}

async function play(mail: SandboxMail, did: MailAnswer['did'], text = ''): Promise<void> {
  const answer = await send('mail', { mail: mail.id, did, text });
  if (answer.error) showError(answer.error);
  else clearErrors();
}
