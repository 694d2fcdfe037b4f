/// The command line: one file a command, terminal manners and exit codes. Everything is wired
/// together here, so it may import anything.
@NullMarked
package org.privateshare.cli;

import org.jspecify.annotations.NullMarked;
