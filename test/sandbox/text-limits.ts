import { byType, type Check, flag, object, oneOf, string } from './checks.ts';

/** Source of every figure in the limit tables: docs.slack.dev, reference/block-kit, and the types of @slack/types. */
const LONGEST_TEXT = 3000;

export function plain(max: number): Check {
  return byType({ plain_text: object({ type: oneOf('plain_text'), text: string({ max }) }, { emoji: flag }) });
}

export function mrkdwn(max: number): Check {
  return byType({ mrkdwn: object({ type: oneOf('mrkdwn'), text: string({ max }) }, { verbatim: flag }) });
}

/** Plain or mrkdwn. */
export function text(max: number = LONGEST_TEXT): Check {
  return (value, at) =>
    byType({
      plain_text: plain(max),
      mrkdwn: mrkdwn(max),
    })(value, at);
}

export const id: Check = string({ max: 255 });
export const url: Check = string({ max: 3000 });

export const confirm: Check = object(
  { text: text(300) },
  { title: plain(100), confirm: plain(30), deny: plain(30), style: oneOf('primary', 'danger') },
);
