import { REPLY_KINDS, type Reply } from '../../src/recruit/replies/reply.ts';
import { actions, button, input, type Modal, modal, option } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, divider, escapedTo, moment, section, verbatim } from '../mrkdwn.ts';
import { REPLY_WORDS, senderWords } from './reply-card.ts';

/** Characters on one page of a mail; Slack takes 250 KB in one modal. */
const PAGE = 24_000;

/** The whole of a mail, a page at a time: first what is new in it, then what it quotes. */
export function wholeMail(reply: Reply, asked: number): Modal {
  const { id, text, quoted, subject, receivedAt, isCut } = reply;
  const pages = [...pagesOf(text, 'What is new'), ...pagesOf(quoted, 'What they quote')];
  const at = Math.max(0, Math.min(asked, pages.length - 1));
  const page = pages[at] ?? { title: 'What is new', text: 'Nothing.' };
  const turns = [
    ...(at > 0 ? [button(ACTIONS.replyShow, 'Page Before', `${id}|${at - 1}`)] : []),
    ...(at < pages.length - 1 ? [button(ACTIONS.replyShow, 'Next Page', `${id}|${at + 1}`)] : []),
  ];
  const [turn, ...others] = turns;
  return modal('Whole mail', [
    context(`From ${escapedTo(senderWords(reply), 400)} · ${moment(receivedAt)}`, `Subject: ${escapedTo(subject || 'none', 400)}`),
    section(`*${page.title}*${pages.length > 1 ? ` · page ${at + 1} of ${pages.length}` : ''}`),
    ...verbatim(page.text),
    ...(isCut ? [context('Not all of it could be kept. The whole is in the sender’s mailbox.')] : []),
    // One row for each button: both have the same name.
    ...(turn ? [divider, actions(`page:${at}:a`, turn)] : []),
    ...others.map((other) => actions(`page:${at}:b`, other)),
  ]);
}

function pagesOf(text: string, title: string): { title: string; text: string }[] {
  const pages: { title: string; text: string }[] = [];
  for (let rest = text; rest.trim(); ) {
    const part = rest.slice(0, PAGE).replace(/[\ud800-\udbff]$/, '');
    pages.push({ title, text: part });
    rest = rest.slice(part.length);
  }
  return pages;
}

/** What a reply means, as a person sees it. */
export function correctForm({ id, kind }: Reply): Modal {
  const options = REPLY_KINDS.map((one) => option(one, KIND_WORDS[one]));
  const initial = options.find(({ value }) => value === kind);
  return modal(
    'It is something else',
    [
      section('What does the reply say? It is recorded that you said so, and what follows from it is done at once.'),
      input('kind', 'It is', { type: 'radio_buttons', options, ...(initial ? { initial_option: initial } : {}) }),
    ],
    { id: VIEWS.replyCorrect, submit: 'Save', metadata: JSON.stringify({ replyId: id }) },
  );
}

const KIND_WORDS: typeof REPLY_WORDS = {
  ...REPLY_WORDS,
  bounce: 'it did not arrive: silence the address',
  'opt-out': 'they want no more mail: silence the person',
  complaint: 'they complained of spam: silence the address',
};
