import { describe, expect, test } from 'vitest';
import { manualClock } from '../../../src/emulator/index.ts';
import type { GsdkError } from '../../../src/errors/gsdk-error.ts';
import type { StatusChange } from '../../../src/gateway/gateway.ts';
import { Epoch, type Listing, type Opening } from '../../../src/gateway/subscription/epoch.ts';
import { managed } from '../../support/fake-gateway.ts';
import { linksByHand } from '../../support/link-by-hand.ts';

const resyncMs = 60_000;
const told = (deviceID: number, timestamp = 1): StatusChange => ({
  ...{ deviceID, status: 'TCP_CONNECTED', connected: true, timestamp },
});

/** An epoch on a link by hand, and what it tells. @param random what keeps clients apart: 0 to wait the longest */
function start(random = 0) {
  const clock = manualClock(1_000_000);
  const heard = {
    openings: [] as Opening[],
    changes: [] as StatusChange[],
    listings: [] as Listing[],
    ends: [] as { error: GsdkError | undefined; lastHeardMs: number | undefined }[],
  };
  const dialling = linksByHand();
  const epoch = new Epoch(
    { openLink: dialling.open, time: { now: clock.now, after: clock.after, random: () => random }, resyncMs },
    {
      opened: (opening) => heard.openings.push(opening),
      changed: (change) => heard.changes.push(change),
      listed: (listing) => heard.listings.push(listing),
      ended: (error, lastHeardMs) => heard.ends.push({ error, lastHeardMs }),
    },
  );
  return { clock, heard, epoch, link: dialling.link };
}

/** The same, with the first list taken. */
function live(random?: number) {
  const started = start(random);
  started.epoch.dialed();
  started.epoch.subscribed();
  started.epoch.listed([managed(1)]);
  return started;
}

describe('the barrier', () => {
  test('nothing is listed before the stream is confirmed', () => {
    const { epoch, clock, link } = start();
    epoch.dialed();
    clock.advance(249);
    expect(link.asked).toEqual(['subscribe']);
    epoch.subscribed();
    expect(link.asked).toEqual(['subscribe', 'list']);
  });

  test('a gateway that confirms nothing is taken to have done so after 250 ms, once', () => {
    const { epoch, clock, link } = start();
    epoch.dialed();
    clock.advance(250);
    epoch.subscribed();
    expect(link.asked).toEqual(['subscribe', 'list']);
  });
});

describe('changes', () => {
  test('before the list was asked for are in the list', () => {
    const { epoch, heard } = start();
    epoch.dialed();
    epoch.changed(told(1));
    epoch.subscribed();
    epoch.listed([]);
    expect(heard.openings).toEqual([{ devices: [], contested: new Set(), held: [], dropped: 0, askedMs: 1_000_000 }]);
  });

  test('while the list is on its way are held, and outrank it', () => {
    const { epoch, heard } = start();
    epoch.dialed();
    epoch.subscribed();
    epoch.changed(told(7));
    epoch.listed([managed(1)]);
    expect(heard.changes).toEqual([]);
    expect(heard.openings).toMatchObject([{ contested: new Set([7]), held: [told(7)] }]);
  });

  test('too many to hold are merged, and counted', () => {
    const { epoch, heard } = start();
    epoch.dialed();
    epoch.subscribed();
    for (let second = 1; second <= 40_000; second++) epoch.changed(told(second % 2, second));
    epoch.listed([]);
    const [{ held, dropped } = { held: [], dropped: 0 }] = heard.openings;
    expect(held.length + dropped).toBe(40_000);
    expect(held.length).toBeLessThanOrEqual(16_384);
    expect(held.slice(-2)).toEqual([told(1, 39_999), told(0, 40_000)]);
  });

  test('afterwards are told at once', () => {
    const { epoch, heard } = live();
    epoch.changed(told(1));
    expect(heard.changes).toEqual([told(1)]);
  });
});

describe('later lists', () => {
  test('come with the changes since they were asked for, and those of the second after', () => {
    const { epoch, clock, heard, link } = live();
    clock.advance(resyncMs);
    expect(link.asked).toEqual(['subscribe', 'list', 'list']);
    epoch.changed(told(1));
    epoch.listed([]);
    epoch.changed(told(2));
    expect(heard.listings).toEqual([]);
    clock.advance(1000);
    expect(heard.listings).toEqual([{ devices: [], contested: new Set([1, 2]) }]);
  });

  test('are up to a fifth earlier, to keep clients apart', () => {
    const { clock, link } = live(1);
    clock.advance(resyncMs * 0.8 - 1001);
    expect(link.asked).toHaveLength(2);
    clock.advance(1);
    expect(link.asked).toHaveLength(3);
  });

  test('are asked for at once by a look, but never two at a time', () => {
    const { epoch, link } = live();
    epoch.look();
    epoch.look();
    expect(link.asked).toEqual(['subscribe', 'list', 'list']);
  });
});

describe('the end', () => {
  test('comes 10 s after a list that is not answered, and whenever a gateway falls silent within resync and 10 s', () => {
    const { epoch, clock, heard, link } = live();
    const answeredMs: number[] = [];
    for (let round = 0; round < 3; round++) {
      clock.advance(resyncMs);
      epoch.listed([managed(1)]);
      answeredMs.push(clock.now());
    }
    clock.advance(resyncMs + 10_000);
    expect(heard.ends).toMatchObject([
      { error: { failure: { class: 'UNREACHABLE' } }, lastHeardMs: answeredMs.at(-1) },
    ]);
    expect(heard.ends[0]?.error?.message).toBe('the gateway did not answer GetDeviceList within 10 s');
    expect(link.asked.at(-1)).toBe('close');
  });

  test('without an error is told too, once, with the last sign of life', () => {
    const { epoch, heard, clock } = live();
    clock.advance(5);
    epoch.changed(told(1));
    epoch.ended();
    epoch.ended();
    expect(heard.ends).toEqual([{ error: undefined, lastHeardMs: 1_000_005 }]);
  });

  test('by closing is silent, and whatever comes afterwards is not heard', () => {
    const { epoch, clock, heard, link } = live();
    epoch.close();
    epoch.changed(told(1));
    epoch.listed([]);
    epoch.ended();
    clock.advance(10 * resyncMs);
    expect(heard).toMatchObject({ changes: [], listings: [], ends: [] });
    expect(link.asked).toEqual(['subscribe', 'list', 'close']);
  });
});
