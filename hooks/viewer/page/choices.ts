import { shortShardId } from '../format/time';
import type { ShardView, StreamItem } from '../protocol';
import { byId, element } from './dom';
import type { Place } from './place';

/** The choices of the form, as the server takes them. */
export interface Choice {
  readonly stream: string;
  /** A shard's id or `all`. */
  readonly shard: string;
  readonly from: string;
  /** True if the test records of verification are shown too. */
  readonly 'test-records': 'true' | 'false';
}

/** How far back the field for a time begins. */
const RECENT_MS = 15 * 60_000;

export interface ChoicesActions {
  readonly onStream: (stream: string) => void;
  /** Something else than the stream was changed. */
  readonly onChange: () => void;
}

/** The form with stream, shard and starting position. */
export class Choices {
  readonly #form = byId('choices', 'form');
  readonly #stream = byId('stream', 'select');
  readonly #shard = byId('shard', 'select');
  readonly #position = byId('position', 'select');
  readonly #time = byId('time', 'input');
  readonly #sequence = byId('sequence', 'input');
  readonly #testRecords = byId('test-records', 'input');
  readonly #actions: ChoicesActions;

  constructor(actions: ChoicesActions) {
    this.#actions = actions;
    this.#stream.addEventListener('change', () => actions.onStream(this.#stream.value));
    const fields = [this.#shard, this.#position, this.#time, this.#sequence, this.#testRecords];
    for (const field of fields) {
      field.addEventListener('input', () => {
        this.#showFields();
        actions.onChange();
      });
    }
    this.#showFields();
  }

  get stream(): string {
    return this.#stream.value;
  }

  /** True if reading starts at or after a sequence number, and so in one shard. */
  get isBySequence(): boolean {
    return this.#position.value === 'at' || this.#position.value === 'after';
  }

  /** @returns whether there is any */
  setStreams(streams: readonly StreamItem[], chosen: string): boolean {
    const options = streams.map(({ name, declared, status }) => {
      const isActive = status === undefined || status === 'ACTIVE';
      const title = declared === undefined ? name : `${declared} · ${name}`;
      return new Option(isActive ? title : `${title} (${status.toLowerCase()})`, name);
    });
    this.#stream.replaceChildren(...options);
    this.#stream.disabled = streams.length === 0;
    const named =
      streams.find(({ name }) => name === chosen) ??
      streams.find(({ declared }) => declared === chosen);
    if (named !== undefined) this.#stream.value = named.name;
    return streams.length > 0;
  }

  setShards(shards: readonly ShardView[]): void {
    const before = this.#shard.value;
    const group = (label: string, members: readonly ShardView[]) => {
      const created = element('optgroup', '');
      created.label = label;
      for (const { id } of members) created.append(new Option(`Shard ${shortShardId(id)}`, id));
      return members.length === 0 ? [] : [created];
    };
    this.#shard.replaceChildren(
      new Option('All shards, merged', 'all'),
      ...group(
        'Open',
        shards.filter(({ closed }) => !closed),
      ),
      ...group(
        'Closed',
        shards.filter(({ closed }) => closed),
      ),
    );
    this.#shard.value = shards.some(({ id }) => id === before) ? before : 'all';
  }

  /** Chooses one shard, or all again when it was the one. */
  toggleShard(id: string): void {
    this.#shard.value = this.#shard.value === id ? 'all' : id;
    this.#showFields();
    this.#actions.onChange();
  }

  /** Sets the starting position to a place of any shard. */
  startAt(place: Place): void {
    this.#shard.value = 'all';
    if ('sequenceNumber' in place) {
      this.#position.value = 'at';
      this.#sequence.value = place.sequenceNumber;
    } else {
      this.#position.value = 'time';
      this.#time.value = fieldTime(place.time);
    }
    this.#showFields();
    this.#actions.onChange();
  }

  /** The choice, or undefined when a field has to be filled in first. */
  read(): Choice | undefined {
    this.#check();
    if (!this.#form.reportValidity()) return undefined;
    return {
      stream: this.#stream.value,
      shard: this.#shard.value,
      from: this.#from(),
      'test-records': this.#testRecords.checked ? 'true' : 'false',
    };
  }

  #from(): string {
    switch (this.#position.value) {
      case 'time':
        return new Date(this.#time.value).toISOString();
      case 'at':
        return this.#sequence.value.trim();
      case 'after':
        return `after:${this.#sequence.value.trim()}`;
      default:
        return this.#position.value;
    }
  }

  #check(): void {
    const position = this.#position.value;
    const isNumber = /^\s*\d{20,129}\s*$/.test(this.#sequence.value);
    this.#sequence.setCustomValidity(
      this.isBySequence && !isNumber ? 'A sequence number consists of digits.' : '',
    );
    const time = new Date(this.#time.value).getTime();
    this.#time.setCustomValidity(position === 'time' ? timeMistake(time) : '');
  }

  #showFields(): void {
    const position = this.#position.value;
    byId('time-field', 'label').hidden = position !== 'time';
    byId('sequence-field', 'label').hidden = !this.isBySequence;
    if (position === 'time' && this.#time.value === '') {
      this.#time.value = fieldTime(Date.now() - RECENT_MS);
    }
    this.#check();
  }
}

function timeMistake(time: number): string {
  if (Number.isNaN(time)) return 'Choose a date and a time.';
  return time > Date.now() ? 'This time is in the future.' : '';
}

/** As a field for dates and times takes it: local, to the second. */
function fieldTime(ms: number): string {
  const at = new Date(ms);
  return new Date(ms - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
