/// What every page for a browser is made of: markup that can't be injected into, the frame around
/// each page, and the files that pages load. Knows nothing of HTTP.
@NullMarked
package org.privateshare.page;

import org.jspecify.annotations.NullMarked;
