import type { Shown } from '../partners/may-show.ts';
import type { Partner } from '../partners/partner.ts';
import { type Html, html } from './html.ts';
import type { Visit } from './visit.ts';

/** A file that a form asked for. */
export type PageFile = { name: string; bytes: Buffer };

/** One part of a partner's page. Stages bring their own; `src/page-sections.ts` has the list. What it throws as a refusal is said to the visitor. */
export type PageSection = {
  /** The last part of its address: `deals`. */
  path: string;
  title: string;
  /** What it shows of the visitor's own partner. `asked` is what its address names, by anybody. The rule of what outsiders see is asked before it is shown and before a form is taken. */
  object: Shown['object'];
  /** Whose page has it; everybody's where it does not say. */
  isFor?: (partner: Pick<Partner, 'types'>) => boolean;
  show: (visit: Visit, asked: URLSearchParams) => Promise<Html>;
  /** Takes its form and shows what became of it, or hands out a file; without it there is no form. May be called twice with the same form. */
  take?: (visit: Visit, form: URLSearchParams) => Promise<Html | PageFile>;
};

/** The hidden field that says which visit a form belongs to. */
export const FORM_TOKEN = 'visit';

/** A form that its own section takes. `hidden`: what goes back unseen and is not trusted. */
export function formHtml(
  { formToken }: Pick<Visit, 'formToken'>,
  button: string,
  fields: readonly Html[],
  hidden: Record<string, string> = {},
): Html {
  const unseen = Object.entries({ ...hidden, [FORM_TOKEN]: formToken });
  return html`<form method="post">
${unseen.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${fields}
<button>${button}</button>
</form>`;
}
