/// Who may do what: keys as signed capabilities, their making, narrowing, revocation and rotation,
/// and the throttling of those who guess. Knows nothing of sockets, statuses and shares.
///
/// The format of keys and of the folder they are kept in is specified in `docs/keys.md`.
@NullMarked
package org.privateshare.access;

import org.jspecify.annotations.NullMarked;
