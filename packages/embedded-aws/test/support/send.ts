import type { AwsService } from '../../src/core/service';
import { awsRequest } from './aws-request';

/** Sends a service a request that no client would. @returns its answer as text */
export async function send(
  service: AwsService,
  request: Parameters<typeof awsRequest>[0],
): Promise<{
  status: number;
  headers: Awaited<ReturnType<AwsService['handle']>>['headers'];
  text: string;
}> {
  const { status, headers, body } = await service.handle(awsRequest(request));
  return { status, headers, text: body.toString() };
}
