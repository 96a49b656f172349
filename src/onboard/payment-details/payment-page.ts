import { type Field, fieldHtml, type Html, html } from '../pages/html.ts';
import { formHtml, type PageSection } from '../pages/page-section.ts';
import type { Visit } from '../pages/visit.ts';
import { givePayment, lookAtPayment } from './give-payment.ts';
import { maskedReference, NewPayment, PAYMENT_METHODS, type PaymentEntry, type PaymentMethod } from './payment-details.ts';

/** The words of this part of the page. */
const WORDS = {
  title: 'Payment details',
  noKey: 'Payment details cannot be kept yet: whoever runs this page must set DATA_KEY first. Ask your contact.',
  none: 'Nothing yet. Say how you want to be paid.',
  counts: 'This counts:',
  waits: 'This waits for a second person of the programme’s team to confirm it:',
  intro: 'It is kept encrypted; we show its last characters only. It counts once a second person of the programme’s team has confirmed it.',
  saved: 'Saved, and waiting to be confirmed.',
  wrong: 'Nothing is saved yet. Correct what is marked, then send it again.',
  unreadable: 'not readable without its key',
  button: 'Save',
  methods: { bank: 'Bank transfer', paypal: 'PayPal', other: 'Another way' } satisfies Record<PaymentMethod, string>,
};

/** How the partner is paid. `ask` is told of each entry that waits. */
export function paymentSection(
  keys: () => readonly string[],
  ask: (partnerId: string, workspaceId: string, entryId: string) => Promise<void>,
): PageSection {
  return {
    path: 'payment',
    title: WORDS.title,
    object: 'statement',
    show: async (visit) => html`${await stateHtml(visit, keys())}${formOf(visit, keys(), {}, {})}`,
    take: async (visit, form) => {
      const { actor, at } = visit;
      const typed = { currency: form.get('currency') ?? '', method: form.get('method') ?? '', reference: form.get('reference') ?? '' };
      const read = NewPayment.safeParse(typed);
      if (!read.success) {
        const wrong = Object.fromEntries(read.error.issues.map(({ path, message }) => [String(path[0]), message]).reverse());
        return html`<p class="wrong" role="alert">${WORDS.wrong}</p>${formOf(visit, keys(), typed, wrong)}`;
      }
      const { id } = await givePayment(actor, actor.partnerId, read.data, keys(), at);
      await ask(actor.partnerId, actor.workspaceId, id);
      return html`<p class="done" role="status">${WORDS.saved}</p>${await stateHtml(visit, keys())}`;
    },
  };
}

async function stateHtml({ actor, at }: Visit, keys: readonly string[]): Promise<Html> {
  const { details } = await lookAtPayment(actor, actor.partnerId, at);
  const line = (words: string, entry: PaymentEntry | null | undefined) =>
    entry && html`<p>${words} ${WORDS.methods[entry.method]}, ${entry.currency}, ${maskedReference(entry, keys) ?? WORDS.unreadable}</p>`;
  const shown = html`${line(WORDS.counts, details?.current) ?? null}${line(WORDS.waits, details?.pending) ?? null}`;
  return shown.markup ? shown : html`<p>${WORDS.none}</p>`;
}

function formOf(visit: Visit, keys: readonly string[], typed: Record<string, string>, wrong: Record<string, string>): Html {
  if (keys.length === 0) return html`<p>${WORDS.noKey}</p>`;
  const options = PAYMENT_METHODS.map((method) => ({ value: method, label: WORDS.methods[method] }));
  const fields: Field[] = [
    { kind: 'text', name: 'currency', label: 'Currency', value: '', max: 3, hint: 'Three letters, such as EUR' },
    { kind: 'choice', name: 'method', label: 'How', value: '', options },
    {
      kind: 'text',
      name: 'reference',
      label: 'Where the money goes',
      value: '',
      hint: 'The IBAN, or account number and bank code; the address at PayPal',
    },
  ];
  const filled = fields.map((field) => fieldHtml({ ...field, value: typed[field.name] ?? '', wrong: wrong[field.name] }));
  return html`<p>${WORDS.intro}</p>${formHtml(visit, WORDS.button, filled)}`;
}
