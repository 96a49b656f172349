import type { CompanyStage, StageState } from '../src/programme/companies/company.ts';
import { moment, person } from './mrkdwn.ts';

/** As a heading, and as a choice in a select, which takes no emoji of ours. */
export const STAGE_WORDS: Record<StageState, string> = {
  new: 'New',
  drafted: 'Being drafted',
  waiting: 'Waiting for approval',
  leaving: 'Waiting to leave',
  sent: 'Sent',
  answered: 'Answered',
  later: 'Later',
  'turned-down': 'Turned down',
  silenced: 'Silenced',
  partner: 'Partner',
};

export const STAGE_EMOJI: Record<StageState, string> = {
  new: ':sparkles:',
  drafted: ':pencil2:',
  waiting: ':memo:',
  leaving: ':hourglass_flowing_sand:',
  sent: ':outbox_tray:',
  answered: ':inbox_tray:',
  later: ':date:',
  'turned-down': ':x:',
  silenced: ':mute:',
  partner: ':handshake:',
};

/** What a stage's `how` says, by its code: of replies, decisions, silence and drafts. One that is not here says nothing. */
export const HOW_WORDS: Record<string, string> = {
  // Of a reply.
  interested: 'interested',
  later: 'not now, perhaps later',
  no: 'a no',
  'wrong-person': 'somebody else decides',
  bounce: 'it did not arrive',
  'opt-out': 'they want no more mail',
  complaint: 'a complaint of spam',
  other: 'for a person to read',
  // Of what was sent.
  'no-answer': 'no answer, and nothing more is planned',
  // Of a draft.
  blocked: 'no e-mail may go to this person',
  failed: 'it did not leave',
  unknown: 'nobody can tell whether it left',
  draft: 'the draft was closed',
  // Of a decision.
  'wrong-market': 'wrong market or customers',
  'wrong-kind': 'not this kind of partner',
  'too-small': 'too small',
  'too-large': 'too large',
  competitor: 'a competitor',
  'known-already': 'known already',
  'no-contact': 'asked not to be contacted',
  // Of silence.
  'asked-us': 'they asked us',
  decision: 'the team’s decision',
};

/** Where a company stands, how, until when, since when and by whom; mrkdwn. */
export function stageWords({ state, how, until, at, by }: CompanyStage): string {
  const more = state === 'turned-down' && how === 'other' ? 'another reason' : HOW_WORDS[how];
  const words = `${STAGE_EMOJI[state]} ${STAGE_WORDS[state]}${more ? `: ${more}` : ''}${until ? `, until ${moment(until)}` : ''}`;
  const who = by && by !== 'system' ? ` · ${person(by)}` : '';
  return state === 'new' ? words : `${words} · since ${moment(at)}${who}`;
}
