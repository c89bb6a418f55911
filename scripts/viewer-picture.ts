/**
 * Takes docs/viewer.png, the picture of the viewer: of a Kinesis in this process, with a minute of orders.
 *
 *   npx tsx --conditions=embedded-aws-source scripts/viewer-picture.ts
 */
import path from 'node:path';
import { CreateStreamCommand, KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { inProcess } from 'embedded-aws/in-process';
import { createKinesis } from 'embedded-aws/kinesis';
import { chromium } from 'playwright-core';
import { recordPaths } from '../hooks/viewer/record-paths';
import { startViewerServer } from '../hooks/viewer/server/server';

const PICTURE = path.join(__dirname, '..', 'docs', 'viewer.png');
const SECONDS = 80;
/** When more orders come than usual, most of them with one key. */
const RUSH = { from: 38, to: 52 } as const;
const ITEMS = ['teapot', 'espresso', 'lamp', 'chair', 'poster', 'notebook', 'café crème'] as const;
const began = Math.floor(Date.now() / 1_000) * 1_000 - SECONDS * 1_000;

let now = began;
/** The same picture each time. */
let seed = 7;
function random(below: number): number {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % below;
}

const kinesis = new KinesisClient(
  inProcess(createKinesis({ now: () => now, createMs: 0, updateMs: 0 })),
);

function order(number: number, second: number) {
  const isRush = second >= RUSH.from && second < RUSH.to && random(4) > 0;
  const event = {
    specversion: '1.0',
    id: `order-${number}`,
    source: '/shop/checkout',
    type: 'order.placed',
    data: {
      order: number,
      item: ITEMS[random(ITEMS.length)],
      quantity: 1 + random(4),
      price: random(9_000) / 100,
      address: { city: 'Zürich', zip: '8003' },
    },
  };
  return {
    PartitionKey: `customer-${isRush ? 7 : random(400)}`,
    Data: Buffer.from(JSON.stringify(event)),
  };
}

async function fill(): Promise<void> {
  await kinesis.send(new CreateStreamCommand({ StreamName: 'orders', ShardCount: 4 }));
  now += 1;
  let number = 1_000;
  for (let second = 0; second < SECONDS; second++) {
    const isRush = second >= RUSH.from && second < RUSH.to;
    for (const part of [0, 250, 500, 750]) {
      now = began + second * 1_000 + part + random(200);
      const records = Array.from({ length: (isRush ? 22 : 3) + random(5) }, () => {
        number += 1;
        return order(number, second);
      });
      await kinesis.send(new PutRecordsCommand({ StreamName: 'orders', Records: records }));
    }
  }
}

async function take(): Promise<void> {
  const access = { authorization: 'AWS_IAM', region: 'us-east-1', paths: recordPaths };
  const view = {
    stage: 'local',
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:4566',
    pattern: '*',
    access,
  };
  const streams = { pattern: '*', declared: [] };
  const server = await startViewerServer({ view, kinesis, streams, access: async () => access }, 0);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  });
  const page = await browser.newPage({
    viewport: { width: 1280, height: 880 },
    colorScheme: 'light',
    timezoneId: 'UTC',
  });
  await page.goto(server.url);
  await page.locator('#shard-rows tr').first().waitFor();
  await page.click('#to-tip');
  await page.locator('#status').filter({ hasText: 'At the tip' }).waitFor();
  await page.fill('#finder-key', 'customer-7');
  await page.press('#finder-key', 'Enter');
  await page.locator('#key-space .marked').waitFor({ state: 'attached' });
  await page.locator('.rows .row').nth(5).click();
  await page.locator('#detail-data').filter({ hasText: 'order' }).waitFor();
  await page.screenshot({ path: PICTURE });
  await browser.close();
  await server.close();
}

void (async () => {
  await fill();
  await take();
  kinesis.destroy();
})();
