import type { PeerName } from 'dev-kit/bench/peers';
import type { Server } from 'dev-kit/bench/processes/server';
import { startFerrokinesis } from './ferrokinesis';
import { startKinesalite } from './kinesalite';
import { startKinesisLocal } from './kinesis-local';
import { startLocalStack } from './localstack';
import { startMoto } from './moto';

/** Peers that are servers, each started on a free port until its Kinesis answers. */
export const PEER_SERVERS = {
  ferrokinesis: startFerrokinesis,
  kinesalite: startKinesalite,
  'kinesis-local': startKinesisLocal,
  moto: startMoto,
  localstack: startLocalStack,
} as const satisfies Partial<Record<PeerName, () => Promise<Server>>>;

export type PeerServer = keyof typeof PEER_SERVERS;
