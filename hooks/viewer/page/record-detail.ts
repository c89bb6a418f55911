import { type Content, contentOf, hexDump, sizeText } from '../format/content';
import { type Envelope, openEnvelope } from '../format/envelope';
import { indentJson } from '../format/json-text';
import { visible } from '../format/printable';
import type { StreamRecord } from '../format/record';
import { curlToPut, curlToRead, type RecordAccess } from '../format/record-commands';
import { localTime, utcTime } from '../format/time';
import { byId, element, segments } from './dom';

const FORMS = ['body', 'json', 'text', 'hex'] as const;
type Form = (typeof FORMS)[number];

/** Characters that are set out at once; a record may have ten million. */
const MOST_TEXT = 200_000;
const MOST_HEX_BYTES = 32_768;

export interface DetailActions {
  readonly onClose: () => void;
  readonly onFilterByKey: (key: string) => void;
  /** Shows a message. */
  readonly say: (text: string) => void;
}

/** The chosen record in full. */
export class RecordDetail {
  /** How the stage's API is called; set before a stream is chosen. */
  access: RecordAccess | undefined;
  readonly #pane = byId('detail', 'aside');
  readonly #facts = byId('detail-facts', 'dl');
  readonly #data = byId('detail-data', 'pre');
  readonly #note = byId('detail-note', 'p');
  readonly #body = byId('form-body', 'button');
  readonly #close = byId('detail-close', 'button');
  readonly #segments = segments('form', (form) => this.#choose(form));
  readonly #actions: DetailActions;
  #stream = '';
  #record: StreamRecord | undefined;
  /** The chosen form; undefined for the one that suits the data. */
  #form: Form | undefined;

  constructor(actions: DetailActions) {
    this.#actions = actions;
    // Scrollable elements must be reachable by keyboard.
    this.#data.tabIndex = 0;
    this.#close.addEventListener('click', actions.onClose);
    byId('copy-data', 'button').addEventListener('click', () => this.#copyData());
    byId('copy-put', 'button').addEventListener('click', () => this.#copyCurl(curlToPut));
    byId('copy-read', 'button').addEventListener('click', () => this.#copyCurl(curlToRead));
  }

  get isOpen(): boolean {
    return !this.#pane.hidden;
  }

  show(stream: string, record: StreamRecord | undefined): void {
    this.#stream = stream;
    this.#record = record;
    this.#pane.hidden = record === undefined;
    if (record === undefined) return;
    this.#facts.replaceChildren(...this.#factsOf(record));
    this.#drawData(record);
  }

  focus(): void {
    this.#close.focus();
  }

  #choose(form: string): void {
    this.#form = FORMS.find((name) => name === form);
    if (this.#record !== undefined) this.#drawData(this.#record);
  }

  #factsOf(record: StreamRecord): HTMLElement[] {
    const byKey = element('button', 'plain', 'filter by it');
    byKey.type = 'button';
    byKey.addEventListener('click', () => this.#actions.onFilterByKey(record.partitionKey));
    const key = element('bdi', 'mono', visible(record.partitionKey));
    const facts: [string, readonly (Node | string)[]][] = [
      ['Arrived', [localTime(record.arrivedAt), element('br', ''), utcTime(record.arrivedAt)]],
      ['Partition key', [key, ' ', byKey]],
      ['Shard', [record.shardId]],
      ['Sequence number', [element('span', 'mono', record.sequenceNumber)]],
      ['Size', [sizeText(record.data.length)]],
    ];
    if (record.encryptionType !== undefined) facts.push(['Encryption', [record.encryptionType]]);
    const envelope = openEnvelope(record.data);
    for (const [name, value] of envelope === undefined ? [] : factsOfEvent(envelope)) {
      facts.push([name, [element('bdi', '', visible(value))]]);
    }
    return facts.flatMap(([name, value]) => [element('dt', '', name), element('dd', '', ...value)]);
  }

  #drawData({ data }: StreamRecord): void {
    const content = contentOf(data);
    const envelope = openEnvelope(data);
    this.#body.hidden = envelope === undefined;
    const form = this.#formOf(content, envelope);
    this.#segments.show(form);
    const whole = content.kind === 'binary' ? new TextDecoder().decode(data) : content.text;
    const shown = formed(form, form === 'body' ? (envelope?.body ?? '') : whole, data);
    this.#data.textContent = shown.text;
    this.#data.dataset.form = shown.form;
    const notes = [
      ...(form === 'json' && shown.form === 'text' ? ['This is not JSON.'] : []),
      ...(form !== 'hex' && content.kind === 'binary' ? ['This is not UTF-8: see it as hex.'] : []),
      ...(data.length === 0 ? ['The record has no data.'] : []),
      ...(shown.cut ? ['Only the beginning is shown; copying and exporting take all.'] : []),
    ];
    this.#note.textContent = notes.join(' ');
  }

  /** As chosen; else what suits the data: an envelope is opened. */
  #formOf(content: Content, envelope: Envelope | undefined): Form {
    const chosen = this.#form === 'body' && envelope === undefined ? undefined : this.#form;
    if (chosen !== undefined) return chosen;
    if (envelope !== undefined) return 'body';
    return content.kind === 'binary' ? 'hex' : content.kind;
  }

  #copyData(): void {
    if (this.#record === undefined) return;
    const envelope = openEnvelope(this.#record.data);
    if (envelope !== undefined && (this.#form ?? 'body') === 'body') {
      this.#copy(envelope.body, 'Body copied.');
      return;
    }
    const content = contentOf(this.#record.data);
    const text = content.kind === 'binary' ? hexDump(this.#record.data) : content.text;
    this.#copy(text, content.kind === 'binary' ? 'Data copied as hex.' : 'Data copied.');
  }

  #copyCurl(command: typeof curlToPut): void {
    const { access } = this;
    if (this.#record === undefined || access === undefined) return;
    const missing = access.invokeUrl === undefined ? ' Set $API to the URL of the stage.' : '';
    this.#copy(command(access, this.#stream, this.#record), `Command copied.${missing}`);
  }

  #copy(text: string, done: string): void {
    navigator.clipboard.writeText(text).then(
      () => this.#actions.say(done),
      () => this.#actions.say('The browser does not allow copying.'),
    );
  }
}

/** The members of an envelope that say something, in words. */
function factsOfEvent({ facts }: Envelope): [string, string][] {
  const { method, query, contentType } = facts;
  const all: Readonly<Record<string, unknown>> = {
    'Event id': facts.id,
    Received: timeOf(facts.receivedAt),
    'Source IP': facts.sourceIp,
    'User agent': facts.userAgent,
    Request: [method, contentType].filter(Boolean).join(' '),
    Query: query,
    Headers: facts.headers,
  };
  return Object.entries(all).flatMap(([name, value]): [string, string][] => {
    const text = typeof value === 'object' && value !== null ? pairs(value) : String(value ?? '');
    return text === '' ? [] : [[name, text]];
  });
}

/** In milliseconds since 1970. */
const timeOf = (at: unknown) =>
  typeof at === 'number' && !Number.isNaN(new Date(at).getTime()) ? utcTime(at) : at;

const pairs = (values: object): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');

function formed(
  form: Form,
  text: string,
  data: Uint8Array,
): { form: Form; text: string; cut: boolean } {
  if (form === 'hex') {
    const part = data.subarray(0, MOST_HEX_BYTES);
    return { form, text: hexDump(part, 1), cut: part.length < data.length };
  }
  const json = form === 'text' ? undefined : indentJson(text, MOST_TEXT);
  const whole = json ?? text;
  const cut = whole.length > MOST_TEXT;
  return {
    form: json === undefined ? 'text' : 'json',
    text: visible(whole.slice(0, MOST_TEXT), 'kept'),
    cut,
  };
}
