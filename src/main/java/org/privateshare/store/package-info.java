/// Where bytes live: the [org.privateshare.store.Store] interface and the store over a plain
/// folder. Knows names and bytes; no rules, no callers, no sockets.
@NullMarked
package org.privateshare.store;

import org.jspecify.annotations.NullMarked;
