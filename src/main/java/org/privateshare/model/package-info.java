/// The values everyone speaks: names, entries, digests and refusals. The lowest floor: it imports
/// nothing of ours, does no I/O and holds no state.
@NullMarked
package org.privateshare.model;

import org.jspecify.annotations.NullMarked;
