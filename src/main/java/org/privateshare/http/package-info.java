/// The HTTP door: files, folders, keys, health and metrics over HTTP/1.1 and HTTP/2, as
/// `docs/http.md` says. It knows Jetty's handlers, `share` and `access`; sockets and TLS are
/// `net`'s.
@NullMarked
package org.privateshare.http;

import org.jspecify.annotations.NullMarked;
