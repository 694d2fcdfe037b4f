/// The rules of a share, free of sockets and statuses: what may be listed, opened and uploaded, and
/// the one way in which an upload becomes a file. Every door goes through here.
@NullMarked
package org.privateshare.share;

import org.jspecify.annotations.NullMarked;
