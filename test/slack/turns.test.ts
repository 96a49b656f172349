import { describe, expect, test } from 'vitest';
import { createTurns } from '../../src/slack/answer-everything.ts';

describe('turns', () => {
  test('the first answer of an idle process starts at once', async () => {
    const started = await Promise.race([createTurns()().then(() => true), new Promise((done) => setImmediate(done, false))]);
    expect(started).toBe(true);
  });

  test('many at once all start, first come first served, and let other work through in between', async () => {
    const turn = createTurns();
    const events: string[] = [];
    const answers = Array.from({ length: 20 }, async (_, number) => {
      await turn();
      events.push(`answer ${number}`);
    });
    const acknowledged = new Promise<void>((done) => setImmediate(done)).then(() => events.push('acknowledged'));
    await Promise.all([...answers, acknowledged]);
    expect(events.filter((event) => event !== 'acknowledged')).toEqual(Array.from({ length: 20 }, (_, number) => `answer ${number}`));
    expect(events.indexOf('acknowledged')).toBeLessThan(events.indexOf('answer 2'));
  });

  test('a process that is always busy starves nobody', async () => {
    const turn = createTurns();
    let isBusy = true;
    const hog = () => {
      const until = performance.now() + 25;
      while (performance.now() < until);
      if (isBusy) setTimeout(hog, 1);
    };
    hog();
    await Promise.all(Array.from({ length: 5 }, () => turn()));
    isBusy = false;
  });
});
