import type { EventRoute } from '../../../resources/events/routes';
import type { BodyKind } from '../../../resources/events/senders';
import { jsonObject } from '../ask';
import { type Check, type CheckContext, CheckFailure } from '../check';
import type { Exchange } from '../exchange';
import { withoutHarm } from './access';
import { askRefusal, type EventAsk } from './ask';
import { firstTypes } from './content-types';
import { ofEvent } from './define';

/**
 * Shows that a request gets through to its stream where no record may stand: the event is sound, but
 * too large for Kinesis.
 * @param tooLarge makes such a request; undefined where the kind of body has no room for one
 */
export const reaches = (
  route: EventRoute,
  tooLarge: (kind: BodyKind, contentType: string, context: CheckContext) => EventAsk | undefined,
): Check =>
  ofEvent(route, {
    title: 'reaches its stream, which refuses what is too large (400)',
    skipReason: () => (route.stream.testRecords ? 'records are read back' : withoutHarm(route)),
    async run(context) {
      for (const { kind, contentType } of firstTypes(route)) {
        const ask = tooLarge(kind, contentType, context);
        if (ask === undefined) continue;
        const what = 'an event that is too large';
        expectTooLarge(await askRefusal(context, route, what, { status: [400, 413] }, ask));
      }
      return {};
    },
  });

/** In Kinesis's words and in the gateway's. */
const TOO_LARGE = /length less than or equal to|size|larger|too large|exceed/i;
const OF_DATA = /data|record|event|body/i;

/**
 * Expects Kinesis's refusal of a record that is too large. Kinesis looks at the size last: before it
 * come the rights of the role, whether the stream exists, and the form of the request.
 * @throws CheckFailure for every other refusal
 */
function expectTooLarge(answer: Exchange): void {
  const { code, message } = jsonObject(answer);
  const said = String(message);
  if (/AccessDenied|ResourceNotFound|KMS/.test(String(code))) {
    throw new CheckFailure(`it does not reach its stream: ${code}`, answer);
  }
  if (TOO_LARGE.test(said) && OF_DATA.test(said)) return;
  throw new CheckFailure(`its stream refuses something else than the size: ${said}`, answer);
}
