import type { KnownBlock } from '@slack/types';
import type { Acceptance, AgreementState, AgreementVersion } from '../../src/onboard/agreements/agreement-version.ts';
import type { AskStage, Overview } from '../../src/onboard/agreements/open-agreements.ts';
import { PARTNER_TYPES, type PartnerType } from '../../src/programme/setup/programme.ts';
import { actions, button, input, type Modal, modal, option, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, day, divider, escaped, moment, plainTo, section, shorten } from '../mrkdwn.ts';
import { count, PARTNERS_WORDS } from '../words.ts';

export const AGREEMENTS_TITLE = 'Agreements';
/** A modal holds 100 blocks; older versions stay on file. */
const MOST_VERSIONS = 30;
/** Lines of a list in one section of 3,000 characters. */
const MOST_LINES = 25;

/** “v3 · Reseller agreement”. */
export function versionName({ number, title }: Pick<AgreementVersion, 'number' | 'title'>): string {
  return `v${number} · ${plainTo(title, 150)}`;
}

/** For which types of partners, inside a sentence. */
export function typesWords(types: readonly PartnerType[]): string {
  return types.length === 0 ? 'all partners' : types.map((type) => PARTNERS_WORDS[type]).join(', ');
}

/** Twelve characters tell two versions apart; the copy has all of it. */
export function hashWords({ hash }: Pick<AgreementVersion, 'hash'>): string {
  return `\`${hash.slice(0, 12)}\``;
}

/** Every version, newest first, for admins. */
export function agreementsPage(versions: readonly AgreementVersion[], accepted: ReadonlyMap<string, number>): Modal {
  const left = versions.length - MOST_VERSIONS;
  return modal(AGREEMENTS_TITLE, [
    section(
      versions.length === 0
        ? 'There is no agreement yet. Add the text or the PDF that your partners accept; who accepted which version is kept for good.'
        : 'A version never changes. To change a word, publish a new one.',
    ),
    actions('agreements', button(ACTIONS.agreementNew, 'New Version', 'new')),
    ...versions.slice(0, MOST_VERSIONS).flatMap((version) => versionBlocks(version, accepted.get(version.id) ?? 0)),
    ...(left > 0 ? [context(`…and ${count(left, 'older version')}, on file with who accepted them.`)] : []),
  ]);
}

function versionBlocks(version: AgreementVersion, accepted: number): KnownBlock[] {
  const { id, types, kind, askBy, createdAt, createdBy } = version;
  const facts = [
    `${kind === 'pdf' ? 'PDF' : 'Text'} for ${typesWords(types)}, ${hashWords(version)}`,
    `published ${moment(createdAt)} by <@${createdBy}>`,
    ...(askBy ? [`asks everybody again by ${day(askBy)}`] : []),
  ];
  return [
    section(`*${versionName(version)}*\n${facts.join(' · ')}\nAccepted by ${count(accepted, 'partner')}.`),
    actions(
      `agreement:${id}`,
      button(ACTIONS.agreementRead, 'Read', JSON.stringify({ versionId: id, page: 0 })),
      button(ACTIONS.agreementWho, 'Who Accepted', id),
    ),
  ];
}

/** Title, text or file, for whom, and by when. */
export function agreementForm(): Modal {
  const types = PARTNER_TYPES.map((type) => option(type, PARTNERS_WORDS[type]));
  return modal(
    'New version',
    [
      textInput('title', 'Title', '', { max: 150, placeholder: 'Partner agreement' }),
      textInput('text', 'Text', '', { multiline: true, optional: true, hint: 'Up to 3,000 characters. Longer ones come as a file.' }),
      input(
        'file',
        'Or a file',
        { type: 'file_input', max_files: 1, filetypes: ['pdf', 'txt', 'md'] },
        { optional: true, hint: 'A PDF of up to 5 MB, or plain text (.txt, .md) of up to 200 kB.' },
      ),
      input('types', 'For', { type: 'multi_static_select', options: types }, { optional: true, hint: 'Leave it empty for all partners.' }),
      input(
        'askBy',
        'Ask everybody again by',
        { type: 'datepicker' },
        { optional: true, hint: 'Leave it empty if an earlier acceptance still holds; then only those who accepted none are asked.' },
      ),
    ],
    { id: VIEWS.agreementPublish, submit: 'Publish' },
  );
}

/** Who accepted one version, and who is still to. */
export function overviewPage({ version, accepted, open }: Overview): Modal {
  const asked = open.filter(({ isAsked }) => isAsked);
  const lines = asked.map(({ partner, by }) => `• ${plainTo(partner.name, 80)}${by ? `, by ${day(by)}` : ''} (<@${partner.owner}>)`);
  const shown = accepted.slice(0, MOST_VERSIONS);
  return modal(AGREEMENTS_TITLE, [
    section(`*${versionName(version)}*, for ${typesWords(version.types)}`),
    actions('agreements:back', button(ACTIONS.agreementList, 'Back', 'list')),
    section(`*Still to accept*\n${listed(lines, 'Nobody who is asked.')}`),
    divider,
    section(`*Accepted*${accepted.length === 0 ? '\nBy nobody yet.' : ''}`),
    ...shown.map((one) => ({ ...section(acceptedWords(one)), accessory: copyButton(one) })),
    ...(accepted.length > shown.length
      ? [context(`…and ${count(accepted.length - shown.length, 'more')}; each stands on its partner’s card.`)]
      : []),
  ]);
}

/** “Quillmont: Pia Pine, Head of Sales, on …”. */
function acceptedWords({ partnerName, name, jobTitle, at }: Acceptance): string {
  return `*${plainTo(partnerName, 80)}*: ${escaped(shorten(name, 80))}, ${escaped(shorten(jobTitle, 80))}, ${moment(at)}`;
}

export function copyButton({ id }: Pick<Acceptance, 'id'>) {
  return button(ACTIONS.agreementCopy, 'Agreement PDF', id);
}

function listed(lines: readonly string[], none: string): string {
  const left = lines.length - MOST_LINES;
  return lines.length === 0 ? none : [...lines.slice(0, MOST_LINES), ...(left > 0 ? [`…and ${left} more`] : [])].join('\n');
}

/** In a partner's channel: what is asked, and where it is done. */
export function askCard({ version, by }: AgreementState, { stage }: AskStage): { text: string; blocks: KnownBlock[] } {
  const what = `*${plainTo(version.title, 150)}*`;
  const until = by ? ` by ${day(by)}` : '';
  const words = {
    asked: by
      ? `There is a new version of your agreement, ${what}. Please read and accept it${until}.`
      : `There is an agreement for you, ${what}. Please read and accept it.`,
    soon: `A reminder: please read and accept ${what}${until}.`,
    over: `${what} was to be accepted${until}, and still is not. Please read and accept it now, or tell us here what stands in the way.`,
  }[stage];
  const read = button(ACTIONS.agreementRead, 'Read and Accept', JSON.stringify({ versionId: version.id, page: 0 }), { style: 'primary' });
  return { text: words, blocks: [section(words), actions(`agreement:${version.id}:${stage}`, read)] };
}

/** In the same place once it is done. */
export function askDone({ title, number, name, at }: Pick<Acceptance, 'title' | 'number' | 'name' | 'at'>) {
  const words = `:white_check_mark: *${plainTo(title, 150)}* (v${number}) was accepted by ${escaped(shorten(name, 80))}, ${moment(at)}.`;
  return { text: words, blocks: [section(words)] };
}

/** To the colleague who looks after these partners. */
export function ownerNote(version: AgreementVersion, partners: readonly { name: string }[], { stage }: AskStage) {
  const { askBy } = version;
  const until = askBy ? ` by ${day(askBy)}` : '';
  const head = {
    asked: `*${versionName(version)}* is published. I asked these partners of yours to accept it${until}:`,
    soon: `*${versionName(version)}* is to be accepted${until}. These partners of yours have not done it yet:`,
    over: `*${versionName(version)}* was to be accepted${until}. These partners of yours have not done it; talk to them:`,
  }[stage];
  const text = `${head}\n${listed(
    partners.map(({ name }) => `• ${plainTo(name, 80)}`),
    '',
  )}`;
  return { text, blocks: [section(text)] };
}

/** The record in a partner's channel; the copy follows as a file in its thread. */
export function acceptedCard(acceptance: Acceptance): { text: string; blocks: KnownBlock[] } {
  const { title, number, name, jobTitle, at } = acceptance;
  const who = `${escaped(shorten(name, 80))}, ${escaped(shorten(jobTitle, 80))}`;
  const text = `:page_facing_up: *${plainTo(title, 150)}* (v${number}) was accepted by ${who}, ${moment(at)}.`;
  return { text, blocks: [section(text), actions(`acceptance:${acceptance.id}`, copyButton(acceptance))] };
}
