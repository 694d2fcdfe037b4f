/// The other end of the doors behind one interface: transfers of files with verification and
/// progress. Imports the model and the codec of the classic protocol.
@NullMarked
package org.privateshare.client;

import org.jspecify.annotations.NullMarked;
