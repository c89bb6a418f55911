/** Messages of the embedded AWS's process to its parent over Node's IPC channel. */
export type StartMessage =
  | {
      readonly type: 'listening';
      readonly port: number;
      /** URLs by which other machines and containers reach it; none if only this one can. */
      readonly openAt: readonly string[];
      /** What it opens to them, in words for the user; undefined if nothing. */
      readonly openness: string | undefined;
      /** True if the signature of every request to a service is verified. */
      readonly strict: boolean;
      /** Of the owner's access keys; missing where any credentials do. */
      readonly secretAccessKey?: string | undefined;
    }
  | { readonly type: 'failed'; readonly code: string; readonly message: string };

/** What an embedded AWS opens to others, at which URLs; undefined if nothing. */
export function openness(openAt: readonly string[], strict: boolean): string | undefined {
  if (openAt.length === 0) return undefined;
  const where = `Open to other machines and containers at ${openAt.join(', ')}`;
  return strict
    ? `${where}: services take signed requests only, and deployed APIs answer whom their methods let in`
    : `${where}, WITHOUT CREDENTIALS: anyone who reaches it can change everything and run code on this machine; leave out --no-strict to have requests signed`;
}
