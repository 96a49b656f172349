import { IDLE_HOURS } from './visit.ts';

type Words = { title: string; text: string };

/** What the page itself says; each section has its own words. In English, as the rest of the product. */
export const PAGE_WORDS = {
  ask: { title: 'Open your partner page', text: 'This link works once. Press the button when you are ready.' },
  ended: {
    title: 'This link opens nothing any more',
    text: 'It was used already, it has run out, or a part of it is missing. We send you a new one: type the e-mail address at which we know you.',
  },
  away: {
    title: 'Your partner page',
    text: `You come in by a link that we send you. A visit ends ${IDLE_HOURS} hours after the last page you open. Type the e-mail address at which we know you, and we send you a new link.`,
  },
  sent: {
    title: 'Look into your mailbox',
    text: 'If this is the address of a partner’s person, a link is on its way to it. If none comes within a few minutes, look among the unwanted mail, or ask your contact.',
  },
  often: { title: 'That was often', text: 'Too many links were asked for. Wait ten minutes, then try again, or ask your contact for one.' },
  forged: {
    title: 'Please send that again',
    text: 'Nothing was done: the form was older than your visit, or came from another site. Go back, load the page again, and send it once more.',
  },
  refused: { title: 'That was not possible', text: '' },
  large: { title: 'That was too long', text: 'Nothing was done. Go back and shorten what you typed.' },
  left: { title: 'You have left', text: 'To come back, ask for a new link.' },
  fileEnded: {
    title: 'This link opens nothing any more',
    text: 'It has run out, or a part of it is missing. Go back to Slack and ask for the file again where you asked for it, or ask your contact for it.',
  },
  fileGone: {
    title: 'This file is not here for you any more',
    text: 'It was taken away, or the partnership has changed since you were given the link. Ask your contact, who can say what became of it.',
  },
  unknown: { title: 'There is no such page', text: 'Go to your partner page and choose from what is there.' },
  broken: { title: 'Out of order', text: 'Something went wrong on our side, and nothing may have been saved. Try again in a minute.' },
} as const satisfies Record<string, Words>;
export type PageKind = keyof typeof PAGE_WORDS;

export const OPEN_BUTTON = 'Open My Page';
export const ASK_BUTTON = 'Send Me a New Link';
export const LEAVE_BUTTON = 'Leave';
export const HOME_LINK = 'Your partner page';
export const ADDRESS_LABEL = 'Your e-mail address';
export const ADDRESS_WRONG = 'Type the whole address, such as dana@example.com';

/** Under the title of the first page. */
export function helloWords(name: string, partner: string, company: string): string {
  return `${name ? `Hello ${name}. ` : ''}This is the page of ${partner} at ${company}. Only people of ${partner} see it.`;
}
