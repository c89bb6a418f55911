import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Ways in which a page can send a request to another origin without a preflight. */
export const UNASKED = [
  'fetch no-cors',
  'fetch keepalive',
  'XMLHttpRequest',
  'sendBeacon',
  'form',
  'form as text',
  'form in parts',
  'sandboxed fetch',
  'redirected form',
] as const;

/** Ways to load a URL into a page or another window. */
export const LOADS = [
  'image',
  'script',
  'stylesheet',
  'frame',
  'object',
  'EventSource',
  'prefetch',
  'fetch no-cors GET',
  'fetch cors GET',
  'fetch without Referer',
] as const;

export type Attack = (typeof UNASKED)[number] | (typeof LOADS)[number] | 'fetch with headers';

/**
 * The page's own script: `attack(kind, url, body)` settles when the browser has an answer or gave
 * up, with what the page could read of it.
 */
const SCRIPT = `
const settled = (target, add) => new Promise((resolve) => {
  target.onload = () => resolve('');
  target.onerror = () => resolve('');
  add();
});
const element = (name, attributes) => {
  const made = Object.assign(document.createElement(name), attributes);
  return settled(made, () => document.body.append(made));
};
const fetched = (url, init) =>
  fetch(url, init).then((answer) => answer.text(), () => '');
// The names of a form's fields are what stands before each "=" of the body.
const form = (url, body, enctype) => {
  const frame = document.createElement('iframe');
  frame.name = 'frame' + Math.random();
  const made = Object.assign(document.createElement('form'), { action: url, method: 'POST', enctype });
  made.target = frame.name;
  const text = enctype === 'text/plain';
  for (const [name, value] of text ? [[body + '&x', '']] : [...new URLSearchParams(body)]) {
    made.append(Object.assign(document.createElement('textarea'), { name, value }));
  }
  document.body.append(frame, made);
  return settled(frame, () => made.submit());
};
const attacks = {
  'fetch no-cors': (url, body) => fetched(url, { method: 'POST', mode: 'no-cors', body: body || undefined }),
  'fetch keepalive': (url, body) =>
    fetched(url, { method: 'POST', mode: 'no-cors', keepalive: true, credentials: 'include', body }),
  XMLHttpRequest: (url, body) => new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.onloadend = () => resolve(request.responseText);
    request.send(body);
  }),
  sendBeacon: (url, body) => { navigator.sendBeacon(url, body); return ''; },
  form: (url, body) => form(url, body, 'application/x-www-form-urlencoded'),
  'form as text': (url, body) => form(url, body, 'text/plain'),
  'form in parts': (url, body) => form(url, body, 'multipart/form-data'),
  'sandboxed fetch': (url, body) => new Promise((resolve) => {
    const init = { method: 'POST', mode: 'no-cors', body: body || undefined };
    const frame = Object.assign(document.createElement('iframe'), { sandbox: 'allow-scripts' });
    frame.srcdoc = '<script>onmessage = ({ data }) => fetch(...data)'
      + '.then((answer) => answer.text(), () => "").then((text) => parent.postMessage(text, "*"))<'
      + '/script>';
    frame.onload = () => frame.contentWindow.postMessage([url, init], '*');
    onmessage = ({ data }) => resolve(data);
    document.body.append(frame);
  }),
  'redirected form': (url, body) =>
    form('/redirect?to=' + encodeURIComponent(url), body, 'application/x-www-form-urlencoded'),
  image: (url) => element('img', { src: url }),
  script: (url) => element('script', { src: url }),
  stylesheet: (url) => element('link', { rel: 'stylesheet', href: url }),
  frame: (url) => element('iframe', { src: url }),
  object: (url) => element('object', { data: url }),
  prefetch: (url) => element('link', { rel: 'prefetch', href: url }),
  EventSource: (url) => new Promise((resolve) => {
    const source = new EventSource(url);
    source.onmessage = ({ data }) => resolve(data);
    source.onerror = () => { source.close(); resolve(''); };
  }),
  'fetch no-cors GET': (url) => fetched(url, { mode: 'no-cors' }),
  'fetch cors GET': (url) => fetched(url, {}),
  'fetch without Referer': (url) => fetched(url, { mode: 'no-cors', referrerPolicy: 'no-referrer' }),
  'fetch with headers': (url, body, headers) => fetched(url, { method: 'POST', headers, body }),
};
const attack = (kind, ...rest) => attacks[kind](...rest);
`;

/** A web server of somebody else's, with one page. */
export interface EvilServer {
  readonly port: number;
  close(): void;
}

/** Serves the page on 127.0.0.1, which `localhost` reaches as another origin. */
export async function serveEvilPages(): Promise<EvilServer> {
  const server = createServer((request, response) => {
    const { searchParams, pathname } = new URL(request.url ?? '/', 'http://evil');
    const to = searchParams.get('to');
    if (pathname === '/redirect' && to !== null) {
      response.writeHead(307, { location: to }).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html><title>Win a prize</title><body><script>${SCRIPT}</script>`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
