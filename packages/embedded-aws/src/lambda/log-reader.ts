import type { Readable } from 'node:stream';

/** Limits the output, so that a function that never stops printing cannot fill the memory. */
const MAX_LOG = 1024 * 1024;

/** How the end of a run's output is marked in each of a process's outputs. */
export const endMark = (marker: string): string => `\0${marker}\0`;

/** The output of a process that runs one event after the other. */
export class LogReader {
  readonly #outputs: readonly { readonly stream: Readable; text: string }[];
  #arrived = (): void => {};
  /** The text of all outputs, in the order of its arrival. */
  #text = '';

  constructor(streams: readonly (Readable | null)[]) {
    this.#outputs = streams
      .filter((stream) => stream !== null)
      .map((stream) => ({ stream, text: '' }));
    for (const output of this.#outputs) {
      output.stream.setEncoding('utf8').on('data', (text: string) => {
        // The last characters are enough to find a mark that comes in two pieces.
        output.text = (output.text + text).slice(-4096);
        if (this.#text.length < MAX_LOG) this.#text += text;
        this.#arrived();
      });
    }
  }

  /** Waits until each output has a run's mark, or the time is up. */
  until(marker: string, milliseconds: number): Promise<void> {
    const mark = endMark(marker);
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#arrived = () => {};
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.#arrived = () => {
        if (this.#outputs.every(({ text }) => text.includes(mark))) done();
      };
      this.#arrived();
    });
  }

  /** The output since the last call, without the mark. */
  take(marker: string): string {
    const text = this.#text.replaceAll(endMark(marker), '');
    this.#text = '';
    return text;
  }
}
