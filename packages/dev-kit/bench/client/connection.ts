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
 * that are measured here and would be what is measured. For a server that closes its connections
 * after an answer it opens another, as every client has to.
 */
export class Connection {
  readonly #port: number;
  #socket: Socket;
  #reader = new ResponseReader();
  #waiting: Waiting | undefined;
  #isOver = false;

  private constructor(port: number, socket: Socket) {
    this.#port = port;
    this.#socket = this.#listenTo(socket);
  }

  /** Connects to a port on loopback. @throws the system's error if the port is closed */
  static async open(port: number): Promise<Connection> {
    return new Connection(port, await connected(port));
  }

  /**
   * Sends a whole request; the answer to the one before must have come.
   * @throws Error if the server closes the connection, or is silent for a minute
   */
  send(request: Buffer): Promise<Answer> {
    return this.#isOver ? this.#sendAnew(request) : this.#write(request);
  }

  close(): void {
    this.#socket.destroy();
  }

  async #sendAnew(request: Buffer): Promise<Answer> {
    this.#socket.destroy();
    this.#reader = new ResponseReader();
    this.#socket = this.#listenTo(await connected(this.#port));
    this.#isOver = false;
    return this.#write(request);
  }

  #write(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed || this.#socket.readableEnded) {
        reject(new Error('The server closed the connection while nothing was asked.'));
        return;
      }
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  #listenTo(socket: Socket): Socket {
    // An earlier socket may still be closing.
    const failed = (error: Error) => {
      if (socket === this.#socket) this.#fail(error);
    };
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', failed);
    socket.setTimeout(SILENCE_MS, () => failed(new Error('The server does not answer.')));
    socket.on('close', () => failed(new Error('The server closed the connection.')));
    return socket;
  }

  #read(chunk: Buffer): void {
    try {
      const answer = this.#reader.push(chunk);
      if (answer === undefined) return;
      this.#isOver = answer.isLast;
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

async function connected(port: number): Promise<Socket> {
  const socket = net.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}
