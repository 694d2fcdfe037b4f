/// The protocol of 2020, both sides in one place: the codec, the door of the server and the client.
/// Imports the model, the share and the net.
@NullMarked
package org.privateshare.classic;

import org.jspecify.annotations.NullMarked;
