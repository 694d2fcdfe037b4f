/// The formats of archives, as streams: bytes in, members out, and the other way round. Knows no
/// share and no network; memory stays flat whatever comes.
@NullMarked
package org.privateshare.archive;

import org.jspecify.annotations.NullMarked;
