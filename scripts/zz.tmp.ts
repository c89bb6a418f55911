import { startLocalAws } from 'embedded-aws';
import { requireLoggingRole } from '/work/wt/prove/hooks/stage/logging-role';
import { startFaultyProxy } from '/work/wt/prove/test/end-to-end/support/faulty-proxy';

async function main() {
  const aws = await startLocalAws({
    port: 4662,
    strict: true,
    secretAccessKey: 'localsecretlocalsecret',
    kinesis: { createMs: 20, deleteMs: 20 },
  });
  await requireLoggingRole({
    config: {
      endpoint: aws.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'localsecretlocalsecret' },
    } as never,
    isLocal: true,
    warn: console.warn,
  });
  const proxy = await startFaultyProxy(aws.url, {
    control: Number(process.argv[2] ?? 23),
    api: Number(process.argv[3] ?? 61),
  });
  console.log(proxy.endpoint);
  process.on('SIGTERM', () => {
    console.log(proxy.happened);
    process.exit(0);
  });
}
main();
