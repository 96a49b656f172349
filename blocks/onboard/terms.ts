import type { KnownBlock } from '@slack/types';
import type { AgreementVersion } from '../../src/onboard/agreements/agreement-version.ts';
import { actions, button, input, type Modal, modal, option, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, escaped, plainTo, section, shorten, verbatim } from '../mrkdwn.ts';
import { hashWords, versionName } from './agreement.ts';

/** Characters of an agreement that one page shows. */
const PAGE = 9_000;

/** Who reads: `back` leads them where they came from; `accepts` is their company when they are asked to accept. */
export type Reader = { back: { action: 'library' | 'agreements'; value: string }; accepts: { company: string; name: string } | null };

/** A text over as many pages as it needs, cut at line ends; joined they are the text. */
function termsPages(text: string): string[] {
  const pages: string[] = [];
  for (let rest = text; rest.length > 0; ) {
    const end = rest.length <= PAGE ? rest.length : Math.max(rest.lastIndexOf('\n', PAGE - 1) + 1, 0) || wholeEnd(rest);
    pages.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return pages;
}

/** Not in the middle of a character that takes two. */
function wholeEnd(text: string): number {
  return /[\ud800-\udbff]/.test(text.charAt(PAGE - 1)) ? PAGE - 1 : PAGE;
}

/** One page of an agreement; on the last of them who is asked can accept. `text` is null for a PDF. `notice` is mrkdwn. */
export function termsPage(version: AgreementVersion, text: string | null, page: number, reader: Reader, notice = ''): Modal {
  const pages = text === null ? [] : termsPages(text);
  const at = Math.min(page, Math.max(pages.length - 1, 0));
  const isLast = at >= pages.length - 1;
  const { accepts } = reader;
  const blocks = [
    ...(notice ? [section(`:warning: ${notice}`)] : []),
    section(`*${versionName(version)}*`),
    ...(text === null ? pdfBlocks(version) : verbatim(pages[at] ?? '')),
    ...(pages.length > 1 ? [context(`Page ${at + 1} of ${pages.length}`)] : []),
    turnButtons(version, at, pages.length, reader),
    ...(accepts && isLast ? acceptBlocks(accepts) : []),
    ...(accepts && !isLast ? [context('You can accept on the last page.')] : []),
    context(`Checksum of the exact text: ${hashWords(version)}`),
  ];
  const more =
    accepts && isLast ? { id: VIEWS.agreementAccept, submit: 'Accept', metadata: JSON.stringify({ versionId: version.id }) } : {};
  return modal('Agreement', blocks, more);
}

function pdfBlocks({ fileName }: AgreementVersion): KnownBlock[] {
  return [section(`The agreement is a PDF, *${plainTo(fileName, 100)}*. Press *Get the File*: it comes to our direct messages.`)];
}

function turnButtons({ id, kind }: AgreementVersion, at: number, pages: number, { back }: Reader): KnownBlock {
  const place = (page: number) => JSON.stringify({ versionId: id, page });
  const backTo = back.action === 'library' ? ACTIONS.libraryShow : ACTIONS.agreementList;
  return actions(
    `terms:${id}:${at}`,
    ...(at > 0 ? [button(ACTIONS.agreementTurn, 'Previous Page', place(at - 1))] : []),
    ...(at < pages - 1 ? [button(ACTIONS.agreementRead, 'Next Page', place(at + 1))] : []),
    button(ACTIONS.agreementFile, kind === 'pdf' ? 'Get the File' : 'Get It as a File', id),
    button(backTo, 'Back', back.value),
  );
}

/** What the tick gives. */
export const MAY_ACCEPT = 'may-accept';

function acceptBlocks({ company, name }: { company: string; name: string }): KnownBlock[] {
  const tick = option(MAY_ACCEPT, `I have read it and may accept it for ${shorten(company, 30)}`);
  return [
    section(`To accept it for *${escaped(shorten(company, 100))}*:`),
    textInput('name', 'Your name', name, { max: 120 }),
    textInput('jobTitle', 'Your position', '', { max: 120, placeholder: 'Head of Sales' }),
    input('may', 'Confirm', { type: 'checkboxes', options: [tick] }),
  ];
}

export function acceptedWords(isNew: boolean): string {
  return isNew ? 'Accepted. A copy comes to our shared channel.' : 'Your company has accepted it already; the first one counts.';
}
