import { existsSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { isDenied } from '../clients';
import { isExpired } from '../credentials';
import { gatewayProbes, probes } from '../probes';
import type { Bench, Observed, Probe, Verdict } from '../probes/probe';
import { Recorder } from '../probes/recorder';
import { makeProbesStack } from '../probes/stack';
import { stageUrl } from '../probes/throwaway-api';
import type { Found, Run, Step } from '../run';

/** Asks AWS what the documentation says, and what nobody has recorded; a file of evidence each. */
export const probesStep: Step = {
  name: 'probes',
  title: 'Asks the open questions, and writes the answers down',
  async run(run) {
    const chosen = probes.filter(({ name }) => run.choices.probes?.includes(name) ?? true);
    const verdicts = await Promise.resolve(stackOf(run)).then((stack) =>
      askAll(run, stack, chosen),
    );
    run.evidence.write('probes', Object.fromEntries(verdicts));
    return foundOf(verdicts);
  },
};

type Outputs = Readonly<Record<string, string>>;

/** The outputs of the probes' stack, or the reason why it cannot be made. */
async function stackOf(run: Run): Promise<Outputs | Error> {
  try {
    const outputs = await makeProbesStack(run, gatewayProbes);
    run.evidence.know('probes-api', outputs.RestApi);
    return outputs;
  } catch (error) {
    if (!isDenied(error)) throw error;
    return error as Error;
  }
}

async function askAll(run: Run, stack: Outputs | Error, chosen: readonly Probe[]) {
  const verdicts = new Map<string, Verdict>();
  for (const probe of chosen) {
    run.signal.throwIfAborted();
    const before = verdictOf(run, probe.name);
    const verdict = before ?? (await asked(run, stack, probe));
    verdicts.set(probe.name, verdict);
  }
  return verdicts;
}

/** The verdict of a run that was cut off after this probe. */
function verdictOf({ evidence }: Run, name: string): Verdict | undefined {
  const file = evidence.pathOf(`probes/${name}.json`);
  if (!existsSync(file)) return undefined;
  try {
    const { verdict } = JSON.parse(readFileSync(file, 'utf8'));
    return verdict === 'could not be asked' ? undefined : verdict;
  } catch {
    return undefined;
  }
}

async function asked(run: Run, stack: Outputs | Error, probe: Probe): Promise<Verdict> {
  const recorder = new Recorder(run);
  const { verdict, observed, reason } = await answerOf(run, stack, probe, recorder);
  run.evidence.write(`probes/${probe.name}`, {
    probe: probe.name,
    question: probe.question,
    rows: probe.rows,
    verdict,
    expected: probe.expected,
    observed,
    ...(reason !== undefined && { reason }),
    exchanges: recorder.exchanges,
  });
  if (verdict !== 'as expected')
    run.say(`  ${probe.name} ${verdict}${reason ? `: ${reason}` : ''}`);
  return verdict;
}

interface Answer {
  readonly verdict: Verdict;
  readonly observed?: Observed;
  readonly reason?: string;
}

async function answerOf(
  run: Run,
  stack: Outputs | Error,
  probe: Probe,
  recorder: Recorder,
): Promise<Answer> {
  try {
    if (stack instanceof Error) throw stack;
    const observed = await probe.ask(benchOf(run, stack, recorder));
    const isExpected = isDeepStrictEqual(JSON.parse(JSON.stringify(observed)), probe.expected);
    return { verdict: isExpected ? 'as expected' : 'differs', observed };
  } catch (error) {
    if (run.signal.aborted || isExpired(error)) throw error;
    // One question that cannot be asked says nothing about the others.
    return { verdict: 'could not be asked', reason: (error as Error).message };
  }
}

function benchOf(run: Run, { RestApi = '' }: Outputs, recorder: Recorder): Bench {
  return { run, recorder, probesApiId: RestApi, probesUrl: stageUrl(run, RestApi) };
}

/** A difference is what a probe is there to find: it fails nothing. */
function foundOf(verdicts: ReadonlyMap<string, Verdict>): Found {
  const named = (wanted: Verdict) =>
    [...verdicts].filter(([, verdict]) => verdict === wanted).map(([name]) => name);
  const differing = named('differs');
  const unasked = named('could not be asked');
  return {
    status: unasked.length > 0 ? 'unasked' : 'passed',
    said: [
      `${named('as expected').length} of ${verdicts.size} answers as expected`,
      ...(differing.length > 0 ? [`differ: ${differing.join(', ')}`] : []),
      ...(unasked.length > 0 ? [`could not be asked: ${unasked.join(', ')}`] : []),
    ],
  };
}
