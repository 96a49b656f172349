import { Refusal } from '../../errors.ts';
import { fieldHtml, type Html, html } from '../pages/html.ts';
import { formHtml, type PageFile, type PageSection } from '../pages/page-section.ts';
import type { Visit } from '../pages/visit.ts';
import { Accepter, acceptAgreement } from './accept-agreement.ts';
import { acceptanceFor, agreementCopy } from './agreement-copy.ts';
import { getTerms } from './agreement-repository.ts';
import type { Acceptance, AgreementState } from './agreement-version.ts';
import { textOfTerms } from './publish-agreement.ts';
import { myAgreements, readableVersion } from './read-agreements.ts';

/** The words of this part of the page. */
const WORDS = {
  title: 'Agreement',
  none: 'There is none yet. When there is one to accept, it stands here.',
  pdf: 'The agreement is a PDF. Get the file and read it before you accept.',
  kept: 'You have accepted an earlier version, which still holds. You may accept this one too.',
  name: 'Your name',
  jobTitle: 'Your position',
  button: 'Accept',
  file: 'Get the File',
  copy: 'Get the Copy',
  wrong: 'Nothing is accepted yet. Correct what is marked, then press the button again.',
  replaced: 'A newer version has taken the place of the one you read. Nothing was accepted; read this one, then accept it.',
  done: 'Accepted. You can get the copy here at any time.',
};
const MOST = 120;
/** What was typed into the form of one version, and what is wrong with it. */
type Sent = { versionId: string; typed: Record<string, string>; wrong: Record<string, string> };

/** Reading and accepting the agreement, as in Slack. `tell` hears of each acceptance. */
export function agreementSection(tell: (acceptance: Acceptance) => Promise<void>): PageSection {
  return {
    path: 'agreement',
    title: WORDS.title,
    object: 'asset',
    show: (visit) => agreementHtml(visit, ''),
    take: (visit, form) => take(visit, form, tell),
  };
}

async function take(visit: Visit, form: URLSearchParams, tell: (acceptance: Acceptance) => Promise<void>): Promise<Html | PageFile> {
  const { actor, at } = visit;
  const versionId = form.get('version') ?? '';
  const copyOf = form.get('copy');
  if (copyOf) return agreementCopy(await acceptanceFor(actor, copyOf, at));
  if (form.get('want') === 'file') {
    const { fileName, workspaceId } = await readableVersion(actor, versionId);
    return { name: fileName, bytes: await getTerms(workspaceId, versionId) };
  }
  const typed = { name: form.get('name') ?? '', jobTitle: form.get('jobTitle') ?? '' };
  const read = Accepter.safeParse(typed);
  if (!read.success) {
    const wrong = Object.fromEntries(read.error.issues.map(({ path, message }) => [String(path[0]), message]).reverse());
    return agreementHtml(visit, WORDS.wrong, { versionId, typed, wrong });
  }
  try {
    const { acceptance } = await acceptAgreement(actor, { versionId, ...read.data }, at);
    await tell(acceptance);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'agreement-replaced') return agreementHtml(visit, WORDS.replaced);
    throw error;
  }
  return html`<p class="done" role="status">${WORDS.done}</p>${await agreementHtml(visit, '')}`;
}

/** `wrong`: what is to be mended first. */
async function agreementHtml(visit: Visit, wrong: string, sent?: Sent): Promise<Html> {
  const states = await myAgreements(visit.actor);
  const shown = await Promise.all(states.map((state) => stateHtml(visit, state, sent)));
  return html`${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : null}${shown.length > 0 ? shown : html`<p>${WORDS.none}</p>`}`;
}

async function stateHtml(visit: Visit, { version, acceptance, isAsked, by }: AgreementState, sent: Sent | undefined): Promise<Html> {
  const { id, number, title, kind, hash } = version;
  const terms = kind === 'text' ? textOfTerms(await getTerms(version.workspaceId, id)) : null;
  const getFile = formHtml(visit, WORDS.file, [], { version: id, want: 'file' });
  const until = isAsked && by ? ` Please do so by ${by.toISOString().slice(0, 10)}.` : '';
  return html`<h2>${title}, version ${number}</h2>
${acceptance ? acceptedHtml(visit, acceptance) : html`<p>${isAsked ? `Read it, then accept it for ${visit.partner.name}.${until}` : WORDS.kept}</p>`}
${terms === null ? html`<p>${WORDS.pdf}</p>${getFile}` : paragraphs(terms)}
<p>SHA-256 ${hash}</p>
${acceptance ? null : acceptForm(visit, id, sent?.versionId === id ? sent : undefined)}`;
}

function acceptedHtml(visit: Visit, { id, name, at }: Acceptance): Html {
  return html`<p>Accepted by ${name} on ${at.toISOString().slice(0, 10)}.</p>${formHtml(visit, WORDS.copy, [], { copy: id })}`;
}

function acceptForm(visit: Visit, version: string, sent: Sent | undefined): Html {
  const { typed = {}, wrong = {} } = sent ?? {};
  const fields = [
    fieldHtml({ kind: 'text', name: 'name', label: WORDS.name, value: typed.name ?? visit.contact.name, max: MOST, wrong: wrong.name }),
    fieldHtml({ kind: 'text', name: 'jobTitle', label: WORDS.jobTitle, value: typed.jobTitle ?? '', max: MOST, wrong: wrong.jobTitle }),
    html`<p>By pressing ${WORDS.button} you say that you have read it and may accept it for ${visit.partner.name}.</p>`,
  ];
  return formHtml(visit, WORDS.button, fields, { version });
}

function paragraphs(text: string): Html[] {
  return text
    .split(/\r?\n\s*\n/)
    .map((part) => html`<p>${part.split(/\r?\n/).map((line, index) => html`${index > 0 ? html`<br>` : null}${line}`)}</p>`);
}
