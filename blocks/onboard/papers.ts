import type { Button } from '@slack/types';
import type { Acceptance, AgreementState } from '../../src/onboard/agreements/agreement-version.ts';
import type { Held } from '../../src/onboard/training/certificates.ts';
import { button, type Modal, modal } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, day, divider, escaped, moment, section, shorten } from '../mrkdwn.ts';
import { copyButton, versionName } from './agreement.ts';
import { certificateButton, certificateWords } from './library.ts';

export const PAPERS_TITLE = 'Papers';
/** A modal holds 100 blocks. */
const MOST_SHOWN = 40;

/** How things stand, in a line on the partner's card. */
export function agreementLine(states: readonly AgreementState[]): string {
  if (states.length === 0) return '*Agreement:* none yet. An admin adds one with `/partners agreement`.';
  return states
    .map(({ version, acceptance, isAsked, by }) => {
      if (acceptance)
        return `*Agreement:* ${versionName(version)}, accepted by ${escaped(shorten(acceptance.name, 80))}, ${moment(acceptance.at)}`;
      return `*Agreement:* ${versionName(version)}, ${isAsked ? `not accepted yet${by ? `, asked by ${day(by)}` : ''}` : 'an earlier one still holds'}`;
    })
    .join('\n');
}

/** Who holds which certificate, in a line on the partner's card. */
export function certificatesLine(certificates: readonly Held[]): string {
  const shown = certificates.slice(0, 5).map(certificateWords);
  const left = certificates.length - shown.length;
  return `*Certificates:* ${shown.length > 0 ? shown.join('; ') : 'nobody has one yet'}${left > 0 ? `; and ${left} more` : ''}`;
}

/** The newest agreement's copy, and the way to all of them; none where there is nothing to hand out. */
export function paperButtons(partnerId: string, [newest]: readonly Acceptance[], certificates: readonly Held[]): Button[] {
  if (!newest && certificates.length === 0) return [];
  return [...(newest ? [copyButton(newest)] : []), button(ACTIONS.papersShow, 'All Agreements and Certificates', partnerId)];
}

/** Everything that a partner accepted, and what its people are certified for, each with its PDF. */
export function papersPage(partnerId: string, acceptances: readonly Acceptance[], certificates: readonly Held[]): Modal {
  const left = Math.max(acceptances.length - MOST_SHOWN, 0) + Math.max(certificates.length - MOST_SHOWN, 0);
  return modal(PAPERS_TITLE, [
    section('*Agreements*'),
    ...acceptances.slice(0, MOST_SHOWN).map((one) => ({ ...section(acceptanceWords(one)), accessory: copyButton(one) })),
    ...(acceptances.length === 0 ? [context('None was accepted yet.')] : []),
    divider,
    section('*Certificates*'),
    ...certificates
      .slice(0, MOST_SHOWN)
      .map((one) => ({ ...section(certificateWords(one)), accessory: certificateButton(one, partnerId) })),
    ...(certificates.length === 0 ? [context('Nobody has one yet.')] : []),
    ...(left > 0 ? [context(`…and ${left} older ones.`)] : []),
  ]);
}

function acceptanceWords(acceptance: Acceptance): string {
  const { name, jobTitle, at } = acceptance;
  return `*${versionName(acceptance)}*\nAccepted by ${escaped(shorten(name, 80))}, ${escaped(shorten(jobTitle, 80))}, ${moment(at)}`;
}
