/// The program from outside: a real server in its own process, real clients, and faults.
///
/// Nothing here looks into the program's classes. A suite starts the jar, breaks something (the
/// process, the disk, the peer), and compares what is left with a journal of what the server had
/// acknowledged. Suites that need root or a tool fail and say so; none is ever skipped in silence.
@NullMarked
package org.privateshare.blackbox;

import org.jspecify.annotations.NullMarked;
