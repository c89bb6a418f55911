import { contentOf, hexDump, textOf } from '../format/content';
import { type OpenedEvent, openEvent } from '../format/event';
import { indentJson } from '../format/json-text';
import { visible } from '../format/printable';
import { contentsOf, type StreamRecord } from '../format/record';
import { curlToPut, curlToRead, type RecordAccess } from '../format/record-commands';
import { byId, segments } from './dom';
import { recordFacts } from './record-facts';

/** The body of an event, three forms of the data without its gzip, and the data as it is stored. */
const FORMS = ['body', 'json', 'text', 'hex', 'stored'] as const;
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
  readonly #stored = byId('form-stored', 'button');
  readonly #close = byId('detail-close', 'button');
  readonly #segments = segments('form', (form) => this.#choose(form));
  readonly #actions: DetailActions;
  #stream = '';
  #record: StreamRecord | undefined;
  #event: OpenedEvent | undefined;
  /** The chosen form; undefined for the one that suits the data. */
  #form: Form | undefined;

  constructor(actions: DetailActions) {
    this.#actions = actions;
    // Scrollable elements must be reachable by keyboard, and have a name there.
    this.#data.tabIndex = 0;
    this.#data.role = 'region';
    this.#data.ariaLabel = 'Data';
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
    this.#event = openEvent(contentsOf(record));
    this.#facts.replaceChildren(...recordFacts(record, this.#event, this.#actions.onFilterByKey));
    this.#drawData(record);
  }

  focus(): void {
    this.#close.focus();
  }

  #choose(form: string): void {
    this.#form = FORMS.find((name) => name === form);
    if (this.#record !== undefined) this.#drawData(this.#record);
  }

  #drawData(record: StreamRecord): void {
    this.#body.hidden = this.#event === undefined;
    this.#stored.hidden = record.unpacked === undefined;
    const form = this.#formOf(record);
    this.#segments.show(form);
    const source = this.#sourceOf(record, form);
    const shown = formed(form, source);
    this.#data.textContent = shown.text;
    this.#data.dataset.form = shown.form;
    const isBinary = typeof source !== 'string' && textOf(source) === undefined;
    const notes = [
      ...(form === 'json' && shown.form === 'text' ? ['This is not JSON.'] : []),
      ...(shown.form !== 'hex' && isBinary ? ['This is not UTF-8: see it as hex.'] : []),
      ...(record.data.length === 0 ? ['The record has no data.'] : []),
      ...(record.unpacked?.isWhole === false && form !== 'stored'
        ? ['Only the beginning is unpacked: all of it is too large. Exports have it, as gzip.']
        : []),
      ...(shown.isCut && record.unpacked?.isWhole !== false
        ? ['Only the beginning is shown; copying and exporting take all.']
        : []),
    ];
    this.#note.textContent = notes.join(' ');
  }

  /** As chosen, where the record has that form; else what suits the data: an event is opened. */
  #formOf(record: StreamRecord): Form {
    const chosen = this.#form;
    const lacks =
      (chosen === 'body' && this.#event === undefined) ||
      (chosen === 'stored' && record.unpacked === undefined);
    if (chosen !== undefined && !lacks) return chosen;
    if (this.#event !== undefined) return 'body';
    const { kind } = contentOf(contentsOf(record));
    return kind === 'binary' ? 'hex' : kind;
  }

  #sourceOf(record: StreamRecord, form: Form): string | Uint8Array {
    if (form === 'body' && this.#event !== undefined) return this.#event.body;
    return form === 'stored' ? record.data : contentsOf(record);
  }

  #copyData(): void {
    if (this.#record === undefined) return;
    const form = this.#formOf(this.#record);
    const source = this.#sourceOf(this.#record, form);
    const text = typeof source === 'string' ? source : textOf(source);
    const name = form === 'body' ? 'Body' : 'Data';
    if (text !== undefined) this.#copy(text, `${name} copied.`);
    else if (typeof source !== 'string') this.#copy(hexDump(source), `${name} copied as hex.`);
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

interface Formed {
  readonly form: 'json' | 'text' | 'hex';
  readonly text: string;
  readonly isCut: boolean;
}

function formed(form: Form, source: string | Uint8Array): Formed {
  const text = typeof source === 'string' ? source : textOf(source);
  const wantsHex = form === 'hex' || form === 'stored' || (form === 'body' && text === undefined);
  if (wantsHex) {
    const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
    const part = bytes.subarray(0, MOST_HEX_BYTES);
    return { form: 'hex', text: hexDump(part, 1), isCut: part.length < bytes.length };
  }
  const json = form === 'text' || text === undefined ? undefined : indentJson(text, MOST_TEXT);
  const whole = json ?? decoded(source);
  return {
    form: json === undefined ? 'text' : 'json',
    text: visible(whole.slice(0, MOST_TEXT), 'kept'),
    isCut: whole.length > MOST_TEXT,
  };
}

/** Of what is no UTF-8, as much as can be read. */
const decoded = (source: string | Uint8Array): string =>
  typeof source === 'string' ? source : new TextDecoder().decode(source);
