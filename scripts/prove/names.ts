import service from '../../serverless';

export interface Names {
  readonly service: string;
  readonly stage: string;
  readonly stackName: string;
}

/** The names of a run's stage and stack. Every resource's name begins with the stack's. */
export function names(id: string): Names {
  const stage = `prove-${id}`;
  return { service: service.service, stage, stackName: `${service.service}-${stage}` };
}
