// The process of the embedded AWS. It finds its own code, so that nobody waits for that.

import { mainOf } from './program';

require(mainOf());
