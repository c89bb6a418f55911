/**
 * The first record that a function reported as failed; those before it are handled.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 * @param payload the function's result as JSON
 * @returns its index; the number of records if none failed, 0 if all of them did
 */
export function firstFailed(payload: string, sequenceNumbers: readonly string[]): number {
  const failures = failuresIn(payload);
  if (failures.length === 0) return sequenceNumbers.length;
  const positions = failures.map((sequenceNumber) =>
    typeof sequenceNumber === 'string' ? sequenceNumbers.indexOf(sequenceNumber) : -1,
  );
  // A report that names what is not in the batch is none: all is delivered again.
  return positions.includes(-1) ? 0 : Math.min(...positions);
}

function failuresIn(payload: string): unknown[] {
  const result: unknown = JSON.parse(payload);
  if (typeof result !== 'object' || result === null) return [];
  const { batchItemFailures: failures } = result as { batchItemFailures?: unknown };
  if (failures === undefined || failures === null) return [];
  if (!Array.isArray(failures)) return [undefined];
  return failures.map((item: unknown) =>
    typeof item === 'object' && item !== null
      ? (item as { itemIdentifier?: unknown }).itemIdentifier
      : undefined,
  );
}
