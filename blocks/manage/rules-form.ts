import type { InputBlock } from '@slack/types';
import type { BadLine, RuleField, TypedRules } from '../../src/manage/deal-rules/typed-rules.ts';
import { PARTNER_TYPES } from '../../src/programme/setup/programme.ts';
import { input, type Modal, modal, textInput } from '../elements.ts';
import { VIEWS } from '../ids.ts';
import { context, section, shorten } from '../mrkdwn.ts';

export const RULES_TITLE = 'Deal rules';
/** Characters that an input holds. */
const LONGEST = 3000;

/** What an admin decides about the registration of deals. `notice` is mrkdwn; what was typed stays. */
export function rulesForm({
  typed,
  channel,
  rev,
  notice = '',
}: {
  typed: TypedRules;
  channel: string | null;
  rev: number;
  notice?: string;
}): Modal {
  return modal(
    RULES_TITLE,
    [
      ...(notice ? [section(`:warning: ${notice}`)] : []),
      textInput('reviewDays', 'Working days for a review', typed.reviewDays ?? '', {
        max: 3,
        hint: 'Reviewers hear when four fifths are over.',
      }),
      lines('holidays', 'Holidays', typed.holidays, 'One day a line, such as 2026-12-25. Nothing is due on them.'),
      channelInput(channel),
      lines(
        'protection',
        'Days of protection',
        typed.protection,
        'One a line: Everybody: 90, a type such as reseller: 120, a tier such as Gold: 180. A tier counts before a type.',
      ),
      lines(
        'openLimit',
        'Open registrations at most',
        typed.openLimit,
        'One a line: Everybody: 20, a tier such as Gold: 50. Empty for any number.',
      ),
      lines('territories', 'Countries that sales keep', typed.territories, 'One a line. A person decides there.'),
      context('What is decided or runs already stays as it is.'),
    ],
    { id: VIEWS.dealRules, submit: 'Save', metadata: JSON.stringify({ rev }) },
  );
}

function lines(field: RuleField, label: string, typed: string | undefined, hint: string): InputBlock {
  return textInput(field, label, shorten(typed ?? '', LONGEST), { multiline: true, optional: field !== 'protection', hint, max: LONGEST });
}

function channelInput(channel: string | null): InputBlock {
  return input(
    'channel',
    'Deal channel',
    {
      type: 'conversations_select',
      filter: { include: ['public', 'private'], exclude_external_shared_channels: true, exclude_bot_users: true },
      ...(channel ? { initial_conversation: channel } : {}),
    },
    { optional: true, hint: 'Reviews go there; empty: to whoever looks after the partner. Only people of your company may be in it.' },
  );
}

export const RULES_SAVED = ':white_check_mark: Saved. It holds for what is registered and decided from now on.';
export const CHANGED_MEANWHILE = 'Somebody else has saved the rules meanwhile. Here is what you typed: look at it once more, then save.';

/** One sentence for each line that cannot be read, by field; `tiers` are those that partners have. */
export function badLineWords(bad: readonly BadLine[], tiers: readonly string[]): Record<string, string> {
  const byField: Record<string, string> = {};
  for (const one of bad) byField[one.field] = shorten([byField[one.field] ?? '', lineWords(one, tiers)].filter(Boolean).join(' '), 1500);
  return byField;
}

function lineWords({ field, line, why }: BadLine, tiers: readonly string[]): string {
  const said = `“${shorten(line, 60)}”`;
  switch (why) {
    case 'not-a-number':
      return field === 'reviewDays' ? 'Give a number from 1 to 30.' : `${said} is no number.`;
    case 'not-a-day':
      return `${said} is no day: write it as 2026-12-25.`;
    case 'not-a-pair':
      return `${said} needs a name and a whole number, such as Gold: 120.`;
    case 'unknown-name': {
      const known = tiers.length > 0 ? `Tiers: ${shorten(tiers.join(', '), 300)}.` : 'No partner has a tier yet.';
      const types = `${said} is no type of partner and no tier that one has. Types: ${PARTNER_TYPES.join(', ')}. ${known}`;
      return field === 'protection' ? types : `${said} is no tier that a partner has. ${known}`;
    }
    case 'unknown-country':
      return `${said} is no country that I know.`;
    case 'twice':
      return `${said} names something that has a line already.`;
    case 'too-many':
      return `${line} holidays are more than I keep: leave out those that are over.`;
  }
}
