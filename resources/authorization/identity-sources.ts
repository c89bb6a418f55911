const namesIn = (sources: readonly string[], place: RegExp): string[] => [
  ...new Set(sources.flatMap((source) => place.exec(source)?.[1] ?? [])),
];

/** The headers among identity sources: `method.request.header.Authorization` to `Authorization`. */
export const headersIn = (sources: readonly string[]): string[] =>
  namesIn(sources, /^method\.request\.(?:multivalue)?header\.(.+)$/);

/** The query parameters among them. */
export const queryIn = (sources: readonly string[]): string[] =>
  namesIn(sources, /^method\.request\.(?:multivaluequerystring|querystring)\.(.+)$/);
