// The process of the embedded AWS. It bundles its own code, so that its parent does not wait for that.

import { mainOf } from './program';

require(mainOf());
