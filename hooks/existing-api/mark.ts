/** The mark, in its description, of a deployment that this service made of a shared API. */
export interface Mark {
  /** Service and stage: `kinesis-rest-proxy-dev`. */
  readonly owner: string;
  /** Hash of the service's own part of the deployment. */
  readonly content: string;
  /** The deployment that the stage served before the service came, to be given back. */
  readonly before: string;
}

/** For the deployment's description, where people read it too. */
export const markText = ({ owner, content, before }: Mark) =>
  `${owner} ${content}, in place of ${before}`;

/** @returns undefined for a deployment without this service's mark */
export function readMark(owner: string, description = ''): Mark | undefined {
  const [, found, content, before] = /^(\S+) (\w+), in place of (\w+)$/.exec(description) ?? [];
  if (found !== owner || content === undefined || before === undefined) return undefined;
  return { owner, content, before };
}

/** The description of a deployment without the endpoints, which then belongs to the API's owner. */
export const withoutText = (owner: string) => `Without ${owner}`;
