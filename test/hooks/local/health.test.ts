import { checkHealth } from '../../../hooks/local/health';

const ENDPOINT = 'http://127.0.0.1:4566';
const answering =
  (body: string): typeof fetch =>
  async () =>
    new Response(body);
const refusing: typeof fetch = async () => {
  throw new TypeError('fetch failed');
};

test('the embedded AWS is recognised', async () => {
  await expect(
    checkHealth(ENDPOINT, false, answering('{"embeddedAws": true}')),
  ).resolves.toBeUndefined();
});

test('when nothing listens, one line says to start it', async () => {
  await expect(checkHealth(ENDPOINT, false, refusing)).rejects.toThrow(
    'No embedded AWS answers at http://127.0.0.1:4566. Start it in another terminal with: npm start',
  );
});

test.each(['<html>', '{"status": "ok"}', 'null'])(
  'something else (%s) is not deployed onto',
  async (body) => {
    await expect(checkHealth(ENDPOINT, false, answering(body))).rejects.toThrow(
      'Something other than the embedded AWS answers at http://127.0.0.1:4566.',
    );
  },
);

test('an endpoint that the user chose may be any emulator', async () => {
  await expect(checkHealth(ENDPOINT, true, answering('whatever'))).resolves.toBeUndefined();
});

test('an emulator that the user chose and that does not answer is named', async () => {
  await expect(checkHealth(ENDPOINT, true, refusing)).rejects.toThrow(
    'Nothing answers at http://127.0.0.1:4566, which LOCAL_AWS_ENDPOINT names.',
  );
});

test('where signatures are verified, one line says that the secret is missing', async () => {
  const strict = answering('{"embeddedAws": true, "strict": true}');

  await expect(checkHealth(ENDPOINT, false, strict, '')).rejects.toThrow(
    'verifies signatures. Set the secret that it printed when it started: export LOCAL_AWS_SECRET_ACCESS_KEY=…',
  );
  await expect(checkHealth(ENDPOINT, false, strict, 'secret')).resolves.toBeUndefined();
});
