/// HTTP/1.1 over TLS or plain TCP as the client speaks it: one connection, one exchange at a time,
/// blocking calls that all end by a deadline. Knows requests and responses, no files and no keys.
///
/// Our own, because it costs the least: see `docs/measurements/http-client.md`.
@NullMarked
package org.privateshare.client.http;

import org.jspecify.annotations.NullMarked;
