import { GateCode } from '../src/discover/fit/gates.ts';
import type { RefusalCode } from '../src/errors.ts';
import { TermsProblem } from '../src/onboard/agreements/agreement-version.ts';
import { Evidence } from '../src/onboard/checklists/step.ts';
import { PartnerType, SetupStep } from '../src/programme/setup/programme.ts';
import { TargetProblem } from '../src/programme/suppression/suppression-target.ts';
import { Lapse } from '../src/recruit/outreach/draft-note.ts';
import { ContactBlock } from '../src/recruit/policy/judge-contact.ts';
import { gateWords } from './discover/reason-words.ts';
import { LABELS } from './labels.ts';
import { escaped } from './mrkdwn.ts';
import { EVIDENCE_WORDS } from './onboard/checklist-words.ts';
import { fileProblemWords } from './programme/import-words.ts';
import { lapseWords } from './recruit/draft-notes.ts';
import { blockWords } from './recruit/policy-words.ts';
import { PARTNERS_WORDS, STEP_WORDS } from './words.ts';

/** Why a partner gets no part in a deal. */
const SHARE_REFUSED: Record<string, string> = {
  own: 'That partner registered this deal: it is in it already. Name another one.',
  full: 'As many partners are in this deal as can be. Remove one on its card first.',
};

/** Why nobody can ask for more time. */
const EXTENSION_REFUSED: Record<string, string> = {
  over: 'The protection of this deal is over. Register the account again with *Register a Deal*.',
  'too-early': 'More time can be asked for in the last 14 days of the protection. I remind you when they begin.',
  once: 'This deal was extended, or asked about, already: once is what there is.',
  'no-activity': 'More time rests on work: press *Log Activity* and say what was done since the approval, then ask again.',
};

type Details = Readonly<Record<string, string | number>>;

/** One sentence for each rule, with the next step. The type demands one per code. */
const SENTENCES: Record<RefusalCode, (details: Details) => string> = {
  'internal-only': () => 'This is for the team that runs the partner programme. Ask your contact there.',
  'person-unchecked': ({ whom }) => `I could not check who ${whom === 'chosen' ? 'that is' : 'you are'}. Try again in a minute.`,
  'role-needed': ({ need }) =>
    `You need the role *${word(need)}* for this. An admin can grant it with \`/partners roles\`; \`/partners help\` names the admins.`,
  'last-admin': () => 'This is the only admin. Make somebody else admin first, then change this role.',
  'reader-external': () => 'I send this only to full members of this workspace, and Slack does not name you as one. Ask a colleague.',
  'deal-sale-gone': () => 'The CRM does not say any more that this sale is closed. Open the deal to see how it stands.',
  'owner-external': () => 'Owners in the CRM are colleagues. Choose a full member of this workspace.',
  'person-external': () => 'Roles are for full members of this workspace. Choose a colleague.',
  'setup-incomplete': ({ step }) =>
    `${STEP_WORDS[SetupStep.catch('company').parse(step)].missing} An admin can tell me with \`/partners setup\`.`,
  'channel-shared': () =>
    'That channel is shared with another company, and what we post is internal. Choose one only your company can read.',
  'channel-unreachable': () =>
    'I cannot post in that channel. Invite me there with `/invite @Partnerships`, or choose another channel in `/partners setup`.',
  'partner-unknown': ({ name, several }) => {
    if (several)
      return `More than one partner is called something like “${word(name)}”. Give the whole name or the web domain; \`/partners partners\` lists them.`;
    return name ? `No partner is called “${word(name)}”. \`/partners partners\` lists them.` : 'That partner is not on file any more.';
  },
  'partner-exists': ({ name }) =>
    `${name ? word(name) : 'Another partner'} has this name, domain or Slack workspace already. Open it with \`/partners show\`, or merge the two there.`,
  'partner-ended': ({ name }) => `The partnership with ${name ? word(name) : 'this company'} has ended. Nothing was done.`,
  'partner-moved-on': () =>
    'Somebody changed this partner since you opened it. Nothing was done; open it again, it shows how things stand now.',
  'partner-notes-full': ({ most }) =>
    `This partner has ${word(most)} notes, as many as a record keeps. Nothing was added, and none was lost; write it where the team keeps longer texts.`,
  'partner-only': () => 'This is for the partner’s own people.',
  'account-held': ({ company, name, status }) =>
    `${company ? word(company) : 'Another registration'} of ${name ? word(name) : 'a partner'} has this account. ${status === 'approved' ? 'Revoke' : 'Reject'} that one first, or reject this.`,
  'deal-moved-on': () => 'Somebody else was faster: this deal has moved on. Open it again to see where it stands.',
  'deal-appealed': () => 'It was appealed once, and that is how often it can be. Your contact can tell you more.',
  'deal-unasked': () => 'Nothing is asked about this deal any more. *My Deals* shows where it stands.',
  'rules-changed': () => 'Somebody changed these rules since you opened them. Nothing was saved; open them again.',
  'plan-moved-on': () => 'Somebody saved another version of this plan meanwhile. Nothing was saved; open `/partners plan` again.',
  'cap-below-plan': ({ name }) => `The plan “${word(name)}” alone pays more than that. Lower the plan first, or set a higher cap.`,
  'revenue-unknown': () => 'What is to be refunded is not on file yet. Bring the revenue first, then its refund.',
  'cost-unknown': () => 'There is no such cost. `/partners costs` shows those on file.',
  'quarter-unknown': ({ name }) => `“${word(name)}” is no quarter. Write it as \`this quarter\`, \`last quarter\` or \`2026-Q3\`.`,
  'qbr-shared': () =>
    'It was shared a moment ago, or is being shared. Look into their channel first; in some minutes you can share it again.',
  'deal-form-full': ({ type, count }) =>
    `That would ask ${PARTNERS_WORDS[PartnerType.catch('reseller').parse(type)]} ${word(count)} questions, more than fit on the form. Take one away first.`,
  'fields-full': ({ most }) => `There are at most ${word(most)} questions of your own. Remove one first.`,
  'field-unknown': () => 'That question is not there any more. Open `/partners fields` again.',
  'day-to-come': () => 'This day is still to come. Give the day on which it happened.',
  'touch-in-time': () => 'This was not claimed late. Open the sale to see why it counts or not.',
  'sale-unknown': () => 'That sale is not on file any more. `/partners revenue` shows what is.',
  'deal-unknown': () => 'That deal is not yours, or is gone. *My Deals* shows those that are there, and *Register a Deal* begins another.',
  'deal-limit': ({ most }) =>
    `Your company has as many registrations open as it may have${most ? ` (${word(most)})` : ''}. Withdraw one in *My Deals*, or ask your contact for more room. What you typed is kept.`,
  'link-not-for': ({ name }) =>
    `Links are for affiliates and referral partners, and ${name ? word(name) : 'this partner'} is neither. Change its type with *Edit* in \`/partners show\`.`,
  'link-unknown': () => 'There is no such link any more. Type `/partners links` for those there are.',
  'link-code-wrong': () => 'Use 3 to 40 letters, digits and hyphens, such as acme-spring.',
  'link-code-taken': ({ code }) => `“${word(code)}” is taken. Choose another code, or leave it empty for one that is free.`,
  'link-target-elsewhere': ({ domains }) =>
    `Give a page that begins with https:// at ${domains ? word(domains) : 'your own website'}, without the parameter via. An admin adds other domains in \`/partners links\`.`,
  'coupon-wrong': () => 'Shorten the coupon to 60 characters.',
  'coupon-taken': ({ coupon }) => `The coupon “${word(coupon)}” is bound to another link. A coupon belongs to one partner.`,
  'flag-settled': () => 'There is nothing to decide about this customer any more. Type `/partners links` to see how it stands.',
  'flag-in-payout': () =>
    'What this customer earned is in a payout already. Take that payout back in `/partners pay` first, then decide here.',
  'conversion-unknown': () => 'Nobody has to look at that any more. Type `/partners links` to see what is left.',
  'refund-too-large': () => 'More is refunded than was sold. Check the sum, or record the sale first.',
  'deals-turned-away': ({ count: turned, days }) =>
    `${turned ? word(turned) : 'Several'} of your company’s registrations were turned away within ${days ? word(days) : '30'} days, because others were first. Ask your contact before you register more. What you typed is kept.`,
  'extension-refused': ({ why }) =>
    EXTENSION_REFUSED[String(why)] ?? 'There is no more time to be had for this deal. Open it: it shows how it stands.',
  'share-refused': ({ why }) => SHARE_REFUSED[String(why)] ?? 'That partner cannot be added. Open the deal: it shows who is in it.',
  'person-left': () => 'That person is not on the partner’s list any more, or has no e-mail address there. Correct it in `/partners show`.',
  'too-many-links': ({ email }) =>
    `${email ? word(email) : 'This person'} was sent enough links for now. The newest one works for 15 minutes; try again in an hour, after ten in a day tomorrow.`,
  'second-person-needed': () => 'You entered these payment details yourself. Somebody else who is a manager confirms them.',
  'other-person-needed': () =>
    'These came from the partner’s page, by a person whose address you gave or whose link you sent. Another manager confirms them; `/partners roles` makes a colleague one.',
  'payout-unknown': () => 'That payout is not there. `/partners pay` lists the newest.',
  'payout-nothing': ({ currency }) =>
    `No partner can be paid${currency ? ` in ${word(currency)}` : ''} now. \`/partners pay\` says what is owed, what is held, and until when.`,
  'payout-outdated': () =>
    'Nothing was done: payment details, lines or sales of this payout have changed since it was made, or a refund took back a part of it. Press *Take Back*, then make it anew.',
  'rate-known': () => 'Nothing was kept: there is a rate of this currency and day, and it stays, because sums were converted by it.',
  'rate-to-come': () => 'Nothing was kept: that day is not here yet. Choose today or an earlier day.',
  'rate-published': () =>
    'Nothing was kept: the bank publishes this currency. Bring its file of that day in `/partners rates`; only what it lacks is typed.',
  'payout-refunded': () =>
    'Nothing was marked: a refund has taken back a part of this payout meanwhile. Press *Mark as Paid* again to see how much.',
  'payout-moved-on': () => 'Nothing was done: somebody else has changed this payout meanwhile. Open it anew in `/partners pay`.',
  'payout-second-needed': () =>
    'You have approved this payout. Its sum needs a second person: another manager opens it in `/partners pay`.',
  'payout-other-needed': () =>
    'You gave or confirmed how a partner in this payout is paid, so you cannot be its second approver. Another manager can; `/partners roles` makes a colleague one.',
  'setting-missing': ({ name }) =>
    SETTING_MISSING[String(name)] ?? 'Something is not set up yet. Ask whoever runs the app to run `doctor`.',
  'agreement-unknown': () => 'That agreement is not yours to open, or is not on file. Press *Library* to see those that are.',
  'agreement-replaced': () =>
    'A newer version has taken the place of the one you read. Nothing was accepted; read the new one below, then accept that.',
  'terms-unreadable': ({ problem }) => TERMS_WORDS[TermsProblem.catch('no-text').parse(problem)],
  'file-not-sent': () => 'Slack did not take the file. Ask your contact for it; it is kept.',
  'course-unknown': () => 'That training is not open to you any more. Press *Library* to see what is.',
  'course-exists': () => 'There is a course of this title already. Choose another title.',
  'course-changed': () =>
    'The course was changed since you opened it. Nothing was counted or saved; open it again, it shows how it is now.',
  'course-full': ({ what, most }) => `There is room for ${word(most)} ${word(what)}. Remove one first.`,
  'course-empty': () => 'Add something to read and a question first. Then partners can take it.',
  'course-unread': ({ unit }) => `Read every part first; “${word(unit)}” is still to come.`,
  'tries-spent': ({ atMs }) => `You have used today’s tries. Try again ${atMs ? `from ${utcWords(Number(atMs))} on` : 'tomorrow'}.`,
  'partner-person-known': ({ name }) => `${name ? word(name) : 'Somebody of theirs'} has this address already. Change that person instead.`,
  'domain-needed': ({ given }) => `“${word(given)}” is no company’s web domain. Give one such as example.com.`,
  'step-unknown': () => 'That step is not there any more. Open the checklist again; it shows how things stand now.',
  'step-settled-by': ({ evidence, title }) =>
    `${title ? `“${word(title)}”` : 'This step'} is not ticked by hand: ${EVIDENCE_WORDS[Evidence.catch('file').parse(evidence)].toLowerCase()}, and it is done.`,
  'step-cycle': ({ steps }) => `These steps would wait for each other: ${word(steps)}. Take one of them out of what this step waits for.`,
  'template-full': ({ most }) => `One type of partner has at most ${word(most)} steps. Remove one first.`,
  'template-moved-on': () => 'Somebody changed these steps since you opened them. Nothing was saved; open `/partners templates` again.',
  'invitation-open': () =>
    'An invitation to this partner is under way, or has led to a channel already. `/partners show` says how it stands; nothing was sent.',
  'invitation-unknown': () => 'That invitation is gone. Open the partner with `/partners show` and start again.',
  'invitation-moved-on': () => 'That invitation has moved on since. Nothing was done; `/partners show` says how it stands.',
  'company-is-partner': ({ name }) => `${word(name)} is a partner. End the partnership in \`/partners show\` first.`,
  'channel-of-team': () => 'That is your team’s own channel, where candidates and drafts are read. Choose another one, or make a new one.',
  'channel-of-partner': ({ name }) =>
    `That is the channel of ${word(name)}. Choose another one, or make a new one: each partner has a channel of its own.`,
  'channel-unclear': () =>
    'I am not sure that only this partner and your company read that channel, so I post nothing there. `/partners show` says who is in it.',
  'company-unknown': ({ name }) =>
    name
      ? `No company and no partner matches “${word(name)}”. Try \`/partners find\` with another word, or \`/partners add\` for a new partner.`
      : 'That company is not on file any more.',
  'company-gated': ({ company, gate, entry }) => {
    const { data: code } = GateCode.safeParse(gate);
    return code
      ? `${word(company)} is left out: ${word(gateWords({ gate: code, entry: String(entry) }))}`
      : `${word(company)} is left out.`;
  },
  'company-closed': ({ company }) =>
    `${word(company)} is no longer active, or was bought by another company, by what is on file. If that is wrong, import it again with its status.`,
  'company-decided': ({ company }) => `${word(company)} was marked as not a fit. Press *${LABELS.reconsider}* in \`/partners show\` first.`,
  'address-closed': ({ email }) => `${word(email)} is at a company that is left out or was turned down. Name another person.`,
  'address-suppressed': ({ email, reason, day }) =>
    `${word(email)} gets nothing from us since ${word(day)}: ${SILENCE_WORDS[String(reason)] ?? 'it is on the suppression list'}. Name another person.`,
  'country-blocked': (details) => {
    const { data: block } = ContactBlock.safeParse(details);
    return `${block ? word(blockWords(block)) : 'The law of their country does not allow it.'} The card says what is allowed instead.`;
  },
  'header-coded': ({ part }) =>
    HEADER_CODED[String(part)] ?? 'Take “=?…?=” out of the name or the subject: mail programs read it as other letters.',
  'contact-named': ({ name }) =>
    `This letter tells ${word(name)} who named them. Reject it, and write to somebody else with _Start Again_.`,
  'contact-follows': ({ name }) =>
    `This follows a message to ${word(name)}. To write to somebody else, reject it and press *${LABELS.draftOutreach}* on the company.`,
  'suppression-unknown': () => 'That is not on the suppression list. Nothing was changed.',
  'target-unclear': (details) => `${targetWords(details)} Nothing was changed.`,
  'files-not-granted': ({ command }) =>
    `Slack does not let me send files here yet: whoever manages apps installs Partnerships once more and grants \`files:write\`. Until then the command line has it: \`npm run -s cli -- ${word(command ?? 'outreach --csv FILE')}\`.`,
  'draft-lapsed': (details) => {
    const { data: lapse } = Lapse.safeParse(details);
    return `This text has lapsed.${lapse ? ` ${word(lapseWords(lapse))}` : ''} Edit it, or have it written again, then approve it.`;
  },
  'draft-no-other-text': ({ how }) =>
    NO_OTHER_TEXT[String(how)] ?? `I have no other text for this. Press *${LABELS.edit}* to change it by hand.`,
  'draft-unknown': () => `That draft is gone. Start again with *${LABELS.draftOutreach}* on the company.`,
  'draft-moved-on': () =>
    'This draft has changed since you opened it. Nothing was done; look at the card again, it shows the current version.',
  'style-full': ({ most }) =>
    `${word(most)} words are replaced, and there is no room for more. Open \`/partners style\` again, remove one, then add this one.`,
  'reply-unknown': () => 'That reply is gone. Look in the sender’s mailbox.',
  'thread-unknown': () => `That conversation is gone. Start again with *${LABELS.draftOutreach}* on the company.`,
  'crm-columns-missing': ({ missing }) =>
    `I do not find ${missing ? escaped(String(missing)) : 'all columns'} in this file. Add the column with that title, and send the file again.`,
  'file-unreadable': (details) => escaped(fileProblemWords(details)),
  'word-needed': ({ usage }) => `Say what to look for, such as \`${word(usage)}\`.`,
  'digest-of-another-day': () => 'That button is from another day. Type `/partners digest`.',
  'too-busy': () => 'I have more to do than I can take on right now. Nothing was done; try again in a minute.',
  'press-outdated': () => 'That button or form is from before I was changed. Nothing was done; open it anew and press there.',
  'trigger-expired': () => 'That took too long for Slack. Try again.',
  'research-needs-key': () =>
    'Research asks a language model with web search, and none is connected. Whoever runs the app can set `OPENAI_API_KEY`; until then use `/partners import`.',
  'research-running': () => 'A research is under way already. Wait for it to end, or cancel it in the team channel first.',
  'research-unknown': () => 'That research is gone. Start again with `/partners research`.',
  'workspace-unknown': () => 'The app is not installed in this workspace. Install it again, then try once more.',
};

/** Settings of whoever runs the app, by their names in the environment. */
const SETTING_MISSING: Readonly<Record<string, string>> = {
  PUBLIC_URL:
    'People outside Slack cannot reach me yet. Whoever runs the app sets `PUBLIC_URL` to where the internet finds it; then try again.',
  SMTP_URL: 'No mail server is connected. Whoever runs the app sets `SMTP_URL`; then try again.',
  DATA_KEY:
    'What is secret is kept encrypted, and there is no key yet. Whoever runs the app sets `DATA_KEY` (`openssl rand -hex 32`); then try again.',
};

/** Mail programs decode `=?…?=`, so that the recipient would read something else than what was approved. */
const HEADER_CODED: Readonly<Record<string, string>> = {
  sender:
    'The sender’s name holds “=?…?=”, and mail programs read that as other letters. An admin corrects it under `/partners setup`; then save *Contact* once more.',
  contact: 'The recipient’s name holds “=?…?=”, and mail programs read that as other letters. Correct it under *Contact*.',
  subject: 'The subject holds “=?…?=”, and mail programs read that as other letters. Take it out under *Edit*.',
};

/** Read on pages too, where Slack's own way to write a time means nothing. */
function utcWords(ms: number): string {
  return Number.isFinite(ms) ? `${new Date(ms).toISOString().slice(0, 16).replace('T', ', ')} UTC` : 'tomorrow';
}

const TERMS_WORDS: Readonly<Record<TermsProblem, string>> = {
  empty: 'That is empty. Type the text, or choose a file.',
  'too-large': 'That is too large: a PDF may have 5 MB, a text 200 kB. Choose a smaller file.',
  'no-pdf': 'That file is called a PDF and is none. Save it as PDF once more.',
  'no-text': 'I cannot read that as text. Save it as plain text in UTF-8, or as PDF.',
};

function targetWords({ why, words, domain, companies }: Details): string {
  const sentences: Record<TargetProblem, string> = {
    'free-mail': `Many people have a mailbox at ${word(domain)}. Give the e-mail address of one.`,
    unknown: `“${word(words)}” is no e-mail address, no web domain and no company on file.`,
    several: `Several companies match “${word(words)}”: ${word(companies)}. Give the web domain of one.`,
    near: `No company on file is called “${word(words)}”. Close to it: ${word(companies)}. Give the whole name or the web domain.`,
    own: 'That is your own domain: nothing we send goes there, and it cannot be put on the list.',
    'own-data': 'That is your own company, or the sender of your mails. Change it in `/partners setup`.',
    'no-address': `“${word(words)}” is no e-mail address.`,
  };
  return sentences[TargetProblem.catch('unknown').parse(why)];
}

const NO_OTHER_TEXT: Readonly<Record<string, string>> = {
  shorter: `I cannot make this any shorter. Press *${LABELS.edit}* to cut it by hand.`,
  warmer: `This is as warm as I can write it. Press *${LABELS.edit}* to change it by hand.`,
  angle: `There is no other fact on file to begin with. Bring more about the company with \`/partners import\`, or press *${LABELS.edit}*.`,
};

/** Why an entry of the suppression list is there. */
export const SILENCE_WORDS: Readonly<Record<string, string>> = {
  'opt-out': 'they asked us to stop',
  bounce: 'there is no such mailbox',
  complaint: 'they complained',
  'asked-us': 'somebody asked it for them',
  decision: 'the team decided so',
};

export function refusalSentence(code: RefusalCode, details: Details): string {
  return SENTENCES[code](details);
}

function word(value: string | number | undefined): string {
  return escaped(String(value ?? ''));
}
