import type { GetRecordsOutput, KinesisClient } from '@aws-sdk/client-kinesis';

export type Records = NonNullable<GetRecordsOutput['Records']>;

/** Counts what a client sends from now on, by command. */
export function callsOf(client: KinesisClient): Readonly<Record<string, number>> {
  const calls: Record<string, number> = {};
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        calls[commandName] = (calls[commandName] ?? 0) + 1;
        return next(args);
      },
    { step: 'initialize' },
  );
  return calls;
}

/** Changes the records that a client reads. */
export function changeRecords(client: KinesisClient, change: (records: Records) => Records): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const result = await next(args);
        if (commandName !== 'GetRecordsCommand') return result;
        const output = result.output as Partial<GetRecordsOutput>;
        return { ...result, output: { ...output, Records: change(output.Records ?? []) } as never };
      },
    { step: 'initialize' },
  );
}
