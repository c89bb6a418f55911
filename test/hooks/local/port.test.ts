import { withPort } from '../../../hooks/local/port';

test('every command that may call stage local takes the port, and keeps what it has', () => {
  const verify = { usage: 'Verify', lifecycleEvents: ['run'], options: { list: FLAG } };
  const port = expect.objectContaining({ type: 'string' });

  expect(withPort({ verify, other: verify })).toMatchObject({
    verify: { ...verify, options: { list: FLAG, port } },
    other: verify,
    remove: { options: { port } },
    deploy: {
      options: { port },
      commands: {
        function: { options: { port } },
        list: { options: { port }, commands: { functions: { options: { port } } } },
      },
    },
    invoke: { options: { port }, commands: { local: { options: { port } } } },
  });
  expect(withPort({ other: verify }).other).toBe(verify);
});

const FLAG = { usage: 'A flag', type: 'boolean' } as const;
