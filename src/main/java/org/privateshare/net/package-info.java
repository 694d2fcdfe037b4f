/// Sockets and the life of a connection: one listener, detection of the protocol by its first
/// bytes, limits, deadlines and the graceful stop. It knows a protocol only through one small
/// interface, and imports the model only.
@NullMarked
package org.privateshare.net;

import org.jspecify.annotations.NullMarked;
