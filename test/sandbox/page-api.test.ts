import { expect, test } from 'vitest';
import { ANA, EXT_QUILLMONT, GENERAL, MIA, MILO, PIA, TOBY } from './cast.ts';
import { useStage } from './stage.ts';

const stage = useStage();

const ask = async (path: string, body?: object) => {
  const response = await fetch(`${stage.sandbox.url}/sandbox/${path}`, body ? { method: 'POST', body: JSON.stringify(body) } : {});
  return (await response.json()) as Record<string, unknown>; // every answer is an object, says the contract
};

test('the page’s endpoints do what the driver does', async () => {
  stage.ackAll();
  await ask('message', { as: MIA, channel: GENERAL, text: 'Hi @milo.marsh' });
  expect(await ask(`state?as=${MILO}`)).toMatchObject({ me: { name: 'Milo Marsh' }, messages: [{ userId: MIA, text: `Hi <@${MILO}>` }] });
  expect(await ask('command', { as: PIA, channel: EXT_QUILLMONT, text: '/partners help' })).toMatchObject({ ok: false });
  const view = await stage.openForm(MIA);
  expect(await ask('submit', { as: MIA, viewId: view.id, values: {} })).toMatchObject({
    ok: false,
    errors: { company: expect.any(String) },
  });
  expect(await ask('close', { as: MIA, viewId: view.id })).toEqual({ ok: true });
  expect(await ask('rate-limit', { method: 'chat.postMessage', seconds: 5 })).toEqual({ ok: true });
  await expect(stage.postCard(GENERAL)).rejects.toThrow();
  expect(await ask('command', { as: 'U0NOBODY', channel: GENERAL, text: '/partners' })).toMatchObject({
    ok: false,
    error: expect.stringContaining('U0NOBODY'),
  });
  const uploaded = await fetch(`${stage.sandbox.url}/sandbox/upload?as=${MIA}&name=a.csv`, { method: 'POST', body: 'x,y' });
  expect(await uploaded.json()).toMatchObject({ ok: true, file: { name: 'a.csv', size: 3 } });
});

test('an invitation is shown to whom it is for, and answered there by the one who may', async () => {
  await stage.invite('toby.thorn@tamarack.example');
  const shown = async (as: string) => (await ask(`state?as=${as}`)).invitations as { id: string; step: string }[]; // as the contract says
  const [invitation] = await shown(TOBY);
  expect(invitation).toMatchObject({ channel: 'ext-tamarack', from: 'Larkspur', to: 'Tamarack', step: 'open' });
  expect([await shown(ANA), await shown(PIA)]).toEqual([[], []]);
  const answer = (as: string, did: string, approval = '') => ask('invitation', { as, id: invitation?.id, did, approval });
  for (const [as, did] of [
    [PIA, 'accept'],
    [TOBY, 'approve'],
    [TOBY, 'constructor'],
  ])
    expect(await answer(as ?? '', did ?? '')).toMatchObject({ ok: false, error: expect.any(String) });
  expect(await answer(TOBY, 'accept', 'ours')).toEqual({ ok: true });
  expect(await shown(TOBY)).toMatchObject([{ step: 'waits' }]);
  expect(await shown(ANA)).toMatchObject([{ step: 'to-approve', approver: 'Larkspur' }]);
  expect(await answer(MILO, 'approve')).toMatchObject({ ok: false });
  expect(await answer(ANA, 'approve')).toEqual({ ok: true });
  expect([await shown(TOBY), await shown(ANA)]).toEqual([[], []]);
  expect(stage.sandbox.state(TOBY).channels.map(({ name, shared }) => [name, shared])).toContainEqual(['ext-tamarack', true]);
});

test('one that has expired says so and cannot be accepted', async () => {
  await stage.invite('toby.thorn@tamarack.example', 15);
  const [invitation] = stage.sandbox.state(TOBY).invitations;
  expect(invitation?.step).toBe('expired');
  expect(await ask('invitation', { as: TOBY, id: invitation?.id, did: 'accept' })).toMatchObject({ ok: false });
});

test('the page is served, built from its sources', async () => {
  const read = async (path: string) => (await fetch(stage.sandbox.url + path)).text();
  expect(await read('/')).toContain('/main.js');
  expect(await read('/main.js')).toContain('EventSource');
  expect(await read('/style.css')).toContain('{');
  expect((await fetch(`${stage.sandbox.url}/constructor`)).status).toBe(404);
  expect((await fetch(`${stage.sandbox.url}/sandbox/constructor`)).status).toBe(404);
});

test('the page is told of every change', async () => {
  const stop = new AbortController();
  const response = await fetch(`${stage.sandbox.url}/sandbox/events?as=${MIA}`, { signal: stop.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const first = (await reader?.read())?.value;
  await stage.sandbox.as(MIA).say(GENERAL, 'hi');
  const second = (await reader?.read())?.value;
  stop.abort();
  expect([first, second]).toEqual(['data: 1\n\n', 'data: 2\n\n']);
});
