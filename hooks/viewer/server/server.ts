import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { HookError } from '../../framework';
import type { Problem } from '../protocol';
import { Pace, systemClock } from '../reader/pace';
import { problemOf } from '../reader/problem';
import { api, deliveryOf, planOf, type ViewedStage } from './api';
import { type Asset, loadAssets } from './assets';
import { deliver } from './deliver';
import { refusalOf, SECURITY_HEADERS } from './guard';
import { Readings } from './readings';

export interface ViewerServer {
  /** The page's address, its secret included. */
  readonly url: string;
  /** An address for one use, for where others can see what is opened. */
  readonly launchUrl: string;
  close(): Promise<void>;
}

/**
 * Serves the viewer on 127.0.0.1.
 * @param port 0 picks a free one
 * @throws HookError when the port cannot be had
 */
export async function startViewerServer(stage: ViewedStage, port: number): Promise<ViewerServer> {
  const token = randomBytes(18).toString('base64url');
  const launch = { code: randomBytes(18).toString('base64url'), used: false };
  const readings = new Readings({ kinesis: stage.kinesis, pace: new Pace(), clock: systemClock });
  const assets = loadAssets();
  const server = createServer((request, response) => {
    const visit = visitOf(request);
    if (visit?.path === `/${launch.code}` && !launch.used) {
      launch.used = true;
      redirect(response, `/${token}/`);
      return;
    }
    answer(visit, request, response).catch((error: unknown) => fail(response, problemOf(error)));
  });

  async function answer(
    visit: Visit | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const path = visit?.path ?? '';
    const refusal = refusalOf(
      { method: request.method, headers: request.headers, path },
      own,
      token,
    );
    if (refusal !== undefined || visit === undefined) {
      const { status, reason } = refusal ?? { status: 404, reason: 'Not found.' };
      send(response, status, { type: 'text/plain; charset=utf-8', content: reason });
      return;
    }
    const name = path.slice(token.length + 2);
    const asset = assets.get(name);
    if (asset !== undefined) send(response, 200, asset);
    else if (name === 'api/records') await sendRecords(visit.query, response);
    else await sendApi(name, visit.query, response);
  }

  async function sendApi(
    name: string,
    query: URLSearchParams,
    response: ServerResponse,
  ): Promise<void> {
    const handler = name.startsWith('api/') ? api.get(name.slice('api/'.length)) : undefined;
    if (handler === undefined) {
      send(response, 404, { type: 'text/plain; charset=utf-8', content: 'No such thing.' });
      return;
    }
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    sendJson(response, 200, await handler(stage, query, gone.signal));
  }

  async function sendRecords(query: URLSearchParams, response: ServerResponse): Promise<void> {
    const delivery = deliveryOf(query);
    const id = query.get('reading');
    const reading = id === null ? readings.start(planOf(stage, query)) : readings.find(id);
    if (reading === undefined) {
      throw new HookError('READING_GONE', 'This reading has been closed. Get records again.');
    }
    await deliver(reading, delivery, response, systemClock);
  }

  const own = await listen(server, port);
  return {
    url: `http://127.0.0.1:${own}/${token}/`,
    launchUrl: `http://127.0.0.1:${own}/${launch.code}`,
    async close() {
      readings.endAll();
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

interface Visit {
  readonly path: string;
  readonly query: URLSearchParams;
}

function visitOf({ url = '' }: IncomingMessage): Visit | undefined {
  // Only paths: a proxy's absolute form is not for this server.
  if (!url.startsWith('/') || !URL.canParse(url, 'http://viewer')) return undefined;
  const { pathname, searchParams } = new URL(url, 'http://viewer');
  return { path: pathname, query: searchParams };
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (cause) {
    throw new HookError(
      'VIEWER_PORT_TAKEN',
      `The viewer cannot listen on port ${port}. Choose another --port, or leave it out for a free one.`,
      { cause },
    );
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { ...SECURITY_HEADERS, location });
  response.end();
}

function send(response: ServerResponse, status: number, { type, content }: Asset): void {
  response.writeHead(status, { ...SECURITY_HEADERS, 'content-type': type });
  response.end(content);
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, {
    type: 'application/json; charset=utf-8',
    content: JSON.stringify(value),
  });
}

/** An answer that has begun cannot become another one. */
function fail(response: ServerResponse, problem: Problem): void {
  if (response.headersSent) response.destroy();
  else sendJson(response, 500, problem);
}
