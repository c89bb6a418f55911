import { EventEmitter, once } from 'node:events';
import http2 from 'node:http2';
import net from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { type Handler, type Listener, listen } from '../../src/server/listen';

const PIECE = Buffer.alloc(1_000_000, 'x');
const PIECES = 40;

/** A server whose answers are forty pieces, and what it was asked for. */
async function prepare(forEver = false) {
  const answers: { pieces: number; gone: Promise<unknown> }[] = [];
  const handler: Handler = async () => ({
    status: 200,
    headers: { 'content-type': 'application/octet-stream' },
    body: '',
    async *stream(signal) {
      const answer = { pieces: 0, gone: once(signal, 'abort') };
      answers.push(answer);
      while (answer.pieces < PIECES) {
        answer.pieces += 1;
        yield PIECE;
      }
      if (forEver) await answer.gone;
    },
  });
  listener = await listen(0, handler);
  return answers;
}

let listener: Listener;
const closers: (() => void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) close();
  await listener.close();
});

/** Asks over HTTP/1.1. */
async function http1(): Promise<Readable> {
  const socket = net.connect(listener.port, '127.0.0.1');
  socket.on('error', () => {});
  closers.push(() => socket.destroy());
  await once(socket, 'connect');
  socket.write('GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
  return socket;
}

/** Asks over HTTP/2. */
async function overHttp2(): Promise<Readable> {
  const session = http2.connect(`http://127.0.0.1:${listener.port}`);
  session.on('error', () => {});
  closers.push(() => session.destroy());
  const stream = session.request({ ':path': '/' });
  stream.on('error', () => {});
  return stream;
}

async function sizeOf(answer: Readable): Promise<number> {
  let size = 0;
  for await (const piece of answer as AsyncIterable<Buffer>) size += piece.length;
  return size;
}

describe.each([
  ['HTTP/1.1', http1],
  ['HTTP/2', overHttp2],
])('an answer in pieces over %s', (_protocol, ask) => {
  test('arrives whole', async () => {
    await prepare();

    expect(await sizeOf(await ask())).toBeGreaterThanOrEqual(PIECES * PIECE.length);
  });

  test('waits for a client that does not read', async () => {
    const answers = await prepare();
    const slow = await ask();
    slow.pause();
    slow.once('readable', () => {});
    while (answers.length === 0) await new Promise(setImmediate);

    // Asked later, read to the end: without waiting the other would be through by now.
    await sizeOf(await ask());

    expect(answers.map(({ pieces }) => pieces)).toEqual([expect.any(Number), PIECES]);
    expect(answers[0]?.pieces).toBeLessThan(PIECES);
  });

  test('is told when nobody listens any more', async () => {
    const answers = await prepare(true);
    const answer = await ask();
    await once(answer, 'readable');

    for (const close of closers.splice(0)) close();

    await expect(answers[0]?.gone).resolves.toBeDefined();
  });

  test('is told of a client that went away before it began', async () => {
    let begin = () => {};
    const work = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const asked = new EventEmitter();
    let gone: (signal: AbortSignal) => void = () => {};
    const told = new Promise<AbortSignal>((resolve) => {
      gone = resolve;
    });
    listener = await listen(0, async () => {
      asked.emit('asked');
      await work;
      return {
        status: 200,
        headers: {},
        body: '',
        async *stream(signal) {
          if (!signal.aborted) await once(signal, 'abort');
          gone(signal);
          yield PIECE;
        },
      };
    });
    const request = once(asked, 'asked');
    await ask();
    await request;

    for (const close of closers.splice(0)) close();
    // Long enough for the server to hear of it first, which is the case in question.
    await setTimeout(100);
    begin();

    expect((await told).aborted).toBe(true);
  });

  test('ends with the server', async () => {
    const answers = await prepare(true);
    const answer = await ask();
    await once(answer, 'readable');

    await listener.close();

    await expect(answers[0]?.gone).resolves.toBeDefined();
  });
});
