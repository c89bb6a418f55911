/** Messages of the embedded AWS's process to its parent over Node's IPC channel. */
export type StartMessage =
  | {
      readonly type: 'listening';
      readonly port: number;
      /** Of the owner's access keys; missing where any credentials do. */
      readonly secretAccessKey?: string | undefined;
    }
  | { readonly type: 'failed'; readonly code: string; readonly message: string };
