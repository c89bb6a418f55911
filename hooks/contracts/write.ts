import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventsDocument } from '../../resources/contracts/openapi';
import { eventTypes } from '../../resources/contracts/types';
import { HookError, type Serverless } from '../framework';
import { declaredStreamsOf, parameterOf } from '../stage/deployed-stage';
import { GENERATED } from './folder';

/** By this the folder is known, and Git does not see it: it ignores itself. */
const OURS = '# Written by kinesis-rest-proxy from streams.ts.\n*\n';

/**
 * Writes types and an OpenAPI document of the declared streams' events, where they have changed.
 * @param folder of serverless.ts
 * @returns the files; none for a service without declared streams, whose earlier ones are deleted
 * @throws HookError where the folder is somebody else's
 */
export function writeContracts(serverless: Serverless, folder = process.cwd()): string[] {
  const declared = declaredStreamsOf(serverless);
  const files: Readonly<Record<string, () => string>> = {
    '.gitignore': () => OURS,
    'events.d.ts': () => eventTypes(declared),
    'openapi.json': () => {
      const document = eventsDocument(declared, {
        service: serverless.service.service,
        stage: serverless.getProvider('aws').getStage(),
        authorization: parameterOf(serverless, 'authorization'),
        writeScopes: parameterOf(serverless, 'writeScopes'),
        identitySource: parameterOf(serverless, 'identitySource'),
      });
      return `${JSON.stringify(document, undefined, 2)}\n`;
    },
  };
  const target = path.join(folder, GENERATED);
  const marker = path.join(target, '.gitignore');
  const isOurs = existsSync(marker) && readFileSync(marker, 'utf8') === OURS;
  if (declared.length === 0) {
    if (isOurs) rmSync(target, { recursive: true, maxRetries: 5 });
    return [];
  }
  if (!isOurs && existsSync(target)) {
    throw new HookError(
      'GENERATED_FOLDER',
      `The types of events go to ${GENERATED}/, and there is a folder of that name with other files. Rename that one.`,
    );
  }
  mkdirSync(target, { recursive: true });
  for (const [name, content] of Object.entries(files)) write(path.join(target, name), content());
  return Object.keys(files)
    .filter((name) => !name.startsWith('.'))
    .map((name) => `${GENERATED}/${name}`);
}

/** A file that is written anew makes editors and watchers look again. */
function write(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  writeFileSync(file, text);
}
