import { state } from './client.ts';
import { h } from './h.ts';

/** What may complete the text before the caret: the whole completion and a word about it. */
type Hint = { insert: string; about: string };

const COMMANDS: Hint[] = [
  { insert: '/partners help', about: 'what the app can do, and what is still missing' },
  { insert: '/partners setup', about: 'company, channel, hour of the digest' },
  { insert: '/partners import', about: 'bring in companies from a file or a list' },
  { insert: '/partners digest', about: "post today's best companies now" },
  { insert: '/partners find ', about: 'WORDS: companies in plain words, only you see the answer' },
  { insert: '/partners why ', about: 'NAME: why a company is not suggested' },
  { insert: '/partners list', about: 'companies and where they stand' },
  { insert: '/partners show ', about: 'NAME: one company with every reason' },
  { insert: '/partners roles', about: 'who may decide' },
];
const MOST = 8;

/** Hints for the text before the caret; `from` is where the completed part begins. */
function hintsFor(before: string, inThread: boolean): { from: number; hints: Hint[] } {
  const mention = /(?:^|\s)@([\p{L} .'-]{0,30})$/u.exec(before);
  if (!mention) {
    const commands = before.startsWith('/') && !inThread ? COMMANDS : [];
    return { from: 0, hints: commands.filter(({ insert }) => insert.startsWith(before) && insert !== before) };
  }
  const typed = (mention[1] ?? '').toLowerCase();
  const people = Object.values(state().users).filter(({ name }) => name.toLowerCase().startsWith(typed) && name.toLowerCase() !== typed);
  const hints = people.map(({ name, bot, external }) => ({ insert: `@${name} `, about: bot ? 'app' : external ? 'another company' : '' }));
  return { from: before.length - typed.length - 1, hints: hints.slice(0, MOST) };
}

/** A list of completions under a text box. Tab takes the first one, a click any. */
export function attachHints(input: HTMLTextAreaElement, inThread: boolean): HTMLElement {
  const list = h('div', { class: 'hints', role: 'group', 'aria-label': 'Completions' });
  list.hidden = true;
  let first: (() => void) | null = null;
  const show = () => {
    const caret = input.selectionStart;
    const { from, hints } = hintsFor(input.value.slice(0, caret), inThread);
    const take = (hint: Hint) => () => {
      input.setRangeText(hint.insert, from, caret, 'end');
      input.focus();
      input.dispatchEvent(new Event('input'));
    };
    first = hints[0] ? take(hints[0]) : null;
    list.hidden = hints.length === 0;
    list.replaceChildren(
      ...hints.map((hint) => {
        const pick = (event: Event) => {
          event.preventDefault();
          take(hint)();
        };
        return h('button', { type: 'button', tabindex: -1, on: { mousedown: pick } }, h('strong', {}, hint.insert), ' ', hint.about);
      }),
      h('p', { class: 'muted' }, 'Tab takes the first one'),
    );
  };
  input.addEventListener('input', show);
  input.addEventListener('blur', () => {
    list.hidden = true;
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') list.hidden = true;
    if (event.key !== 'Tab' || event.shiftKey || list.hidden || !first) return;
    event.preventDefault();
    first();
  });
  return list;
}
