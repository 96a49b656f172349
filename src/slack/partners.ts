import type { KnownBlock } from '@slack/types';
import { actions, button } from '../../blocks/elements.ts';
import { type CommandHelp, helpCard } from '../../blocks/help.ts';
import { ACTIONS } from '../../blocks/ids.ts';
import { section } from '../../blocks/mrkdwn.ts';
import { WHOLE_PIPELINE } from '../../blocks/recruit/pipeline.ts';
import { postDigest } from '../../jobs/discover/post-digest.ts';
import { runResearch } from '../../jobs/discover/run-research.ts';
import { showDigestJob } from '../../jobs/discover/show-digest.ts';
import type { Deps } from '../deps.ts';
import { findLatestDigest } from '../discover/digest/digest-repository.ts';
import { startResearch } from '../discover/research/start-research.ts';
import { Refusal } from '../errors.ts';
import { localDay } from '../programme/setup/digest-clock.ts';
import { setupGaps } from '../programme/setup/programme.ts';
import { getProgramme } from '../programme/setup/programme-repository.ts';
import { authorise } from '../programme/workspaces/authorise.ts';
import { type Actor, mayAct } from '../programme/workspaces/role.ts';
import { demandInternalChannel } from './audience.ts';
import { openWeights } from './discover/change-weights.ts';
import { findPage, listPage } from './discover/company-pages.ts';
import { whyPage } from './discover/why-page.ts';
import type { Caller } from './listener.ts';
import { openDealForm } from './manage/change-deal-form.ts';
import { openRules } from './manage/change-rules.ts';
import { openCrm } from './manage/crm.ts';
import { openDealFor } from './manage/hear-deal.ts';
import { dealsAnswer } from './manage/list-deals.ts';
import { costsAnswer } from './measure/costs.ts';
import { linksAnswer } from './measure/links.ts';
import { openTouch } from './measure/note-touch.ts';
import { payAnswer } from './measure/payouts.ts';
import { openPlanList } from './measure/plans.ts';
import { programmeAnswer } from './measure/programme.ts';
import { openQbrNamed } from './measure/qbr.ts';
import { openRates } from './measure/rates.ts';
import { returnAnswer } from './measure/return.ts';
import { revenueAnswer } from './measure/revenue.ts';
import { openAdd } from './onboard/add-partner.ts';
import { openAgreements } from './onboard/agreement.ts';
import { deskAgain } from './onboard/desk-answers.ts';
import { onboardingAnswer } from './onboard/onboarding-report.ts';
import { partnersAnswer } from './onboard/partners-table.ts';
import { showNamed } from './onboard/show-partner.ts';
import { openTemplates } from './onboard/templates.ts';
import { openTraining } from './onboard/training.ts';
import { findPost } from './post-repository.ts';
import { openSilence } from './programme/change-silence.ts';
import { readBeginning } from './programme/home.ts';
import { openImport, openRoles, openSetup } from './programme/open-setup.ts';
import { privacyAnswer } from './programme/privacy.ts';
import { openStyle } from './recruit/change-style.ts';
import { inboxAnswer } from './recruit/inbox.ts';
import { pipelineAnswer } from './recruit/pipeline.ts';
import { recordsOverviewPage } from './recruit/show-records.ts';

export type Answer = { text: string; blocks?: KnownBlock[] };
/** `channel`: where it was typed; null where that is no channel. */
type Asked = { actor: Actor; words: string; channel: string | null; deps: Deps };
type Opening = { args: Caller; triggerId: string; words: string; deps: Deps };

/** `answer` is called for whom `who` allows. `open` opens a form with the click or the command, then sees for itself who asks; `label` is
 *  the button that opens it where no form can be opened at once. */
export type PartnersCommand = CommandHelp &
  ({ answer: (asked: Asked) => Promise<Answer> } | { open: (opening: Opening) => Promise<void>; label: string });

const name = (says: string, required: boolean, example: string) => ({ says, kind: 'name', required, example }) as const;
const words = (required: boolean, example: string) => ({ says: 'WORDS', kind: 'words', required, example }) as const;

/** Every word behind `/partners`. Help, the hint in `manifest.yml`, the README's table and what runs are made from it. */
export const PARTNERS_COMMANDS: readonly PartnersCommand[] = [
  {
    ...{ word: 'help', argument: null, who: 'member', help: 'what is missing, with the button that fixes it, and all commands' },
    answer: ({ actor }) => helpWords(actor.workspaceId),
  },
  {
    ...{ word: 'list', argument: null, who: 'member', help: 'the candidates, best first' },
    answer: ({ actor, deps }) => listPage(actor.workspaceId, { from: 0, held: false }, deps.now()),
  },
  {
    ...{
      word: 'held',
      argument: null,
      who: 'member',
      help: 'companies held back: too large, closed, like competitors, or no such partner, and why',
    },
    answer: ({ actor, deps }) => listPage(actor.workspaceId, { from: 0, held: true }, deps.now()),
  },
  {
    ...{ word: 'find', argument: words(false, 'healthcare VARs in Poland'), who: 'member' },
    help: 'companies in plain words, such as `healthcare VARs in Poland`',
    answer: ({ actor, words, deps }) => findPage(actor.workspaceId, { from: 0, words }, deps.now()),
  },
  {
    ...{ word: 'show', argument: name('NAME', true, 'Acme'), who: 'member' },
    help: 'one partner or company: all that is known, and what can be done',
    answer: ({ actor, words, deps }) => showNamed(actor, words, deps.now()),
  },
  {
    ...{ word: 'why', argument: name('NAME', true, 'Acme'), who: 'member' },
    help: 'why a company is not suggested, and what would change that',
    answer: ({ actor, words, deps }) => whyPage(actor.workspaceId, words, { digestId: null, at: deps.now() }),
  },
  {
    ...{ word: 'digest', argument: null, who: 'manager', help: 'post today’s digest now' },
    answer: ({ actor, deps }) => digestNow(actor, deps),
  },
  {
    ...{ word: 'research', argument: words(true, 'ERP consultants in Poland'), who: 'manager' },
    help: 'look for companies on the web, with a budget, progress and *Cancel*',
    answer: ({ actor, words, deps }) => research(words, actor, deps),
  },
  {
    ...{ word: 'import', argument: null, who: 'manager', help: 'bring companies from a file or as web domains', label: 'Import Companies' },
    open: ({ args, triggerId, deps }) => openImport(args, triggerId, deps),
  },
  {
    ...{ word: 'inbox', argument: null, who: 'member', help: 'all that waits for a person, by its deadline, each with its button' },
    answer: ({ actor, deps }) => inboxAnswer(actor, { from: 0, mine: false }, deps.now()),
  },
  {
    ...{ word: 'pipeline', argument: null, who: 'member', help: 'where every company stands, by stage, type and owner' },
    answer: ({ actor }) => pipelineAnswer(actor.workspaceId, WHOLE_PIPELINE),
  },
  {
    ...{ word: 'deal', argument: { says: 'NAME TEXT', kind: 'words', required: true, example: 'Acme' } as const, who: 'member' },
    ...{ label: 'Register a Deal', help: 'register a deal for a partner; a mail or a message pasted behind the name is read for the form' },
    open: ({ args, triggerId, words, deps }) => openDealFor(args, triggerId, words, deps),
  },
  {
    ...{ word: 'deals', argument: words(false, 'expiring'), who: 'member' },
    help: 'registered deals: `open`, `review`, `expiring`, `mine`, or a partner’s; as a CSV file too',
    answer: ({ actor, words, deps }) => dealsAnswer(actor, words, deps.now()),
  },
  {
    ...{ word: 'revenue', argument: words(false, 'last quarter by partner'), who: 'member' },
    help: 'what partners brought in, such as `last quarter by partner`, with table, chart, CSV and *Why?*',
    answer: ({ actor, words, deps }) => revenueAnswer(actor, words, deps.now()),
  },
  {
    ...{ word: 'programme', argument: words(false, 'last quarter'), who: 'member' },
    help: 'how the programme does beside direct sales, and what became of the companies that were suggested',
    answer: ({ actor, words, deps }) => programmeAnswer(actor.workspaceId, words, deps.now()),
  },
  {
    ...{ word: 'return', argument: words(false, 'last quarter'), who: 'member' },
    help: 'what the programme cost and returned, with and without commissions, beside direct sales',
    answer: ({ actor, words, deps }) => returnAnswer(actor.workspaceId, words, deps.now()),
  },
  {
    ...{ word: 'costs', argument: words(false, 'last quarter'), who: 'manager' },
    help: 'what the programme cost, by kind; add a cost, take one back, bring a file',
    answer: ({ actor, words, deps }) => costsAnswer(actor, words, deps.now()),
  },
  {
    ...{
      word: 'qbr',
      argument: { says: 'NAME QUARTER', kind: 'words', required: true, example: 'Acme last quarter' } as const,
      who: 'manager',
    },
    ...{ label: 'Open QBR Pack', help: 'a partner’s quarter: goals, deals, commissions, next steps; as a PDF for you, and one to share' },
    open: ({ args, triggerId, words, deps }) => openQbrNamed(args, triggerId, words, deps),
  },
  {
    ...{ word: 'touch', argument: name('CUSTOMER', false, 'Saltmarsh'), who: 'member', label: 'Note a Touch' },
    help: 'note what a partner did for a sale, such as an introduction or a demo, and hear at once whether it counts',
    open: ({ args, triggerId, words, deps }) => openTouch(args, triggerId, words, deps),
  },
  {
    ...{
      word: 'pay',
      argument: null,
      who: 'manager',
      help: 'what is owed to partners; make, approve and record payouts, with files for the bank',
    },
    answer: ({ actor, deps }) => payAnswer(actor, deps.now()),
  },
  {
    ...{ word: 'links', argument: name('NAME', false, 'Acme'), who: 'manager' },
    help: 'referral links with people, conversions and sales; *New Link*, customers to look at, *Webhook*',
    answer: ({ actor, words, deps }) => linksAnswer(actor, words, deps),
  },
  {
    ...{ word: 'rules', argument: null, who: 'admin', label: 'Deal Rules' },
    help: 'how long reviews and protections of deals last, holidays, the deal channel, limits and kept countries',
    open: ({ args, triggerId, deps }) => openRules(args, triggerId, deps),
  },
  {
    ...{ word: 'partners', argument: words(false, 'agencies quiet @milo'), who: 'member' },
    help: 'your partners, by type, state and owner, such as `agencies quiet @milo`',
    answer: ({ actor, words }) => partnersAnswer(actor, words),
  },
  {
    ...{ word: 'add', argument: null, who: 'manager', help: 'make a company a partner', label: 'Add Partner' },
    open: ({ args, triggerId, deps }) => openAdd(args, triggerId, deps),
  },
  {
    ...{ word: 'desk', argument: name('NAME', false, 'Acme'), who: 'manager' },
    help: 'post a partner’s desk anew in its channel and pin it; without a name, in the channel you are in',
    answer: ({ deps, ...asked }) => deskAgain(asked, deps),
  },
  {
    ...{ word: 'outreach', argument: null, who: 'member' },
    help: 'what waits, went and came back, why, and the exact bytes; a CSV file for managers',
    answer: ({ actor, deps }) => recordsOverviewPage(actor.workspaceId, deps.now()),
  },
  {
    ...{ word: 'optout', argument: name('WHAT', false, 'dana@example.com'), who: 'member', label: 'Look Up' },
    help: 'whether an address, a domain or a company gets no mail, since when and why; managers stop mail, admins take it back',
    open: ({ args, triggerId, words, deps }) => openSilence(args, triggerId, words, deps),
  },
  {
    ...{ word: 'privacy', argument: name('WHO', true, 'dana@example.com'), who: 'admin' },
    help: 'what is kept of one person or one company, as a file, or deleted',
    answer: ({ actor, words, deps }) => privacyAnswer(actor, words, deps),
  },
  {
    ...{ word: 'onboarding', argument: null, who: 'member' },
    help: 'how fast partners reach their first registration, and which steps hold them up',
    answer: ({ actor, deps }) => onboardingAnswer(actor.workspaceId, deps.now()),
  },
  {
    ...{ word: 'templates', argument: null, who: 'manager', label: 'Open Templates' },
    help: 'what partners of each type go through until the first registration, step by step',
    open: ({ args, triggerId, deps }) => openTemplates(args, triggerId, deps),
  },
  {
    ...{ word: 'fields', argument: null, who: 'manager', label: 'Open Deal Form' },
    help: 'what partners of each type are asked when they register a deal, and questions of your own',
    open: ({ args, triggerId, deps }) => openDealForm(args, triggerId, deps),
  },
  {
    ...{ word: 'crm', argument: null, who: 'manager', label: 'Open CRM' },
    help: 'what is connected, when it was read, what needs a look; *Sync Now*, *Dry Run*, *Upload CSV*',
    open: ({ args, triggerId, deps }) => openCrm(args, triggerId, deps),
  },
  {
    ...{ word: 'plan', argument: null, who: 'admin', label: 'Open Plans' },
    help: 'by what rules partners earn; before you save one, what the last year would have paid',
    open: ({ args, triggerId, deps }) => openPlanList(args, triggerId, deps),
  },
  {
    ...{ word: 'rates', argument: null, who: 'manager', label: 'Open Rates' },
    help: 'bring the exchange rates of the European Central Bank as a file, and see what waits for one',
    open: ({ args, triggerId, deps }) => openRates(args, triggerId, deps),
  },
  {
    ...{
      word: 'style',
      argument: null,
      who: 'member',
      help: 'tone, length and language of the drafts, and what they may say of you; managers change it',
    },
    label: 'Open House Style',
    open: ({ args, triggerId, deps }) => openStyle(args, triggerId, deps),
  },
  {
    ...{ word: 'weights', argument: null, who: 'member', label: 'Open Weights' },
    help: 'how much each criterion counts, and what decisions changed; admins change it',
    open: ({ args, triggerId, deps }) => openWeights(args, triggerId, deps),
  },
  {
    ...{ word: 'agreement', argument: null, who: 'admin', label: 'Open Agreements' },
    help: 'the versions of the partner agreement, who accepted which, and a new one',
    open: ({ args, triggerId, deps }) => openAgreements(args, triggerId, deps),
  },
  {
    ...{ word: 'training', argument: null, who: 'manager', label: 'Open Training' },
    help: 'courses for partners’ people: parts to read, a quiz, a certificate',
    open: ({ args, triggerId, deps }) => openTraining(args, triggerId, deps),
  },
  {
    ...{ word: 'setup', argument: null, who: 'admin', help: 'company, whom to leave out, digest, sender', label: 'Open Set-up' },
    open: ({ args, triggerId, deps }) => openSetup(args, triggerId, null, deps),
  },
  {
    ...{ word: 'roles', argument: null, who: 'member', help: 'who may do what; admins change it', label: 'Open Roles' },
    open: ({ args, triggerId, deps }) => openRoles(args, triggerId, deps),
  },
];

/** What the product can do and what set-up still lacks, for a colleague. */
export async function helpWords(workspaceId: string): Promise<{ text: string; blocks: KnownBlock[] }> {
  return { text: 'What Partnerships can do', blocks: helpCard(PARTNERS_COMMANDS, await readBeginning(workspaceId)) };
}

/** Starts looking for companies on the web; how it goes is shown in the team channel, where the cost of it is everybody's business. */
async function research(words: string, actor: Actor, { enqueue, now, research: tools, slackFor }: Deps): Promise<Answer> {
  const { digest } = await getProgramme(actor.workspaceId);
  // Promised only where it can be kept; what the job is refused later, it tells whoever asked.
  if (digest && mayAct(actor, 'manager')) await demandInternalChannel(await slackFor(actor.workspaceId), actor.workspaceId, digest.channel);
  const { id, workspaceId } = await startResearch(actor, words, tools, now());
  await enqueue(runResearch, { workspaceId, researchId: id });
  return { text: `Looking on the web. I show how it goes in <#${digest?.channel}>; *Cancel* is there too.` };
}

/** Posts today's digest now; when it is there already, offers the next best on top. */
async function digestNow(actor: Actor, { enqueue, now, slackFor }: Deps): Promise<Answer> {
  const { workspaceId } = actor;
  const at = now();
  await authorise(actor, 'manager', { action: 'digest.post', subject: 'digest:today', at });
  const programme = await getProgramme(workspaceId);
  const { digest, company } = programme;
  if (!digest || !company) throw new Refusal('setup-incomplete', { step: setupGaps(programme)[0] ?? 'digest' });
  const day = localDay(at, digest.timeZone);
  const latest = await findLatestDigest(workspaceId);
  if (latest?.day !== day) {
    await demandInternalChannel(await slackFor(workspaceId), workspaceId, digest.channel);
    await enqueue(postDigest, { workspaceId, day, round: 0, by: actor.userId });
    return { text: `Ranking your companies. The digest appears in <#${digest.channel}> in a moment.` };
  }
  // One that somebody deleted is posted again.
  await enqueue(showDigestJob, { workspaceId, digestId: latest.id });
  const post = await findPost(workspaceId, `digest:${latest.id}`);
  const text = `Today’s digest stands in <#${post?.channel ?? digest.channel}> already.`;
  const next = button(ACTIONS.digestMore, 'Post the Next Ones', JSON.stringify({ day, round: latest.round + 1 }));
  return { text, blocks: [section(`${text} Shall I post the next best ones on top?`), actions(`digest:${day}:${latest.round}`, next)] };
}
