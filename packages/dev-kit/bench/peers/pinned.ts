import path from 'node:path';

/** How a peer comes onto this machine. */
export type Peer =
  | { readonly from: 'npm'; readonly version: string }
  | { readonly from: 'cargo'; readonly version: string }
  | {
      readonly from: 'pip';
      readonly version: string;
      /** The package that pip installs, with the extra that makes it a server, without a version. */
      readonly package: string;
      /** Beside it: packages whose newest versions it does not run with, or does not name. */
      readonly beside?: readonly string[];
      /** Versions of Python that it runs on, the best first. */
      readonly pythons: readonly string[];
    };

/** Products that this project is compared with. None of them is a dependency. */
export const PEERS = {
  kinesalite: { from: 'npm', version: '3.3.3' },
  'kinesis-local': { from: 'npm', version: '0.6.2' },
  velocityjs: { from: 'npm', version: '2.1.7' },
  ferrokinesis: { from: 'cargo', version: '0.7.0' },
  moto: {
    from: 'pip',
    version: '5.2.5',
    package: 'moto[server]',
    pythons: ['3.13', '3.14', '3.12', '3.11', '3.10'],
  },
  localstack: {
    from: 'pip',
    version: '4.14.0',
    package: 'localstack-core[runtime]',
    beside: ['cbor2==5.8.0', 'cryptography==45.0.7', 'pyopenssl==25.1.0', 'service-identity'],
    pythons: ['3.13'],
  },
} as const satisfies Readonly<Record<string, Peer>>;

export type PeerName = keyof typeof PEERS;

/** Not in the repository; delete it to reinstall everything. */
export const PEERS_FOLDER = path.join(__dirname, '..', '..', '..', '..', 'bench', '.peers');

/** The peers among these that come in one way. */
export function peersFrom<From extends Peer['from']>(
  names: Iterable<PeerName>,
  from: From,
): (readonly [PeerName, Extract<Peer, { from: From }>])[] {
  return [...names].flatMap((name) => {
    const peer: Peer = PEERS[name];
    return peer.from === from ? [[name, peer as Extract<Peer, { from: From }>] as const] : [];
  });
}
