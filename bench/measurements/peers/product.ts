import { PEERS, type PeerName } from 'dev-kit/bench/peers';

/** The emulators that this project could run on instead, as far as they go. */
export const PRODUCTS = [
  'ferrokinesis',
  'moto',
  'localstack',
] as const satisfies readonly PeerName[];

export type Product = 'embedded AWS' | (typeof PRODUCTS)[number];

/** Those that have CloudFormation and API Gateway, and may therefore run the stack. */
export const WITH_STACKS: readonly Product[] = ['embedded AWS', 'moto', 'localstack'];

export const versioned = (name: Product): string =>
  name === 'embedded AWS' ? name : `${name} ${PEERS[name].version}`;
