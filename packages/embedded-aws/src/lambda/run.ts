import { type Outcome, type Run, Sandbox, type SandboxSettings } from './sandbox';

/** Runs a function for one event, in a process and a folder that are deleted afterwards: a cold start. */
export async function runFunction(settings: SandboxSettings, run: Run): Promise<Outcome> {
  const sandbox = await Sandbox.start(settings);
  try {
    return await sandbox.run(run);
  } finally {
    await sandbox.close();
  }
}
