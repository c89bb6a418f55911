import { once } from 'node:events';
import net, { type Socket } from 'node:net';
import { type Answer, ResponseReader } from './response-reader';

/** No call that is measured takes this long. */
const SILENCE_MS = 60_000;

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/**
 * A keep-alive connection that sends ready-made bytes. An HTTP library costs more than the servers
 * that are measured here and would be what is measured.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #reader = new ResponseReader();
  #waiting: Waiting | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.setTimeout(SILENCE_MS, () => this.#fail(new Error('The server does not answer.')));
    socket.on('close', () => this.#fail(new Error('The server closed the connection.')));
  }

  /** Connects to a port on loopback. @throws the system's error if the port is closed */
  static async open(port: number): Promise<Connection> {
    const socket = net.connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new Connection(socket);
  }

  /**
   * Sends a whole request; the answer to the one before must have come.
   * @throws Error if the server closes the connection, or is silent for a minute
   */
  send(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed || this.#socket.readableEnded) {
        reject(new Error('The server closed the connection while nothing was asked.'));
        return;
      }
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    try {
      const answer = this.#reader.push(chunk);
      if (answer === undefined) return;
      const waiting = this.#waiting;
      this.#waiting = undefined;
      waiting?.resolve(answer);
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #fail(error: Error): void {
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }
}
