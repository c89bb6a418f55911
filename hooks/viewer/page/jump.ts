import type { StreamRecord } from '../format/record';
import type { Zone } from '../format/time';
import { byId } from './dom';
import { type Place, parsePlace, recordAt } from './place';
import type { RecordStore } from './record-store';

export interface JumpActions {
  readonly zone: () => Zone;
  /** Chooses a record that is listed, and shows it. */
  readonly onFound: (record: StreamRecord) => void;
  /** Reads from a place that was not read yet. */
  readonly onRead: (place: Place) => void;
  readonly say: (text: string) => void;
}

/** The field that goes to a sequence number or a time. */
export class Jump {
  readonly #field = byId('jump', 'input');
  readonly #store: RecordStore;
  readonly #actions: JumpActions;
  /** Where reading was started for this; its first record is chosen when it comes. */
  #due: Place | undefined;

  constructor(store: RecordStore, actions: JumpActions) {
    this.#store = store;
    this.#actions = actions;
    byId('jump-form', 'form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#go();
    });
    this.#field.addEventListener('input', () => this.#field.setCustomValidity(''));
  }

  focus(): void {
    this.#field.focus();
  }

  /** Chooses the record that was waited for, once there are records. */
  arrive(): void {
    const record = this.#due && (recordAt(this.#store.all, this.#due) ?? this.#store.all[0]);
    if (record === undefined) return;
    this.#due = undefined;
    this.#show(record);
  }

  cancel(): void {
    this.#due = undefined;
  }

  #go(): void {
    const text = this.#field.value;
    if (text.trim() === '') return;
    const now = Date.now();
    const day = this.#store.all.at(-1)?.arrivedAt ?? now;
    const place = parsePlace(text, this.#actions.zone(), day, now);
    this.#field.setCustomValidity(mistakeIn(place, now));
    if (!this.#field.reportValidity() || place === undefined) return;
    const record = recordAt(this.#store.all, place);
    if (record !== undefined) {
      this.#show(record);
      return;
    }
    this.#actions.onRead(place);
    this.#due = place;
  }

  #show(record: StreamRecord): void {
    if (this.#store.shown.includes(record)) this.#actions.onFound(record);
    else this.#actions.say('The filter hides the record.');
  }
}

function mistakeIn(place: Place | undefined, now: number): string {
  if (place === undefined) {
    return 'Write a sequence number, a time such as 09:30 or 2026-01-31 09:30, or 15m (ago).';
  }
  return 'time' in place && place.time > now ? 'This time is in the future.' : '';
}
