/** Markup that is safe to put into a page. */
export type Html = { readonly markup: string };
type Part = Html | string | number | readonly Html[] | null;

/** Markup with what is put into it: texts are escaped, markup and lists of it stand as they are, null is nothing. */
export function html(texts: TemplateStringsArray, ...parts: Part[]): Html {
  return { markup: texts.map((text, index) => `${index === 0 ? '' : markupOf(parts[index - 1] ?? null)}${text}`).join('') };
}

function markupOf(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapedHtml(String(part));
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
}

export function escapedHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

/** One field of a form, with its label, a hint, and what is wrong with it; a screen reader reads all of it with the field. */
export type Field = {
  name: string;
  label: string;
  value: string;
  hint?: string;
  wrong?: string | undefined;
  optional?: boolean;
  max?: number;
} & ({ kind: 'text' | 'email' | 'date' | 'long' } | { kind: 'choice'; options: readonly { value: string; label: string }[] });

export function fieldHtml(field: Field): Html {
  const { name, label, hint, wrong, optional } = field;
  const about = [hint ? `${name}-hint` : '', wrong ? `${name}-wrong` : ''].filter(Boolean).join(' ');
  return html`<div class="field">
<label for="${name}">${label}${optional ? ' (optional)' : ''}</label>
${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : null}
${wrong ? html`<p class="wrong" id="${name}-wrong">${wrong}</p>` : null}
${controlHtml(field, about)}
</div>`;
}

function controlHtml(field: Field, about: string): Html {
  const { name, value, wrong, optional, max = 300 } = field;
  const more = html` id="${name}" name="${name}"${optional ? null : html` required`}${about ? html` aria-describedby="${about}"` : null}${wrong ? html` aria-invalid="true"` : null}`;
  switch (field.kind) {
    case 'long':
      return html`<textarea${more} rows="4" maxlength="${max}">${value}</textarea>`;
    case 'choice': {
      const options = field.options.map(
        (one) => html`<option value="${one.value}"${one.value === value ? html` selected` : null}>${one.label}</option>`,
      );
      return html`<select${more}><option value="">Choose</option>${options}</select>`;
    }
    case 'date':
      return html`<input type="date"${more} value="${value}">`;
    default:
      return html`<input type="${field.kind}"${more} maxlength="${max}" value="${value}">`;
  }
}
