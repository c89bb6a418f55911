/**
 * Warnings about doors of a stage that are open to everybody.
 * @param values all of a stage's resolved values by name
 * @param stage `local` has none: it is on this machine alone
 */
export function openWarnings(
  { authorization, readAuthorization }: Readonly<Record<string, unknown>>,
  stage: string,
): string[] {
  if (stage === 'local') return [];
  return [
    ...(authorization === 'NONE'
      ? [
          `Stage ${stage} is open to the world: authorization is NONE. Anyone who knows the URL can write to the streams that the API may access.`,
        ]
      : []),
    ...(readAuthorization === 'NONE'
      ? [
          `Stage ${stage} is open to the world: readAuthorization is NONE. Anyone who knows the URL can read all records of the streams that the API may access.`,
        ]
      : []),
  ];
}
