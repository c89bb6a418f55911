/** Messages of the embedded AWS's process to its parent over Node's IPC channel. */
export type StartMessage =
  | {
      readonly type: 'listening';
      readonly port: number;
      /** URLs by which other machines and containers reach it; none if only this one can. */
      readonly openAt: readonly string[];
      /** A text for the user that says who else can reach it; undefined if nobody can. */
      readonly openness: string | undefined;
      /** True if the signature of every request to a service is verified. */
      readonly strict: boolean;
      /** Of the owner's access keys; missing where any credentials do. */
      readonly secretAccessKey?: string | undefined;
    }
  | { readonly type: 'failed'; readonly code: string; readonly message: string };

/** The warning of an embedded AWS that others can reach, with its URLs; undefined if none can. */
export function openness(openAt: readonly string[], strict: boolean): string | undefined {
  if (openAt.length === 0) return undefined;
  const where = `Open to other machines and containers at ${openAt.join(', ')}`;
  return strict
    ? `${where}: services take signed requests only, and deployed APIs answer whom their methods let in`
    : `${where}, WITHOUT CREDENTIALS: anyone who reaches it can change everything and run code on this machine; leave out --no-strict to have requests signed`;
}
