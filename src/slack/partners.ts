import type { KnownBlock } from '@slack/types';
import { actions, button } from '../../blocks/elements.ts';
import { ACTIONS } from '../../blocks/ids.ts';
import { section, unescaped } from '../../blocks/mrkdwn.ts';
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
import { resolveActor } from './actor.ts';
import { demandInternalChannel } from './audience.ts';
import { openWeights } from './discover/change-weights.ts';
import { findPage, listPage, showCompany } from './discover/company-pages.ts';
import { whyPage } from './discover/why-page.ts';
import type { Command } from './listener.ts';
import { helpWords } from './mention.ts';
import { findPost } from './post-repository.ts';
import { openSilence } from './programme/change-silence.ts';
import { openImport, openRoles, openSetup } from './programme/open-setup.ts';
import { openStyle } from './recruit/change-style.ts';
import { recordsOverviewPage } from './recruit/show-records.ts';

type Answer = { text: string; blocks?: KnownBlock[] };

/** `/partners …`: the first word says what, in any case. Answers are seen by the asking person only. */
export const onPartners =
  (deps: Deps) =>
  async (args: Command): Promise<void> => {
    await args.ack();
    const [first = '', ...rest] = args.command.text.trim().split(/\s+/);
    const word = first.toLowerCase();
    const words = rest.join(' ');
    if (word === 'setup') return openSetup(args, args.command.trigger_id, null, deps);
    if (word === 'roles') return openRoles(args, args.command.trigger_id, deps);
    if (word === 'weights') return openWeights(args, args.command.trigger_id, deps);
    if (word === 'optout') return openSilence(args, args.command.trigger_id, unescaped(words), deps);
    if (word === 'style') return openStyle(args, args.command.trigger_id, deps);
    if (word === 'import') return openImport(args, args.command.trigger_id, deps);

    const actor = await resolveActor(args);
    await authorise(actor, 'internal', { action: `command.${word || 'help'}`, subject: 'command:/partners', at: deps.now() });
    const answer = await answerTo(word, words, actor, deps);
    await args.respond({ response_type: 'ephemeral', ...answer });
  };

async function answerTo(word: string, words: string, actor: Actor, deps: Deps): Promise<Answer> {
  switch (word) {
    case '':
    case 'help':
      return helpWords(actor.workspaceId);
    case 'list':
      return listPage(actor.workspaceId, 0, deps.now());
    case 'find':
      return findPage(actor.workspaceId, { from: 0, words: unescaped(words) }, deps.now());
    case 'show':
      if (!words) throw new Refusal('word-needed', { usage: '/partners show Acme' });
      return showCompany(actor.workspaceId, unescaped(words), deps.now());
    case 'why':
      if (!words || words.length > 300) throw new Refusal('word-needed', { usage: '/partners why Acme' });
      return whyPage(actor.workspaceId, unescaped(words), { digestId: null, at: deps.now() });
    case 'outreach':
      return recordsOverviewPage(actor.workspaceId, deps.now());
    case 'research':
      return research(words, actor, deps);
    case 'digest':
      return digestNow(actor, deps);
    default: {
      const { blocks } = await helpWords(actor.workspaceId);
      return { text: 'I do not know that word.', blocks: [section('I do not know that word. Here is what I know:'), ...blocks] };
    }
  }
}

/** Starts looking for companies on the web; how it goes is shown in the team channel, where the cost of it is everybody's business. */
async function research(words: string, actor: Actor, { enqueue, now, research: tools, slackFor }: Deps): Promise<Answer> {
  const { digest } = await getProgramme(actor.workspaceId);
  // Promised only where it can be kept; what the job is refused later, it tells whoever asked.
  if (digest && mayAct(actor, 'manager')) await demandInternalChannel(await slackFor(actor.workspaceId), digest.channel);
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
    await demandInternalChannel(await slackFor(workspaceId), digest.channel);
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
