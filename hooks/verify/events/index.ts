import { eventRoutes } from '../../../resources/events/routes';
import type { DeclaredStream } from '../../../resources/streams/declared';
import { accessChecks } from './access';
import type { EventChecks } from './define';
import { singleChecks } from './single';

export type { EventCheckName } from './define';

/** The checks of the event endpoints of these streams. */
export const eventChecks = (streams: readonly DeclaredStream[]): EventChecks =>
  Object.assign(
    {},
    ...eventRoutes(streams).map((route) => ({
      ...accessChecks(route),
      ...singleChecks(route),
    })),
  );
