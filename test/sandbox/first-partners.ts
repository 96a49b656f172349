import mongoose from 'mongoose';
import { ACTIONS, VIEWS } from '../../blocks/ids.ts';
import { MAY_ACCEPT } from '../../blocks/onboard/terms.ts';
import { ANA, EXT_QUILLMONT, PARTNERSHIPS, PIA, WANDA } from './cast.ts';
import type { SandboxView } from './contract.ts';
import type { Sandbox } from './server.ts';

/** Whom Ana makes a partner. Quillmont shares a channel with us already, Tamarack has let its invitation lapse, Woldwright has no Slack. */
type NewPartner = { name: string; domain: string; types: string[]; person: { name: string; email: string } };
const QUILLMONT = {
  ...{ name: 'Quillmont', domain: 'quillmont.example', types: ['agency'] },
  person: { name: 'Pia Pine', email: 'pia.pine@quillmont.example' },
};
const TAMARACK = {
  ...{ name: 'Tamarack', domain: 'tamarack.example', types: ['reseller'] },
  person: { name: 'Toby Thorn', email: 'toby.thorn@tamarack.example' },
};
const WOLDWRIGHT = {
  ...{ name: 'Woldwright', domain: 'woldwright.example', types: ['consultant'] },
  person: { name: WANDA.name, email: WANDA.address },
};
const TERMS = [
  '1. Both sides treat what they learn about the other’s customers as confidential.',
  '2. A deal belongs to whoever registers it first; the registration holds for 90 days.',
  '3. Either side may end this agreement in writing with 30 days’ notice.',
].join('\n\n');
const TOO_OLD_DAYS = 15;

/** Plays three partners after the first morning, through the same clicks a person makes. Only time is helped along: the database is told that Tamarack's
 *  invitation is old, and that the look that finds it, which comes every ten minutes, is due. */
export async function playFirstPartners(sandbox: Sandbox, mongoUri: string): Promise<void> {
  const partners = playerOf(sandbox);
  await partners.publish();
  const tamarack = await partners.add(TAMARACK);
  const channel = await partners.connect(tamarack, {});
  await partners.close();
  await grewOld(mongoUri, channel);
  sandbox.ageInvite({ channel, days: TOO_OLD_DAYS });
  await partners.connect(await partners.add(QUILLMONT), { place: 'existing', channel: EXT_QUILLMONT, person: 'nobody' });
  await partners.close();
  await partners.accept();
  await partners.add(WOLDWRIGHT);
  await partners.close();
  await sandbox.waitFor(
    () => sandbox.messages({ as: ANA, channel: sandbox.dmWith(ANA) }).some(({ text }) => text.includes('did not accept')),
    30_000,
  );
}

function playerOf(sandbox: Sandbox) {
  const ana = sandbox.as(ANA);
  const shown = (who: string, words: string) => sandbox.waitFor(() => withWords(sandbox.modal(who), words), 20_000);
  const form = (who: string, id: string) =>
    sandbox.waitFor(() => {
      const view = sandbox.modal(who);
      return view?.callback_id === id ? view : null;
    }, 20_000);
  return {
    publish: async () => {
      await ana.command(PARTNERSHIPS, '/partners agreement');
      await ana.click(await shown(ANA, 'There is no agreement yet'), ACTIONS.agreementNew);
      await ana.submit(await form(ANA, VIEWS.agreementPublish), { title: 'Partner agreement', text: TERMS });
      await ana.close(await shown(ANA, 'v1 · Partner agreement'));
      await ana.command(PARTNERSHIPS, '/partners training');
      await ana.click(await shown(ANA, 'There is no training yet'), ACTIONS.trainingExample);
      await ana.close(await shown(ANA, 'How to register a deal'));
    },
    /** The new record, open in front of Ana. */
    add: async ({ name, domain, types, person }: NewPartner) => {
      await ana.command(PARTNERSHIPS, '/partners add');
      await ana.submit(await form(ANA, VIEWS.partnerAdd), { name, domains: domain, types, countries: 'United Kingdom' });
      await ana.submit(await form(ANA, VIEWS.partnerPerson), { ...person, role: 'sales' });
      return shown(ANA, person.email);
    },
    /** Returns the channel that was made, if one was. */
    connect: async (record: SandboxView, filled: Record<string, string>) => {
      await ana.click(record, ACTIONS.channelOpen);
      const before = sandbox.invitations.length;
      await ana.submit(await form(ANA, VIEWS.channelInvite), filled);
      if (filled.channel) return filled.channel;
      return sandbox.waitFor(() => sandbox.invitations[before]?.channel, 20_000);
    },
    close: async () => {
      for (let view = sandbox.modal(ANA); view; view = sandbox.modal(ANA)) await ana.close(view);
    },
    /** Pia reads the agreement and accepts it for Quillmont. */
    accept: async () => {
      const pia = sandbox.as(PIA);
      const desk = await sandbox.waitFor(
        () =>
          sandbox.messages({ as: PIA, channel: EXT_QUILLMONT }).find((one) => one.pinned && JSON.stringify(one.blocks).includes('Library')),
        30_000,
      );
      await pia.click(desk, ACTIONS.libraryShow);
      await pia.click(await shown(PIA, 'Waits for you'), ACTIONS.agreementRead);
      await pia.submit(await form(PIA, VIEWS.agreementAccept), { name: 'Pia Pine', jobTitle: 'Head of Sales', may: [MAY_ACCEPT] });
      await pia.close(await shown(PIA, 'Accepted by Pia Pine'));
    },
  };
}

/** What the app has stored of the invitation is as old as what Slack has. */
async function grewOld(mongoUri: string, channel: string): Promise<void> {
  const connection = await mongoose.createConnection(mongoUri).asPromise();
  const since = new Date(Date.now() - TOO_OLD_DAYS * 86_400_000);
  const invitations = connection.collection('invitations');
  for (let changed = 0, tries = 0; changed === 0 && tries < 200; tries++) {
    // Once it is with Slack: what is on its way there is looked for by other rules.
    const old = { $set: { stateAt: since, createdAt: since } };
    changed = (await invitations.updateOne({ channel, state: 'sent' }, old)).matchedCount;
    if (changed === 0) await new Promise((done) => setTimeout(done, 50));
  }
  await connection.collection('jobs').updateOne({ name: 'sweep-invitations' }, { $set: { nextRunAt: new Date() } });
  await connection.close();
}

function withWords(view: SandboxView | null, words: string): SandboxView | null {
  return JSON.stringify(view?.blocks ?? []).includes(words) ? view : null;
}
